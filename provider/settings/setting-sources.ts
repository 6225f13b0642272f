/**
 * Where the settings of an app come from, and how messages name these places: a stack's configuration and the
 * environment, or the arguments of a `ChatApp`, which has nothing to fall back to.
 */
import { findMistyped, type Mistyped } from "./mistyped-names.js";
import { describeOrigin, type SettingOrigin } from "./setting-origin.js";

/** Every setting with the variable it can also come from. The configuration key is `tencent-chat:<name>`. */
export const SETTING_VARIABLES = {
  sdkAppId: "TENCENT_CHAT_SDK_APP_ID",
  secretKey: "TENCENT_CHAT_SECRET_KEY",
  userSig: "TENCENT_CHAT_USER_SIG",
  adminAccount: "TENCENT_CHAT_ADMIN_ACCOUNT",
  region: "TENCENT_CHAT_REGION",
  endpoint: "TENCENT_CHAT_ENDPOINT",
  callsPerSecond: "TENCENT_CHAT_CALLS_PER_SECOND",
  timeoutSeconds: "TENCENT_CHAT_TIMEOUT_SECONDS",
  byteLimits: "TENCENT_CHAT_BYTE_LIMITS",
  importService: "TENCENT_CHAT_IMPORT_SERVICE",
} as const;

export type SettingName = keyof typeof SETTING_VARIABLES;

export const SETTING_NAMES = Object.keys(SETTING_VARIABLES) as SettingName[];

interface StackSources {
  /** The stack's configuration, asked by full key. */
  readonly configuration: (key: string) => string | undefined;
  /** The full keys that the configuration has, where they can be listed: for what is mistyped. */
  readonly configurationKeys?: () => readonly string[];
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Given where only the environment is read; with the command's option that names a stack, where it has one. */
  readonly environmentOnly?: { readonly option?: string };
}

interface ChatAppSources {
  /** The name of the `ChatApp`. */
  readonly chatApp: string;
  readonly arguments: Readonly<Record<string, unknown>>;
}

export type SettingSources = StackSources | ChatAppSources;

export interface FoundSetting {
  /** As it stands there. */
  readonly text: string;
  readonly origin: SettingOrigin;
}

const NAMESPACE = "tencent-chat";

/** A setting as it is given, unchecked; undefined where it is given nowhere. */
export function findSetting(name: SettingName, sources: SettingSources): FoundSetting | undefined {
  const [found] = originsOf(name, sources).flatMap((origin) => {
    const value = valueAt(origin, sources, name);
    // The engine gives values of other types as they are.
    return isGiven(value) ? [{ text: String(value), origin }] : [];
  });
  return found;
}

/** The places where a setting may stand; the first one that has it counts. */
function originsOf(name: SettingName, sources: SettingSources): SettingOrigin[] {
  if ("chatApp" in sources) return [{ kind: "argument", name, chatApp: sources.chatApp }];
  const configuration: SettingOrigin = { kind: "configuration", name: `${NAMESPACE}:${name}` };
  const environment: SettingOrigin = { kind: "environment", name: SETTING_VARIABLES[name] };
  return name === "secretKey" ? [environment, configuration] : [configuration, environment];
}

function valueAt(origin: SettingOrigin, sources: SettingSources, name: SettingName): unknown {
  if ("chatApp" in sources) return sources.arguments[name];
  return origin.kind === "configuration" ? sources.configuration(origin.name) : sources.environment[origin.name];
}

/** Where a setting came from, and where else it could stand, for messages about its value. */
export function describePlaces(name: SettingName, origin: SettingOrigin, sources: SettingSources): string {
  if ("chatApp" in sources || sources.environmentOnly) return describeOrigin(origin);
  const others = originsOf(name, sources).filter(({ kind }) => kind !== origin.kind);
  return `${describeOrigin(origin)} (or ${others.map(describeOrigin).join(", ")})`;
}

/** That none of `names` is given, as a sentence that says where one can be. */
export function missingSetting(names: readonly SettingName[], sources: SettingSources): string {
  const what = `${names.join(" or ")} is missing`;
  if ("chatApp" in sources) {
    const places = names.map((name) => placeIn(sources, name)).join(", or ");
    return `${what}: give ${places}. A ChatApp reads its arguments and nothing else.`;
  }
  const typos = mistypedSettings(sources).flatMap(({ given, meant }) =>
    meant !== undefined && names.includes(meant.setting) ? ` \`${given}\` is set: did you mean \`${meant.name}\`?` : [],
  );
  return `${what}: ${placesFor(names, sources)}.${typos.join("")}`;
}

function placesFor(names: readonly SettingName[], { environmentOnly }: StackSources): string {
  if (environmentOnly !== undefined) {
    return `set the variable ${names.map((name) => SETTING_VARIABLES[name]).join(", or ")}`;
  }
  const places = names.map((name) => {
    const command = `pulumi config set ${isSecret(name) ? "--secret " : ""}${NAMESPACE}:${name} …`;
    return `\`${command}\` (or ${SETTING_VARIABLES[name]})`;
  });
  return places.join(", or ");
}

/** What else helps, where a command could read a stack and did not. */
export function stackRemedy(sources: SettingSources): string | undefined {
  const option = "chatApp" in sources ? undefined : sources.environmentOnly?.option;
  return option && `correct the variables, or name a stack whose configuration has the settings (${option} <name>)`;
}

/** Names in the configuration or the environment that are no setting's, and look as if they were meant to be. */
export function mistypedSettings(sources: SettingSources): Mistyped<SettingName>[] {
  if ("chatApp" in sources) return [];
  const known = SETTING_NAMES.flatMap((setting) => [
    { setting, name: `${NAMESPACE}:${setting}` },
    { setting, name: SETTING_VARIABLES[setting] },
  ]);
  const variables = Object.keys(sources.environment).filter((name) => sources.environment[name]);
  return findMistyped(known, [...(sources.configurationKeys?.() ?? []), ...variables]);
}

/** An issue for each argument of a `ChatApp` that is no setting; a compiler has seen none of them in JavaScript. */
export function foreignArguments(sources: SettingSources): string[] {
  if (!("chatApp" in sources)) return [];
  const names: readonly string[] = SETTING_NAMES;
  const foreign = Object.keys(sources.arguments).filter((name) => !names.includes(name) && !isOfPulumi(name));
  const known = SETTING_NAMES.map((setting) => ({ setting, name: setting }));
  const meant = new Map(findMistyped(known, foreign).map((typo) => [typo.given, typo.meant?.name]));
  return foreign.map((name) => {
    const right = meant.get(name);
    const remedy = right ? `: did you mean \`${right}\`?` : `; it has ${names.join(", ")}.`;
    return `\`${name}\` is not an argument of ChatApp "${sources.chatApp}"${remedy}`;
  });
}

function placeIn({ chatApp }: ChatAppSources, name: string): string {
  return describeOrigin({ kind: "argument", name, chatApp });
}

/** What stands beside the arguments: the name of the `ChatApp`, and what the engine and the SDK add to any provider's. */
function isOfPulumi(name: string): boolean {
  return name.startsWith("__") || ["chatApp", "version", "pluginDownloadURL"].includes(name);
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null && value !== "";
}

export function isSecret(name: SettingName): boolean {
  return name === "secretKey" || name === "userSig";
}
