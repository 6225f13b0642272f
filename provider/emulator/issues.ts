/**
 * Turns the issues of a schema check (a seed, a rule, a fault) into lines that name the path of each wrong value.
 */

/** The part of an issue that is read here. */
interface Issue {
  readonly code?: string | undefined;
  readonly path: readonly PropertyKey[];
  readonly message: string;
  /** The unknown keys of an object. */
  readonly keys?: readonly unknown[];
}

/** One line an issue, such as `seed.apps[0].sdkAppId: expected number, received string`. */
export function issueLines(root: string, error: { readonly issues: readonly Issue[] }): string[] {
  return error.issues.flatMap((issue) =>
    issue.code === "unrecognized_keys"
      ? (issue.keys ?? []).map((key) => `${pathText(root, [...issue.path, String(key)])}: is not known`)
      : [`${pathText(root, issue.path)}: ${messageText(issue.message)}`],
  );
}

function messageText(message: string): string {
  return message
    .replace(/^Invalid (input|option): /, "")
    .replace(/^expected (.+), received undefined$/, "is missing, expected $1");
}

function pathText(root: string, path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, step) => {
    if (typeof step === "number") return `${text}[${step}]`;
    return /^[A-Za-z_]\w*$/.test(String(step)) ? `${text}.${String(step)}` : `${text}[${JSON.stringify(String(step))}]`;
  }, root);
}
