/**
 * Which function answers which command. A command that `COMMANDS` lists and this table does not is unknown to the
 * emulator, so that a client may learn new commands first.
 */

import { COMMANDS, type Command } from "../../chat/commands.js";
import type { Rules } from "../rules.js";
import type { Handler } from "./call.js";
import { createTopic } from "./create-topic.js";
import { destroyTopic } from "./destroy-topic.js";
import { getTopic } from "./get-topic.js";
import { importTopic } from "./import-topic.js";
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
