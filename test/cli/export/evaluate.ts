/** Runs an exported program without Pulumi, and tells what it declares. */
import ts from "typescript";
import type { ExportedResource } from "../../../provider/cli/export/resources.js";

type Made = Pick<ExportedResource, "kind" | "name"> & { readonly args: unknown };

/** The resources that the program makes, in order. `files` are what it may read. */
export function evaluate(program: string, files: Readonly<Record<string, string>> = {}): Made[] {
  const { outputText, diagnostics } = ts.transpileModule(program, {
    reportDiagnostics: true,
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.CommonJS, strict: true },
  });
  if (diagnostics?.length) throw new Error(diagnostics.map(({ messageText }) => String(messageText)).join("\n"));
  const made: Made[] = [];
  const classOf = (kind: ExportedResource["kind"]) =>
    class {
      readonly groupId: string;
      readonly topicIds = {};
      readonly fingerprint = "";
      constructor(name: string, args: { groupId: string }) {
        made.push({ kind, name, args });
        this.groupId = args.groupId;
      }
    };
  const modules: Record<string, unknown> = {
    "pulumi-tencent-chat": {
      ChatCommunity: classOf("ChatCommunity"),
      ChatTopicSet: classOf("ChatTopicSet"),
      ChatTopic: classOf("ChatTopic"),
    },
    "node:fs": { readFileSync: (name: string) => files[name] },
  };
  new Function("require", "exports", outputText)((name: string) => modules[name], {});
  return made;
}
