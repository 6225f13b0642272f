/**
 * The baseline: a topic as a good developer writes it in an hour from Pulumi's own guide to dynamic providers
 * (https://www.pulumi.com/docs/iac/concepts/providers/dynamic-providers/). A class with create, diff, read, update and
 * delete, one instance shared by all topics, serialized by Pulumi into the state.
 */
const pulumi = require("@pulumi/pulumi");
const { ChatApi } = require("./chat-api.js");

class PlainTopicProvider {
  constructor() {
    this.api = new ChatApi();
  }

  async create(inputs) {
    const topicId = `${inputs.groupId}@TOPIC#_${inputs.topicKey}`;
    await this.api.call("group_open_http_svc/import_topic", {
      GroupId: inputs.groupId,
      TopicId: topicId,
      TopicName: inputs.topicName,
      Introduction: inputs.introduction,
    });
    return { id: topicId, outs: { ...inputs, topicId } };
  }

  async diff(_id, olds, news) {
    const replaces = ["groupId", "topicKey"].filter((name) => olds[name] !== news[name]);
    const changes = ["topicName", "introduction"].some((name) => olds[name] !== news[name]);
    return { changes: changes || replaces.length > 0, replaces, deleteBeforeReplace: true };
  }

  async read(id, props) {
    const answer = await this.api.call("million_group_open_http_svc/get_topic", {
      GroupId: props.groupId,
      From_Account: "administrator",
      TopicIdList: [id],
    });
    const found = answer.TopicAndSelfInfo.find((item) => item.ErrorCode === 0);
    if (found === undefined) return {};
    const { TopicName: topicName, Introduction: introduction } = found.TopicInfo;
    const inputs = { groupId: props.groupId, topicKey: props.topicKey, topicName, introduction };
    return { id, props: { ...inputs, topicId: id }, inputs };
  }

  async update(id, _olds, news) {
    await this.api.call("million_group_open_http_svc/modify_topic", {
      GroupId: news.groupId,
      TopicId: id,
      TopicName: news.topicName,
      Introduction: news.introduction,
    });
    return { outs: { ...news, topicId: id } };
  }

  async delete(id, props) {
    const answer = await this.api.call("million_group_open_http_svc/destroy_topic", {
      GroupId: props.groupId,
      TopicIdList: [id],
    });
    const failed = answer.DestroyResultItem.find((item) => item.ErrorCode !== 0 && item.ErrorCode !== 110003);
    if (failed !== undefined) throw new Error(`destroy_topic ${id}: ${failed.ErrorCode} ${failed.ErrorInfo}`);
  }
}

const provider = new PlainTopicProvider();

class PlainTopic extends pulumi.dynamic.Resource {
  constructor(name, args, options) {
    super(provider, name, { topicId: undefined, ...args }, options);
  }
}

module.exports = { PlainTopic };
