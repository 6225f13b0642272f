/** The text that stands in every state, and where it finds the package. */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect } from "vitest";
import { CHAT_COMMUNITY_SHIM, CHAT_TOPIC_SET_SHIM, CHAT_TOPIC_SHIM } from "../../provider/dynamic/shim.js";
import { createProject } from "./project-folder.js";
import type { ProviderProcess } from "./provider-process.js";
import { GROUP, idOf, test } from "./wire-test.js";

test("the shims have these bytes for ever: they stand in every state file", () => {
  expect([CHAT_TOPIC_SHIM, CHAT_TOPIC_SET_SHIM, CHAT_COMMUNITY_SHIM]).toMatchInlineSnapshot(`
    [
      "exports.handler=()=>require('module').createRequire(process.cwd()+'/')('pulumi-tencent-chat/runtime').chatTopic",
      "exports.handler=()=>require('module').createRequire(process.cwd()+'/')('pulumi-tencent-chat/runtime').chatTopicSet",
      "exports.handler=()=>require('module').createRequire(process.cwd()+'/')('pulumi-tencent-chat/runtime').chatCommunity",
    ]
  `);
});

test("each shim loads the provider of its own resource", async ({ start }) => {
  const provider = await start();
  const ownersOf = async (shim: string) => {
    const { failures } = await provider.check({ colour: "red", __provider: shim });
    return failures.flatMap(({ reason }) => /is not an argument of (\w+);/.exec(reason)?.[1] ?? []);
  };
  expect(await ownersOf(CHAT_TOPIC_SHIM)).toEqual(["ChatTopic"]);
  expect(await ownersOf(CHAT_TOPIC_SET_SHIM)).toEqual(["ChatTopicSet"]);
  expect(await ownersOf(CHAT_COMMUNITY_SHIM)).toEqual(["ChatCommunity"]);
});

describe("the shim loads the package", () => {
  const answers = async (provider: ProviderProcess) => {
    const { inputs } = await provider.check({ groupId: GROUP, topicName: "General", topicKey: "general" });
    expect(inputs).toMatchObject({ topicId: idOf("general"), __provider: CHAT_TOPIC_SHIM });
  };

  test("from the package's own repository, by its own name", async ({ start }) => {
    await answers(await start());
  });

  test("from a sub-folder of the repository", async ({ start }) => {
    await answers(await start({ project: __dirname }));
  });

  test("from a project that has it in node_modules", async ({ start }) => {
    await using project = await createProject();
    await answers(await start({ project: project.path }));
  });

  test("from a sub-folder of such a project, where `main` is in Pulumi.yaml", async ({ start }) => {
    await using project = await createProject();
    const main = join(project.path, "infrastructure/chat");
    await mkdir(main, { recursive: true });
    await answers(await start({ project: main }));
  });
});
