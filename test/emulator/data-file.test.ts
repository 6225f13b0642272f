/**
 * The data file: what survives a restart, and what happens to it on bad days.
 */

import { spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { DataFile } from "../../provider/emulator/data-file.js";
import { DEFAULT_SEED, startEmulator } from "../../provider/emulator/index.js";
import { call, control, GROUP, importTopic, topic } from "./caller.js";

let folder: string;
let data: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "emulator-data-"));
  data = join(folder, "deep", "chat.json");
});
afterEach(async () => {
  vi.restoreAllMocks();
  await rm(folder, { recursive: true, force: true });
});

const OTHER_APP = { sdkAppId: 7, secretKey: "k" };

test("what was done survives a restart", async () => {
  const first = await startEmulator({ data });
  await importTopic(first, "a", { Introduction: "i" });
  await call(first, "modify_topic", { GroupId: GROUP, TopicId: topic("a"), MuteAllMember: "On" });
  first.addMessages(topic("a"), 1);
  await first.close();
  await using second = await startEmulator({ data });
  expect(second.state()).toEqual(first.state());
});

test("a file from before communities had fields of their own is still read", async () => {
  await mkdir(join(folder, "deep"));
  const communities = [{ groupId: GROUP, name: "Players", supportTopic: true, topics: [] }];
  const [seeded] = DEFAULT_SEED.apps;
  await writeFile(data, JSON.stringify({ formatVersion: 1, apps: [{ ...seeded, communities }] }));
  const first = await startEmulator({ data });
  const { createTime } = first.state().apps[0]?.communities?.[0] ?? {};
  await first.close();
  await using second = await startEmulator({ data, now: () => 4_000_000_000_000 });
  expect(second.state().apps[0]?.communities).toMatchObject([{ ...communities[0], createTime }]);
});

test("the file is written soon after a change, without anybody closing", async () => {
  await using emulator = await startEmulator({ data });
  await importTopic(emulator, "a");
  while (!(await readFile(data, "utf8")).includes(topic("a"))) await new Promise((resolve) => setImmediate(resolve));
});

test("the file wins over the seed, of which only the missing apps are added", async () => {
  const first = await startEmulator({ data });
  await importTopic(first, "a");
  await first.close();
  const changed = DEFAULT_SEED.apps.map((app) => ({ ...app, secretKey: "changed" }));
  await using second = await startEmulator({ data, seed: { apps: [...changed, OTHER_APP] } });
  const [kept, added] = second.state().apps;
  expect(kept).toEqual(first.state().apps[0]);
  expect(added?.sdkAppId).toBe(7);
});

test("an existing file without a seed gets no default app", async () => {
  await (await startEmulator({ data, seed: { apps: [OTHER_APP] } })).close();
  await using second = await startEmulator({ data });
  expect(second.state().apps.map((app) => app.sdkAppId)).toEqual([7]);
});

test("reset rewrites the file before it answers", async () => {
  await using emulator = await startEmulator({ data });
  await importTopic(emulator, "a");
  await control(emulator, "POST", "reset", { apps: [OTHER_APP] });
  expect(JSON.parse(await readFile(data, "utf8")).apps).toMatchObject([OTHER_APP]);
});

test("only its owner may read it, since it holds secret keys", async () => {
  await using _emulator = await startEmulator({ data });
  expect((await stat(data)).mode & 0o777).toBe(0o600);
});

test("no temporary file stays behind", async () => {
  const emulator = await startEmulator({ data });
  await importTopic(emulator, "a");
  await emulator.close();
  expect(await readdir(join(folder, "deep"))).toEqual(["chat.json"]);
});

test("a file in use is refused, with the address of the emulator that has it, until that one is closed", async () => {
  const first = await startEmulator({ data });
  await importTopic(first, "a");
  const refusal = `${data} is in use by the emulator at ${first.url} (process ${process.pid})`;
  await expect(startEmulator({ data })).rejects.toThrow(refusal);
  await first.close();
  await using second = await startEmulator({ data });
  expect(second.state()).toEqual(first.state());
});

test("a file in use by another process is refused", async () => {
  await mkdir(join(folder, "deep"));
  await writeFile(`${data}.lock`, JSON.stringify({ pid: process.ppid, url: "http://127.0.0.1:8080" }));
  await expect(startEmulator({ data })).rejects.toThrow("in use by the emulator at http://127.0.0.1:8080");
});

test.each([
  ["is gone", async () => (await endedProcess()).pid, new Date()],
  ["had the number of this one", async () => process.pid, new Date(0)],
])("a lock whose process %s is taken over", async (_what, pidOf, written) => {
  await mkdir(join(folder, "deep"));
  await writeFile(`${data}.lock`, JSON.stringify({ pid: await pidOf(), url: "http://127.0.0.1:8080" }));
  await utimes(`${data}.lock`, written, written);
  const emulator = await startEmulator({ data });
  expect(JSON.parse(await readFile(`${data}.lock`, "utf8"))).toEqual({ pid: process.pid, url: emulator.url });
  await emulator.close();
  expect(await readdir(join(folder, "deep"))).toEqual(["chat.json"]);
});

test("a start that fails leaves no lock", async () => {
  await using running = await startEmulator();
  await expect(startEmulator({ data, port: running.port })).rejects.toThrow("is in use; choose another one");
  expect(await readdir(join(folder, "deep"))).toEqual([]);
});

test("a start that fails once the server listens ends the server", async () => {
  const former = await startEmulator();
  await former.close();
  // A directory where the lock's next content would be written.
  const obstacle = `${data}.lock.${process.pid}.tmp`;
  await mkdir(obstacle, { recursive: true });
  await expect(startEmulator({ data, port: former.port })).rejects.toThrow("EISDIR");
  await rm(obstacle, { recursive: true });
  await using emulator = await startEmulator({ data, port: former.port });
  expect(emulator.health()).toEqual({ status: "ok" });
});

async function endedProcess(): Promise<{ readonly pid: number }> {
  const child = spawn(process.execPath, ["--version"], { stdio: "ignore" });
  await once(child, "exit");
  return { pid: Number(child.pid) };
}

test.each([
  ["of a newer format", '{"formatVersion":2,"apps":[]}', "has format version 2, this emulator knows up to 1"],
  ["that is not JSON", "{", "is not JSON"],
  ["that is something else", '{"apps":[]}', "is not an emulator's data file"],
  ["that is something else again", "null", "is not an emulator's data file"],
  ["with a wrong value", '{"formatVersion":1,"apps":[{"sdkAppId":1}]}', ".apps[0].secretKey: is missing"],
])("a file %s is refused and left as it is", async (_what, text, message) => {
  await mkdir(join(folder, "deep"));
  await writeFile(data, text);
  await expect(startEmulator({ data })).rejects.toThrow(message);
  expect(await readFile(data, "utf8")).toBe(text);
});

test("a path that cannot be written is an error at the start", async () => {
  await writeFile(join(folder, "file"), "");
  await expect(startEmulator({ data: join(folder, "file", "chat.json") })).rejects.toThrow("the data file");
});

/** Puts a file in the place of the data file's folder, which makes every write fail, also for root. */
async function blockFolder(): Promise<() => Promise<void>> {
  const [place, aside] = [join(folder, "deep"), join(folder, "aside")];
  await rename(place, aside);
  await writeFile(place, "");
  return async () => {
    await rm(place);
    await rename(aside, place);
  };
}

test("a write that fails is told, and shows in health until one succeeds", async () => {
  const told: string[] = [];
  await using emulator = await startEmulator({ data, warn: (message) => told.push(message) });
  const unblock = await blockFolder();
  await importTopic(emulator, "a");
  while (emulator.health().status === "ok") await new Promise((resolve) => setImmediate(resolve));
  expect(told).toEqual([emulator.health().error]);
  expect(await control(emulator, "GET", "health")).toMatchObject({ status: 503, body: { status: "failing" } });
  await unblock();
  await importTopic(emulator, "b");
  while (emulator.health().status !== "ok") await new Promise((resolve) => setImmediate(resolve));
  expect(await readFile(data, "utf8")).toContain(topic("a"));
});

test("a full disk loses nothing: the old file survives whole, nothing lies beside it, and it is told", async () => {
  const told: string[] = [];
  await using emulator = await startEmulator({ data, warn: (message) => told.push(message) });
  const before = await readFile(data, "utf8");
  const full = vi.spyOn(fs, "fsyncSync").mockImplementationOnce(() => {
    throw new Error("ENOSPC: no space left on device, fsync");
  });
  await control(emulator, "POST", "reset", { apps: [OTHER_APP] });
  expect(full).toHaveBeenCalledOnce();
  expect(await readFile(data, "utf8")).toBe(before);
  expect((await readdir(join(folder, "deep"))).sort()).toEqual(["chat.json", "chat.json.lock"]);
  expect(told).toEqual([
    expect.stringMatching(/ENOSPC.*what it held before is kept, and the next change tries again$/),
  ]);
  await control(emulator, "POST", "reset", { apps: [OTHER_APP] });
  expect(full).toHaveBeenCalledTimes(2);
  expect(JSON.parse(await readFile(data, "utf8")).apps).toMatchObject([OTHER_APP]);
});

test("many changes share a write", async () => {
  await mkdir(join(folder, "deep"));
  let snapshots = 0;
  const snapshot = () => {
    snapshots += 1;
    return DEFAULT_SEED;
  };
  const file = new DataFile(data, snapshot, () => undefined);
  for (let change = 0; change < 1000; change += 1) file.changed();
  file.flush();
  file.flush();
  expect(snapshots).toBe(1);
});

test("a write that failed is made up for at the close", async () => {
  const emulator = await startEmulator({ data, warn: () => undefined });
  const unblock = await blockFolder();
  await importTopic(emulator, "a");
  while (emulator.health().status === "ok") await new Promise((resolve) => setImmediate(resolve));
  await unblock();
  await emulator.close();
  expect(await readFile(data, "utf8")).toContain(topic("a"));
  expect(emulator.health().status).toBe("ok");
});
