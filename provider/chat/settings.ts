/**
 * The settings of an app: read from the stack's configuration first and the environment second, checked by one schema,
 * every fault reported at once. The secret key alone is taken from the environment first, so that a rotated key also
 * reaches `pulumi refresh` and `pulumi destroy`, which read the settings from the stack's state.
 */
import { z } from "zod";
import { COMMANDS, type Command, type Service } from "./commands.js";
import type { Credentials } from "./credentials.js";
import { SettingsError } from "./errors/index.js";
import { HOSTS, type Region } from "./hosts.js";
import { BYTE_LIMITS, type ByteLimits, type LimitedText } from "./limits.js";
import { findMistyped, type Mistyped } from "./mistyped.js";
import { Secret } from "./secret.js";
import { readUserSig } from "./user-sig.js";

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

export interface Settings {
  readonly sdkAppId: number;
  readonly credentials: Credentials;
  /** The account that signs every call, and the `From_Account` of `get_topic`. */
  readonly adminAccount: string;
  /** `https://host` without a slash at the end. */
  readonly baseUrl: string;
  /** Calls per second that this process may make of one command. */
  readonly callsPerSecond: Readonly<Record<Command, number>>;
  /** What one call may take with its retries, in seconds; waiting for the call frequency does not count. */
  readonly timeoutSeconds: number;
  readonly byteLimits: ByteLimits;
  readonly importService: Service;
}

/** Where settings can come from; a value is the text as it stands there. */
export interface SettingSources {
  /** The stack's configuration, asked by full key. */
  readonly configuration: (key: string) => string | undefined;
  /** The full keys that the configuration has, where they can be listed: for what is mistyped. */
  readonly configurationKeys?: () => readonly string[];
  readonly environment: Readonly<Record<string, string | undefined>>;
}

const NAMESPACE = "tencent-chat";
/** Left for the app's own backend, which shares the limit with us. */
const SHARE_LEFT_TO_OTHERS = 0.5;

const integer = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d+$/, "must be a whole number in digits")
    .transform(Number)
    .pipe(z.number().min(least, `must be at least ${least}`).max(most, `must be at most ${most}`));

const secret = z
  .string()
  .refine((text) => text === text.trim(), "has white space around it, most likely from copying; remove it")
  .transform((text) => new Secret(text));

const schema = z.object({
  sdkAppId: integer(1, 4_294_967_295),
  secretKey: secret.optional(),
  userSig: secret.optional(),
  adminAccount: z
    .string()
    .refine((account) => account === account.trim(), "has white space around it; remove it")
    .default("administrator"),
  region: z
    .enum(Object.keys(HOSTS) as [Region, ...Region[]], {
      error: ({ input }) =>
        `“${String(input)}” is none of ${Object.keys(HOSTS).join(", ")}; for another data centre give \`endpoint\``,
    })
    .optional(),
  endpoint: z.string().transform(checkEndpoint).optional(),
  callsPerSecond: integer(1, 10_000).optional(),
  timeoutSeconds: integer(1, 3_600).default(60),
  byteLimits: z.string().transform(checkByteLimits).default({}),
  importService: z
    .enum(["group_open_http_svc", "million_group_open_http_svc"], {
      error: ({ input }) => `“${String(input)}” is neither group_open_http_svc nor million_group_open_http_svc`,
    })
    .default("group_open_http_svc"),
});

/**
 * The settings, checked.
 *
 * @throws {SettingsError} naming every missing or wrong setting, with both places where it can be given.
 */
export function resolveSettings(sources: SettingSources, now: number = Date.now()): Settings {
  const given: Partial<Record<SettingName, string>> = {};
  const origins: Partial<Record<SettingName, string>> = {};
  /** Where a value came from and where else it could, for faults. */
  const places: Partial<Record<SettingName, string>> = {};
  for (const name of Object.keys(SETTING_VARIABLES) as SettingName[]) {
    const found = findSetting(name, sources);
    if (found === undefined) continue;
    given[name] = found.text;
    origins[name] = found.origin;
    places[name] = `${found.origin} (or ${found.elsewhere})`;
  }

  const faults: string[] = [];
  const { data, error } = schema.safeParse(given);
  for (const issue of error?.issues ?? []) {
    const name = issue.path[0] as SettingName;
    faults.push(given[name] === undefined ? missing(sources, name) : `${places[name]} ${issue.message}.`);
  }
  const faulty = new Set(error?.issues.map((issue) => issue.path[0]));
  if (given.secretKey === undefined && given.userSig === undefined)
    faults.push(missing(sources, "secretKey", "userSig"));
  if (given.region === undefined && given.endpoint === undefined) faults.push(missing(sources, "region", "endpoint"));
  if (given.userSig !== undefined && given.secretKey === undefined && !faulty.has("userSig")) {
    faults.push(...userSigFaults(given, places.userSig ?? "", now));
  }
  if (data === undefined || faults.length > 0) throw new SettingsError(faults);

  return {
    sdkAppId: data.sdkAppId,
    credentials:
      data.secretKey !== undefined
        ? { kind: "secretKey", secretKey: data.secretKey, origin: origins.secretKey ?? "" }
        : {
            kind: "userSig",
            userSig: data.userSig as Secret,
            endsAt: readUserSig(given.userSig ?? "")?.endsAt ?? 0,
            origin: origins.userSig ?? "",
          },
    adminAccount: data.adminAccount,
    baseUrl: data.endpoint ?? `https://${HOSTS[data.region as Region]}`,
    callsPerSecond: callsPerSecond(data.callsPerSecond),
    timeoutSeconds: data.timeoutSeconds,
    byteLimits: { ...BYTE_LIMITS, ...data.byteLimits },
    importService: data.importService,
  };
}

interface Found {
  readonly text: string;
  /** The place that it came from: `configuration tencent-chat:region`. */
  readonly origin: string;
  /** The other place that it can come from. */
  readonly elsewhere: string;
}

/** A setting as it is given, unchecked; undefined where it is given nowhere. */
export function findSetting(name: SettingName, sources: SettingSources): Found | undefined {
  const key = `${NAMESPACE}:${name}`;
  const variable = SETTING_VARIABLES[name];
  const places = [
    { text: sources.configuration(key), origin: `configuration ${key}`, elsewhere: `variable ${variable}` },
    { text: sources.environment[variable], origin: `variable ${variable}`, elsewhere: `configuration ${key}` },
  ];
  if (name === "secretKey") places.reverse();
  const place = places.find(({ text }) => text !== undefined && text !== "");
  return place && { ...place, text: place.text as string };
}

/** Names in the configuration or the environment that are no setting's, and look as if they were meant to be. */
export function mistypedSettings({ configurationKeys, environment }: SettingSources): Mistyped<SettingName>[] {
  const known = (Object.keys(SETTING_VARIABLES) as SettingName[]).flatMap((setting) => [
    { setting, name: `${NAMESPACE}:${setting}` },
    { setting, name: SETTING_VARIABLES[setting] },
  ]);
  const variables = Object.keys(environment).filter((name) => environment[name]);
  return findMistyped(known, [...(configurationKeys?.() ?? []), ...variables]);
}

function missing(sources: SettingSources, ...names: SettingName[]): string {
  const places = names.map(
    (name) =>
      `\`pulumi config set ${isSecret(name) ? "--secret " : ""}${NAMESPACE}:${name} …\` (or ${SETTING_VARIABLES[name]})`,
  );
  const slips = mistypedSettings(sources).flatMap(({ given, meant }) =>
    meant !== undefined && names.includes(meant.setting) ? ` \`${given}\` is set: did you mean \`${meant.name}\`?` : [],
  );
  return `${names.join(" or ")} is missing: ${places.join(", or ")}.${slips.join("")}`;
}

export function isSecret(name: SettingName): boolean {
  return name === "secretKey" || name === "userSig";
}

/** What can be seen of a ready-made signature without asking the service. */
function userSigFaults(given: Partial<Record<SettingName, string>>, place: string, now: number): string[] {
  const content = readUserSig(given.userSig ?? "");
  if (content === undefined) return [`${place} is not a UserSig, or is cut off.`];
  const faults: string[] = [];
  if (content.endsAt * 1000 <= now) {
    faults.push(`${place} ended at ${new Date(content.endsAt * 1000).toISOString()}; make a new one.`);
  }
  const account = given.adminAccount ?? "administrator";
  if (content.identifier !== account) {
    faults.push(`${place} was made for the account “${content.identifier}”, adminAccount is “${account}”.`);
  }
  if (given.sdkAppId !== undefined && content.sdkAppId !== Number(given.sdkAppId)) {
    faults.push(`${place} was made for app ${content.sdkAppId}, sdkAppId is ${given.sdkAppId}.`);
  }
  return faults;
}

function callsPerSecond(chosen: number | undefined): Record<Command, number> {
  const rates = Object.entries(COMMANDS).map(([command, facts]) => [
    command,
    chosen ?? (command === "import_topic" ? facts.callsPerSecond : facts.callsPerSecond * SHARE_LEFT_TO_OTHERS),
  ]);
  return Object.fromEntries(rates) as Record<Command, number>;
}

function checkEndpoint(text: string, context: z.RefinementCtx): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || (url.protocol !== "https:" && url.protocol !== "http:")) {
    // Not repeated: it may hold credentials.
    context.addIssue("must be a full URL such as https://adminapisgp.im.qcloud.com");
    return z.NEVER;
  }
  if (url.pathname !== "/" || url.search !== "" || url.hash !== "" || url.username !== "" || url.password !== "") {
    context.addIssue("must hold a host and nothing after it: the path is added to each call");
    return z.NEVER;
  }
  if (url.protocol === "http:" && !isLoopback(url.hostname)) {
    context.addIssue(
      `would send credentials unencrypted to ${url.hostname}: plain http is for loopback only, use https`,
    );
    return z.NEVER;
  }
  return url.origin;
}

export function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127(\.\d{1,3}){3}$/.test(hostname);
}

function checkByteLimits(text: string, context: z.RefinementCtx): Partial<ByteLimits> {
  const names = Object.keys(BYTE_LIMITS) as [LimitedText, ...LimitedText[]];
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch {
    context.addIssue('is not JSON; an example: {"topicName": 150}');
    return z.NEVER;
  }
  const { data, error } = z.partialRecord(z.enum(names), z.int()).safeParse(given);
  if (error) {
    context.addIssue(`must be a JSON object of whole numbers with keys among ${names.join(", ")}`);
    return z.NEVER;
  }
  const lowered = names.find((name) => (data[name] ?? Number.POSITIVE_INFINITY) < BYTE_LIMITS[name]);
  if (lowered !== undefined) {
    context.addIssue(`lowers ${lowered} to ${data[lowered]}; the API gives every app ${BYTE_LIMITS[lowered]}`);
    return z.NEVER;
  }
  return Object.fromEntries(Object.entries(data).filter(([, limit]) => limit !== undefined));
}
