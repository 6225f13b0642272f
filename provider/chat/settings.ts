/**
 * The settings of an app, checked by one schema, every fault reported at once. They are read from the stack's
 * configuration first and the environment second, or are the arguments of a `ChatApp`. The secret key alone is taken from
 * the environment first, so that a rotated key also reaches `pulumi refresh` and `pulumi destroy`, which read the
 * configuration from the stack's state.
 */
import { z } from "zod";
import { COMMANDS, type Command, type Service } from "./commands.js";
import type { Credentials } from "./credentials.js";
import { SettingsError } from "./errors/index.js";
import { HOSTS, type Region } from "./hosts.js";
import { BYTE_LIMITS, type ByteLimits, type LimitedText } from "./limits.js";
import { Secret } from "./secret.js";
import {
  findSetting,
  foreignArguments,
  isSecret,
  missingSetting,
  SETTING_NAMES,
  type SettingName,
  type SettingSources,
} from "./setting-sources.js";
import { readUserSig } from "./user-sig.js";

export {
  findSetting,
  isSecret,
  mistypedSettings,
  SETTING_VARIABLES,
  type SettingName,
  type SettingSources,
} from "./setting-sources.js";

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

/** Left for the app's own backend, which shares the limit with us. */
const SHARE_LEFT_TO_OTHERS = 0.5;

const integer = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d+$/, saying("must be a whole number in digits"))
    .transform(Number)
    .pipe(
      z
        .number()
        .min(least, saying(`must be at least ${least}`))
        .max(most, saying(`must be at most ${most}`)),
    );

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
    .refine((account) => account === account.trim(), saying("has white space around it; remove it"))
    .default("administrator"),
  region: z
    .enum(Object.keys(HOSTS) as [Region, ...Region[]], {
      error: ({ input }) =>
        `${quoted(input)} is none of ${Object.keys(HOSTS).join(", ")}; for another data centre give \`endpoint\``,
    })
    .optional(),
  endpoint: z.string().transform(checkEndpoint).optional(),
  callsPerSecond: integer(1, 10_000).optional(),
  timeoutSeconds: integer(1, 3_600).default(60),
  byteLimits: z.string().transform(checkByteLimits).default({}),
  importService: z
    .enum(["group_open_http_svc", "million_group_open_http_svc"], {
      error: ({ input }) => `${quoted(input)} is neither group_open_http_svc nor million_group_open_http_svc`,
    })
    .default("group_open_http_svc"),
});

/** A text that is longer may be a key that was pasted into the wrong place, and is not repeated. */
const LONGEST_QUOTED = 30;

function quoted(input: unknown): string {
  const text = String(input);
  return text.length > LONGEST_QUOTED ? `a text of ${text.length} characters` : `“${text}”`;
}

/** A fault with the value that has it. */
function saying(fault: string) {
  return { error: ({ input }: { readonly input?: unknown }) => `${quoted(input)} ${fault}` };
}

/** Can the value of a setting be shown, also where settings are wrong, and so a secret may be in another's place? */
export function mayBeShown(name: SettingName, text: string): boolean {
  if (isSecret(name)) return false;
  if (text.length <= LONGEST_QUOTED) return !text.includes("@");
  return name === "endpoint" && text.length <= LONGEST_ENDPOINT && isHostAlone(text);
}

/** A host, with its scheme and port. */
const LONGEST_ENDPOINT = 60;

function isHostAlone(text: string): boolean {
  return /^https?:\/\/[\w.-]+(:\d+)?\/?$/.test(text);
}

/**
 * The settings, checked.
 *
 * @throws {SettingsError} naming every missing or wrong setting, with the places where it can be given.
 */
export function resolveSettings(sources: SettingSources, now: number = Date.now()): Settings {
  const given: Partial<Record<SettingName, string>> = {};
  const origins: Partial<Record<SettingName, string>> = {};
  /** Where a value came from and where else it could, for faults. */
  const places: Partial<Record<SettingName, string>> = {};
  for (const name of SETTING_NAMES) {
    const found = findSetting(name, sources);
    if (found === undefined) continue;
    given[name] = found.text;
    origins[name] = found.origin;
    places[name] = found.place;
  }

  const faults = foreignArguments(sources);
  const { data, error } = schema.safeParse(given);
  for (const issue of error?.issues ?? []) {
    const name = issue.path[0] as SettingName;
    faults.push(given[name] === undefined ? missingSetting([name], sources) : `${places[name]} ${issue.message}.`);
  }
  const faulty = new Set(error?.issues.map((issue) => issue.path[0]));
  if (given.secretKey === undefined && given.userSig === undefined) {
    faults.push(missingSetting(["secretKey", "userSig"], sources));
  }
  if (given.region === undefined && given.endpoint === undefined) {
    faults.push(missingSetting(["region", "endpoint"], sources));
  }
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
    const given = mayBeShown("endpoint", text) ? `${quoted(text)} ` : "";
    context.addIssue(`${given}must be a full URL such as https://adminapisgp.im.qcloud.com`);
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
    context.addIssue(`${quoted(text)} is not JSON; an example: {"topicName": 150}`);
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
