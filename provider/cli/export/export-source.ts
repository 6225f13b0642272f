/** What an export is made from: a community as its app holds it now. */

import type { LiveCommunity } from "../../chat/community.js";
import { NotFoundError } from "../../chat/errors/index.js";
import type { ByteLimits } from "../../chat/limits.js";
import type { OpenApp } from "../../chat/open-app.js";
import type { LiveTopic } from "../../chat/topic.js";
import type { SettingSources } from "../../settings/setting-sources.js";
import { resolveSettings } from "../../settings/settings.js";
import { withApp } from "../with-app.js";

export interface ExportSource {
  readonly groupId: string;
  readonly sdkAppId: number;
  /** The byte limits of the settings. */
  readonly byteLimits: ByteLimits;
  /** In the order in which they were created, whatever the order of the answer, so that two exports are alike. */
  readonly topics: readonly LiveTopic[];
  /** The community itself, where it was asked for. */
  readonly community: LiveCommunity | undefined;
}

export async function readExportSource(
  groupId: string,
  sources: SettingSources,
  { community }: { readonly community: boolean },
): Promise<ExportSource> {
  const settings = resolveSettings(sources);
  const { sdkAppId, byteLimits } = settings;
  return withApp(settings, async (app) => {
    try {
      const [topics, live] = await Promise.all([
        app.topics.readAllFresh(groupId),
        community ? readCommunity(app, groupId) : undefined,
      ]);
      return { groupId, sdkAppId, byteLimits, topics: [...topics.values()].sort(byAge), community: live };
    } catch (error) {
      if (!(error instanceof NotFoundError)) throw error;
      const { serviceCode, requestId } = error.verdict;
      const answer = `the service answers ${serviceCode}${requestId ? `, RequestId ${requestId}` : ""}`;
      throw new Error(
        `app ${sdkAppId} holds no community ${groupId} (${answer}). ` +
          "What to do: check --group-id, and that the settings name the app that holds it.",
      );
    }
  });
}

async function readCommunity({ communities }: OpenApp, groupId: string): Promise<LiveCommunity> {
  const community = await communities.read(groupId);
  if (community === undefined) throw new Error(`get_group_info says nothing about ${groupId}; run the command again`);
  return community;
}

function byAge(one: LiveTopic, other: LiveTopic): number {
  const age = (one.createTime ?? 0) - (other.createTime ?? 0);
  return age !== 0 ? age : one.topicId < other.topicId ? -1 : 1;
}
