/** The app that the settings name: its topics and its communities, behind one paced caller. */
import { Caller, type WaitingListener } from "./caller.js";
import { Communities } from "./communities.js";
import type { Settings } from "./settings.js";
import { TopicClient } from "./topic-client.js";
import { Topics } from "./topics.js";

export interface OpenApp {
  readonly topics: Topics;
  readonly communities: Communities;
  readonly close: () => Promise<void>;
}

export function openApp(settings: Settings, onWaiting: WaitingListener = () => {}): OpenApp {
  const caller = new Caller(settings, { onWaiting });
  const topics = new Topics(new TopicClient(caller));
  return { topics, communities: new Communities(caller, topics), close: () => caller.close() };
}
