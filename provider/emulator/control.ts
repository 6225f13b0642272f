/**
 * What a test or a demo may do with an emulator from outside of the REST API, each operation once. The endpoints under
 * `/_emulator/` and the methods of `Emulator` both come here. Wrong arguments throw an Error that says what is wrong.
 */

import { z } from "zod";
import type { Backend } from "./backend.js";
import type { DataFile } from "./data-file.js";
import type { Fault } from "./fault.js";
import type { Health } from "./health.js";
import { issueLines } from "./issues.js";
import type { Rules } from "./rules.js";
import { mergeRules } from "./rules-schema.js";
import type { Seed } from "./seed.js";
import { parseSeed } from "./seed-schema.js";
import type { Topic } from "./store.js";

const messagesSchema = z.strictObject({
  topicId: z.string(),
  count: z.int().positive().default(1),
  sdkAppId: z.int().optional(),
});

export class Control {
  /** `seed` and `rules` are those of the start. */
  constructor(
    private readonly backend: Backend,
    private readonly dataFile: DataFile | undefined,
    private readonly seed: Seed,
    private readonly startRules: Rules,
    private readonly changed: () => void,
  ) {}

  health(): Health {
    const error = this.dataFile?.failure;
    return error === undefined ? { status: "ok" } : { status: "failing", error };
  }

  state(): Seed {
    return this.backend.store.toSeed();
  }

  async reset(seed?: unknown): Promise<void> {
    this.backend.reset(seed === undefined ? this.seed : parseSeed(seed));
    await this.dataFile?.flush();
  }

  /** The request log as a JSON array. */
  requestsJson(): string {
    return this.backend.log.toJson();
  }

  clearRequests(): void {
    this.backend.log.clear();
  }

  addFault(fault: unknown): void {
    this.backend.faults.add(fault);
  }

  faults(): Fault[] {
    return this.backend.faults.list();
  }

  clearFaults(): void {
    this.backend.faults.clear();
  }

  rules(): Rules {
    return this.backend.rules;
  }

  changeRules(changes: unknown): Rules {
    this.backend.rules = mergeRules(this.backend.rules, changes);
    return this.backend.rules;
  }

  restoreRules(): Rules {
    this.backend.rules = this.startRules;
    return this.backend.rules;
  }

  addMessages(value: unknown): void {
    const parsed = messagesSchema.safeParse(value);
    if (!parsed.success) {
      throw new Error(`the messages are not valid:\n${issueLines("messages", parsed.error).join("\n")}`);
    }
    const { topicId, count, sdkAppId } = parsed.data;
    const topic = this.onlyTopic(topicId, sdkAppId);
    const nextMsgSeq = topic.nextMsgSeq + count;
    if (!Number.isSafeInteger(nextMsgSeq)) {
      throw new Error(`messages.count: ${count} more would number the messages of ${topicId} beyond what JSON carries`);
    }
    topic.nextMsgSeq = nextMsgSeq;
    topic.lastMsgTime = this.backend.nowSeconds();
    this.changed();
  }

  private onlyTopic(topicId: string, sdkAppId: number | undefined): Topic {
    const apps = [...this.backend.store.apps.values()].filter((app) => (sdkAppId ?? app.sdkAppId) === app.sdkAppId);
    const topics = apps.flatMap((app) =>
      [...app.communities.values()].flatMap((community) => community.topics.get(topicId) ?? []),
    );
    const [topic] = topics;
    if (topic === undefined) throw new Error(`messages.topicId: there is no topic ${topicId}`);
    if (topics.length > 1) throw new Error(`messages.sdkAppId: is needed, several apps have a topic ${topicId}`);
    return topic;
  }
}
