/** Delete: what `onRemove` says, and never a topic that another resource of the run has taken over. */
import { isUsed } from "../../chat/live-topic.js";
import { describeTopic } from "../../chat/topic-id.js";
import { describeResource } from "../declarations.js";
import { TopicInUseError } from "../errors/index.js";
import type { DeleteResult, LifecycleContext, Properties } from "../lifecycle.js";
import { refuseOtherApp } from "../same-app.js";
import { refuseWithoutSuccessor } from "../successor.js";
import { describeMessages } from "./adopt-topic.js";
import { asTopic, groupIdOf, nameOfTopic } from "./fields.js";

const HOW_TO_REMOVE =
  "if its resource was only renamed, give that the old name as an alias, and the topic stays as it is. Otherwise " +
  'declare it with `onRemove: "destroy"` (it goes, with its messages) or `onRemove: "retain"` (it stays, no longer ' +
  "managed), run `pulumi up`, then remove it again. To forget it at once and leave it in the app, use " +
  "`pulumi state delete`";

export async function deleteTopic(context: LifecycleContext, id: string, old: Properties): Promise<DeleteResult> {
  refuseOtherApp(nameOfTopic(id), old, context.settings());
  const { onRemove = "unused" } = asTopic(old);
  if (onRemove === "retain") return { warnings: [] };
  const taker = context.declarations.urnOf(id);
  if (taker !== undefined) {
    return { warnings: [`Topic ${describeTopic(id)} was not destroyed: ${describeResource(taker)} declares it now.`] };
  }

  await refuseWithoutSuccessor(context, [id]);
  const topics = await context.topics();
  const groupId = groupIdOf(id, old);
  if (onRemove === "unused") {
    const live = await topics.readFresh(groupId, id);
    if (live === undefined) return { warnings: [] };
    if (isUsed(live)) throw new TopicInUseError(describeTopic(id), describeMessages(live), HOW_TO_REMOVE);
  }
  await topics.destroy(groupId, id);
  return { warnings: [] };
}
