/**
 * The declarations as users' compilers read them: the oldest and the newest TypeScript that `@pulumi/pulumi` allows, in
 * every way of resolving modules. Both compilers are installed anyway, the oldest inside `@pulumi/pulumi`, which falls
 * back to it where a project has none.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createPackedProject, type PackedProject } from "./packed-project.js";

const oldest: typeof ts = require("@pulumi/pulumi/vendor/typescript@3.8.3/typescript.js");

test("the compilers under test are at the ends of the range that @pulumi/pulumi allows", () => {
  const { peerDependencies } = require("@pulumi/pulumi/package.json");
  expect(peerDependencies.typescript).toBe(">= 3.8.3 < 7");
  expect(oldest.version).toBe("3.8.3");
  expect(ts.versionMajorMinor).toMatch(/^6\./);
});

const PROGRAM = `
import * as pulumi from "@pulumi/pulumi";
import { ChatCommunity, ChatTopic, ChatTopicArgs, ChatTopicSet } from "pulumi-tencent-chat";
import { Rules, Seed, startEmulator } from "pulumi-tencent-chat/emulator";
import { chatTopic } from "pulumi-tencent-chat/runtime";

const players = new ChatCommunity("players", { name: "Players" });
const args: ChatTopicArgs = { groupId: players.groupId, topicName: pulumi.output("General"), adopt: "matching" };
const general = new ChatTopic("general", args, { deletedWith: players });
export const id: pulumi.Output<string> = ChatTopic.get("lobby", general.topicId).topicId;
const set = new ChatTopicSet("topics", { groupId: players.groupId, topics: { rules: { topicName: "Rules" } } });
export const rules: pulumi.Output<string> = set.topicIds.apply((ids) => ids.rules);
export const provider: pulumi.dynamic.ResourceProvider = chatTopic;
const seed: Seed = { apps: [] };
export const url: Promise<string> = startEmulator({ seed }).then((emulator) => emulator.url);
export const lenient: Partial<Rules> = { topicName: "optional", callsPerSecond: { get_topic: 5 }, byteLimits: { faceUrl: 500 } };
`;
/** Each of these is a mistake. */
const MISTAKES = `
import { ChatTopic } from "pulumi-tencent-chat";
import { Rules } from "pulumi-tencent-chat/emulator";
new ChatTopic("general", { groupId: "@TGS#_players" });
new ChatTopic("general", { groupId: "@TGS#_players", topicName: 7 });
new ChatTopic("general", { groupId: "@TGS#_players", topicName: "General", adopt: "sometimes" });
new ChatTopic("general", { groupId: "@TGS#_players", topicName: "General", topicname: "General" });
export const unknownValue: Partial<Rules> = { topicName: "sometimes" };
export const unknownRule: Partial<Rules> = { topicname: "optional" };
`;

const node10 = { module: oldest.ModuleKind.CommonJS, moduleResolution: oldest.ModuleResolutionKind.NodeJs };
const nodenext = { module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext };
const bundler = { module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler };

let project: PackedProject;
beforeAll(async () => {
  project = await createPackedProject();
});
afterAll(() => project?.[Symbol.asyncDispose]());

test.for([
  ["3.8, as CommonJS", oldest, node10, [".ts"]],
  ["6, as CommonJS and as an ES module", ts, nodenext, [".cts", ".mts"]],
  ["6, for a bundler", ts, bundler, [".ts"]],
] as const)(
  "a program gets its types, and its mistakes are found, under TypeScript %s",
  ([, compiler, modules, endings]) => {
    const write = (name: string, text: string) =>
      endings.map((ending) => {
        const file = join(project.path, `${name}${ending}`);
        writeFileSync(file, text);
        return file;
      });
    const [right, wrong] = [write("right", PROGRAM), write("wrong", MISTAKES)];
    const program = compiler.createProgram([...right, ...wrong], {
      ...modules,
      target: compiler.ScriptTarget.ES2019,
      strict: true,
      noEmit: true,
      types: compiler === oldest ? [] : ["node"],
    });
    const faultsOf = (source: ts.SourceFile) =>
      [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(
        ({ messageText }) => `${source.fileName}: ${compiler.flattenDiagnosticMessageText(messageText, "\n")}`,
      );
    const faultsIn = (file: string) => faultsOf(program.getSourceFile(file) as ts.SourceFile);

    for (const file of right) expect(faultsIn(file)).toEqual([]);
    for (const file of wrong) expect(faultsIn(file)).toHaveLength(6);

    // Of other packages' declarations, those of gRPC and Node.js have left such an old compiler behind: with it, programs are
    // compiled with `skipLibCheck`, and nobody notices that it does not know `Symbol.asyncDispose` either.
    const isTooYoung = (fault: string) => compiler === oldest && fault.includes("'asyncDispose' does not exist");
    const ours = program.getSourceFiles().filter(({ fileName }) => fileName.includes("/pulumi-tencent-chat/dist/"));
    expect(ours.length).toBeGreaterThan(6);
    expect(ours.flatMap(faultsOf).filter((fault) => !isTooYoung(fault))).toEqual([]);
  },
);
