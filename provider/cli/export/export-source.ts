/** What an export is made from: a community as its app holds it now. */

import { NotFoundError, SettingsError } from "../../chat/errors/index.js";
import type { ByteLimits } from "../../chat/limits.js";
import type { LiveCommunity } from "../../chat/live-community.js";
import type { LiveTopic } from "../../chat/live-topic.js";
import { type OpenApp, openApp } from "../../chat/open-app.js";
import { resolveSettings, type SettingSources } from "../../chat/settings.js";

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
  options: { readonly community: boolean; readonly stack: string | undefined },
): Promise<ExportSource> {
  const settings = resolve(sources, options.stack);
  const app = openApp(settings);
  try {
    const [topics, community] = await Promise.all([
      app.topics.readAllFresh(groupId),
      options.community ? readCommunity(app, groupId) : undefined,
    ]);
    const { sdkAppId, byteLimits } = settings;
    return { groupId, sdkAppId, byteLimits, topics: [...topics.values()].sort(byAge), community };
  } catch (error) {
    if (!(error instanceof NotFoundError)) throw error;
    const requestId = error.requestId ? `, RequestId ${error.requestId}` : "";
    throw new Error(
      `app ${settings.sdkAppId} holds no community ${groupId} (the service answers ${error.serviceCode}${requestId}). ` +
        "What to do: check --group-id, and that the settings name the app that holds it.",
    );
  } finally {
    await app.close();
  }
}

function resolve(sources: SettingSources, stack: string | undefined) {
  try {
    return resolveSettings(sources);
  } catch (error) {
    if (error instanceof SettingsError && stack === undefined) {
      error.message += "\nOr name a stack whose configuration has them: --stack <name>.";
    }
    throw error;
  }
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
