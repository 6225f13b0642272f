/** The topic commands of the Chat REST API, one method each. */

import type { Caller } from "./caller.js";
import type { ServiceError } from "./errors/index.js";
import type { LiveTopic, TopicChanges, TopicFields } from "./topic.js";
import { readDestroyed, readImportedTopicId, readTopics } from "./topic-answers.js";
import { describeTopic } from "./topic-id.js";
import { readVerdict } from "./verdicts.js";

/** A topic for `import_topic`; without a `topicId` the service assigns one. `muteAllMember` is not sent. */
export interface NewTopic extends TopicFields {
  readonly groupId: string;
  readonly topicId?: string | undefined;
}

export class TopicClient {
  readonly #caller: Caller;

  constructor(caller: Caller) {
    this.#caller = caller;
  }

  /**
   * Imports a topic, silently: no webhook, no notification. Gives its id.
   *
   * An import without a `topicId` is not sent again after a lost answer: there might be two topics then.
   *
   * @throws {AlreadyExistsError} whose `attempts` tell whether an earlier one of this call may have taken the id.
   */
  async importTopic(topic: NewTopic): Promise<string> {
    return this.#caller.call("import_topic", {
      subject: topic.topicId ? describeTopic(topic.topicId) : `"${topic.topicName}" in ${topic.groupId}`,
      repeatable: topic.topicId !== undefined,
      body: {
        Type: "Community",
        GroupId: topic.groupId,
        TopicId: topic.topicId,
        TopicName: topic.topicName,
        From_Account: topic.fromAccount,
        CustomString: topic.customString,
        FaceUrl: topic.faceUrl,
        Notification: topic.notification,
        Introduction: topic.introduction,
        CreateTime: topic.createTime,
      },
      read: (answer, call) => readImportedTopicId(answer, call, topic.topicId),
    });
  }

  /**
   * The topics of a community, or those of `topicIds`, by id; one that does not exist is left out.
   *
   * @throws {NotFoundError} when the community itself does not exist.
   */
  async getTopics(
    groupId: string,
    topicIds?: readonly string[],
    fields?: readonly string[],
  ): Promise<Map<string, LiveTopic>> {
    const [only] = topicIds?.length === 1 ? topicIds : [];
    return this.#caller.call("get_topic", {
      subject: only ? describeTopic(only) : `of ${topicIds ? `${topicIds.length} topics in ` : ""}${groupId}`,
      body: {
        GroupId: groupId,
        From_Account: this.#caller.app.adminAccount,
        TopicIdList: topicIds,
        ResponseFilter: fields,
      },
      read: readTopics,
    });
  }

  /** A field that is absent stays as it is. */
  async modifyTopic(groupId: string, topicId: string, changes: TopicChanges): Promise<void> {
    await this.#caller.call("modify_topic", {
      subject: describeTopic(topicId),
      body: {
        GroupId: groupId,
        TopicId: topicId,
        TopicName: changes.topicName,
        FaceUrl: changes.faceUrl,
        Notification: changes.notification,
        Introduction: changes.introduction,
        CustomString: changes.customString,
        MuteAllMember: changes.muteAllMember === undefined ? undefined : changes.muteAllMember ? "On" : "Off",
      },
      read: readVerdict,
    });
  }

  /** Destroys topics with their messages; what became of each, undefined for destroyed. */
  async destroyTopics(groupId: string, topicIds: readonly string[]): Promise<Map<string, ServiceError | undefined>> {
    const [only] = topicIds.length === 1 ? topicIds : [];
    return this.#caller.call("destroy_topic", {
      subject: only ? describeTopic(only) : `of ${topicIds.length} topics in ${groupId}`,
      body: { GroupId: groupId, TopicIdList: topicIds },
      read: readDestroyed,
    });
  }
}
