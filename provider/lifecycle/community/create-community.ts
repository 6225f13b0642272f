/** Create: import the community, or adopt the one that has its id; then mute it where that is declared. */
import type { Communities } from "../../chat/communities.js";
import { AlreadyExistsError } from "../../chat/errors/index.js";
import type { LiveCommunity } from "../../chat/live-community.js";
import { isAssignedGroupId } from "../../chat/topic-id.js";
import { expectsExisting, policyAfter, refuseAdoptionOf } from "../adoption.js";
import { MissingCommunityError } from "../errors/index.js";
import type { LifecycleContext, Properties, WriteResult } from "../lifecycle.js";
import { partly } from "../partly.js";
import { refuseOtherApp } from "../same-app.js";
import { type Convergence, converge, isConverged } from "./converge-community.js";
import { asCommunity, describeContents, differencesOf, liveValues, nameOfCommunity } from "./fields.js";

export async function createCommunity(context: LifecycleContext, inputs: Properties): Promise<WriteResult> {
  const community = asCommunity(inputs);
  refuseOtherApp(nameOfCommunity(community.groupId), inputs, context.settings());
  const communities = await context.communities();
  if (isAssignedGroupId(community.groupId)) return adoptExisting(communities, inputs);
  if (expectsExisting(community.adopt) && (await communities.read(community.groupId)) !== undefined) {
    return adoptExisting(communities, inputs);
  }
  try {
    await communities.import(community);
  } catch (error) {
    if (error instanceof AlreadyExistsError) return adoptExisting(communities, inputs, error);
    throw error;
  }
  return muteNew(communities, inputs);
}

/** `import_group` does not take the mute flag (https://www.tencentcloud.com/document/product/1047/34967). */
async function muteNew(communities: Communities, inputs: Properties): Promise<WriteResult> {
  const { groupId, muteAllMember } = asCommunity(inputs);
  if (muteAllMember === true) {
    const what = `${nameOfCommunity(groupId)} was imported, but not muted`;
    await partly(what, groupId, { ...inputs, muteAllMember: false }, () =>
      communities.modify(groupId, { muteAllMember }),
    );
  }
  return { id: groupId, outputs: inputs, warnings: [] };
}

/** `error` is missing for an id that only the service can give, which no import was tried for. */
async function adoptExisting(
  communities: Communities,
  inputs: Properties,
  error?: AlreadyExistsError,
): Promise<WriteResult> {
  const community = asCommunity(inputs);
  const { groupId, sdkAppId, adopt } = community;
  const live = await communities.read(groupId);
  if (live === undefined) throw new MissingCommunityError(groupId, sdkAppId, whyMissing(error));
  // For a community that was created without topics this fails, and rightly: nothing switches them on later.
  const topics = await communities.topicCounts(groupId);
  refuseAdoptionOf(
    {
      what: nameOfCommunity(groupId),
      differences: differencesOf(community, live),
      // An interrupted run leaves topics as well, but no messages in them.
      uses: describeContents(topics.withMessages, live, " with messages").map((content) => `it has ${content}`),
      otherId: "another `groupId`",
    },
    policyAfter(error, adopt),
  );
  const result = await adoptCommunity(communities, inputs, live, describeContents(topics.all, live));
  return error?.afterLostAnswer ? { ...result, warnings: [] } : result;
}

/** Takes over a community that the policy allows to take over, and changes what differs. */
async function adoptCommunity(
  communities: Communities,
  inputs: Properties,
  live: LiveCommunity,
  contents: readonly string[],
): Promise<WriteResult> {
  const { groupId } = asCommunity(inputs);
  const { names, convergence } = planAdoption(inputs, live);
  if (!isConverged(convergence)) {
    const { ownerAccount } = live;
    const what = `${nameOfCommunity(groupId)} was taken over, but`;
    await partly(`${what} not changed`, groupId, { ...inputs, ...liveValues(inputs, live) }, () =>
      converge(communities, groupId, convergence, `${what} its owner was not changed`, { ...inputs, ownerAccount }),
    );
  }
  const changed = names.length > 0 ? ` and changed (${names.join(", ")})` : "";
  const inside = contents.length > 0 ? `, with ${contents.join(" and ")}` : "";
  const warning = `1 community existed already and was taken over${changed}: ${groupId}${inside}.`;
  return { id: groupId, outputs: inputs, warnings: [warning] };
}

function planAdoption(inputs: Properties, live: LiveCommunity): { names: string[]; convergence: Convergence } {
  const community = asCommunity(inputs);
  const { muteAllMember } = community;
  const names = differencesOf(community, live).map(({ name }) => name);
  if (muteAllMember !== undefined && muteAllMember !== live.muteAllMember) names.push("muteAllMember");
  const changes = names.filter((name) => name !== "ownerAccount").map((name) => [name, inputs[name]]);
  const ownerAccount = names.includes("ownerAccount") ? community.ownerAccount : undefined;
  return { names, convergence: { changes: Object.fromEntries(changes), ownerAccount } };
}

function whyMissing(error: AlreadyExistsError | undefined): string {
  // A report of 2017 saw ids of deleted groups stay taken (https://github.com/zhaoyang21cn/suixinbo_doc/issues/18).
  return error
    ? "the service says nevertheless that its id is in use, as it may for a community that was destroyed; run the " +
        "command again later, or choose another `groupId`"
    : "an id of this form is the service's to assign and cannot be made by us; check `groupId`, or choose one of your own";
}
