/**
 * What a resource is called in all stacks alike: its URN without the stack and the project, which is the types of the
 * components that it is in, its own type, and its name. A name alone says too little: two components may each have a
 * resource of that name. https://www.pulumi.com/docs/iac/concepts/resources/names/#urns
 *
 *     urn:pulumi:dev::project::my:mod:Comp$pulumi-nodejs:dynamic/tencent-chat:ChatTopicSet::topics
 *                              └──────────────────────── the key ────────────────────────────────┘
 */

const SEPARATOR = "::";
/** Between the types of components and the resource's own. */
const PARENT_SEPARATOR = "$";

/** The key of a resource, by its URN. */
export function resourceKeyOf(urn: string): string {
  return urn.split(SEPARATOR).slice(2).join(SEPARATOR);
}

/** The name that the program gives the resource. It may hold `::`. */
export function nameOfResource(key: string): string {
  return key.slice(key.indexOf(SEPARATOR) + SEPARATOR.length);
}

/** The name after the types of the components: `my:mod:Comp::topics`; at the top of a program the name alone. */
function nameWithComponents(key: string): string {
  const types = key.slice(0, key.indexOf(SEPARATOR));
  const components = types.slice(0, Math.max(0, types.lastIndexOf(PARENT_SEPARATOR)));
  return components === "" ? nameOfResource(key) : `${components}${SEPARATOR}${nameOfResource(key)}`;
}

/** The forms in which a resource can be named, from short to long; the last one belongs to one resource only. */
const FORMS: readonly ((key: string) => string)[] = [nameOfResource, nameWithComponents, (key) => key];

/** Can the resource be meant by this text? */
export function isNamed(key: string, text: string): boolean {
  return FORMS.some((form) => form(key) === text);
}

/** What each of several resources is called where they are shown together: the shortest form that no other one has. */
export function shownNames(keys: Iterable<string>): ReadonlyMap<string, string> {
  const distinct = [...new Set(keys)];
  const shown = new Map<string, string>();
  for (const form of FORMS) {
    for (const [text, [key = "", ...others]] of Map.groupBy(distinct, form)) {
      if (others.length === 0 && !shown.has(key)) shown.set(key, text);
    }
  }
  return shown;
}
