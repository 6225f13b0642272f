/** The lifecycle of `ChatTopic`. */
import type { Lifecycle } from "../lifecycle.js";
import { checkTopic } from "./check-topic.js";
import { createTopic } from "./create-topic.js";
import { deleteTopic } from "./delete-topic.js";
import { diffTopic } from "./diff-topic.js";
import { readTopic } from "./read-topic.js";
import { updateTopic } from "./update-topic.js";

export const topicLifecycle: Lifecycle = {
  check: checkTopic,
  diff: diffTopic,
  create: createTopic,
  read: readTopic,
  update: updateTopic,
  delete: deleteTopic,
};
