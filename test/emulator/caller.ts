/**
 * Calls an emulator as an app's backend would, with the vendor's own signer. The tests use it in place of the client of
 * this package, so that a mistake shared by client and emulator would show.
 */

import { Api } from "tls-sig-api-v2";
import {
  DEFAULT_GROUP_ID,
  DEFAULT_SDK_APP_ID,
  DEFAULT_SECRET_KEY,
  type Emulator,
} from "../../provider/emulator/index.js";

export const GROUP = DEFAULT_GROUP_ID;
export const ADMIN = "administrator";

/** The service of each command, typed from the pages. */
const SERVICES: Readonly<Record<string, string>> = {
  import_topic: "group_open_http_svc",
  create_topic: "million_group_open_http_svc",
  get_topic: "million_group_open_http_svc",
  modify_topic: "million_group_open_http_svc",
  destroy_topic: "million_group_open_http_svc",
  create_group: "group_open_http_svc",
  import_group: "group_open_http_svc",
  get_group_info: "group_open_http_svc",
  get_appid_group_list: "group_open_http_svc",
  modify_group_base_info: "group_open_http_svc",
  change_group_owner: "group_open_http_svc",
  destroy_group: "group_open_http_svc",
};

/** What a call can have different from a right one. */
export interface Deviations {
  readonly method?: string;
  readonly service?: string;
  /** Query parameters; null leaves one out. */
  readonly query?: Readonly<Record<string, string | number | null>>;
  readonly headers?: Readonly<Record<string, string>>;
}

// biome-ignore lint/suspicious/noExplicitAny: answers are read field by field, each test knows its own.
export type Answer = any;

export function userSig(identifier = ADMIN, key = DEFAULT_SECRET_KEY, sdkAppId = DEFAULT_SDK_APP_ID): string {
  return new Api(sdkAppId, key).genUserSig(identifier, 86_400);
}

/** Sends a call and returns the raw response. */
export function send(
  emulator: Pick<Emulator, "url">,
  command: string,
  body: unknown,
  other: Deviations = {},
): Promise<Response> {
  const service = other.service ?? SERVICES[command] ?? "group_open_http_svc";
  const url = new URL(`/v4/${service}/${command}`, emulator.url);
  const query = {
    sdkappid: DEFAULT_SDK_APP_ID,
    identifier: ADMIN,
    usersig: userSig(),
    random: 4294967295,
    contenttype: "json",
    ...other.query,
  };
  for (const [name, value] of Object.entries(query)) {
    if (value !== null) url.searchParams.set(name, String(value));
  }
  const method = other.method ?? "POST";
  return fetch(url, {
    method,
    headers: { ...other.headers },
    ...(method === "GET" ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
}

/** Sends a call and returns its answer. */
export async function call(
  emulator: Pick<Emulator, "url">,
  command: string,
  body: unknown,
  other: Deviations = {},
): Promise<Answer> {
  const response = await send(emulator, command, body, other);
  if (response.status !== 200) throw new Error(`HTTP ${response.status}: ${await response.text()}`);
  return response.json();
}

/** The `ErrorCode` of a call. */
export async function codeOf(emulator: Emulator, command: string, body: unknown, other?: Deviations): Promise<number> {
  return (await call(emulator, command, body, other)).ErrorCode;
}

/** The full id of a topic in the default community. */
export function topic(key: string): string {
  return `${GROUP}@TOPIC#_${key}`;
}

/** Imports a topic that must be accepted. */
export async function importTopic(emulator: Emulator, key: string, fields: object = {}): Promise<void> {
  const answer = await call(emulator, "import_topic", {
    GroupId: GROUP,
    TopicId: topic(key),
    TopicName: key,
    ...fields,
  });
  if (answer.ErrorCode !== 0) throw new Error(JSON.stringify(answer));
}

/** The items of `get_topic`; without `keys`, of all topics. */
export async function getItems(emulator: Emulator, keys?: readonly string[], fields: object = {}): Promise<Answer[]> {
  const list = keys === undefined ? {} : { TopicIdList: keys.map(topic) };
  const answer = await call(emulator, "get_topic", { GroupId: GROUP, From_Account: ADMIN, ...list, ...fields });
  if (answer.ErrorCode !== 0) throw new Error(JSON.stringify(answer));
  return answer.TopicAndSelfInfo;
}

/** The `TopicInfo` of one topic. */
export async function getInfo(emulator: Emulator, key: string): Promise<Answer> {
  return (await getItems(emulator, [key]))[0].TopicInfo;
}

/** Calls a control endpoint. */
export async function control(emulator: Emulator, method: string, path: string, body?: unknown): Promise<Answer> {
  const response = await fetch(`${emulator.url}/_emulator/${path}`, {
    method,
    ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  return { status: response.status, body: await response.json() };
}
