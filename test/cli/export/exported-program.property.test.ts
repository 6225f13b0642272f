/**
 * Whatever a community holds: the exported program, and the JSON with the program that reads it, declare exactly what was
 * found; and what the import file puts into the state is what the provider would have put there, so nothing changes.
 */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ExportSource } from "../../../provider/cli/export/export-source.js";
import { importFile } from "../../../provider/cli/export/import-file.js";
import { jsonTexts, readingProgram } from "../../../provider/cli/export/json-texts.js";
import { programText } from "../../../provider/cli/export/program-text.js";
import { type ExportedResource, exportedResources } from "../../../provider/cli/export/resources.js";
import { selectFields } from "../../../provider/cli/export/selection.js";
import { LIFECYCLES } from "../../../provider/pulumi/lifecycles.js";
import type { PropertiesLifecycle as Lifecycle, Properties } from "../../../provider/pulumi/properties.js";
import { CHAT_COMMUNITY_TYPE } from "../../../provider/resources/chat-community.js";
import { CHAT_TOPIC_TYPE } from "../../../provider/resources/chat-topic.js";
import { CHAT_TOPIC_SET_TYPE } from "../../../provider/resources/chat-topic-set.js";
import { offline } from "../../lifecycle/run-context.js";
import { amount } from "../../proof.js";
import { AWKWARD_KEYS, AWKWARD_TEXTS, anySource, liveTopic, sourceWith } from "./awkward.js";
import { evaluate } from "./evaluate.js";

const BY_TYPE: Record<string, Lifecycle> = {
  [CHAT_COMMUNITY_TYPE]: LIFECYCLES.ChatCommunity,
  [CHAT_TOPIC_SET_TYPE]: LIFECYCLES.ChatTopicSet,
  [CHAT_TOPIC_TYPE]: LIFECYCLES.ChatTopic,
};

const anyExport = fc.record({ source: anySource, perTopic: fc.boolean() });

function resourcesOf(source: ExportSource, perTopic: boolean): ExportedResource[] {
  return exportedResources(source, selectFields(source), { perTopic, name: undefined });
}

function withoutIds(resources: readonly ExportedResource[]) {
  return resources.map(({ kind, name, args }) => ({ kind, name, args }));
}

/** An object of JSON tells names that look like numbers before all others; the order of topics means nothing. */
function sorted<T extends { kind: string; name: string }>(resources: readonly T[]): T[] {
  return [...resources].sort((one, other) => (one.kind + one.name < other.kind + other.name ? -1 : 1));
}

/** What Pulumi does with the file, and at the preview after it. */
function expectNoChanges(source: ExportSource, resources: readonly ExportedResource[]): void {
  const { byteLimits = {} } = selectFields(source);
  const context = offline({ byteLimits: JSON.stringify(byteLimits), sdkAppId: String(source.sdkAppId) });
  const entries: { type: string; name: string; id: string; inputs: Properties; outputs: Properties }[] = JSON.parse(
    importFile(source.sdkAppId, resources),
  ).resources;
  expect(entries.map(({ name }) => name)).toEqual(resources.map(({ name }) => name));
  for (const [at, { type, name, id, inputs, outputs }] of entries.entries()) {
    const lifecycle = BY_TYPE[type] as Lifecycle;
    const { __provider: shim, ...imported } = inputs;
    const { __provider: sameShim, ...state } = outputs;
    expect([sameShim, shim]).toEqual([shim, expect.stringContaining("pulumi-tencent-chat/runtime")]);
    expect(lifecycle.check(offline({ byteLimits: JSON.stringify(byteLimits) }), {}, imported).failures).toEqual([]);
    const declared = { ...resources[at]?.args, __urn: `urn:pulumi:dev::test::${type}::${name}` };
    const checked = lifecycle.check(context, imported, declared);
    expect(checked.failures).toEqual([]);
    expect(lifecycle.diff(context, id, state, checked.inputs)).toMatchObject({ changes: false, replaces: [] });
    // A refresh that finds the app as it was compares with the inputs of the file.
    expect(lifecycle.diff(offline(), id, state, imported)).toMatchObject({ changes: false, replaces: [] });
    const { fingerprint, ...known } = state;
    const { __urn, ...expected } = checked.inputs;
    expect(known).toEqual(expected);
  }
}

describe("of any community", { timeout: 120_000 }, () => {
  test("the program declares what was found", () => {
    fc.assert(
      fc.property(anyExport, ({ source, perTopic }) => {
        const resources = resourcesOf(source, perTopic);
        expect(evaluate(programText(source.groupId, resources))).toEqual(withoutIds(resources));
      }),
      { numRuns: amount(100, 2_000) },
    );
  });

  test("the JSON, read by the program that is shown for it, declares the same", () => {
    fc.assert(
      fc.property(anyExport, ({ source, perTopic }) => {
        const resources = resourcesOf(source, perTopic);
        const program = readingProgram(resources, (file) => file);
        expect(sorted(evaluate(program, jsonTexts(resources)))).toEqual(sorted(withoutIds(resources)));
      }),
      { numRuns: amount(50, 1_000) },
    );
  });

  test("the import file leaves nothing to change", () => {
    fc.assert(
      fc.property(anyExport, ({ source, perTopic }) => expectNoChanges(source, resourcesOf(source, perTopic))),
      { numRuns: amount(100, 1_500) },
    );
  });

  test("every topic that a program can declare is declared with every field that is not empty", () => {
    fc.assert(
      fc.property(anySource, (source) => {
        const { topics, leftOut } = selectFields(source);
        for (const topic of source.topics) {
          const missing = leftOut.filter(({ id }) => id === topic.topicId).map(({ field }) => field ?? "all");
          const { topicName, introduction, notification, faceUrl, customString, muteAllMember } = topic;
          const found = { topicName, introduction, notification, faceUrl, customString, muteAllMember };
          const wanted = Object.entries(found).filter(([name, value]) => value && !missing.includes(name));
          const fields = topics.get(topic.topicId);
          expect(fields).toEqual(missing.includes("all") ? undefined : Object.fromEntries(wanted));
        }
      }),
    );
  });
});

const AWKWARD = sourceWith([
  ...AWKWARD_KEYS.map((key) => liveTopic(key)),
  ...AWKWARD_TEXTS.map((text, at) =>
    liveTopic(`text-${at}`, {
      topicName: text,
      introduction: text,
      customString: text.repeat(40),
      muteAllMember: true,
    }),
  ),
  liveTopic("@TOPIC#cAbC", { topicName: "Assigned" }),
]);

describe("of a community full of awkward keys and texts", () => {
  test.each([false, true])("the program declares everything (per topic: %s)", (perTopic) => {
    const resources = resourcesOf(AWKWARD, perTopic);
    expect(selectFields(AWKWARD).leftOut).toEqual([]);
    const program = programText(AWKWARD.groupId, resources);
    expect(evaluate(program)).toEqual(withoutIds(resources));
    expectNoChanges(AWKWARD, resources);
    expect(programText(AWKWARD.groupId, resourcesOf(AWKWARD, perTopic))).toBe(program);
  });

  test("the program holds no character that a reader cannot see", () => {
    expect(programText(AWKWARD.groupId, resourcesOf(AWKWARD, false))).not.toMatch(
      /(?![\n\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u,
    );
  });
});

describe("of a community with itself", () => {
  const community = {
    groupId: AWKWARD.groupId,
    name: "Players */",
    introduction: "a `quoted` text",
    notification: "",
    faceUrl: "",
    ownerAccount: "alice",
    createTime: 1,
    memberNum: 3,
    maxMemberCount: 5000,
    muteAllMember: true,
  };

  test.each([false, true])(
    "the program makes the community first, and nothing is to change (per topic: %s)",
    (perTopic) => {
      const source = { ...AWKWARD, community };
      const resources = resourcesOf(source, perTopic);
      expect(resources[0]).toMatchObject({
        kind: "ChatCommunity",
        name: "players",
        args: {
          groupId: AWKWARD.groupId,
          adopt: "matching",
          name: "Players */",
          introduction: "a `quoted` text",
          maxMemberCount: 5000,
          muteAllMember: true,
        },
      });
      expect(Object.keys(resources[0]?.args ?? {})).not.toContain("ownerAccount");
      expect(evaluate(programText(source.groupId, resources))).toEqual(withoutIds(resources));
      const reading = readingProgram(resources, (file) => file);
      expect(sorted(evaluate(reading, jsonTexts(resources)))).toEqual(sorted(withoutIds(resources)));
      expectNoChanges(source, resources);
    },
  );
});
