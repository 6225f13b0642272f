/**
 * The directions in which the package's files may import each other (resources → dynamic → lifecycle → chat), and what
 * its published declarations may ask of a user's compiler.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import ts from "typescript";
import { beforeAll, describe, expect, test } from "vitest";
import { ERROR_CODES } from "../provider/chat/error-codes.js";
import { ensureBuiltPackage, REPOSITORY } from "./dynamic/built-package.js";

const SOURCE = join(REPOSITORY, "provider");
/** How long the package may take to build where it is not up to date, in milliseconds. */
const BUILD_MS = 90_000;
const PULUMI = /^@pulumi\/pulumi(\/|$)/;

interface Allowed {
  /** Files of the package, from provider/ and without their ending. */
  readonly ours: readonly RegExp[];
  /** Other packages. */
  readonly others: readonly RegExp[];
}

/** What each folder of provider/ may import besides its own files. */
const MAY_IMPORT: Readonly<Record<string, Allowed>> = {
  "index.ts": { ours: [/^resources\//, /^lookups\//, /^dynamic\/shim$/], others: [] },
  // The one part of the program's side that calls the API.
  lookups: {
    ours: [/^resources\//, /^lifecycle\/errors\//, /^pulumi\/error-text$/, /^settings\//, /^chat\//],
    others: [PULUMI],
  },
  resources: { ours: [/^dynamic\/shim$/], others: [PULUMI] },
  dynamic: { ours: [/^pulumi\//, /^chat\/errors\//], others: [PULUMI] },
  // gRPC is the one that @pulumi/pulumi brings along.
  pulumi: {
    ours: [/^lifecycle\//, /^settings\//, /^chat\//],
    others: [PULUMI, /^node:/, /^@grpc\/grpc-js$/, /^semver\/functions\/gte\.js$/],
  },
  lifecycle: { ours: [/^settings\//, /^chat\//], others: [/^node:/, /^zod$/] },
  settings: { ours: [/^chat\//], others: [/^zod$/] },
  chat: { ours: [], others: [/^node:/, /^(dataloader|tls-sig-api-v2|undici|zod)$/] },
  // The sourced facts of chat/, never its logic: a mistake that both share would hide itself.
  emulator: {
    ours: [/^chat\/(commands|error-codes|hosts|limits)$/],
    others: [/^node:/, /^zod$/, /^hono(\/|$)/, /^@hono\/node-server(\/|$)/, /^write-file-atomic$/],
  },
  cli: { ours: [/./], others: [/./] },
};

interface SourceFile {
  /** From provider/, with forward slashes. */
  readonly path: string;
  readonly syntax: ts.SourceFile;
  /** Modules it names, in whatever form. */
  readonly imports: readonly string[];
}

const FILES: readonly SourceFile[] = readdirSync(SOURCE, { recursive: true, encoding: "utf8" })
  .map((name) => name.replaceAll("\\", "/"))
  .filter((path) => path.endsWith(".ts"))
  .sort()
  .map((path) => {
    const text = readFileSync(join(SOURCE, path), "utf8");
    return { path, ...parse(path, text) };
  });

function parse(path: string, text: string): { syntax: ts.SourceFile; imports: string[] } {
  const syntax = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  return { syntax, imports: importsOf(syntax) };
}

/** Every module that a file names: `import`, `export … from`, `import type`, `import("…")` as value and as type, `require`. */
function importsOf(syntax: ts.SourceFile): string[] {
  const found: string[] = [];
  const add = (module: ts.Node | undefined): void => {
    if (module === undefined) return;
    if (!ts.isStringLiteralLike(module)) {
      throw new Error(`${syntax.fileName} imports what nobody can check: ${module.getText()}`);
    }
    found.push(module.text);
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) add(node.moduleSpecifier);
    else if (ts.isExternalModuleReference(node)) add(node.expression);
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) add(node.argument.literal);
    else if (ts.isCallExpression(node) && isRequire(node.expression)) add(node.arguments[0]);
    ts.forEachChild(node, visit);
  };
  visit(syntax);
  return found;
}

/** `import(…)`, `require(…)`, `require.resolve(…)`, `createRequire(…)(…)`. */
function isRequire(callee: ts.Expression): boolean {
  return (
    callee.kind === ts.SyntaxKind.ImportKeyword ||
    /^require(\.resolve)?$/.test(callee.getText()) ||
    (ts.isCallExpression(callee) && /(^|\.)createRequire$/.test(callee.expression.getText()))
  );
}

function folderOf(path: string): string {
  return path.split("/")[0] as string;
}

/** The file of provider/ that a relative import means; undefined for another package. */
function targetOf(file: string, module: string): string | undefined {
  return module.startsWith(".") ? posix.join(posix.dirname(file), module).replace(/\.js$/, ".ts") : undefined;
}

test("every folder of provider/ has its place in the design", () => {
  const folders = new Set(FILES.map(({ path }) => folderOf(path)));
  expect([...folders].sort()).toEqual(Object.keys(MAY_IMPORT).sort());
});

test.for(Object.entries(MAY_IMPORT))("%s imports only what lies in its direction", ([folder, allowed]) => {
  const files = FILES.filter(({ path }) => folderOf(path) === folder);
  const wrong = files.flatMap(({ path, imports }) =>
    imports.filter((module) => !isAllowed(path, module, allowed)).map((module) => `${path} imports ${module}`),
  );
  expect(files).not.toEqual([]);
  expect(wrong).toEqual([]);
});

function isAllowed(path: string, module: string, { ours, others }: Allowed): boolean {
  const target = targetOf(path, module);
  if (target === undefined) return others.some((pattern) => pattern.test(module));
  // This also keeps test/ and examples/ out: they are no files of provider/.
  if (target.startsWith("../") || !existsSync(join(SOURCE, target))) return false;
  const name = target.replace(/\.ts$/, "");
  return folderOf(target) === folderOf(path) || ours.some((pattern) => pattern.test(name));
}

test("the files of the emulator's page import only each other", () => {
  const folder = join(SOURCE, "emulator/page");
  const names = readdirSync(folder);
  const modules = names.filter((name) => name.endsWith(".mjs"));
  expect(modules).not.toEqual([]);
  for (const name of modules) {
    const { syntax, imports } = parse(name, readFileSync(join(folder, name), "utf8"));
    expect(isExplained(syntax), `${name} says what it is for`).toBe(true);
    for (const module of imports) expect(names, `${name} imports ${module}`).toContain(module.replace(/^\.\//, ""));
  }
});

test("every form of import is seen", () => {
  const text = `
    import a from "a"; import type { B } from "b"; export * from "c"; export type { D } from "d";
    import e = require("e"); const f = import("f"); type G = import("g").G; require("h"); require.resolve("i");
    createRequire(require.resolve("j"))("k"); import "l"; type M = typeof import("m");`;
  expect(parse("all.ts", text).imports.sort()).toEqual([..."abcdefghijklm"]);
  expect(() => parse("hidden.ts", "import(name)")).toThrow("imports what nobody can check");
});

test("the facts of chat/ that the emulator shares use no logic of chat/", () => {
  const facts = FILES.filter(({ path }) => /^chat\/(commands|error-codes|hosts|limits)\.ts$/.test(path));
  expect(facts).toHaveLength(4);
  for (const { path, imports } of facts) {
    for (const module of imports) {
      expect(targetOf(path, module), path).toMatch(/^chat\/(commands|error-codes|hosts|limits)\.ts$/);
    }
  }
});

test("the transport loads no zod, nor does anything that it imports", () => {
  const seen = new Set<string>();
  const visit = (path: string): void => {
    if (seen.has(path)) return;
    seen.add(path);
    const { imports } = FILES.find((file) => file.path === path) ?? { imports: [] };
    expect(imports, path).not.toContain("zod");
    for (const module of imports) visit(targetOf(path, module) ?? "");
  };
  visit("chat/transport.ts");
});

/** Every node of a file for which `isWanted` holds, as it stands there. */
function found({ path, syntax }: SourceFile, isWanted: (node: ts.Node) => boolean): string[] {
  const places: string[] = [];
  const visit = (node: ts.Node): void => {
    if (isWanted(node)) places.push(`${path}: ${node.getText()}`);
    ts.forEachChild(node, visit);
  };
  visit(syntax);
  return places;
}

test("an error's message is written once, in its constructor: nothing assigns to it, adds to it or splits it", () => {
  const isMessage = (node: ts.Node) =>
    (ts.isPropertyAccessExpression(node) && node.name.text === "message") ||
    (ts.isElementAccessExpression(node) && /^["'`]message["'`]$/.test(node.argumentExpression.getText()));
  const changes = (node: ts.Node): boolean => {
    if (ts.isBinaryExpression(node) && isMessage(node.left)) {
      const { kind } = node.operatorToken;
      return kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
    }
    if (ts.isCallExpression(node) && /^Object\.(assign|definePropert(y|ies))$/.test(node.expression.getText())) {
      return node.arguments.slice(1).some((argument) => /\bmessage\b/.test(argument.getText()));
    }
    // `error.message.split(…)`, `.includes(…)`, `.startsWith(…)` and all others.
    return ts.isPropertyAccessExpression(node) && isMessage(node.expression);
  };
  expect(FILES.flatMap((file) => found(file, changes))).toEqual([]);
});

test("no code of the service stands anywhere but in the table of codes", () => {
  const codes = new Set(Object.keys(ERROR_CODES));
  const isCode = (node: ts.Node): boolean => {
    if (ts.isNumericLiteral(node)) return codes.has(node.text);
    const isText = ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node);
    return isText && (node.text.match(/\b\d{5,6}\b/g) ?? []).some((number) => codes.has(number));
  };
  const files = FILES.filter(({ path }) => folderOf(path) !== "emulator" && path !== "chat/error-codes.ts");
  expect(files.flatMap((file) => found(file, isCode))).toEqual([]);
});

function withoutParentheses(node: ts.Expression): ts.Expression {
  return ts.isParenthesizedExpression(node) ? withoutParentheses(node.expression) : node;
}

test("no value is cast twice, which would make anything of anything", () => {
  const isCast = (node: ts.Node) => ts.isAsExpression(node) && ts.isAsExpression(withoutParentheses(node.expression));
  expect(FILES.flatMap((file) => found(file, isCast))).toEqual([]);
});

test("no files import each other in a circle", () => {
  const targets = new Map(
    FILES.map(({ path, imports }) => [path, imports.flatMap((module) => targetOf(path, module) ?? [])]),
  );
  const finished = new Set<string>();
  const circles: string[] = [];
  const visit = (path: string, trail: readonly string[]): void => {
    if (trail.includes(path)) circles.push([...trail.slice(trail.indexOf(path)), path].join(" → "));
    if (trail.includes(path) || finished.has(path)) return;
    for (const target of targets.get(path) ?? []) visit(target, [...trail, path]);
    finished.add(path);
  };
  for (const path of targets.keys()) visit(path, []);
  expect(circles).toEqual([]);
});

test("every file says first what it is for, or only passes on what others export", () => {
  expect(FILES.filter(({ syntax }) => !isExplained(syntax)).map(({ path }) => path)).toEqual([]);
});

function isExplained({ statements, text }: ts.SourceFile): boolean {
  if (text.replace(/^#!.*\n/, "").startsWith("/**")) return true;
  if (statements.every((statement) => ts.isExportDeclaration(statement) && statement.moduleSpecifier)) return true;
  // A file that declares a single thing says it there.
  const [declared, ...more] = statements.filter((statement) => !ts.isImportDeclaration(statement));
  return declared !== undefined && more.length === 0 && ts.getJSDocCommentsAndTags(declared).length > 0;
}

describe("the published declarations", () => {
  const DIST = join(REPOSITORY, "dist");
  const ENTRIES = ["index.d.ts", "dynamic/runtime.d.ts", "emulator/index.d.ts"];
  const published = new Map<string, { text: string; imports: readonly string[]; syntax: ts.SourceFile }>();

  beforeAll(async () => {
    await ensureBuiltPackage();
    const follow = (path: string): void => {
      if (published.has(path)) return;
      const text = readFileSync(join(DIST, path), "utf8");
      const file = { text, ...parse(path, text) };
      published.set(path, file);
      for (const module of file.imports) {
        if (module.startsWith(".")) follow(posix.join(posix.dirname(path), module).replace(/\.js$/, ".d.ts"));
      }
    };
    for (const entry of ENTRIES) follow(entry);
  }, BUILD_MS);

  test("are those that package.json names", () => {
    const { exports } = JSON.parse(readFileSync(join(REPOSITORY, "package.json"), "utf8"));
    const types = Object.values<{ types?: string }>(exports).flatMap((entry) => entry.types ?? []);
    expect(types).toEqual(ENTRIES.map((entry) => `./dist/${entry}`));
  });

  test("mention no dependency but @pulumi/pulumi, so that a program needs the types of no other", () => {
    for (const [path, { imports, syntax }] of published) {
      for (const module of imports) expect(module, path).toMatch(/^\.|^@pulumi\/pulumi(\/|$)/);
      expect(syntax.typeReferenceDirectives, path).toEqual([]);
    }
  });

  test("of the runtime show nothing of the lifecycle behind it", () => {
    expect(published.get("dynamic/runtime.d.ts")?.imports).toEqual(["@pulumi/pulumi"]);
  });
});
