/** Values as TypeScript source: text that evaluates to exactly the value, and that shows a reader what is in it. */

/** Longest line, as in the programs of this repository. */
const WIDTH = 120;

/**
 * Characters that a reader does not see, or that change how a line looks: control characters, marks of direction,
 * separators that end a line for compilers before ES2019. The zero-width joiner and non-joiner stay: some scripts and
 * emoji need them.
 */
const INVISIBLE = /(?![\n\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** JSON with such characters as escapes, each half of a surrogate pair for itself. */
export function visibleJson(json: string): string {
  return json.replace(INVISIBLE, (character) =>
    character
      .split("")
      .map((half) => `\\u${half.charCodeAt(0).toString(16).padStart(4, "0")}`)
      .join(""),
  );
}

/** In the quotes that need fewer escapes. */
function stringLiteral(text: string): string {
  const double = visibleJson(JSON.stringify(text));
  if (text.split('"').length <= text.split("'").length) return double;
  const inner = double.slice(1, -1).replace(/\\.|'/g, (part) => (part === '\\"' ? '"' : part === "'" ? "\\'" : part));
  return `'${inner}'`;
}

/** A variable of the program, which stands where a value would. */
export class Identifier {
  constructor(readonly name: string) {}
}

/**
 * Source of a variable, a text, an object, or another value of JSON. An object is on one line where it fits.
 *
 * @param indent What the line starts with on which the source starts.
 * @param column The column of that line at which the source starts.
 */
export function literal(value: unknown, indent = "", column = indent.length): string {
  if (value instanceof Identifier) return value.name;
  if (typeof value === "string") return stringLiteral(value);
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const inner = `${indent}  `;
  const members = Object.entries(value).map(([name, member]) => {
    if (member instanceof Identifier && member.name === name) return name;
    const property = `${propertyName(name)}: `;
    return property + literal(member, inner, inner.length + property.length);
  });
  const line = members.length === 0 ? "{}" : `{ ${members.join(", ")} }`;
  // Up to two characters follow on the line: `,` or `);`.
  if (column + line.length + 2 <= WIDTH && !line.includes("\n")) return line;
  return `{\n${members.map((member) => `${inner}${member},\n`).join("")}${indent}}`;
}

function propertyName(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : literal(name);
}
