/** The longest list of names in a message; further ones are only counted. */
const MAX_NAMES = 10;

/** `a, b and 3 more` */
export function nameSome(names: readonly string[]): string {
  if (names.length <= MAX_NAMES) return names.join(", ");
  return `${names.slice(0, MAX_NAMES).join(", ")} and ${names.length - MAX_NAMES} more`;
}
