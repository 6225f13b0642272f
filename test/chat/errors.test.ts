import { describe, expect, test } from "vitest";
import { ERROR_CODES } from "../../provider/chat/error-codes.js";
import * as chatErrors from "../../provider/chat/errors/index.js";
import * as lifecycleErrors from "../../provider/lifecycle/errors/index.js";
import * as partialFailure from "../../provider/pulumi/partial-failure-error.js";
import * as settingsError from "../../provider/settings/settings-error.js";

const { CallError, errorText, serviceError } = chatErrors;
const cause = serviceError({ command: "get_topic", subject: "x", serviceCode: 10002, vendorText: "" });

/** One of each kind that a user can meet. */
const ERRORS = [
  new settingsError.SettingsError(["region is missing"]),
  new chatErrors.ConnectionError({
    call: "get_topic x",
    host: "host",
    reason: "the connection was refused",
    outcomeUnknown: false,
    maxRetries: 0,
  }),
  new chatErrors.UnexpectedAnswerError({ call: "get_topic x", host: "host", reason: "it is empty", maxRetries: 0 }),
  ...[10004, 10002, 60007, 70001, 10010, 10021].map((serviceCode) =>
    serviceError({ command: "get_topic", subject: "x", serviceCode, vendorText: "text" }),
  ),
  new lifecycleErrors.AdoptionRefusedError(
    "Topic x",
    "none",
    ["it takes over nothing"],
    "any",
    "another topic key",
    "nothing",
  ),
  new lifecycleErrors.CommunityInUseError("x", "it still has 2 topics", "remove them first"),
  new lifecycleErrors.DeclaredTwiceError("Topic x", "urn:pulumi:dev::p::t::a", "urn:pulumi:dev::p::t::b"),
  new lifecycleErrors.FixedFieldError([{ topicKey: undefined, property: "createTime", problem: "cannot change" }]),
  new lifecycleErrors.HandoverRefusedError("Topic x", "a", "b"),
  new lifecycleErrors.MissingCommunityError("x", 1, "look elsewhere"),
  new lifecycleErrors.MissingTopicError("x", 1, "look elsewhere"),
  new lifecycleErrors.OutcomeUnknownError("x", "@TGS#_a", cause),
  new partialFailure.PartialFailureError("Topic x was imported, but not muted", "x", {}, ["reason"]),
  new lifecycleErrors.SeveralFailuresError("2 topics in @TGS#_a", [{ name: "x", error: cause }]),
  new lifecycleErrors.TopicInUseError("x", "the next one gets number 2", "look elsewhere"),
  new lifecycleErrors.WrongAppError("Topic x", 1, 2),
];

/** Those with which a call of the API ends. */
const CALL_ERRORS = ERRORS.filter((error) => error instanceof CallError);

test("every kind has a code of its own, which is stable", () => {
  expect(ERRORS.map(({ code }) => code).sort()).toEqual([
    "ADOPTION_REFUSED",
    "ALREADY_EXISTS",
    "COMMUNITY_IN_USE",
    "CONNECTION_FAILED",
    "DECLARED_TWICE",
    "FIXED_FIELD",
    "HANDOVER_REFUSED",
    "INVALID_SETTINGS",
    "MISSING_COMMUNITY",
    "MISSING_TOPIC",
    "NOT_FOUND",
    "OUTCOME_UNKNOWN",
    "PARTIAL_FAILURE",
    "REFUSED",
    "SEVERAL_FAILURES",
    "SIGNATURE_EXPIRED",
    "THROTTLED",
    "TOPIC_IN_USE",
    "UNAVAILABLE",
    "UNEXPECTED_ANSWER",
    "WRONG_APP",
  ]);
});

test("every kind of error that is exported is among those tested here", () => {
  const classes = Object.values({ ...chatErrors, ...lifecycleErrors, ...partialFailure, ...settingsError }).filter(
    (exported) => typeof exported === "function" && exported.prototype instanceof chatErrors.ChatError,
  );
  const tested = new Set<unknown>(ERRORS.map((error) => error.constructor));
  expect(
    classes
      .filter((kind) => !tested.has(kind))
      .map(({ name }) => name)
      .sort(),
  ).toEqual(["CallError", "ServiceError"]);
});

test.each(ERRORS.map((error) => [error.name, error] as const))("%s is named after its class", (name, error) => {
  expect(name).toBe(error.constructor.name);
});

test.each(Object.keys(ERROR_CODES).map(Number))(
  "the message of %i is one line that ends in what to do",
  (serviceCode) => {
    const { message } = serviceError({ command: "get_topic", subject: "x", serviceCode, vendorText: "" });
    expect(message).toMatch(/^get_topic x: \d+, [^\n]+\. What to do: [^\n]+\.$/);
  },
);

test("an accident of the service may have had its effect, a refusal has not", () => {
  const outcomeUnknown = (serviceCode: number) =>
    serviceError({ command: "import_topic", subject: "x", serviceCode, vendorText: "" }).attempts.outcomeUnknown;
  expect([10002, 60008, 70500].map(outcomeUnknown)).toEqual([true, true, true]);
  expect([10004, 60007, 10021, 10010, 70001].map(outcomeUnknown)).toEqual([false, false, false, false, false]);
});

test.each(ERRORS.map((error) => [error.code, error] as const))("the message of %s is its facts as text", (_, error) => {
  expect(error.message).toBe(errorText(error.facts));
});

describe("the text of an error", () => {
  const facts = { subject: "Topic x", problem: " was not destroyed" };

  test("says what happened, then why, then what to do", () => {
    expect(errorText(facts)).toBe("Topic x was not destroyed.");
    expect(
      errorText({ ...facts, explanation: "It has messages.", remedy: "look elsewhere", requestId: "Id-70dc" }),
    ).toBe("Topic x was not destroyed. It has messages. What to do: look elsewhere. [RequestId Id-70dc]");
  });

  test("tells how often it was tried where that was more than once", () => {
    const tried = (count: number) => errorText({ ...facts, attempts: { count, outcomeUnknown: false } });
    expect([1, 2, 3].map(tried)).toEqual([
      "Topic x was not destroyed.",
      "Topic x was not destroyed. (Tried 2 times.)",
      "Topic x was not destroyed. (Tried 3 times.)",
    ]);
  });

  test("ends a sentence once, where a problem brings its own end", () => {
    expect(errorText({ ...facts, problem: " was not destroyed: why?" })).toBe("Topic x was not destroyed: why?");
  });
});

describe.each(CALL_ERRORS.map((error) => [error.code, error] as const))(
  "%s after all attempts of its call",
  (_, error) => {
    const attempts = { count: 3, outcomeUnknown: true };

    test("is the same error with these attempts, and says how many they were", () => {
      const copy = error.after(attempts);
      expect(copy.constructor).toBe(error.constructor);
      expect(copy.attempts).toEqual(attempts);
      expect(copy.facts).toEqual({ ...error.facts, attempts });
      expect(copy.message).toBe(`${error.message} (Tried 3 times.)`);
      expect(copy.groupKey).toBe(error.groupKey);
    });

    test("is a copy: the first one stays as it was", () => {
      const { message, facts, attempts: own } = error;
      const before = structuredClone({ message, facts, own });
      error.after(attempts).after({ count: 7, outcomeUnknown: false });
      expect({ message: error.message, facts: error.facts, own: error.attempts }).toEqual(before);
    });

    test("says nothing of them where there was only one", () => {
      expect(error.after({ count: 1, outcomeUnknown: false }).message).toBe(error.message);
    });
  },
);

test("copies keep what tells how often an error may be tried again, and how long its sender is busy", () => {
  const call = { call: "get_topic x", host: "host", reason: "odd", maxRetries: 3 };
  const attempts = { count: 2, outcomeUnknown: true };
  const unanswered = new chatErrors.ConnectionError({ ...call, outcomeUnknown: false, stage: "TLS" });
  expect(unanswered.after(attempts)).toMatchObject({ maxRetries: 3, stage: "TLS" });
  expect(new chatErrors.UnexpectedAnswerError({ ...call, busyMs: 50 }).after(attempts)).toMatchObject({
    maxRetries: 3,
    busyMs: 50,
  });
});

test("an answer that is no verdict may have had its effect, unless its sender says that it has not", () => {
  const unexpected = { call: "import_topic x", host: "host", reason: "HTTP status 429" };
  const { UnexpectedAnswerError } = chatErrors;
  expect(new UnexpectedAnswerError(unexpected).attempts.outcomeUnknown).toBe(true);
  expect(new UnexpectedAnswerError({ ...unexpected, outcomeUnknown: false }).attempts.outcomeUnknown).toBe(false);
});
