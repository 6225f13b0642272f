/** The lifecycle of `ChatTopicSet`. */
import type { Lifecycle, LifecycleContext } from "../lifecycle.js";
import { assertSameApp } from "../same-app.js";
import { checkTopicSet } from "./check-topic-set.js";
import { deleteTopicSet } from "./delete-topic-set.js";
import { diffTopicSet } from "./diff-topic-set.js";
import { readTopicSet } from "./read-topic-set.js";
import { reconcile } from "./reconcile-topic-set.js";
import { describeSet, membersOf, TOPIC_SET_SCHEMA, type TopicSetResource } from "./topic-set-spec.js";

/** The state, where it belongs to the app of the settings. One that was made by hand may lack what is known all the same. */
function ownState(context: LifecycleContext, id: string, state: TopicSetResource): TopicSetResource {
  const settings = context.settings();
  assertSameApp(describeSet(state.groupId), state.sdkAppId, settings);
  return { ...state, groupId: id, sdkAppId: state.sdkAppId ?? settings.sdkAppId };
}

export const topicSetLifecycle: Lifecycle<TopicSetResource> = {
  schema: TOPIC_SET_SCHEMA,
  check: checkTopicSet,
  diff: (context, id, state, inputs) => diffTopicSet(context, id, ownState(context, id, state), inputs),
  create: (context, inputs) => reconcile(context, new Map(), inputs),
  update: async (context, id, state, inputs) => reconcile(context, membersOf(ownState(context, id, state)), inputs),
  async read(context, id, state = { groupId: id, topics: {}, topicIds: {}, sdkAppId: undefined }) {
    return readTopicSet(context, id, ownState(context, id, state));
  },
  delete: async (context, id, state) => deleteTopicSet(context, id, ownState(context, id, state)),
};
