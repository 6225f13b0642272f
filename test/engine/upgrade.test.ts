/**
 * States that earlier versions of the package wrote, kept as they were: the present one reads, refreshes, updates and
 * destroys them. A version whose state differs adds a fixture (`RECORD=<version> vitest run … upgrade`).
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Emulator, type Seed, startEmulator } from "../../provider/emulator/index.js";
import { calls, GROUP } from "./chat-rest.js";
import { Stack } from "./stack.js";

const FOLDER = "test/engine/states";

/** What every fixture declares: all fields, an assigned id, a set, a community. */
const DECLARED = {
  communities: [{ name: "guild", args: { name: "Guild", introduction: "Come in" } }],
  topics: [
    {
      name: "full",
      groupId: GROUP,
      topicName: "Full",
      introduction: "i",
      notification: "n",
      faceUrl: "https://example.com/f.png",
      customString: "c",
      muteAllMember: true,
      createTime: 1_700_000_000,
      fromAccount: "administrator",
      adopt: "matching",
      onRemove: "destroy",
    },
    { name: "assigned", groupId: GROUP, topicName: "Assigned", serverAssignedId: true },
  ],
  sets: [
    { name: "set", groupId: GROUP, topics: { a: { topicName: "A" }, b: { topicName: "B", muteAllMember: true } } },
  ],
};

interface Fixture {
  readonly deployment: { version: number; deployment: unknown };
  readonly backend: Seed;
}

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.close());

const versions = existsSync(FOLDER) ? readdirSync(FOLDER).map((file) => file.replace(".json", "")) : [];

if (process.env.RECORD) {
  test("records the state of the present version", async () => {
    await emulator.reset();
    await using stack = await Stack.create(emulator);
    await stack.declareAll(DECLARED);
    await stack.up();
    const deployment = JSON.parse(await stack.succeed("stack", "export"));
    const fixture: Fixture = { deployment, backend: emulator.state() };
    writeFileSync(join(FOLDER, `${process.env.RECORD}.json`), `${JSON.stringify(fixture, null, 1)}\n`);
  });
}

test.each(versions)(
  "a state of version %s is unchanged by a preview, refreshed, updated and destroyed",
  async (version) => {
    const fixture: Fixture = JSON.parse(readFileSync(join(FOLDER, `${version}.json`), "utf8"));
    await emulator.reset(fixture.backend);
    await using stack = await Stack.create(emulator, {
      files: { "deployment.json": JSON.stringify(fixture.deployment) },
    });
    await stack.succeed("stack", "import", "--file", "deployment.json");
    await stack.declareAll(DECLARED);
    emulator.clearRequests();
    await stack.up("--expect-no-changes");
    expect(calls(emulator)).toEqual([]);
    await stack.refresh("--expect-no-changes");

    const [full, assigned] = DECLARED.topics;
    const changed = { ...DECLARED, topics: [{ ...full, introduction: "changed" }, assigned] };
    await stack.declareAll(changed as typeof DECLARED);
    emulator.clearRequests();
    await stack.up();
    expect(calls(emulator)).toEqual(["modify_topic"]);
    await stack.destroy();
    expect(emulator.state().apps[0]?.communities?.map(({ groupId, topics = [] }) => [groupId, topics.length])).toEqual([
      [GROUP, 0],
    ]);
  },
);
