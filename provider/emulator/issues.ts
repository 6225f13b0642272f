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
  /** What is too small or too big. */
  readonly origin?: string;
  readonly minimum?: number | bigint | Date;
  readonly maximum?: number | bigint | Date;
  readonly inclusive?: boolean | undefined;
}

/** One line an issue, such as `seed.apps[0].sdkAppId: expected number, received string`. */
export function issueLines(root: string, error: { readonly issues: readonly Issue[] }): string[] {
  return error.issues.flatMap((issue) =>
    issue.code === "unrecognized_keys"
      ? (issue.keys ?? []).map((key) => `${pathText(root, [...issue.path, String(key)])}: is not known`)
      : [`${pathText(root, issue.path)}: ${issueText(issue)}`],
  );
}

function issueText({ code, origin, minimum, maximum, inclusive, message }: Issue): string {
  const isNumber = origin === "number" || origin === "int";
  if (code === "too_small" && isNumber) return `must be ${inclusive ? "at least" : "above"} ${minimum}`;
  if (code === "too_big" && isNumber) return `must be ${inclusive ? "at most" : "below"} ${maximum}`;
  if (code === "too_small" && minimum === 1) return "must not be empty";
  return message
    .replace(/^Invalid input: expected int, received number$/, "must be a whole number")
    .replace(/^Invalid (input|option): /, "")
    .replace(/^expected (.+), received undefined$/, "is missing, expected $1");
}

function pathText(root: string, path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, step) => {
    if (typeof step === "number") return `${text}[${step}]`;
    return /^[A-Za-z_]\w*$/.test(String(step)) ? `${text}.${String(step)}` : `${text}[${JSON.stringify(String(step))}]`;
  }, root);
}
