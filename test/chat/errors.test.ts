import { expect, test } from "vitest";
import { ERROR_CODES } from "../../provider/chat/error-codes.js";
import * as chatErrors from "../../provider/chat/errors/index.js";
import * as lifecycleErrors from "../../provider/lifecycle/errors/index.js";

const { serviceError } = chatErrors;
const cause = serviceError({ command: "get_topic", subject: "x", serviceCode: 10002, vendorText: "" });

/** One of each kind that a user can meet. */
const ERRORS = [
  new chatErrors.SettingsError(["region is missing"]),
  new chatErrors.WrongAppError("Topic x", 1, 2),
  new chatErrors.ConnectionError("get_topic x", "host", "the connection was refused", false, 0),
  new chatErrors.UnexpectedAnswerError("get_topic x", "host", "it is empty", 0),
  ...[10004, 10002, 60007, 70001, 10010, 10021].map((serviceCode) =>
    serviceError({ command: "get_topic", subject: "x", serviceCode, vendorText: "text" }),
  ),
  new lifecycleErrors.AdoptionRefusedError("Topic x", "none", ["it takes over nothing"], "any", "another topic key"),
  new lifecycleErrors.CommunityInUseError("x", "it still has 2 topics", "remove them first"),
  new lifecycleErrors.DeclaredTwiceError("Topic x", "urn:pulumi:dev::p::t::a", "urn:pulumi:dev::p::t::b"),
  new lifecycleErrors.FixedFieldError(["`createTime` cannot change"]),
  new lifecycleErrors.HandoverRefusedError("Topic x", "a", "b"),
  new lifecycleErrors.MissingCommunityError("x", 1, "look elsewhere"),
  new lifecycleErrors.MissingTopicError("x", 1, "look elsewhere"),
  new lifecycleErrors.OutcomeUnknownError("x", "@TGS#_a", cause),
  new lifecycleErrors.PartialFailureError("Topic x was imported, but not muted", "x", {}, ["reason"]),
  new lifecycleErrors.TopicInUseError("x", "the next one gets number 2", "look elsewhere"),
];

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
    "SIGNATURE_EXPIRED",
    "THROTTLED",
    "TOPIC_IN_USE",
    "UNAVAILABLE",
    "UNEXPECTED_ANSWER",
    "WRONG_APP",
  ]);
});

test("every kind of error that is exported is among those tested here", () => {
  const classes = Object.values({ ...chatErrors, ...lifecycleErrors }).filter(
    (exported) => typeof exported === "function" && exported.prototype instanceof chatErrors.ChatError,
  );
  const tested = new Set<unknown>(ERRORS.map((error) => error.constructor));
  expect(classes.filter((kind) => !tested.has(kind)).map(({ name }) => name)).toEqual(["ServiceError"]);
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
    serviceError({ command: "import_topic", subject: "x", serviceCode, vendorText: "" }).outcomeUnknown;
  expect([10002, 60008, 70500].map(outcomeUnknown)).toEqual([true, true, true]);
  expect([10004, 60007, 10021, 10010, 70001].map(outcomeUnknown)).toEqual([false, false, false, false, false]);
});
