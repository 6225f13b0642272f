/**
 * The REST commands that this package calls, as the vendor's pages list them. The data is shared with the
 * emulator, which reads it to know what it must answer.
 *
 * Paths: `POST https://{host}/v4/{service}/{command}`, https://www.tencentcloud.com/document/product/1047/34620
 */

/** A REST service, the middle part of a command's path. */
export type Service = "group_open_http_svc" | "million_group_open_http_svc";

/** A command this package calls or the emulator answers. */
export type Command =
  | "create_topic"
  | "import_topic"
  | "get_topic"
  | "modify_topic"
  | "destroy_topic"
  | "create_group"
  | "import_group"
  | "get_group_info"
  | "get_appid_group_list"
  | "modify_group_base_info"
  | "change_group_owner"
  | "destroy_group";

interface CommandFacts {
  /** The service the command is on. */
  readonly service: Service;
  /** The vendor's limit, in calls per second for one SDKAppID. */
  readonly callsPerSecond: number;
  /** The page that says so. */
  readonly source: string;
}

const PAGE = "https://www.tencentcloud.com/document/product/1047/";

export const COMMANDS: Readonly<Record<Command, CommandFacts>> = {
  create_topic: { service: "million_group_open_http_svc", callsPerSecond: 200, source: `${PAGE}49471` },
  // The China site's page of 2025-12-15 puts import_topic on million_group_open_http_svc, all other pages and
  // two independent SDKs on group_open_http_svc; hence the setting `importService`.
  import_topic: { service: "group_open_http_svc", callsPerSecond: 200, source: `${PAGE}53448` },
  get_topic: { service: "million_group_open_http_svc", callsPerSecond: 200, source: `${PAGE}49469` },
  modify_topic: { service: "million_group_open_http_svc", callsPerSecond: 200, source: `${PAGE}49468` },
  destroy_topic: { service: "million_group_open_http_svc", callsPerSecond: 200, source: `${PAGE}49470` },
  create_group: { service: "group_open_http_svc", callsPerSecond: 200, source: `${PAGE}34895` },
  import_group: { service: "group_open_http_svc", callsPerSecond: 200, source: `${PAGE}34967` },
  get_group_info: { service: "group_open_http_svc", callsPerSecond: 200, source: `${PAGE}34961` },
  get_appid_group_list: { service: "group_open_http_svc", callsPerSecond: 1, source: `${PAGE}34960` },
  modify_group_base_info: { service: "group_open_http_svc", callsPerSecond: 200, source: `${PAGE}34962` },
  change_group_owner: { service: "group_open_http_svc", callsPerSecond: 200, source: `${PAGE}34966` },
  destroy_group: { service: "group_open_http_svc", callsPerSecond: 200, source: `${PAGE}34896` },
};

/**
 * The most topic ids that go into one `destroy_topic` or `get_topic`. The pages name no maximum; the neighbouring
 * permission-group commands stop at 50 topics a call (https://cloud.tencent.com/document/product/269/103966).
 */
export const MAX_TOPIC_IDS_PER_CALL = 50;

/** The most group ids that go into one `get_group_info` (https://www.tencentcloud.com/document/product/1047/34961). */
export const MAX_GROUP_IDS_PER_CALL = 50;

/** An answer above this size fails with 10018 (https://www.tencentcloud.com/document/product/1047/34348). */
export const MAX_ANSWER_BYTES = 1024 * 1024;
