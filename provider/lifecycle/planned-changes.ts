/** What one modification has to change between two states of an object. */

/** Texts and the mute flag, as far as a program declares them. */
export type Declared<Text extends string> = { readonly [name in Text]?: string | undefined } & {
  readonly muteAllMember?: boolean | undefined;
};

export interface PlannedChanges<Text extends string> {
  readonly changes: Declared<Text>;
  /** Those of them that are cleared, since the program no longer declares them. */
  readonly cleared: readonly Text[];
}

export function planChanges<Text extends string>(
  texts: readonly Text[],
  from: Declared<Text>,
  to: Declared<Text>,
): PlannedChanges<Text> {
  const cleared = texts.filter((name) => from[name] !== undefined && to[name] === undefined);
  const changed = texts.filter((name) => to[name] !== undefined && to[name] !== from[name]);
  const mute = to.muteAllMember ?? (from.muteAllMember === true ? false : undefined);
  const changes = Object.fromEntries([
    ...cleared.map((name) => [name, ""]),
    ...changed.map((name) => [name, to[name]]),
    ...(mute !== undefined && mute !== from.muteAllMember ? [["muteAllMember", mute]] : []),
  ]);
  return { changes, cleared };
}

/** The texts that are declared and live differently. */
export function differingTexts<Text extends string>(
  texts: readonly Text[],
  declared: Declared<Text>,
  live: { readonly [name in Text]: string },
): Text[] {
  return texts.filter((name) => declared[name] !== undefined && declared[name] !== live[name]);
}
