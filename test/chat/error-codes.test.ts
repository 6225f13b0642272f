import { describe, expect, test } from "vitest";
import { COMMANDS } from "../../provider/chat/commands.js";
import { ERROR_CODES, type ErrorScope, errorCodeFacts, isAboutCredentials } from "../../provider/chat/error-codes.js";

/** https://www.tencentcloud.com/document/product/1047/53448, beside 0. */
const IMPORT_TOPIC = [10002, 10003, 10004, 10007, 10010, 10015, 10021, 10037, 11000, 80001, 80005];

/** https://www.tencentcloud.com/document/product/1047/34348 and https://trtc.io/document/34348. */
const PUBLIC = [
  60002, 60003, 60004, 60005, 60006, 60007, 60008, 60009, 60010, 60011, 60012, 60013, 60014, 60015, 60016, 60017, 60018,
  60019, 60020, 60021, 60025, 60026, 60027, 60028,
];
const ACCOUNTS = [
  70001, 70002, 70003, 70005, 70009, 70013, 70014, 70016, 70020, 70050, 70051, 70107, 70169, 70202, 70402, 70403, 70500,
];

/** The pages of the other topic commands. */
const OTHER_TOPIC_COMMANDS = [10006, 10008, 10016, 10018, 10025, 10036, 110002, 110003];

describe("the table", () => {
  test.each([...IMPORT_TOPIC, ...PUBLIC, ...ACCOUNTS, ...OTHER_TOPIC_COMMANDS])("has %i", (code) => {
    expect(ERROR_CODES[code]).toBeDefined();
  });

  test.each(Object.entries(ERROR_CODES))("tells for %i where it is from, what it means and what to do", (_, facts) => {
    expect(URL.canParse(facts.source)).toBe(true);
    expect(facts.meaning).toMatch(/^\S.*[^.\s]$/);
    expect(facts.remedy).toMatch(/^\S.*[^.\s]$/);
    for (const [command, note] of Object.entries(facts.notes ?? {})) {
      expect(COMMANDS).toHaveProperty(command);
      expect(note).toMatch(/^[A-Z].*\.$/);
    }
  });

  test("success is no error", () => {
    expect(ERROR_CODES[0]).toBeUndefined();
  });
});

describe("classes", () => {
  function codesOf(wanted: string): number[] {
    return Object.entries(ERROR_CODES).flatMap(([code, facts]) => (facts.class === wanted ? [Number(code)] : []));
  }

  test("the five codes that speak of frequency are throttling, and no other is", () => {
    expect(codesOf("throttled")).toEqual([10006, 60007, 60011, 60018, 60019]);
  });

  test("only an expired signature is worth a new one", () => {
    expect(codesOf("auth")).toEqual([70001]);
  });

  test("the codes of import and of create for a taken id both mean that it exists", () => {
    expect(codesOf("exists")).toEqual([10021, 10025]);
  });

  test("only what says that the object is not there counts as gone", () => {
    expect(codesOf("gone")).toEqual([10010, 110003]);
  });

  test("a code that no page lists is final, since trying again might do harm", () => {
    expect(errorCodeFacts(99999)).toMatchObject({ class: "final" });
  });
});

describe("scopes", () => {
  const SCOPES: readonly ErrorScope[] = [
    "call",
    "community",
    "item",
    "content",
    "credentials",
    "administrator",
    "clock",
  ];

  function codesOf(wanted: ErrorScope): number[] {
    return Object.entries(ERROR_CODES).flatMap(([code, facts]) => (facts.scope === wanted ? [Number(code)] : []));
  }

  test.each(Object.entries(ERROR_CODES))("%s has one", (_, { scope }) => {
    expect(SCOPES).toContain(scope);
  });

  test.each<[ErrorScope, readonly number[]]>([
    ["administrator", [60010, 70051, 70107, 70403]],
    ["clock", [70001, 70003]],
    ["content", [10016, 10019, 80001, 80005]],
    ["item", [10004, 10021, 10025, 110002, 110003, 110013]],
    ["community", [10010, 10015]],
  ])("%s is that of exactly these codes", (scope, codes) => {
    expect(codesOf(scope)).toEqual(codes);
  });

  test("credentials are what the codes about the key, the signature and the account that signs speak of", () => {
    const about = Object.entries(ERROR_CODES).flatMap(([code, facts]) =>
      isAboutCredentials(facts) ? [Number(code)] : [],
    );
    expect(about).toEqual([
      60004, 60005, 60010, 70001, 70002, 70003, 70005, 70009, 70013, 70014, 70016, 70020, 70050, 70051, 70107, 70403,
    ]);
  });

  test.each([
    [70000, "credentials"],
    [70999, "credentials"],
    [71000, "call"],
    [69999, "call"],
    [99999, "call"],
  ])("of %i, which no page lists, the scope is told by the range that it is in: %s", (code, scope) => {
    expect(errorCodeFacts(code).scope).toBe(scope);
  });
});

describe("remedies", () => {
  test.each([
    [60026, /region/],
    [70016, /region/],
    [70020, /region/],
    [70009, /secretKey/],
    [60010, /adminAccount/],
    [11000, /switch communities and topics on/],
    [60009, /importService/],
    [10003, /importService/],
    [70001, /clock/],
    [10021, /adopt/],
    [10010, /groupId/],
    [60007, /callsPerSecond/],
  ])("%i points to what can be mended", (code, remedy) => {
    expect(errorCodeFacts(code).remedy).toMatch(remedy);
  });
});
