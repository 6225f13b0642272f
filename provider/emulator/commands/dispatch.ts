/**
 * Which function answers which command. A command that `COMMANDS` lists and this table does not is unknown to the
 * emulator, so that a client may learn new commands first.
 */

import { COMMANDS, type Command } from "../../chat/commands.js";
import type { Rules } from "../rules.js";
import { changeGroupOwner } from "./change-group-owner.js";
import type { AnswerFields, CommandCall } from "./command-call.js";
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

interface CommandEntry {
  readonly run: (call: CommandCall) => AnswerFields;
  /** Whether it changes the stored data. */
  readonly writes: boolean;
}

const ENTRIES: ReadonlyMap<string, CommandEntry> = new Map<Command, CommandEntry>([
  ["import_topic", { run: importTopic, writes: true }],
  ["create_topic", { run: createTopic, writes: true }],
  ["get_topic", { run: getTopic, writes: false }],
  ["modify_topic", { run: modifyTopic, writes: true }],
  ["destroy_topic", { run: destroyTopic, writes: true }],
  ["import_group", { run: importGroup, writes: true }],
  ["create_group", { run: createGroup, writes: true }],
  ["get_group_info", { run: getGroupInfo, writes: false }],
  ["get_appid_group_list", { run: getAppidGroupList, writes: false }],
  ["modify_group_base_info", { run: modifyGroupBaseInfo, writes: true }],
  ["change_group_owner", { run: changeGroupOwner, writes: true }],
  ["destroy_group", { run: destroyGroup, writes: true }],
]);

/** The command of this name on this service; undefined when there is none. */
export function commandFor(service: string, command: string, rules: Rules): CommandEntry | undefined {
  const entry = ENTRIES.get(command);
  return entry !== undefined && servicesOf(command as Command, rules).includes(service) ? entry : undefined;
}

function servicesOf(command: Command, rules: Rules): readonly string[] {
  if (command !== "import_topic") return [COMMANDS[command].service];
  return rules.importService === "both"
    ? ["group_open_http_svc", "million_group_open_http_svc"]
    : [rules.importService];
}
