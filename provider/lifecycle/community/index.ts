/** The lifecycle of `ChatCommunity`. */
import type { Lifecycle } from "../lifecycle.js";
import { checkCommunity } from "./check-community.js";
import { createCommunity } from "./create-community.js";
import { deleteCommunity } from "./delete-community.js";
import { diffCommunity } from "./diff-community.js";
import { readCommunity } from "./read-community.js";
import { updateCommunity } from "./update-community.js";

export const communityLifecycle: Lifecycle = {
  check: checkCommunity,
  diff: diffCommunity,
  create: createCommunity,
  read: readCommunity,
  update: updateCommunity,
  delete: deleteCommunity,
};
