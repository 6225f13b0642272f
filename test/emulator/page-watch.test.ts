/** What an open page is told: all of it once, then what changed, as often as it asks and no more. */
import { describe, expect, test } from "vitest";
import { DEFAULT_SECRET_KEY, type Emulator, startEmulator } from "../../provider/emulator/index.js";
import type { PageUpdate } from "../../provider/emulator/page-update.js";
import { call, codeOf, GROUP, importTopic, topic } from "./caller.js";
import { sharedEmulator } from "./shared-emulator.js";

const emulator = sharedEmulator();

/** The stream of events, one update at a time. */
async function* events(running: Emulator): AsyncGenerator<PageUpdate> {
  const response = await fetch(`${running.url}/_emulator/events`);
  if (response.body === null) throw new Error("no stream");
  let text = "";
  for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    const parts = text.split("\n\n");
    text = parts.pop() ?? "";
    for (const part of parts) yield JSON.parse(part.replace(/^data: /, "")) as PageUpdate;
  }
}

/** Reads until an update has what is looked for. */
async function until<T>(stream: AsyncGenerator<PageUpdate>, find: (update: PageUpdate) => T | undefined): Promise<T> {
  for (;;) {
    const { value, done } = await stream.next();
    if (done) throw new Error("the stream has ended");
    const found = find(value);
    if (found !== undefined) return found;
  }
}

test("the first event holds everything, and no secret", async () => {
  await importTopic(emulator(), "a");
  const stream = events(emulator());
  const first = await until(stream, (update) => update);
  expect(Object.keys(first).sort()).toEqual(
    ["apps", "byteLimits", "faults", "health", "rates", "requests", "rules", "start", "topics"].sort(),
  );
  expect(first.topics?.put).toMatchObject([{ topicId: topic("a"), topicName: "a" }]);
  expect(first.requests).toMatchObject({ total: 1, cleared: 0, latest: [{ number: 1, about: topic("a"), code: 0 }] });
  expect(JSON.stringify(first)).not.toContain(DEFAULT_SECRET_KEY);
  await stream.return(undefined);
});

test("later events hold what changed and nothing else", async () => {
  await importTopic(emulator(), "a");
  await importTopic(emulator(), "b");
  const stream = events(emulator());
  await until(stream, ({ start }) => start);
  emulator().editTopic(topic("b"), { topicName: "changed" });
  const edited = await until(stream, ({ topics }) => topics);
  expect(edited).toMatchObject({ put: [{ topicId: topic("b"), topicName: "changed" }], gone: [] });
  emulator().deleteTopic(topic("a"));
  const deleted = await until(stream, ({ topics }) => topics);
  expect(deleted).toEqual({ put: [], gone: [`1400000000 ${topic("a")}`] });
  emulator().addFault({ kind: "throttle" });
  expect(await until(stream, (update) => (update.faults ? Object.keys(update) : undefined))).toEqual(["faults"]);
  await stream.return(undefined);
});

test("a page that reads slowly gets one event for much that happened, with the newest calls and the right count", async () => {
  emulator().changeRules({ enforceFrequency: false });
  const stream = events(emulator());
  await until(stream, ({ start }) => start);
  const before = emulator().requests().length;
  await importTopic(emulator(), "a");
  const edits = Array.from({ length: 900 }, (_, index) =>
    codeOf(emulator(), "modify_topic", { GroupId: GROUP, TopicId: topic("a"), TopicName: `n${index}` }),
  );
  await Promise.all(edits);
  const seen = new Set<number>();
  const last = await until(stream, ({ requests }) => {
    for (const { number } of requests?.latest ?? []) seen.add(number);
    expect(requests?.latest.length ?? 0).toBeLessThanOrEqual(500);
    return requests !== undefined && requests.total - requests.cleared === before + 901 ? requests : undefined;
  });
  expect(last.latest.at(-1)?.number).toBe(last.total);
  expect(seen.has(last.total)).toBe(true);
  await stream.return(undefined);
});

test("the log's end after it was cleared is told", async () => {
  await importTopic(emulator(), "a");
  const stream = events(emulator());
  const { total } = await until(stream, ({ requests }) => requests);
  emulator().clearRequests();
  expect(await until(stream, ({ requests }) => requests)).toEqual({ total, cleared: total, latest: [] });
  await stream.return(undefined);
});

test("rates count the last second by app and command, throttled calls apart", async () => {
  emulator().changeRules({ callsPerSecond: { get_topic: 2 } });
  const stream = events(emulator());
  await until(stream, ({ start }) => start);
  const body = { GroupId: GROUP, From_Account: "administrator" };
  await Promise.all(Array.from({ length: 5 }, () => codeOf(emulator(), "get_topic", body)));
  const rate = await until(stream, ({ rates }) => rates?.find(({ calls }) => calls === 2));
  expect(rate).toEqual({ sdkAppId: 1400000000, command: "get_topic", calls: 2, throttled: 3, limit: 2 });
  await until(stream, ({ rates }) => (rates?.length === 0 ? true : undefined));
  await stream.return(undefined);
});

describe("the end", () => {
  test("closing the emulator ends the streams of all pages", async () => {
    const running = await startEmulator();
    const streams = [events(running), events(running)];
    for (const stream of streams) await until(stream, ({ start }) => start);
    const ends = streams.map(async (stream) => expect(until(stream, () => undefined)).rejects.toThrow());
    await running.close();
    await Promise.all(ends);
  });

  test("the log says what a call named", async () => {
    await importTopic(emulator(), "a");
    await call(emulator(), "destroy_topic", { GroupId: GROUP, TopicIdList: [topic("a"), topic("b"), topic("c")] });
    await codeOf(emulator(), "get_group_info", { GroupIdList: [GROUP] });
    await codeOf(emulator(), "get_group_info", "[");
    const stream = events(emulator());
    const { latest } = await until(stream, ({ requests }) => requests);
    expect(latest.map(({ about }) => about)).toEqual([topic("a"), `${topic("a")} and 2 more`, GROUP, ""]);
    await stream.return(undefined);
  });
});
