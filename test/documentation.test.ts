/** What the documents say is true: their tables are held against the code, and every example compiles. */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import { COMMANDS } from "../provider/chat/commands.js";
import { HOSTS } from "../provider/chat/hosts.js";
import { BYTE_LIMITS } from "../provider/chat/limits.js";
import { runCli } from "../provider/cli/program.js";
import { communityRules } from "../provider/lifecycle/community/community-rules.js";
import { topicRules } from "../provider/lifecycle/topic/topic-rules.js";
import { SETTING_VARIABLES } from "../provider/settings/setting-sources.js";
import { typeFaults } from "./type-faults.js";

const README = readFileSync("README.md", "utf8");
const SOURCES = readdirSync("provider", { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));

/** The cells of the README's table rows under a heading line, row by row. */
function tableAfter(marker: string): string[][] {
  const start = README.indexOf(marker);
  expect(start, `the README has “${marker}”`).toBeGreaterThanOrEqual(0);
  const lines = README.slice(start).split("\n");
  const first = lines.findIndex((line) => line.startsWith("| "));
  const rows = lines.slice(
    first,
    lines.findIndex((line, index) => index > first && !line.startsWith("|")),
  );
  return rows.slice(2).map((row) =>
    row
      .slice(1, -1)
      .split(/(?<!\\)\|/)
      .map((cell) => cell.trim()),
  );
}

/** The fields of an interface in a source file. */
function fieldsOf(file: string, name: string): string[] {
  const { statements } = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest);
  const found = statements.find((node) => ts.isInterfaceDeclaration(node) && node.name.text === name);
  return (found as ts.InterfaceDeclaration).members.map(({ name }) => (name as ts.Identifier).text);
}

const unquoted = (cell = "") => cell.replaceAll("`", "");

describe("the README", () => {
  test("lists every setting with its variable, every region and every byte limit", () => {
    const rows = tableAfter("### Settings").map(([key, variable]) => [unquoted(key), unquoted(variable)]);
    expect(rows).toEqual(
      Object.entries(SETTING_VARIABLES).map(([name, variable]) => [`tencent-chat:${name}`, variable]),
    );
    for (const name of [...Object.keys(HOSTS), ...Object.keys(BYTE_LIMITS)]) expect(README).toContain(`\`${name}\``);
  });

  test("lists every argument of ChatTopic", () => {
    const names = tableAfter("## ChatTopic").map(([name]) => unquoted(name));
    expect(names.sort()).toEqual(Object.keys(topicRules(BYTE_LIMITS).shape).sort());
  });

  test("lists every argument of ChatCommunity", () => {
    const names = tableAfter("## ChatCommunity").map(([name]) => unquoted(name));
    expect(names.sort()).toEqual(Object.keys(communityRules(BYTE_LIMITS).shape).sort());
  });

  test("lists every argument of ChatApp: all settings, under the same names", () => {
    expect(tableAfter("## ChatApp").map(([name]) => unquoted(name))).toEqual(Object.keys(SETTING_VARIABLES));
  });

  test.each([
    ["getTopics", "get-topics.ts", ["GetTopicsResult", "GetTopicsTopic"]],
    ["getCommunity", "get-community.ts", ["GetCommunityResult"]],
  ])("lists every field that %s gives", (name, file, interfaces) => {
    const [, result = ""] = tableAfter("## Lookups").find(([call = ""]) => call.includes(name)) ?? [];
    const listed = [...result.matchAll(/`(\w+)`/g)].map(([, field]) => field);
    expect(listed.sort()).toEqual(interfaces.flatMap((type) => fieldsOf(join("provider/lookups", file), type)).sort());
  });

  test("states the byte limits as they are", () => {
    const limitsAfter = (marker: string) =>
      Object.fromEntries(tableAfter(marker).map(([name, limit = ""]) => [unquoted(name), limit.replace(",", "")]));
    const topic = limitsAfter("## ChatTopic");
    for (const name of ["topicName", "introduction", "notification", "faceUrl", "customString"] as const) {
      expect(topic[name]).toContain(`${BYTE_LIMITS[name]} bytes`);
    }
    const community = limitsAfter("## ChatCommunity");
    expect(community.name).toContain(`${BYTE_LIMITS.communityName} bytes`);
    expect(community.introduction).toContain(`${BYTE_LIMITS.communityIntroduction} bytes`);
    expect(community.notification).toContain(`${BYTE_LIMITS.communityNotification} bytes`);
    expect(community.faceUrl).toContain(`${BYTE_LIMITS.communityFaceUrl} bytes`);
  });

  test("names every command that the emulator answers", () => {
    const section = README.slice(README.indexOf("## The emulator"), README.indexOf("### Differences from the service"));
    for (const command of Object.keys(COMMANDS)) expect(section).toContain(`\`${command}\``);
  });

  test("lists every option of the export", async () => {
    let help = "";
    await runCli(["export", "--help"], { out: (text) => (help += text), err: () => {}, stopped: async () => {} });
    const options = [...help.matchAll(/^ {2}(--[a-z-]+)/gm)].map(([, option]) => option);
    const listed = tableAfter("## Bring an existing community").flatMap(([names = ""]) => unquoted(names).split(", "));
    expect([...listed, "--force"].sort()).toEqual(options.sort());
  });

  test("lists every kind of error once", () => {
    const codes = SOURCES.flatMap((file) =>
      [...readFileSync(join("provider", file), "utf8").matchAll(/readonly code = "([A-Z_]+)"/g)].map(
        ([, code]) => code,
      ),
    );
    expect(
      tableAfter("## Errors")
        .map(([code]) => unquoted(code))
        .sort(),
    ).toEqual(codes.sort());
  });
});

describe("an example", () => {
  const work = resolve("test/.work/examples");
  // The API reference has its examples from the docstrings.
  const PAGES = [
    "README.md",
    ...readdirSync("docs")
      .filter((name) => /\.md$/.test(name) && name !== "api.md")
      .map((name) => `docs/${name}`),
  ];
  const examples = [
    ...PAGES.flatMap((page) =>
      [...readFileSync(page, "utf8").matchAll(/```ts\n([\s\S]*?)```/g)].map(
        ([, code], index) => [`${page.replace(/\W/g, "-")}-${index}`, code] as const,
      ),
    ),
    ...SOURCES.flatMap((file) =>
      [...readFileSync(join("provider", file), "utf8").matchAll(/\* ```ts\n([\s\S]*?)\* ```/g)].map(
        ([, code = ""], index) => [`${file.replace(/\W/g, "-")}-${index}`, code.replace(/^\s*\* ?/gm, "")] as const,
      ),
    ),
  ];

  test("in a page or in a docstring compiles against the built package", () => {
    expect(examples.length).toBeGreaterThanOrEqual(4);
    rmSync(work, { recursive: true, force: true });
    mkdirSync(work, { recursive: true });
    const files = examples.map(([name, code = ""]) => {
      const file = join(work, `${name}.ts`);
      writeFileSync(file, `${code}\nexport {};\n`);
      return file;
    });
    expect(typeFaults(files)).toEqual([]);
  });
});
