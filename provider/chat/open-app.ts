/** The client of an app: its topics and its communities, behind one caller with its rate limits. */
import type { App } from "./app.js";
import { Caller, type WaitingListener } from "./caller.js";
import { Communities } from "./communities.js";
import { CommunityClient } from "./community-client.js";
import { TopicClient } from "./topic-client.js";
import { Topics } from "./topics.js";

export interface OpenApp {
  readonly topics: Topics;
  readonly communities: Communities;
  readonly close: () => Promise<void>;
}

export function openApp(app: App, onWaiting: WaitingListener = () => {}): OpenApp {
  const caller = new Caller(app, { onWaiting });
  const topics = new Topics(new TopicClient(caller));
  return { topics, communities: new Communities(new CommunityClient(caller), topics), close: () => caller.close() };
}
