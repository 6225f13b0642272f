/** What the package publishes: the symbols of each entry point, read from the built declarations with the compiler. */
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import ts from "typescript";

const ROOT = resolve(import.meta.dirname, "../..");

export interface EntryPoint {
  /** As a program imports it, such as `pulumi-tencent-chat/emulator`. */
  readonly specifier: string;
  /** The one paragraph with which its file begins. */
  readonly about: string;
  readonly symbols: readonly PublicSymbol[];
}

export interface PublicSymbol {
  readonly name: string;
  readonly declaration: Declaration;
}

export type Declaration =
  | ts.ClassDeclaration
  | ts.FunctionDeclaration
  | ts.InterfaceDeclaration
  | ts.TypeAliasDeclaration
  | ts.VariableDeclaration;

/** Those that a program imports. `./runtime` is for Pulumi's provider process alone. */
export function entryPoints(): readonly EntryPoint[] {
  const { name, exports } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as Manifest;
  const files = Object.entries(exports).flatMap(([path, entry]) =>
    typeof entry === "string" || path === "./runtime" ? [] : [[path, join(ROOT, entry.types)] as const],
  );
  const program = ts.createProgram(
    files.map(([, file]) => file),
    { module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext, noLib: true, types: [] },
  );
  return files.map(([path, file]) => {
    const source = program.getSourceFile(file);
    if (source === undefined) throw new Error(`${file} is missing. What to do: npm run build.`);
    return { specifier: path.replace(/^\./, name), about: aboutOf(source), symbols: symbolsOf(program, source) };
  });
}

interface Manifest {
  readonly name: string;
  readonly exports: Readonly<Record<string, string | { readonly types: string }>>;
}

function aboutOf(source: ts.SourceFile): string {
  const comment = /^\/\*\*([\s\S]*?)\*\//.exec(source.text)?.[1] ?? "";
  return comment.replace(/^\s*\* ?/gm, "").trim();
}

function symbolsOf(program: ts.Program, source: ts.SourceFile): readonly PublicSymbol[] {
  const checker = program.getTypeChecker();
  const module = checker.getSymbolAtLocation(source);
  const exported = module === undefined ? [] : checker.getExportsOfModule(module);
  return exported
    .map((symbol) => {
      const declared = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
      const declaration = declared.declarations?.find(isDeclaration);
      if (declaration === undefined) throw new Error(`The API reference cannot show the export ${symbol.name}.`);
      return { name: symbol.name, declaration };
    })
    .sort((one, other) => rank(one) - rank(other) || (one.name < other.name ? -1 : 1));
}

function isDeclaration(node: ts.Node): node is Declaration {
  return (
    ts.isClassDeclaration(node) ||
    ts.isFunctionDeclaration(node) ||
    ts.isInterfaceDeclaration(node) ||
    ts.isTypeAliasDeclaration(node) ||
    ts.isVariableDeclaration(node)
  );
}

/** Functions first, then classes among their types, constants last. */
function rank({ declaration }: PublicSymbol): number {
  if (ts.isFunctionDeclaration(declaration)) return 0;
  return ts.isVariableDeclaration(declaration) ? 2 : 1;
}
