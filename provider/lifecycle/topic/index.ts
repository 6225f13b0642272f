/** The lifecycle of `ChatTopic`: a single topic as a resource. */
import { describeTopic, splitTopicId, topicIdIssues } from "../../chat/topic-id.js";
import { MissingTopicError } from "../errors/index.js";
import { objectLifecycle } from "../objects/object-lifecycle.js";
import { checkTopic } from "./check-topic.js";
import { diffTopic } from "./diff-topic.js";
import { TOPIC_KIND } from "./topic-kind.js";
import { groupIdOf, TOPIC_SCHEMA } from "./topic-spec.js";

export const topicLifecycle = objectLifecycle(TOPIC_KIND, {
  schema: TOPIC_SCHEMA,
  check: checkTopic,
  diff: diffTopic,
  refOf: (id, topic) => ({ groupId: groupIdOf(id, topic), id }),
  stateOf(inputs, topicId, topic) {
    const { __urn, ...state } = { ...inputs, ...topic, topicId };
    return state;
  },
  readShared: async (context, { groupId, id }) => (await context.topics()).readShared(groupId, id),
  inputsOf({ topicId, ...state }) {
    // An id that the service assigned is no input.
    return state.serverAssignedId === true ? state : { ...state, topicId };
  },
  async lookUp(context, id) {
    const { sdkAppId } = context.settings();
    const parts = topicIdIssues(id, undefined).length > 0 ? undefined : splitTopicId(id);
    const live = parts && (await (await context.topics()).readFresh(parts.groupId, id));
    if (parts === undefined || live === undefined) {
      const remedy =
        "check the id given to `ChatTopic.get`, a full one such as @TGS#_players@TOPIC#_general, and that the settings " +
        "name the app that holds the topic";
      throw new MissingTopicError(describeTopic(id), sdkAppId, remedy);
    }
    const { nextMsgSeq, lastMsgTime, ...fields } = live;
    return { state: { ...fields, ...parts, sdkAppId }, inputs: undefined };
  },
});
