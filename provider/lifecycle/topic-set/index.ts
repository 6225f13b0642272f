/** The lifecycle of `ChatTopicSet`. */
import type { Lifecycle } from "../lifecycle.js";
import { checkTopicSet } from "./check-topic-set.js";
import { deleteTopicSet } from "./delete-topic-set.js";
import { diffTopicSet } from "./diff-topic-set.js";
import { readTopicSet } from "./read-topic-set.js";
import { createTopicSet, updateTopicSet } from "./reconcile-topic-set.js";

export const topicSetLifecycle: Lifecycle = {
  check: checkTopicSet,
  diff: diffTopicSet,
  create: createTopicSet,
  read: readTopicSet,
  update: updateTopicSet,
  delete: deleteTopicSet,
};
