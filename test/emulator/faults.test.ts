/**
 * Faults that a test asks for, each kind through HTTP as a client meets it.
 */

import { describe, expect, test } from "vitest";
import type { Fault } from "../../provider/emulator/index.js";
import { call, codeOf, GROUP, getItems, importTopic, send, topic } from "./caller.js";
import { sharedEmulator } from "./shared-emulator.js";

const emulator = sharedEmulator();
const BODY = { GroupId: GROUP, TopicId: topic("a"), TopicName: "n" };

function countTopics(): number | undefined {
  return emulator().state().apps[0]?.communities?.[0]?.topics?.length;
}

function lastRequest() {
  return emulator().requests().at(-1);
}

describe("kinds", () => {
  test("throttle: 60007 and nothing is done", async () => {
    emulator().addFault({ kind: "throttle", command: "import_topic" });
    expect(await codeOf(emulator(), "import_topic", BODY)).toBe(60007);
    expect(countTopics()).toBe(0);
    expect(lastRequest()).toMatchObject({ command: "import_topic", code: 60007, status: 200, body: BODY });
  });

  test("throttle takes its code from the fault, else from the rule", async () => {
    emulator().changeRules({ throttleCode: 60018 });
    emulator().addFault({ kind: "throttle" });
    emulator().addFault({ kind: "throttle", code: 10006 });
    expect(await codeOf(emulator(), "import_topic", BODY)).toBe(60018);
    expect(await codeOf(emulator(), "import_topic", BODY)).toBe(10006);
  });

  test("error: any code, and nothing is done", async () => {
    emulator().addFault({ kind: "error", code: 10002 });
    expect(await call(emulator(), "import_topic", BODY)).toMatchObject({ ActionStatus: "FAIL", ErrorCode: 10002 });
    expect(countTopics()).toBe(0);
  });

  test("error perItem on get_topic: the answer is fine, each item is not", async () => {
    await importTopic(emulator(), "a");
    emulator().addFault({ kind: "error", code: 10007, command: "get_topic", perItem: true });
    expect(await getItems(emulator())).toMatchObject([{ ErrorCode: 10007, TopicInfo: { TopicId: topic("a") } }]);
    expect(await getItems(emulator())).toMatchObject([{ ErrorCode: 0 }]);
  });

  test("error perItem on destroy_topic: each item fails and nothing is destroyed", async () => {
    await importTopic(emulator(), "a");
    emulator().addFault({ kind: "error", code: 110002, command: "destroy_topic", perItem: true });
    const answer = await call(emulator(), "destroy_topic", { GroupId: GROUP, TopicIdList: [topic("a")] });
    expect(answer).toMatchObject({ ErrorCode: 0, DestroyResultItem: [{ ErrorCode: 110002, TopicId: topic("a") }] });
    expect(countTopics()).toBe(1);
  });

  test("http: another status in place of the answer, nothing is done unless asked", async () => {
    emulator().addFault({ kind: "http", status: 502, body: "bad gateway" });
    const response = await send(emulator(), "import_topic", BODY);
    expect([response.status, await response.text(), countTopics()]).toEqual([502, "bad gateway", 0]);
    expect(lastRequest()).toMatchObject({ code: null, status: 502 });
    emulator().addFault({ kind: "http", status: 504, done: true });
    expect((await send(emulator(), "import_topic", BODY)).status).toBe(504);
    expect(countTopics()).toBe(1);
  });

  test("drop-before: the connection closes and nothing is done", async () => {
    emulator().addFault({ kind: "drop-before" });
    await expect(send(emulator(), "import_topic", BODY)).rejects.toThrow();
    expect(countTopics()).toBe(0);
    expect(lastRequest()).toMatchObject({ code: null, status: 0 });
  });

  test("drop-after: the connection closes, but it is done", async () => {
    emulator().addFault({ kind: "drop-after" });
    await expect(send(emulator(), "import_topic", BODY)).rejects.toThrow();
    expect(countTopics()).toBe(1);
    expect(lastRequest()).toMatchObject({ code: 0, status: 0 });
    expect(await codeOf(emulator(), "import_topic", BODY)).toBe(10021);
  });

  test("delay: the command is done at once, a client that does not wait misses its answer", async () => {
    emulator().addFault({ kind: "delay", delayMs: 600_000 });
    let answered = false;
    const answer = send(emulator(), "import_topic", BODY).finally(() => {
      answered = true;
    });
    // It fails when the emulator is closed.
    answer.catch(() => undefined);
    while (emulator().requests().length === 0) await new Promise((resolve) => setImmediate(resolve));
    expect(await codeOf(emulator(), "import_topic", BODY)).toBe(10021);
    expect(answered).toBe(false);
  });

  test("delay: who waits gets the real answer", async () => {
    emulator().addFault({ kind: "delay", delayMs: 1 });
    expect(await codeOf(emulator(), "import_topic", BODY)).toBe(0);
  });

  test("garbage: a page of HTML with status 200, nothing is done", async () => {
    emulator().addFault({ kind: "garbage" });
    const response = await send(emulator(), "import_topic", BODY);
    expect(response.status).toBe(200);
    expect(await response.text()).toMatch(/^<html>/);
    expect(countTopics()).toBe(0);
  });

  test("garbage with a body: JSON of the wrong shape", async () => {
    emulator().addFault({ kind: "garbage", body: '{"ErrorCode":"none"}', done: true });
    const response = await send(emulator(), "import_topic", BODY);
    expect(await response.json()).toEqual({ ErrorCode: "none" });
    expect(countTopics()).toBe(1);
  });

  test("garbage truncated: the command is done and its answer ends in the middle", async () => {
    emulator().addFault({ kind: "garbage", truncated: true });
    const response = await send(emulator(), "import_topic", BODY);
    expect(response.status).toBe(200);
    await expect(response.text()).rejects.toThrow();
    expect(countTopics()).toBe(1);
  });
});

describe("the queue", () => {
  test("times counts down", async () => {
    emulator().addFault({ kind: "error", code: 10002, times: 2 });
    expect(await codes(3)).toEqual([10002, 10002, 0]);
  });

  test("several faults come in the order in which they were asked for", async () => {
    emulator().addFault({ kind: "error", code: 10002 });
    emulator().addFault({ kind: "throttle" });
    emulator().addFault({ kind: "error", code: 10007 });
    expect(await codes(4)).toEqual([10002, 60007, 10007, 0]);
  });

  test("a fault for one command lets the others pass", async () => {
    emulator().addFault({ kind: "error", code: 10002, command: "modify_topic" });
    expect(await codes(1)).toEqual([0]);
    expect(emulator().faults()).toEqual([{ kind: "error", code: 10002, command: "modify_topic", times: 1 }]);
    expect(await codeOf(emulator(), "modify_topic", { GroupId: GROUP, TopicId: topic("a") })).toBe(10002);
  });

  test("a reset and clearFaults forget them", async () => {
    emulator().addFault({ kind: "throttle" });
    await emulator().reset();
    emulator().addFault({ kind: "throttle" });
    emulator().clearFaults();
    expect(await codes(1)).toEqual([0]);
  });

  /** The codes of this many imports, one after the other, each of a new topic. */
  async function codes(count: number): Promise<number[]> {
    const found: number[] = [];
    for (let index = 0; index < count; index += 1) {
      found.push(
        await codeOf(emulator(), "import_topic", { ...BODY, TopicId: topic(index === count - 1 ? "a" : `t${index}`) }),
      );
    }
    return found;
  }
});

describe("a fault that makes no sense is refused", () => {
  test.each([
    [{ kind: "explode" }, "fault.kind"],
    [{ kind: "error" }, "fault.code: is required"],
    [{ kind: "http" }, "fault.status: is required"],
    [{ kind: "delay" }, "fault.delayMs: is required"],
    [{ kind: "http", status: 200 }, "fault.status"],
    [{ kind: "throttle", times: 0 }, "fault.times"],
    [{ kind: "throttle", command: "paint_topic" }, "fault.command"],
    [{ kind: "throttle", delayMs: 5 }, "fault.delayMs: is only for delay"],
    [{ kind: "error", code: 1, perItem: true, command: "import_topic" }, "fault.perItem"],
    [{ kind: "throttle", colour: "red" }, 'fault: Unrecognized key: "colour"'],
    [null, "fault: "],
  ])("%j", (fault, message) => {
    expect(() => emulator().addFault(fault as Fault)).toThrow(message);
  });
});
