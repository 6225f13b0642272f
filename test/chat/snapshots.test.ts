import { beforeEach, expect, test } from "vitest";
import { Snapshots } from "../../provider/chat/snapshots.js";

const A = "@TGS#_a";
const B = "@TGS#_b";

let now: number;
let fetches: {
  readonly groupId: string;
  readonly answer: (value: string) => void;
  readonly fail: (error: Error) => void;
}[];
let snapshots: Snapshots<string>;

beforeEach(() => {
  now = 1_000;
  fetches = [];
  snapshots = new Snapshots(
    (groupId) => {
      const { promise, resolve, reject } = Promise.withResolvers<string>();
      fetches.push({ groupId, answer: resolve, fail: reject });
      return promise;
    },
    () => now,
  );
});

async function answered(value: string): Promise<void> {
  const read = snapshots.read(A);
  fetches.at(-1)?.answer(value);
  await read;
}

test("reads that come while the first is under way share its answer", async () => {
  const reads = [snapshots.read(A), snapshots.read(A), snapshots.read(A)];
  fetches[0]?.answer("state");
  expect(await Promise.all(reads)).toEqual(["state", "state", "state"]);
  expect(fetches).toHaveLength(1);
});

test("a fetch that takes long is shared all the same", async () => {
  const first = snapshots.read(A);
  now += 60_000;
  const second = snapshots.read(A);
  fetches[0]?.answer("state");
  expect(await first).toBe(await second);
  expect(fetches).toHaveLength(1);
});

test("an answer is used for five seconds after it came, and no longer", async () => {
  await answered("state");
  now += 4_999;
  expect(await snapshots.read(A)).toBe("state");
  now += 1;
  void snapshots.read(A);
  expect(fetches).toHaveLength(2);
});

test("using an answer does not prolong its life", async () => {
  await answered("state");
  now += 3_000;
  await snapshots.read(A);
  now += 3_000;
  void snapshots.read(A);
  expect(fetches).toHaveLength(2);
});

test("communities do not share answers", async () => {
  void snapshots.read(A);
  void snapshots.read(B);
  expect(fetches.map(({ groupId }) => groupId)).toEqual([A, B]);
});

test("a write ends the use of an answer", async () => {
  await answered("before the write");
  snapshots.invalidate(A);
  const read = snapshots.read(A);
  fetches[1]?.answer("after the write");
  expect(await read).toBe("after the write");
});

test("a write ends only the answer of its own community", async () => {
  await answered("state");
  snapshots.invalidate(B);
  expect(await snapshots.read(A)).toBe("state");
});

test("a fetch that was under way during a write is not used by those who ask after it", async () => {
  const early = snapshots.read(A);
  snapshots.invalidate(A);
  const late = snapshots.read(A);
  fetches[0]?.answer("before the write");
  await early;
  fetches[1]?.answer("after the write");
  expect(await late).toBe("after the write");
  expect(await snapshots.read(A)).toBe("after the write");
});

test("a fetch that was under way during a write does not come back into use when it answers last", async () => {
  const early = snapshots.read(A);
  snapshots.invalidate(A);
  const late = snapshots.read(A);
  fetches[1]?.answer("after the write");
  await late;
  fetches[0]?.answer("before the write");
  await early;
  expect(await snapshots.read(A)).toBe("after the write");
});

test("a failure reaches all who share it, and is not kept", async () => {
  const reads = [snapshots.read(A), snapshots.read(A)];
  fetches[0]?.fail(new Error("502"));
  expect(await Promise.allSettled(reads)).toMatchObject([{ status: "rejected" }, { status: "rejected" }]);
  const next = snapshots.read(A);
  fetches[1]?.answer("state");
  expect(await next).toBe("state");
});

test("a failure of an old fetch does not throw away the new answer", async () => {
  const early = snapshots.read(A);
  snapshots.invalidate(A);
  const late = snapshots.read(A);
  fetches[1]?.answer("new");
  await late;
  fetches[0]?.fail(new Error("502"));
  await expect(early).rejects.toThrow("502");
  expect(await snapshots.read(A)).toBe("new");
  expect(fetches).toHaveLength(2);
});
