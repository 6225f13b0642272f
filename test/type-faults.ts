/** What the compiler has against programs that import the built package, as a user's project would compile them. */
import { basename, resolve } from "node:path";
import ts from "typescript";

/** A line each, `file: fault`. */
export function typeFaults(files: readonly string[]): string[] {
  const program = ts.createProgram(files, {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    strict: true,
    skipLibCheck: true,
    noEmit: true,
    rootDir: resolve("."),
    types: ["node"],
  });
  return ts.getPreEmitDiagnostics(program).map(({ file, messageText }) => {
    const text = ts.flattenDiagnosticMessageText(messageText, " ");
    return file === undefined ? text : `${basename(file.fileName)}: ${text}`;
  });
}
