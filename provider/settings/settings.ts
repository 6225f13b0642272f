/**
 * The settings of an app, checked by one schema, every issue reported at once. They are read from the stack's
 * configuration first and the environment second, or are the arguments of a `ChatApp`. The secret key alone is taken from
 * the environment first, so that a rotated key also reaches `pulumi refresh` and `pulumi destroy`, which read the
 * configuration from the stack's state.
 */
import { z } from "zod";
import type { App } from "../chat/app.js";
import { COMMANDS, type Command } from "../chat/commands.js";
import { HOSTS, type Region } from "../chat/hosts.js";
import { BYTE_LIMITS, type ByteLimits, type LimitedText } from "../chat/limits.js";
import { isLoopback } from "../chat/loopback.js";
import { Secret } from "../chat/secret.js";
import { readUserSig } from "../chat/user-sig.js";
import type { SettingOrigin } from "./setting-origin.js";
import {
  describePlaces,
  findSetting,
  foreignArguments,
  isSecret,
  missingSetting,
  SETTING_NAMES,
  type SettingName,
  type SettingSources,
  stackRemedy,
} from "./setting-sources.js";
import { SettingsError } from "./settings-error.js";

export interface Settings extends App {
  readonly credentialsOrigin: SettingOrigin;
  readonly byteLimits: ByteLimits;
}

/** The part of the vendor's limit that is used here; the rest is for the app's own backend. */
const OUR_SHARE_OF_LIMIT = 0.5;

const integer = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d+$/, messageWithValue("must be a whole number in digits"))
    .transform(Number)
    .pipe(
      z
        .number()
        .min(least, messageWithValue(`must be at least ${least}`))
        .max(most, messageWithValue(`must be at most ${most}`)),
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
    .refine((account) => account === account.trim(), messageWithValue("has white space around it; remove it"))
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

/** A message that starts with the value that has the issue. */
function messageWithValue(issue: string) {
  return { error: ({ input }: { readonly input?: unknown }) => `${quoted(input)} ${issue}` };
}

/** Can the value of a setting be shown, also where settings are wrong, and so a secret may be in another's place? */
export function mayBeShown(name: SettingName, text: string): boolean {
  if (isSecret(name)) return false;
  if (text.length <= LONGEST_QUOTED) return !text.includes("@");
  return name === "endpoint" && text.length <= LONGEST_ENDPOINT && isHostAlone(text);
}

/** The longest endpoint that is shown, in characters. */
const LONGEST_ENDPOINT = 60;

/** A host with its scheme and port, and nothing else. */
function isHostAlone(text: string): boolean {
  return /^https?:\/\/[\w.-]+(:\d+)?\/?$/.test(text);
}

/**
 * The settings, checked.
 *
 * @throws {SettingsError} naming every missing or wrong setting, with the places where it can be given.
 */
export function resolveSettings(sources: SettingSources, now: number = Date.now()): Settings {
  const found = new Map(
    SETTING_NAMES.flatMap((name) => {
      const setting = findSetting(name, sources);
      return setting === undefined ? [] : [[name, setting] as const];
    }),
  );
  const placesOf = (name: SettingName): string => {
    const setting = found.get(name);
    return setting === undefined ? name : describePlaces(name, setting.origin, sources);
  };
  const given: Partial<Record<SettingName, string>> = Object.fromEntries(
    [...found].map(([name, { text }]) => [name, text]),
  );

  const issues = foreignArguments(sources);
  const { data, error } = schema.safeParse(given);
  for (const issue of error?.issues ?? []) {
    const name = issue.path[0] as SettingName;
    issues.push(found.has(name) ? `${placesOf(name)} ${issue.message}.` : missingSetting([name], sources));
  }
  for (const names of [
    ["secretKey", "userSig"],
    ["region", "endpoint"],
  ] as const) {
    if (!names.some((name) => found.has(name))) issues.push(missingSetting(names, sources));
  }
  const isUserSigRead = !error?.issues.some((issue) => issue.path[0] === "userSig");
  if (found.has("userSig") && !found.has("secretKey") && isUserSigRead) {
    issues.push(...userSigIssues(given, placesOf("userSig"), now));
  }
  const credentials = found.get("secretKey") ?? found.get("userSig");
  if (data === undefined || credentials === undefined || issues.length > 0) {
    throw new SettingsError(issues, stackRemedy(sources));
  }

  const { sdkAppId, adminAccount, timeoutSeconds, importService } = data;
  return {
    sdkAppId,
    adminAccount,
    timeoutSeconds,
    importService,
    credentials: credentialsOf(data),
    credentialsOrigin: credentials.origin,
    baseUrl: data.endpoint ?? `https://${HOSTS[data.region as Region]}`,
    callsPerSecond: callsPerSecond(data.callsPerSecond),
    byteLimits: { ...BYTE_LIMITS, ...data.byteLimits },
  };
}

/** The key wins, since signatures made with it can be renewed. */
function credentialsOf({ secretKey, userSig }: z.infer<typeof schema>): Settings["credentials"] {
  if (secretKey !== undefined) return { kind: "secretKey", secretKey };
  const ready = userSig ?? new Secret("");
  return { kind: "userSig", userSig: ready, endsAt: readUserSig(ready.reveal())?.endsAt ?? 0 };
}

/** What can be seen of a ready-made signature without asking the service. */
function userSigIssues(given: Partial<Record<SettingName, string>>, place: string, now: number): string[] {
  const content = readUserSig(given.userSig ?? "");
  if (content === undefined) return [`${place} is not a UserSig, or is cut off.`];
  const issues: string[] = [];
  if (content.endsAt * 1000 <= now) {
    issues.push(`${place} ended at ${new Date(content.endsAt * 1000).toISOString()}; make a new one.`);
  }
  const account = given.adminAccount ?? "administrator";
  if (content.identifier !== account) {
    issues.push(`${place} was made for the account “${content.identifier}”, adminAccount is “${account}”.`);
  }
  if (given.sdkAppId !== undefined && content.sdkAppId !== Number(given.sdkAppId)) {
    issues.push(`${place} was made for app ${content.sdkAppId}, sdkAppId is ${given.sdkAppId}.`);
  }
  return issues;
}

function callsPerSecond(chosen: number | undefined): Record<Command, number> {
  const rates = Object.entries(COMMANDS).map(([command, facts]) => [
    command,
    chosen ?? (command === "import_topic" ? facts.callsPerSecond : facts.callsPerSecond * OUR_SHARE_OF_LIMIT),
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
