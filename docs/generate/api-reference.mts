/** `docs/api.md`: every public symbol with its docstring, from the built declarations. */
import ts from "typescript";
import { docstringOf } from "./docstring.mts";
import { type Declaration, type EntryPoint, entryPoints, type PublicSymbol } from "./public-symbols.mts";
import { table } from "./table.mts";

const HEAD = `# API reference

Every symbol that a program can import, with its docstring. Made from the package's declarations by \`npm run docs\`; a
test holds it to them. \`Input\`, \`Output\`, \`ID\`, \`Unwrap\` and \`CustomResourceOptions\` are those of \`@pulumi/pulumi\`.`;

export function apiReference(): string {
  const entries = entryPoints();
  const names = new Set(entries.flatMap(({ symbols }) => symbols.map(({ name }) => name)));
  const contents = entries.map(({ specifier, symbols }) => {
    const links = symbols.map(({ name }) => `[\`${name}\`](#${name.toLowerCase()})`);
    return `- **\`${specifier}\`**: ${links.join(", ")}`;
  });
  const text = [HEAD, contents.join("\n"), ...entries.map(entrySection)].join("\n\n");
  return `${text.replace(/\{@link ([\w.]+)\}/g, (_, target) => linkTo(target, names))}\n`;
}

/** Members have no heading of their own: a link to one leads to the symbol that has it. */
function linkTo(target: string, names: ReadonlySet<string>): string {
  const [symbol = ""] = target.split(".");
  if (!names.has(symbol)) throw new Error(`A docstring links to ${target}, which is no public symbol.`);
  return `[\`${target}\`](#${symbol.toLowerCase()})`;
}

function entrySection({ specifier, about, symbols }: EntryPoint): string {
  const said = about.slice(about.indexOf(":") + 1).trim();
  return [`## \`${specifier}\``, sentence(said), ...symbols.map(symbolSection)].join("\n\n");
}

function symbolSection({ name, declaration }: PublicSymbol): string {
  const { text, examples, throws } = docstringOf(declaration);
  return present(
    `### ${name}`,
    form(name, declaration),
    text,
    ...throws.map(failure),
    ...examples,
    ...members(declaration),
  );
}

/** What it is, as one would write it. */
function form(name: string, declaration: Declaration): string {
  if (ts.isClassDeclaration(declaration) || ts.isInterfaceDeclaration(declaration)) return "";
  if (ts.isTypeAliasDeclaration(declaration)) return code(`type ${name} = ${typeText(declaration.type)}`);
  if (ts.isFunctionDeclaration(declaration)) return code(`function ${signature(name, declaration)}`);
  const { type, initializer } = declaration;
  if (type && ts.isTypeLiteralNode(type)) return code(`const ${name}: { … }`);
  return code(`const ${name}${type ? `: ${typeText(type)}` : ` = ${initializer?.getText()}`}`);
}

function members(declaration: Declaration): string[] {
  if (ts.isInterfaceDeclaration(declaration)) {
    return [properties("Property", declaration.members), methodTable(declaration.members)];
  }
  if (ts.isVariableDeclaration(declaration) && declaration.type && ts.isTypeLiteralNode(declaration.type)) {
    return [properties("Property", declaration.type.members)];
  }
  if (ts.isClassDeclaration(declaration)) {
    const construction = declaration.members.find(ts.isConstructorDeclaration);
    const methods = declaration.members.filter(ts.isMethodDeclaration);
    const name = declaration.name?.text ?? "";
    return [
      construction ? callSection(`new ${name}`, construction) : "",
      properties("Output", declaration.members),
      ...methods.map((method) => callSection(`${name}.${method.name.getText()}`, method)),
    ];
  }
  return [];
}

function properties(heading: string, all: readonly ts.Node[]): string {
  const found = all.filter((member) => ts.isPropertySignature(member) || ts.isPropertyDeclaration(member));
  if (found.length === 0) return "";
  const rows = found.map((member) => {
    const mark = member.questionToken ? "?" : "";
    return [`\`${member.name.getText()}${mark}\``, inCell(typeText(member.type)), docstringOf(member).text];
  });
  const isExplained = rows.some(([, , meaning]) => meaning !== "");
  return isExplained
    ? table([heading, "Type", "Meaning"], rows)
    : table(
        [heading, "Type"],
        rows.map((row) => row.slice(0, 2)),
      );
}

function methodTable(all: readonly ts.Node[]): string {
  const found = all.filter(ts.isMethodSignature);
  if (found.length === 0) return "";
  const rows = found.map((method) => [inCell(signature(method.name.getText(), method)), docstringOf(method).text]);
  return table(["Method", "Meaning"], rows);
}

function callSection(callee: string, declaration: ts.ConstructorDeclaration | ts.MethodDeclaration): string {
  const { text, examples, throws, parameters } = docstringOf(declaration);
  const rows = [...parameters].map(([name, meaning]) => `- \`${name}\`: ${oneLine(meaning)}`);
  const call = code(signature(callee, declaration));
  return present(`#### ${callee}`, call, text, rows.join("\n"), ...throws.map(failure), ...examples);
}

function signature(callee: string, { parameters, type }: ts.SignatureDeclaration): string {
  const list = parameters.map(({ name, questionToken, type }) => {
    return `${name.getText()}${questionToken ? "?" : ""}: ${typeText(type)}`;
  });
  return `${callee}(${list.join(", ")})${type ? `: ${typeText(type)}` : ""}`;
}

/** As it is written in the declarations, on one line and without the name of Pulumi's module. */
function typeText(type: ts.TypeNode | undefined): string {
  return oneLine(type?.getText() ?? "unknown").replaceAll("pulumi.", "");
}

const failure = (text: string) => `Throws: ${text}`;
const inCell = (text: string) => `\`${text}\``;
const code = (text: string) => `\`\`\`ts\n${text}\n\`\`\``;
const oneLine = (text: string) => text.replace(/\s+/g, " ");
const sentence = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
const present = (...parts: readonly string[]) => parts.filter((part) => part !== "").join("\n\n");
