/** What one modification has to change between two declarations of an object. */

/** Those properties of an object. */
export function pick<T, Name extends keyof T>(from: T, names: readonly Name[]): { [N in Name]?: T[N] } {
  const picked: { [N in Name]?: T[N] } = {};
  for (const name of names) picked[name] = from[name];
  return picked;
}

/** Texts and the mute flag, as far as a program declares them. */
type Declared<Text extends string> = { readonly [Name in Text]?: string | undefined } & {
  readonly muteAllMember?: boolean | undefined;
};

type Changes<Text extends string> = { [Name in Text]?: string } & { muteAllMember?: boolean };

/** A text that is no longer declared is cleared, and what is no longer declared as muted is unmuted. */
export function planTextChanges<Text extends string>(
  names: readonly Text[],
  from: Declared<Text>,
  to: Declared<Text>,
): { changes: Changes<Text>; cleared: Text[] } {
  const cleared = names.filter((name) => from[name] !== undefined && to[name] === undefined);
  const texts: { [Name in Text]?: string } = {};
  for (const name of names) {
    const value = to[name];
    if (value !== undefined && value !== from[name]) texts[name] = value;
  }
  for (const name of cleared) texts[name] = "";
  const muteAllMember = to.muteAllMember ?? (from.muteAllMember === true ? false : undefined);
  const isMuteChanged = muteAllMember !== undefined && muteAllMember !== from.muteAllMember;
  return { changes: { ...texts, ...(isMuteChanged && { muteAllMember }) }, cleared };
}

/** What holds after an import, which cannot mute. */
export function unmuted<Spec extends { readonly muteAllMember?: boolean | undefined }>(spec: Spec): Spec {
  return spec.muteAllMember === undefined ? spec : { ...spec, muteAllMember: false };
}

/** What has not happened where a modification failed. */
export function undoneText(
  names: readonly string[],
  { muteAllMember }: { readonly muteAllMember?: boolean | undefined },
) {
  if (names.some((name) => name !== "muteAllMember")) return "not changed";
  return muteAllMember ? "not muted" : "still muted";
}
