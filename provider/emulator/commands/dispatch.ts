/**
 * Which function answers which command. A command that `COMMANDS` lists and this table does not is unknown to the
 * emulator, so that a client may learn new commands first.
 */

import { COMMANDS, type Command } from "../../chat/commands.js";
import type { Rules } from "../rules.js";
import { changeGroupOwner } from "./change-group-owner.js";
import type { Handler } from "./command-call.js";
import { createGroup } from "./create-group.js";
import { createTopic } from "./create-topic.js";
import { destroyGroup } from "./destroy-group.js";
import { destroyTopic } from "./destroy-topic.js";
import { getAppidGroupList } from "./get-appid-group-list.js";
import { getGroupInfo } from "./get-group-info.js";
import { getTopic } from "./get-topic.js";
import { importGroup } from "./import-group.js";
import { importTopic } from "./import-topic.js";
import { modifyGroupBaseInfo } from "./modify-group-base-info.js";
import { modifyTopic } from "./modify-topic.js";

interface Answering {
  readonly handler: Handler;
  /** Whether it changes what the emulator holds. */
  readonly writes: boolean;
}

const ANSWERING: ReadonlyMap<string, Answering> = new Map<Command, Answering>([
  ["import_topic", { handler: importTopic, writes: true }],
  ["create_topic", { handler: createTopic, writes: true }],
  ["get_topic", { handler: getTopic, writes: false }],
  ["modify_topic", { handler: modifyTopic, writes: true }],
  ["destroy_topic", { handler: destroyTopic, writes: true }],
  ["import_group", { handler: importGroup, writes: true }],
  ["create_group", { handler: createGroup, writes: true }],
  ["get_group_info", { handler: getGroupInfo, writes: false }],
  ["get_appid_group_list", { handler: getAppidGroupList, writes: false }],
  ["modify_group_base_info", { handler: modifyGroupBaseInfo, writes: true }],
  ["change_group_owner", { handler: changeGroupOwner, writes: true }],
  ["destroy_group", { handler: destroyGroup, writes: true }],
]);

/** What answers a command on a service, or undefined when the emulator has nothing there. */
export function answeringFor(service: string, command: string, rules: Rules): Answering | undefined {
  const answering = ANSWERING.get(command);
  return answering !== undefined && servicesOf(command as Command, rules).includes(service) ? answering : undefined;
}

function servicesOf(command: Command, rules: Rules): readonly string[] {
  if (command !== "import_topic") return [COMMANDS[command].service];
  return rules.importService === "both"
    ? ["group_open_http_svc", "million_group_open_http_svc"]
    : [rules.importService];
}
