/** The oldest and the newest `@pulumi/pulumi` that the package allows. */
import { readFileSync } from "node:fs";
import { dirname, join, sep } from "node:path";
import { afterAll, beforeAll, describe, expect } from "vitest";
import { REPOSITORY } from "./built-package.js";
import { loadedFiles, WITH_PROBE } from "./loaded-files.js";
import { createProject, type ProjectFolder } from "./project-folder.js";
import { INSTALLED_SDK } from "./provider-process.js";
import { roundTrip } from "./round-trip.js";
import { GROUP, test } from "./wire-test.js";

/** A development dependency: `npm:@pulumi/pulumi@` with the lowest version of the peer range, exactly. */
const OLDEST_SDK = dirname(require.resolve("pulumi-oldest/package.json"));

const manifestOf = (folder: string) => JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));

test("the oldest SDK under test is the lowest one that the package allows", () => {
  const { version } = manifestOf(OLDEST_SDK);
  expect(manifestOf(REPOSITORY).peerDependencies["@pulumi/pulumi"]).toBe(`>=${version} <4`);
});

describe.for([
  ["oldest", OLDEST_SDK],
  ["newest", INSTALLED_SDK],
] as const)("with the %s SDK", ([, sdk]) => {
  let project: ProjectFolder;
  beforeAll(async () => {
    project = await createProject(sdk);
  });
  afterAll(() => project?.[Symbol.asyncDispose]());

  test("a topic lives its whole life over the wire, in a project that has this SDK", async ({ start, emulator }) => {
    await roundTrip(() => start({ sdk, project: project.path }), emulator);
  });

  test("a mistyped key is told where a setting is missing for it", async ({ start }) => {
    const settings = { "tencent-chat:sdkAppId": undefined, "tencent-chat:sdkAppID": "1400000000" };
    const provider = await start({ sdk, project: project.path, settings });
    const { failures } = await provider.check({});
    expect(failures[0]?.reason).toContain("`tencent-chat:sdkAppID` is set: did you mean `tencent-chat:sdkAppId`?");
  });

  test("the arguments of a ChatApp reach its process, in which Pulumi's own interface cannot ask for them", async ({
    start,
    emulator,
  }) => {
    const chatApp = { chatApp: "eu", sdkAppId: 1400000077, secretKey: "any", endpoint: emulator.url };
    const provider = await start({ sdk, project: project.path, chatApp });
    const { inputs } = await provider.check({ groupId: GROUP, topicKey: "general", topicName: "General" });
    expect(inputs.sdkAppId).toBe(1400000077);
  });

  test("the package loads no other SDK beside it", async ({ start }) => {
    const provider = await start({ sdk, project: project.path, nodeArguments: WITH_PROBE });
    await provider.check({});
    const proto = (await loadedFiles(provider)).filter((file) => file.endsWith(join("proto", "engine_pb.js")));
    expect(proto).toEqual([`${sdk}${sep}proto${sep}engine_pb.js`]);
  });
});
