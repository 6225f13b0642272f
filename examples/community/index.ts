/** A community's topics, one resource each. */
import * as pulumi from "@pulumi/pulumi";
import { ChatTopic } from "pulumi-tencent-chat";
import { topics } from "./topics";

const groupId = new pulumi.Config().get("groupId") ?? "@TGS#_players";

export const topicIds = Object.entries(topics).map(([key, topic]) => {
  return new ChatTopic(key, { groupId, ...topic }).topicId;
});
