/** Delete: what `onRemove` says, and never a community that another resource of the run, or a topic in it, declares. */
import type { Communities } from "../../chat/communities.js";
import { NotFoundError, RefusedError } from "../../chat/errors/index.js";
import { describeResource } from "../declarations.js";
import { CommunityInUseError } from "../errors/index.js";
import type { DeleteResult, LifecycleContext, Properties } from "../lifecycle.js";
import { refuseOtherApp } from "../same-app.js";
import { asCommunity, describeContents, nameOfCommunity, numberOf } from "./fields.js";

const HOW_TO_REMOVE =
  'remove what is in it first; or declare it with `onRemove: "destroy"` (it goes, with all topics, messages and members) ' +
  'or `onRemove: "retain"` (it stays, no longer managed), run `pulumi up`, then remove it again';

export async function deleteCommunity(context: LifecycleContext, id: string, old: Properties): Promise<DeleteResult> {
  refuseOtherApp(nameOfCommunity(id), old, context.settings());
  const { onRemove = "unused" } = asCommunity(old);
  if (onRemove === "retain") return { warnings: [] };
  const taker = context.declarations.urnOf(id);
  if (taker !== undefined) {
    return { warnings: [`${nameOfCommunity(id)} was not destroyed: ${describeResource(taker)} declares it now.`] };
  }
  refuseResidents(context, id);

  const communities = await context.communities();
  if (onRemove === "unused") {
    const live = await communities.read(id);
    if (live === undefined) return { warnings: [] };
    const contents = describeContents(await countTopics(communities, id), live);
    if (contents.length > 0) throw new CommunityInUseError(id, `it still has ${contents.join(" and ")}`, HOW_TO_REMOVE);
  }
  await communities.destroy(id);
  return { warnings: [] };
}

/** Topics that this run declares would go with the community, although their resources stay. */
function refuseResidents({ declarations }: LifecycleContext, id: string): void {
  const [first, ...others] = declarations.residentsOf(id);
  if (first === undefined) return;
  const more = others.length > 0 ? ` and ${numberOf(others.length, "more resource")}` : "";
  throw new CommunityInUseError(
    id,
    `this program still declares topics in it, by ${describeResource(first)}${more}`,
    "keep the community in the program, or remove its topics from it as well; to leave it in the app with them, give it " +
      '`onRemove: "retain"`, run `pulumi up`, and then remove it',
  );
}

/** The code for a community that was created without topics. */
const NO_TOPICS = 11000;

async function countTopics(communities: Communities, id: string): Promise<number> {
  try {
    return await communities.topicCount(id);
  } catch (error) {
    if (error instanceof NotFoundError || (error instanceof RefusedError && error.serviceCode === NO_TOPICS)) return 0;
    throw error;
  }
}
