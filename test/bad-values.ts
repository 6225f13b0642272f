/** Values that a caller should never send, for tests that send them: as they can come through JSON, and no others. */
import fc from "fast-check";

/** Any UTF-16 at all, halves of surrogate pairs and NUL among it. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 40 }).map((units) => String.fromCharCode(...units)),
  fc.string(),
  fc.constantFrom("", "\0", "\ud800", "a\udfff", "__proto__", "constructor", "é".repeat(5_000), "x".repeat(100_000)),
);

/** Objects in objects, and lists in lists, a thousand deep. */
const DEEP = [`${'{"a":'.repeat(1_000)}1${"}".repeat(1_000)}`, `${"[".repeat(1_000)}${"]".repeat(1_000)}`];

export const anyValue: fc.Arbitrary<unknown> = fc.oneof(
  fc.jsonValue(),
  anyText,
  fc.constantFrom<unknown>(null, true, false, 0, -1, 0.5, 1e308, 2 ** 53, [], {}, { toString: 1, valueOf: 1 }),
  fc
    .constantFrom(...DEEP, '{"__proto__":{"polluted":true}}', '{"constructor":{"prototype":{"polluted":true}}}')
    .map((text): unknown => JSON.parse(text)),
);

/** An object as JSON text: so `__proto__` is a property like any other, and a name may come twice. */
export function objectText(fields: Iterable<readonly [string, unknown]>): string {
  return `{${Array.from(fields, ([name, held]) => `${JSON.stringify(name)}:${JSON.stringify(held)}`).join()}}`;
}

/** Is every object still without what nobody gave it? */
export function arePrototypesClean(): boolean {
  const { polluted } = {} as { polluted?: unknown };
  return polluted === undefined && Object.keys(Object.prototype).length + Object.keys(Array.prototype).length === 0;
}
