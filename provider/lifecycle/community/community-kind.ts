/** Communities as a kind of object: how they are called, compared, imported, changed and destroyed. */

import { type LiveCommunity, membersBesideOwner } from "../../chat/community.js";
import { NO_TOPICS } from "../../chat/error-codes.js";
import { NotFoundError, ServiceError } from "../../chat/errors/index.js";
import { isAssignedGroupId } from "../../chat/topic-id.js";
import { CommunityInUseError, MissingCommunityError } from "../errors/index.js";
import { pick, planTextChanges, undoneText, unmuted } from "../field-changes.js";
import type { LifecycleContext } from "../lifecycle.js";
import type { ChangeCall, ObjectKind } from "../objects/object-kind.js";
import { describeResource } from "../resource-name.js";
import { type CommunitySpec, TEXT_FIELDS } from "./community-spec.js";

/** What modify_group_base_info changes; another owner takes a call of its own. */
const MODIFIED_FIELDS = [...TEXT_FIELDS, "maxMemberCount", "muteAllMember"] as const;

const HOW_TO_REMOVE =
  'remove what is in it first; or declare it with `onRemove: "destroy"` (it goes, with all topics, messages and members) ' +
  'or `onRemove: "retain"` (it stays, no longer managed), run `pulumi up`, then remove it again';

export const COMMUNITY_KIND: ObjectKind<CommunitySpec, LiveCommunity> = {
  noun: "community",
  nouns: "communities",
  otherId: "another `groupId`",
  assignedIdRemedy: "check `groupId`, or choose one of your own",
  // https://www.tencentcloud.com/document/product/1047/34967
  setAfterImport: ["muteAllMember"],

  describe: (id) => `Community ${id}`,
  shortName: (id) => id,
  idOf: ({ groupId }) => groupId,
  isAssigned: isAssignedGroupId,
  plan(from, to) {
    const { changes, cleared } = planTextChanges(TEXT_FIELDS, from, to);
    const { maxMemberCount, ownerAccount } = to;
    const isLimitChanged = maxMemberCount !== undefined && maxMemberCount !== from.maxMemberCount;
    const isOwnerChanged = ownerAccount !== undefined && ownerAccount !== from.ownerAccount;
    const others = { ...(isLimitChanged && { maxMemberCount }), ...(isOwnerChanged && { ownerAccount }) };
    return { changes: { ...changes, ...others }, cleared };
  },
  asImported: unmuted,
  asLive(spec, live) {
    const names = ([...TEXT_FIELDS, "ownerAccount", "muteAllMember"] as const).filter(
      (name) => spec[name] !== undefined,
    );
    const { maxMemberCount = spec.maxMemberCount } = live;
    return { ...spec, ...pick(live, names), ...(spec.maxMemberCount !== undefined && { maxMemberCount }) };
  },

  read: async (context, { groupId }) => (await context.communities()).read(groupId),
  async import(context, spec) {
    await (await context.communities()).import(spec);
    return spec.groupId;
  },
  async changeCalls(context, { groupId }, changes) {
    const communities = await context.communities();
    const calls: ChangeCall<CommunitySpec>[] = [];
    const names = MODIFIED_FIELDS.filter((name) => changes[name] !== undefined);
    if (names.length > 0) {
      const undone = undoneText(names, changes);
      calls.push({ names, undone, send: () => communities.modify(groupId, pick(changes, names)) });
    }
    const { ownerAccount } = changes;
    if (ownerAccount !== undefined) {
      const send = () => communities.changeOwner(groupId, ownerAccount);
      calls.push({ names: ["ownerAccount"], undone: "its owner was not changed", send });
    }
    return calls;
  },
  destroy: async (context, { groupId }) => (await context.communities()).destroy(groupId),

  async contents(context, { groupId }, live) {
    // For a community that was created without topics this fails, and rightly: nothing switches them on later.
    const { all, withMessages } = await (await context.communities()).countTopicsAndUsed(groupId);
    const contents = describeContents(all, live);
    return {
      // An interrupted run leaves topics as well, but no messages in them.
      uses: describeContents(withMessages, live, " with messages").map((content) => `it has ${content}`),
      adoptedWith: contents.length > 0 ? `, with ${contents.join(" and ")}` : "",
    };
  },
  async assertUnused(context, { groupId }, live) {
    const contents = describeContents(await countTopics(context, groupId), live);
    if (contents.length === 0) return;
    throw new CommunityInUseError(groupId, `it still has ${contents.join(" and ")}`, HOW_TO_REMOVE);
  },
  /** Topics that this run declares would go with the community, although their resources stay. */
  async assertDestroyable({ declarations }, { groupId }) {
    const [first, ...others] = declarations.resourcesIn(groupId);
    if (first === undefined) return;
    const more = others.length > 0 ? ` and ${numberOf(others.length, "more resource")}` : "";
    throw new CommunityInUseError(
      groupId,
      `this program still declares topics in it, by ${describeResource(first)}${more}`,
      "keep the community in the program, or remove its topics from it as well; to leave it in the app with them, give it " +
        '`onRemove: "retain"`, run `pulumi up`, and then remove it',
    );
  },

  missingError: (context, id, remedy) => new MissingCommunityError(id, context.settings().sdkAppId, remedy),
  // Its id is always one of ours, so an import can be sent again.
  outcomeUnknownError: (_spec, cause) => cause,
  reimported: {
    one:
      "destroyed outside of Pulumi and was imported anew, without its topics and members. Run `pulumi refresh` and " +
      "`pulumi up` for the topics that the program declares.",
    several: "destroyed outside of Pulumi and were imported anew, without their topics and members.",
  },
};

/** What a community holds: "12 topics", "3 members beside its owner". */
function describeContents(topics: number, live: LiveCommunity, which = ""): string[] {
  const members = membersBesideOwner(live);
  const besideOwner = live.ownerAccount === undefined ? "" : " beside its owner";
  return [
    ...(topics > 0 ? [`${numberOf(topics, "topic")}${which}`] : []),
    ...(members > 0 ? [`${numberOf(members, "member")}${besideOwner}`] : []),
  ];
}

/** `1 topic`, `2 topics` */
function numberOf(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? "" : "s"}`;
}

async function countTopics(context: LifecycleContext, groupId: string): Promise<number> {
  try {
    return await (await context.communities()).countTopics(groupId);
  } catch (error) {
    const hasNone = error instanceof ServiceError && error.serviceCode === NO_TOPICS;
    if (error instanceof NotFoundError || hasNone) return 0;
    throw error;
  }
}
