/** The pages that are made from the code are up to date, and what they are made from says all that they should say. */
import { readFileSync } from "node:fs";
import ts from "typescript";
import { beforeAll, describe, expect, test } from "vitest";
import { docstringOf } from "../../docs/generate/docstring.mts";
import { PAGES } from "../../docs/generate/pages.mts";
import { type EntryPoint, entryPoints, type PublicSymbol } from "../../docs/generate/public-symbols.mts";
import { installedPackages, PURPOSES } from "../../docs/generate/third-party.mts";
import { ensureBuiltPackage } from "../dynamic/built-package.js";

beforeAll(ensureBuiltPackage);

test.for(Object.entries(PAGES))("%s is what `npm run docs` makes of the present code", ([path, make]) => {
  expect(readFileSync(path, "utf8"), `${path} is out of date. What to do: npm run docs.`).toBe(make());
});

describe("the declarations of what programs import", () => {
  let entries: readonly EntryPoint[];
  let symbols: readonly PublicSymbol[];
  beforeAll(() => {
    entries = entryPoints();
    symbols = entries.flatMap((entry) => entry.symbols);
  });

  test("say what every symbol, every member of it and every entry point is for", () => {
    for (const { specifier, about } of entries) expect(about, specifier).toMatch(/\S/);
    const undocumented = symbols.flatMap(({ name, declaration }) => [
      ...(docstringOf(declaration).text === "" ? [name] : []),
      ...membersOf(declaration)
        .filter((member) => !isExplained(member))
        .map((member) => `${name}.${member.name?.getText() ?? "constructor"}`),
    ]);
    expect(undocumented).toEqual([]);
  });

  test("show every class, lookup and function with an example", () => {
    const callable = symbols.flatMap(({ name, declaration }) => [
      ...(ts.isClassDeclaration(declaration) || ts.isFunctionDeclaration(declaration)
        ? [[name, declaration] as const]
        : []),
      ...(ts.isClassDeclaration(declaration) ? declaration.members.filter(ts.isMethodDeclaration) : []).map(
        (method) => [`${name}.${method.name.getText()}`, method] as const,
      ),
    ]);
    expect(callable.length).toBeGreaterThan(0);
    const without = callable.filter(([, node]) => docstringOf(node).examples.length === 0).map(([name]) => name);
    expect(without).toEqual([]);
  });

  test("name the source of every resource", () => {
    const classes = symbols.filter(({ declaration }) => ts.isClassDeclaration(declaration));
    for (const { name, declaration } of classes) expect(docstringOf(declaration).text, name).toContain("https://");
  });

  test("name only types that are public themselves", () => {
    for (const { specifier, symbols } of entries) {
      const known = new Set(symbols.map(({ name }) => name));
      const hidden = symbols.flatMap(({ name, declaration }) =>
        importedNamesIn(declaration)
          .filter((type) => !known.has(type))
          .map((type) => `${name} names ${type}`),
      );
      expect(hidden, specifier).toEqual([]);
    }
  });
});

/** Names of types in a declaration that its file imports from another file of the package. */
function importedNamesIn(declaration: ts.Node): string[] {
  const imported = new Set(
    declaration
      .getSourceFile()
      .statements.filter(ts.isImportDeclaration)
      .filter(({ moduleSpecifier }) => moduleSpecifier.getText().startsWith('".'))
      .flatMap(({ importClause }) => {
        const bindings = importClause?.namedBindings;
        return bindings && ts.isNamedImports(bindings) ? bindings.elements.map(({ name }) => name.text) : [];
      }),
  );
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isTypeReferenceNode(node) && imported.has(node.typeName.getText())) found.push(node.typeName.getText());
    ts.forEachChild(node, visit);
  };
  visit(declaration);
  return found;
}

/** A constructor needs no more than its parameters explained. */
function isExplained(member: ts.ClassElement | ts.TypeElement): boolean {
  const { text, parameters } = docstringOf(member);
  return text !== "" || (ts.isConstructorDeclaration(member) && parameters.size === member.parameters.length);
}

function membersOf(declaration: ts.Node): readonly (ts.ClassElement | ts.TypeElement)[] {
  return ts.isClassDeclaration(declaration) || ts.isInterfaceDeclaration(declaration) ? [...declaration.members] : [];
}

describe("what is installed along with the package", () => {
  test("is under licences that ask for no more than to be named", () => {
    const permissive = ["0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "ISC", "MIT"];
    const others = installedPackages().filter(({ license }) => !permissive.includes(license));
    expect(others).toEqual([]);
  });

  test("is said to be for something, each direct dependency", () => {
    const { dependencies } = JSON.parse(readFileSync("package.json", "utf8"));
    const where = "What to do: say in docs/generate/third-party.mts what it is for.";
    expect(Object.keys(PURPOSES).sort(), where).toEqual(Object.keys(dependencies).sort());
  });
});
