/** What the emulator holds, as the laws look at it; and the hands of somebody else, who changes it over the REST API. */
import type { OpenApp } from "../../../provider/chat/open-app.js";
import type { SeedCommunity, SeedTopic } from "../../../provider/emulator/index.js";
import type { TestApp } from "../../chat/test-app.js";

export type LiveTopic = Required<Omit<SeedTopic, "topicKey" | "fromAccount">>;

export interface World {
  /** By topic id. */
  readonly topics: ReadonlyMap<string, LiveTopic>;
  /** By group id. */
  readonly communities: ReadonlyMap<string, SeedCommunity>;
}

export function worldOf(app: TestApp): World {
  const communities = app.emulator.state().apps[0]?.communities ?? [];
  return {
    communities: new Map(communities.map((community) => [community.groupId, community])),
    topics: new Map(
      communities.flatMap(({ topics = [] }) => topics.map((topic) => [topic.topicId ?? "", topic as LiveTopic])),
    ),
  };
}

export function isUsed({ nextMsgSeq, lastMsgTime }: Pick<LiveTopic, "nextMsgSeq" | "lastMsgTime">): boolean {
  return nextMsgSeq > 1 || lastMsgTime > 0;
}

/** What somebody else does; what is not possible in this world does nothing. */
export type OutsideChange =
  | { readonly do: "import topic"; readonly topicId: string; readonly text: string }
  /** To the `nth` topic that there is. */
  | { readonly do: "edit topic" | "destroy topic" | "post"; readonly nth: number; readonly text: string }
  | { readonly do: "import" | "edit" | "destroy"; readonly groupId: string; readonly text: string };

export async function changeOutside(app: TestApp, hands: OpenApp, change: OutsideChange): Promise<void> {
  const { topics, communities } = worldOf(app);
  const { text } = change;
  const edit = { introduction: text, muteAllMember: true };
  if ("groupId" in change) {
    const { groupId } = change;
    const isThere = communities.has(groupId);
    if (change.do === "import" && !isThere) await hands.communities.import({ groupId, name: text });
    if (change.do === "edit" && isThere) await hands.communities.modify(groupId, edit);
    if (change.do === "destroy" && isThere) await hands.communities.destroy(groupId);
    return;
  }
  const topicId = "nth" in change ? [...topics.keys()].sort()[change.nth % topics.size] : change.topicId;
  if (topicId === undefined) return;
  const groupId = groupIdOf(topicId);
  if (change.do === "edit topic") await hands.topics.modify(groupId, topicId, { ...edit, notification: text });
  if (change.do === "destroy topic") await hands.topics.destroy(groupId, topicId);
  if (change.do === "post") app.emulator.addMessages(topicId, 1);
  if (change.do === "import topic" && !topics.has(topicId) && communities.has(groupId)) {
    await hands.topics.import({ groupId, topicId, topicName: text });
  }
}

function groupIdOf(topicId: string): string {
  return topicId.slice(0, topicId.indexOf("@TOPIC#_"));
}
