/** The hands of somebody else: edits an app's topics over the REST API, outside of Pulumi. */
import { type OpenApp, openApp } from "../../provider/chat/open-app.js";
import type { Topics } from "../../provider/chat/topics.js";
import {
  DEFAULT_GROUP_ID,
  DEFAULT_SDK_APP_ID,
  DEFAULT_SECRET_KEY,
  type Emulator,
  type SeedCommunity,
  type SeedTopic,
} from "../../provider/emulator/index.js";
import { resolveSettings } from "../../provider/settings/settings.js";

export const GROUP = DEFAULT_GROUP_ID;

export function idOf(key: string): string {
  return `${GROUP}@TOPIC#_${key}`;
}

/** The topics alone, with what closes their connections. */
export function outsideHands(emulator: Emulator): Topics & Pick<OpenApp, "close"> {
  const { topics, close } = outsideApp(emulator);
  return Object.assign(topics, { close });
}

/** The same for communities as well. */
export function outsideApp(emulator: Emulator): OpenApp {
  const environment = {
    TENCENT_CHAT_SDK_APP_ID: String(DEFAULT_SDK_APP_ID),
    TENCENT_CHAT_SECRET_KEY: DEFAULT_SECRET_KEY,
    TENCENT_CHAT_ENDPOINT: emulator.url,
  };
  return openApp(resolveSettings({ configuration: () => undefined, environment }));
}

/** The default community as it is. */
export function liveCommunity(emulator: Emulator): SeedCommunity | undefined {
  return emulator.state().apps[0]?.communities?.find(({ groupId }) => groupId === GROUP);
}

/** The live topics of the default community, by key. */
export function liveTopics(emulator: Emulator): Record<string, SeedTopic> {
  return Object.fromEntries(
    (liveCommunity(emulator)?.topics ?? []).map((topic) => [topic.topicId?.slice(`${GROUP}@TOPIC#_`.length), topic]),
  );
}

/** The ids of all communities and topics of the app, as often as they are there. Sorted. */
export function liveIds(emulator: Emulator): (string | undefined)[] {
  const communities = emulator.state().apps[0]?.communities ?? [];
  return communities.flatMap(({ groupId, topics = [] }) => [groupId, ...topics.map(({ topicId }) => topicId)]).sort();
}

/** The commands that were called since the log was last cleared, in order. */
export function calls(emulator: Emulator): string[] {
  return emulator.requests().map(({ command }) => command);
}
