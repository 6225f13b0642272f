/** What a provider process loads, and on which Node.js it runs. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { describe, expect } from "vitest";
import { DEFAULT_SDK_APP_ID } from "../../provider/emulator/index.js";
import { assertSupportedNode } from "../../provider/pulumi/supported-node.js";
import { REPOSITORY } from "./built-package.js";
import { loadedFiles, WITH_PROBE } from "./loaded-files.js";
import { GROUP, idOf, test } from "./wire-test.js";

const id = idOf("general");
const inputs = { groupId: GROUP, topicName: "General", topicKey: "general" };
const outputs = { ...inputs, topicId: id, sdkAppId: DEFAULT_SDK_APP_ID };

test("a preview, which calls nothing, loads no HTTP client", async ({ start }) => {
  const provider = await start({ nodeArguments: WITH_PROBE });
  const httpClients = async () =>
    (await loadedFiles(provider)).filter((file) =>
      /node_modules[\\/](undici|tls-sig-api-v2|limiter|cockatiel)[\\/]/.test(file),
    );
  await provider.check(inputs);
  await provider.check({ ...inputs, topicName: "" });
  await provider.diff(id, outputs, { ...outputs, topicName: "New" });
  await provider.diff(id, outputs, { ...outputs, topicKey: "lobby", topicId: idOf("lobby") });
  expect(await httpClients()).toEqual([]);

  await provider.create(outputs);
  expect(await httpClients()).not.toEqual([]);
});

describe("a Node.js that is too old", () => {
  const lowest = JSON.parse(readFileSync(join(REPOSITORY, "package.json"), "utf8")).engines.node.replace(">=", "");
  const [major, minor] = lowest.split(".").map(Number);

  test.for([`${major}.${minor - 1}.9`, `${major - 1}.99.0`, "9.0.0"])("is refused, as %s", (version) => {
    expect(() => assertSupportedNode(version)).toThrow(
      `pulumi-tencent-chat needs Node.js ${lowest} or newer; Pulumi started it with ${version}.`,
    );
  });

  test.for([`${major}.${minor}.0`, `${major}.${minor}.0-rc.1`, `${major + 1}.0.0`, "100.1.0-nightly20260101abcdef"])(
    "is none from the lowest version on, as %s",
    (version) => {
      expect(() => assertSupportedNode(version)).not.toThrow();
    },
  );

  const old = nodesOnPath().find(({ version }) => isRefused(version));
  test.skipIf(old === undefined)(
    "is named, with the version that is needed, by a process that it runs",
    async ({ start, emulator }) => {
      const provider = await start({ node: old?.file ?? "" });
      const refusal = `needs Node.js ${lowest} or newer; Pulumi started it with ${old?.version}`;
      await expect(provider.check(inputs)).rejects.toThrow(refusal);
      await expect(provider.diff(id, outputs, outputs)).rejects.toThrow(refusal);
      await expect(provider.create(outputs)).rejects.toThrow(refusal);
      await expect(provider.refresh(id, outputs)).rejects.toThrow(refusal);
      await expect(provider.update(id, outputs, outputs)).rejects.toThrow(refusal);
      await expect(provider.delete(id, outputs)).rejects.toThrow(refusal);
      expect(emulator.requests()).toEqual([]);
    },
  );
});

function isRefused(version: string): boolean {
  try {
    assertSupportedNode(version);
    return false;
  } catch {
    return true;
  }
}

/** The machine's own, beside the one that runs the tests. */
function nodesOnPath(): { file: string; version: string }[] {
  return (process.env.PATH ?? "").split(delimiter).flatMap((folder) => {
    const file = join(folder, "node");
    try {
      const version = execFileSync(file, ["-p", "process.versions.node"], { encoding: "utf8", timeout: 10_000 });
      return [{ file, version: version.trim() }];
    } catch {
      return [];
    }
  });
}
