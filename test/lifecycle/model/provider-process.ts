/**
 * One provider process of the engine, without the process: a context of its own over the real chat client and real HTTP.
 * It can be killed after so many calls, with the answer of the next one lost; then nothing of it gets through any more.
 */
import { Caller } from "../../../provider/chat/caller.js";
import { Communities } from "../../../provider/chat/communities.js";
import { CommunityClient } from "../../../provider/chat/community-client.js";
import { TopicClient } from "../../../provider/chat/topic-client.js";
import { Topics } from "../../../provider/chat/topics.js";
import type { HttpAnswer, Transport } from "../../../provider/chat/transport.js";
import { Declarations } from "../../../provider/lifecycle/declarations.js";
import type { LifecycleContext } from "../../../provider/lifecycle/lifecycle.js";
import type { Settings } from "../../../provider/settings/settings.js";

/** When a process dies: so many calls succeed, and the next one is not sent, or its answer not received. */
export interface Kill {
  readonly afterCalls: number;
  readonly isNextSent: boolean;
}

/** What whoever waits for a dead process gets. */
export class Killed extends Error {}

export class ProviderProcess implements LifecycleContext {
  readonly declarations = new Declarations();
  readonly progress: LifecycleContext["progress"] = () => {};
  readonly settings: () => Settings;
  readonly topics: () => Promise<Topics>;
  readonly communities: () => Promise<Communities>;
  readonly #underWay = new Set<Promise<unknown>>();
  #calls = 0;
  #isDead = false;

  constructor(
    settings: Settings,
    private readonly transport: Transport,
    private readonly kill: Kill | undefined,
  ) {
    const post: Transport["post"] = (...call) => this.#post(...call);
    const caller = new Caller(settings, { transport: { post, close: async () => {} } });
    const topics = new Topics(new TopicClient(caller));
    const communities = new Communities(new CommunityClient(caller), topics);
    this.settings = () => settings;
    this.topics = async () => topics;
    this.communities = async () => communities;
  }

  get isDead(): boolean {
    return this.#isDead;
  }

  /** The service carries out what has reached it, whether or not the caller lives. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.#underWay);
  }

  async #post(...call: Parameters<Transport["post"]>): Promise<HttpAnswer> {
    if (this.#isDead) throw new Killed();
    const isLast = this.#calls++ === this.kill?.afterCalls;
    if (isLast) this.#isDead = true;
    if (isLast && !this.kill?.isNextSent) throw new Killed();
    const answer = this.transport.post(...call);
    this.#underWay.add(answer);
    await Promise.allSettled([answer]);
    this.#underWay.delete(answer);
    if (this.#isDead) throw new Killed();
    return answer;
  }
}
