import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import {
  AlreadyExistsError,
  NotFoundError,
  RefusedError,
  UnexpectedAnswerError,
} from "../../provider/chat/errors/index.js";
import type { TopicClient } from "../../provider/chat/topic-client.js";
import { Topics } from "../../provider/chat/topics.js";
import type { SeedTopic } from "../../provider/emulator/index.js";
import { failureOf, GROUP, idOf, TestApp } from "./test-app.js";

let app: TestApp;
beforeAll(async () => {
  app = await TestApp.start();
});
beforeEach(() => {
  vi.spyOn(Math, "random").mockReturnValue(0);
  return () => vi.restoreAllMocks();
});
afterAll(() => app.close());

function seeded(count: number, texts: Partial<SeedTopic> = {}): SeedTopic[] {
  return Array.from({ length: count }, (_, index) => ({
    topicKey: `t${index}`,
    topicName: `Topic ${index}`,
    ...texts,
  }));
}

function keys(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `t${index}`);
}

describe("shared reads", () => {
  test("of a whole refresh become one call", async () => {
    await app.reset(seeded(120));
    const topics = app.topics();
    const read = await Promise.all(keys(120).map((key) => topics.readShared(GROUP, idOf(key))));
    expect(read.map((topic) => topic?.topicName)).toEqual(keys(120).map((_, index) => `Topic ${index}`));
    expect(app.commands()).toEqual(["get_topic"]);
  });

  test("that come one after the other use the same answer", async () => {
    await app.reset(seeded(3));
    const topics = app.topics();
    for (const key of keys(3)) await topics.readShared(GROUP, idOf(key));
    expect(app.commands()).toEqual(["get_topic"]);
  });

  test("give nothing for a topic that is gone, and for a community that is gone", async () => {
    await app.reset(seeded(1));
    const topics = app.topics();
    expect(await topics.readShared(GROUP, idOf("gone"))).toBeUndefined();
    expect(await topics.readShared("@TGS#_gone", "@TGS#_gone@TOPIC#_a")).toBeUndefined();
  });

  test("see what our own writes did", async () => {
    await app.reset(seeded(2));
    const topics = app.topics();
    await topics.readShared(GROUP, idOf("t0"));
    await topics.modify(GROUP, idOf("t0"), { topicName: "Changed" });
    expect((await topics.readShared(GROUP, idOf("t0")))?.topicName).toBe("Changed");
    await topics.destroy(GROUP, idOf("t0"));
    expect(await topics.readShared(GROUP, idOf("t0"))).toBeUndefined();
    await topics.import({ groupId: GROUP, topicId: idOf("t0"), topicName: "Again" });
    expect((await topics.readShared(GROUP, idOf("t0")))?.topicName).toBe("Again");
  });

  test("that overtake a write under way do not keep its former state", async () => {
    await app.reset(seeded(1));
    const topics = app.topics();
    app.fault({ kind: "delay", command: "get_topic", delayMs: 60 });
    const early = topics.readShared(GROUP, idOf("t0"));
    await vi.waitFor(() => expect(app.commands()).toContain("get_topic"));
    await topics.modify(GROUP, idOf("t0"), { topicName: "Changed" });
    expect((await topics.readShared(GROUP, idOf("t0")))?.topicName).toBe("Changed");
    expect((await early)?.topicName).toBe("Topic 0");
    expect((await topics.readShared(GROUP, idOf("t0")))?.topicName).toBe("Changed");
  });

  test("end with a write that failed, since it may have been done", async () => {
    await app.reset(seeded(1));
    const topics = app.topics();
    await topics.readShared(GROUP, idOf("t0"));
    app.fault({ kind: "error", command: "modify_topic", code: 10004 });
    await failureOf(topics.modify(GROUP, idOf("t0"), { topicName: "x" }));
    await topics.readShared(GROUP, idOf("t0"));
    expect(app.requests("get_topic")).toHaveLength(2);
  });

  test("do not remember a failure", async () => {
    await app.reset(seeded(1));
    const topics = app.topics();
    app.fault({ kind: "error", command: "get_topic", code: 10007 });
    await expect(topics.readShared(GROUP, idOf("t0"))).rejects.toThrow(RefusedError);
    expect((await topics.readShared(GROUP, idOf("t0")))?.topicName).toBe("Topic 0");
  });

  test("of a community whose answer would be over 1 MB go on by ids", async () => {
    await app.reset(seeded(20, { customString: "x".repeat(1000) }), { maxAnswerBytes: 8_000 });
    const topics = app.topics();
    const read = await Promise.all(keys(20).map((key) => topics.readShared(GROUP, idOf(key))));
    expect(read.every((topic) => topic?.customString.length === 1000)).toBe(true);
    expect(app.requests("get_topic").map(({ code }) => code)).toContain(10018);
  });

  test("fail where even one topic is over the limit, and do not call it gone", async () => {
    await app.reset(seeded(1, { customString: "x".repeat(3000) }), { maxAnswerBytes: 1_500 });
    await expect(app.topics().readShared(GROUP, idOf("t0"))).rejects.toThrow(/10018/);
  });
});

describe("a shared read while a write is under way", () => {
  /** A client whose answers the test gives. */
  function played() {
    let reads = 0;
    const write = Promise.withResolvers<void>();
    const client = {
      getTopics: async () => {
        reads++;
        return new Map();
      },
      modifyTopic: () => write.promise,
    };
    return { topics: new Topics(client as unknown as TopicClient), reads: () => reads, finish: () => write.resolve() };
  }

  test("does not use what was read before the write", async () => {
    const { topics, reads } = played();
    await topics.readShared(GROUP, idOf("a"));
    void topics.modify(GROUP, idOf("a"), {});
    await topics.readShared(GROUP, idOf("a"));
    expect(reads()).toBe(2);
  });

  test("is not used after the write: it may show the state before", async () => {
    const { topics, reads, finish } = played();
    const writing = topics.modify(GROUP, idOf("a"), {});
    await topics.readShared(GROUP, idOf("a"));
    finish();
    await writing;
    await topics.readShared(GROUP, idOf("a"));
    expect(reads()).toBe(2);
  });
});

describe("fresh reads", () => {
  test("that come together become calls of at most fifty ids", async () => {
    await app.reset(seeded(120));
    const topics = app.topics();
    await Promise.all(keys(120).map((key) => topics.readFresh(GROUP, idOf(key))));
    const sizes = app.requests("get_topic").map(({ body }) => (body.TopicIdList as string[]).length);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(50);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(120);
    expect(sizes.length).toBeLessThanOrEqual(4);
  });

  test("never use what was read before", async () => {
    await app.reset(seeded(1));
    const topics = app.topics();
    await topics.readShared(GROUP, idOf("t0"));
    await topics.readFresh(GROUP, idOf("t0"));
    await topics.readFresh(GROUP, idOf("t0"));
    expect(app.requests("get_topic")).toHaveLength(3);
  });

  test.each(["110003", "10010", "omitted"] as const)(
    "give nothing for a missing topic when the service says %s",
    async (missingTopic) => {
      await app.reset(seeded(2), { missingTopic });
      const topics = app.topics();
      const read = await Promise.all(["t0", "gone", "t1"].map((key) => topics.readFresh(GROUP, idOf(key))));
      expect(read.map((topic) => topic?.topicId)).toEqual([idOf("t0"), undefined, idOf("t1")]);
    },
  );

  test.each([10010, 110003])(
    "never take present topics for gone when the whole call is answered with %i",
    async (code) => {
      await app.reset(seeded(9));
      const topics = app.topics();
      app.fault({ kind: "error", command: "get_topic", code, times: 3 });
      const read = await Promise.all(keys(9).map((key) => topics.readFresh(GROUP, idOf(key))));
      expect(read.map((topic) => topic?.topicId)).toEqual(keys(9).map(idOf));
    },
  );

  test("give nothing when the community is gone", async () => {
    await app.reset();
    const topics = app.topics();
    const read = ["a", "b", "c"].map((key) => topics.readFresh("@TGS#_gone", `@TGS#_gone@TOPIC#_${key}`));
    expect(await Promise.all(read)).toEqual([undefined, undefined, undefined]);
  });

  test("split on 10018 until the answers fit", async () => {
    await app.reset(seeded(16, { customString: "x".repeat(1000) }), { maxAnswerBytes: 4_000 });
    const topics = app.topics();
    const read = await Promise.all(keys(16).map((key) => topics.readFresh(GROUP, idOf(key))));
    expect(read.every((topic) => topic !== undefined)).toBe(true);
  });
});

describe("destroying", () => {
  test("many together is calls of at most fifty ids", async () => {
    await app.reset(seeded(120));
    const topics = app.topics();
    await Promise.all(keys(120).map((key) => topics.destroy(GROUP, idOf(key))));
    expect(app.liveTopics()).toEqual([]);
    expect(app.requests("destroy_topic").length).toBeLessThanOrEqual(4);
  });

  test("twice is a success", async () => {
    await app.reset(seeded(1));
    const topics = app.topics();
    await topics.destroy(GROUP, idOf("t0"));
    await expect(topics.destroy(GROUP, idOf("t0"))).resolves.toBeUndefined();
  });

  test("in a community that is gone is a success", async () => {
    await app.reset();
    await expect(app.topics().destroy("@TGS#_gone", "@TGS#_gone@TOPIC#_a")).resolves.toBeUndefined();
  });

  test("what is gone with what is there destroys the latter, wherever the service reports the former", async () => {
    for (const destroyFailures of ["item", "top"] as const) {
      await app.reset(seeded(3), { destroyFailures });
      const topics = app.topics();
      await Promise.all(["t0", "gone", "t1", "t2"].map((key) => topics.destroy(GROUP, idOf(key))));
      expect(app.liveTopics()).toEqual([]);
    }
  });

  test("asks for each topic alone when a refusal of the call may be about one of them", async () => {
    await app.reset(seeded(3));
    const topics = app.topics();
    app.fault({ kind: "error", command: "destroy_topic", code: 110002 });
    app.fault({ kind: "error", command: "destroy_topic", code: 110002 });
    const outcomes = await Promise.allSettled(keys(3).map((key) => topics.destroy(GROUP, idOf(key))));
    expect(outcomes.filter(({ status }) => status === "rejected")).toHaveLength(1);
    expect(app.liveTopics()).toHaveLength(1);
  });

  test("one that fails does not fail those beside it", async () => {
    await app.reset(seeded(2));
    const topics = app.topics();
    app.fault({ kind: "error", command: "destroy_topic", code: 110002, perItem: true });
    const [failure] = await Promise.allSettled([topics.destroy(GROUP, idOf("t0"))]);
    expect(failure).toMatchObject({ status: "rejected", reason: { serviceCode: 110002 } });
    await topics.destroy(GROUP, idOf("t1"));
    expect(app.liveTopics()).toHaveLength(1);
  });

  test("is repeated after an accident of single topics", async () => {
    await app.reset(seeded(2));
    const topics = app.topics();
    app.fault({ kind: "error", command: "destroy_topic", code: 10002, perItem: true, times: 2 });
    await Promise.all(keys(2).map((key) => topics.destroy(GROUP, idOf(key))));
    expect(app.liveTopics()).toEqual([]);
    expect(app.requests("destroy_topic")).toHaveLength(3);
  });

  test("is not repeated topic by topic when the refusal is about the caller", async () => {
    await app.reset(seeded(3));
    const topics = app.topics();
    app.fault({ kind: "error", command: "destroy_topic", code: 60010 });
    const outcomes = await Promise.allSettled(keys(3).map((key) => topics.destroy(GROUP, idOf(key))));
    expect(outcomes.every(({ status }) => status === "rejected")).toBe(true);
    expect(app.requests("destroy_topic")).toHaveLength(1);
  });

  test("is a success when the answer was lost and the repetition finds nothing", async () => {
    await app.reset(seeded(2));
    const topics = app.topics();
    app.fault({ kind: "drop-after", command: "destroy_topic" });
    await Promise.all(keys(2).map((key) => topics.destroy(GROUP, idOf(key))));
    expect(app.liveTopics()).toEqual([]);
  });

  test("is no success when the answer says nothing about the topic", async () => {
    await app.reset(seeded(1));
    const body = JSON.stringify({ ActionStatus: "OK", ErrorCode: 0, ErrorInfo: "", DestroyResultItem: [] });
    app.fault({ kind: "garbage", command: "destroy_topic", body });
    await expect(app.topics().destroy(GROUP, idOf("t0"))).rejects.toThrow(UnexpectedAnswerError);
  });
});

describe("importing and modifying", () => {
  test("an id that is taken is told as such", async () => {
    await app.reset(seeded(1));
    const error = await failureOf(app.topics().import({ groupId: GROUP, topicId: idOf("t0"), topicName: "x" }));
    expect(error).toBeInstanceOf(AlreadyExistsError);
    expect((error as AlreadyExistsError).attempts.outcomeUnknown).toBe(false);
  });

  test("a topic that is gone cannot be modified", async () => {
    await app.reset();
    await expect(app.topics().modify(GROUP, idOf("t0"), { topicName: "x" })).rejects.toThrow(NotFoundError);
  });
});
