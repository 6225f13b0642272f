/** What a user reads in Pulumi's output of an error, of the failures of many topics, and of what a check finds: all of it. */
import { describe, expect, test } from "vitest";
import { type ChatError, ConnectionError, serviceError, type Verdict } from "../../provider/chat/errors/index.js";
import {
  AdoptionRefusedError,
  FixedFieldError,
  SeveralFailuresError,
  TopicInUseError,
} from "../../provider/lifecycle/errors/index.js";
import type { Failure } from "../../provider/lifecycle/failure.js";
import { topicSetLifecycle } from "../../provider/lifecycle/topic-set/index.js";
import { engineText, failureTexts, issueTexts } from "../../provider/pulumi/error-text.js";
import { LIFECYCLES } from "../../provider/pulumi/lifecycles.js";
import { resolveSettings } from "../../provider/settings/settings.js";
import { SettingsError } from "../../provider/settings/settings-error.js";
import { failureOf, GROUP, SDK_APP_ID, SECRET_KEY, settingsFrom, VALID, validSettings } from "../chat/test-app.js";
import { offline } from "../lifecycle/run-context.js";
import { many } from "../lifecycle/topic-set/set-run.js";

const { secretKey, ...WITHOUT_KEY } = VALID;
/** Settings by the place that their key comes from. */
const FROM_CONFIGURATION = { settings: validSettings() };
const FROM_VARIABLE = { settings: settingsFrom(WITHOUT_KEY, { TENCENT_CHAT_SECRET_KEY: SECRET_KEY }) };
const FROM_ARGUMENT = { settings: resolveSettings({ chatApp: "eu", arguments: VALID }) };

const FORMER_SETTINGS =
  "(`pulumi refresh` and `pulumi destroy` run on the settings of the last `pulumi up`: run one first, or add " +
  "`--run-program`.)";
const CHECK_KEY =
  "What to do: check `secretKey`: it must belong to this `sdkAppId` (console → application → basic information).";
const NO_ADMINISTRATOR =
  "60010, the account is not an app administrator. The signature was made with the key from configuration " +
  "tencent-chat:secretKey. What to do: check `adminAccount`: it must be an app administrator (console → application → " +
  "account management).";
const REFUSED_TEXT =
  "80001, a text was refused by the content check. What to do: change the topic's texts (or the community's), or the " +
  "content check's word list in the console.";

function refused(topicKey: string, serviceCode: number, more: Partial<Verdict> = {}): ChatError {
  const subject = `"${topicKey}" in ${GROUP}`;
  return serviceError({ command: "destroy_topic", subject, serviceCode, vendorText: "", ...more });
}

function noAnswer(topicKey: string): ChatError {
  const reason = "the connection was refused (ECONNREFUSED)";
  return new ConnectionError({
    call: `destroy_topic "${topicKey}" in ${GROUP}`,
    host: "127.0.0.1:1",
    reason,
    outcomeUnknown: false,
  });
}

function failures(topicKeys: readonly string[], errorOf: (topicKey: string) => ChatError): Failure[] {
  return topicKeys.map((name) => ({ name, error: errorOf(name) }));
}

/** The summary of a deletion whose calls failed. */
function notDestroyed(count: number): string {
  return `${count} topics in ${GROUP} were not destroyed, as far as is known`;
}

function keys(count: number): string[] {
  return Object.keys(many(count));
}

describe("one error", () => {
  test("of the service tells its code, both texts, what to do, the request and the attempts", () => {
    const error = refused("general", 10002, {
      vendorText: "group svc busy",
      requestId: "Id-70dc",
      attempts: { count: 3, outcomeUnknown: true },
    });
    expect(engineText(error, FROM_CONFIGURATION)).toBe(
      'destroy_topic "general" in @TGS#_players: 10002 (“group svc busy”), internal error of the service. What to do: ' +
        "run the command again; if it persists, ask Tencent's support with the time and the RequestId. " +
        "[RequestId Id-70dc] (Tried 3 times.)",
    );
  });

  test.each([
    ["a configuration key", FROM_CONFIGURATION, "configuration tencent-chat:secretKey"],
    ["a variable", FROM_VARIABLE, "variable TENCENT_CHAT_SECRET_KEY"],
    ["an argument of a ChatApp", FROM_ARGUMENT, 'ChatApp argument secretKey of "eu"'],
  ])("about credentials tells where they came from: %s", (_, circumstances, origin) => {
    expect(engineText(refused("general", 70009), circumstances)).toBe(
      'destroy_topic "general" in @TGS#_players: 70009, the UserSig does not verify, usually because the key is ' +
        `another app's. The signature was made with the key from ${origin}. ${CHECK_KEY}`,
    );
  });

  test("about credentials is told without their origin where the settings are not in order", () => {
    expect(engineText(refused("general", 70009), { settings: undefined })).toBe(
      'destroy_topic "general" in @TGS#_players: 70009, the UserSig does not verify, usually because the key is ' +
        `another app's. ${CHECK_KEY}`,
    );
  });

  test("about a value that is fixed tells each topic's change, and what to do once", async () => {
    const made = (createTime: number) => ({
      groupId: GROUP,
      topics: { a: { topicName: "A", createTime }, b: { topicName: "B", createTime: createTime * 7 } },
      topicIds: {},
      sdkAppId: SDK_APP_ID,
    });
    const diff = async () => LIFECYCLES.ChatTopicSet.diff(offline(), GROUP, made(1), made(2));
    const error = await failureOf(diff());
    expect(error).toBeInstanceOf(FixedFieldError);
    expect(engineText(error as FixedFieldError, FROM_CONFIGURATION)).toBe(
      "`createTime` of 2 topics (a (from 1 to 2), b (from 7 to 14)) cannot change: it is fixed when a topic is created, and " +
        "re-creating the topic would lose its messages; keep the value, or choose a new topic key",
    );
  });

  test("about several values that are fixed has a line for each", async () => {
    const made = (createTime: number, fromAccount: string) => ({
      groupId: GROUP,
      topics: { a: { topicName: "A", createTime, fromAccount } },
      topicIds: {},
      sdkAppId: SDK_APP_ID,
    });
    const diff = async () => LIFECYCLES.ChatTopicSet.diff(offline(), GROUP, made(1, "alice"), made(2, "bob"));
    const error = await failureOf(diff());
    const fixed =
      "it is fixed when a topic is created, and re-creating the topic would lose its messages; keep the value, or choose " +
      "a new topic key";
    expect(error).toBeInstanceOf(FixedFieldError);
    expect(engineText(error as FixedFieldError, FROM_CONFIGURATION)).toBe(
      `\`topics["a"].createTime\` cannot change from 1 to 2: ${fixed}\n` +
        `\`topics["a"].fromAccount\` cannot change from "alice" to "bob": ${fixed}`,
    );
  });
});

describe("that a refresh or a destroy runs on former settings", () => {
  const settingsError = new SettingsError(["region is missing."], "set them with `pulumi config set`");

  test.each([
    ["the settings", settingsError, FROM_VARIABLE],
    ["a connection", noAnswer("general"), FROM_VARIABLE],
    ["a key of the configuration", refused("general", 70009), FROM_CONFIGURATION],
    ["a key of a ChatApp", refused("general", 70009), FROM_ARGUMENT],
    ["the account that signs", refused("general", 60010), FROM_CONFIGURATION],
  ])("is said once at the end of an error about %s", (_, error, circumstances) => {
    const text = engineText(error, circumstances);
    expect(engineText(error, { ...circumstances, usesSettingsFromState: true })).toBe(`${text} ${FORMER_SETTINGS}`);
  });

  test("stands on a line of its own after an error of several lines", () => {
    const error = new SettingsError(
      ["region is missing.", "secretKey is missing."],
      "set them with `pulumi config set`",
    );
    expect(engineText(error, { ...FROM_VARIABLE, usesSettingsFromState: true })).toBe(
      "The settings of the Chat app need 2 corrections:\n- region is missing.\n- secretKey is missing.\n" +
        `What to do: set them with \`pulumi config set\`.\n${FORMER_SETTINGS}`,
    );
  });

  test.each([
    ["a key that comes from the environment, where it is the present one", refused("general", 70009), FROM_VARIABLE],
    ["a text that was refused", refused("general", 80001), FROM_CONFIGURATION],
    ["an accident of the service", refused("general", 10002), FROM_CONFIGURATION],
    ["a topic in use", new TopicInUseError("x", "the next one gets number 2", "look elsewhere"), FROM_CONFIGURATION],
  ])("is not said of %s", (_, error, circumstances) => {
    const text = engineText(error, circumstances);
    expect(engineText(error, { ...circumstances, usesSettingsFromState: true })).toBe(text);
  });

  test("is said once of many topics that share the cause", () => {
    const error = new SeveralFailuresError(notDestroyed(3), failures(["a", "b", "c"], noAnswer));
    expect(engineText(error, { ...FROM_CONFIGURATION, usesSettingsFromState: true })).toBe(
      "3 topics in @TGS#_players were not destroyed, as far as is known.\n" +
        '- destroy_topic "a" in @TGS#_players: no answer from 127.0.0.1:1, the connection was refused (ECONNREFUSED). ' +
        "What to do: check the network, HTTPS_PROXY and NO_PROXY, and that `region` or `endpoint` names the right host; " +
        "then run the command again, it continues where this one stopped. (3 topics: a, b, c.)\n" +
        FORMER_SETTINGS,
    );
  });
});

describe("the failures of many topics", () => {
  test("of one cause are one line", () => {
    const error = new SeveralFailuresError(
      notDestroyed(2),
      failures(["a", "b"], (key) => refused(key, 80001)),
    );
    expect(engineText(error, FROM_CONFIGURATION)).toBe(
      "2 topics in @TGS#_players were not destroyed, as far as is known.\n" +
        `- destroy_topic "a" in @TGS#_players: ${REFUSED_TEXT} (2 topics: a, b.)`,
    );
  });

  test("of two causes are two lines, and the topics that were not tried a third", () => {
    const error = new SeveralFailuresError(
      notDestroyed(6),
      [
        ...failures(["a", "b"], (key) => refused(key, 80001)),
        ...failures(["c"], (key) => refused(key, 60010)),
        ...failures(["d"], (key) => refused(key, 80001)),
      ],
      ["e", "f"],
    );
    expect(engineText(error, FROM_CONFIGURATION)).toBe(
      "6 topics in @TGS#_players were not destroyed, as far as is known.\n" +
        `- destroy_topic "a" in @TGS#_players: ${REFUSED_TEXT} (3 topics: a, b, d.)\n` +
        `- destroy_topic "c" in @TGS#_players: ${NO_ADMINISTRATOR}\n` +
        "- 2 topics were not tried after that: e, f.",
    );
  });

  test("are told with ten keys where one remedy mends all", () => {
    const all = failures(keys(12), (key) => refused(key, 60010));
    expect(failureTexts(all, keys(30), FROM_CONFIGURATION)).toEqual([
      `destroy_topic "topic-0" in @TGS#_players: ${NO_ADMINISTRATOR} (12 topics: topic-0, topic-1, topic-2, ` +
        "topic-3, topic-4, topic-5, topic-6, topic-7, topic-8, topic-9 and 2 more.)",
      "30 topics were not tried after that: topic-0, topic-1, topic-2, topic-3, topic-4, topic-5, topic-6, topic-7, " +
        "topic-8, topic-9 and 20 more.",
    ]);
  });

  test("are told with all their keys where each needs an edit of its own", () => {
    const all = failures(keys(12), (key) => refused(key, 80001));
    expect(failureTexts(all, [], FROM_CONFIGURATION)).toEqual([
      `destroy_topic "topic-0" in @TGS#_players: ${REFUSED_TEXT} (12 topics: topic-0, topic-1, topic-2, topic-3, ` +
        "topic-4, topic-5, topic-6, topic-7, topic-8, topic-9, topic-10, topic-11.)",
    ]);
  });

  test("are one line also where a host that goes down fails in several ways", () => {
    const reset = new ConnectionError({
      call: 'destroy_topic "b" in @TGS#_players',
      host: "127.0.0.1:1",
      reason: "the connection broke",
      outcomeUnknown: true,
    });
    expect(failureTexts([...failures(["a"], noAnswer), { name: "b", error: reset }], [], FROM_CONFIGURATION)).toEqual([
      'destroy_topic "a" in @TGS#_players: no answer from 127.0.0.1:1, the connection was refused (ECONNREFUSED). What ' +
        "to do: check the network, HTTPS_PROXY and NO_PROXY, and that `region` or `endpoint` names the right host; then " +
        "run the command again, it continues where this one stopped. (2 topics: a, b.)",
    ]);
  });

  test("are one line where the cause is the account, the key or the app, whatever the command", () => {
    const commands = { a: "modify_topic", b: "import_topic", c: "destroy_topic" } as const;
    const all = Object.entries(commands).map(([name, command]) => ({ name, error: refused(name, 60010, { command }) }));
    expect(failureTexts(all, [], FROM_CONFIGURATION)).toEqual([
      `modify_topic "a" in @TGS#_players: ${NO_ADMINISTRATOR} (3 topics: a, b, c.)`,
    ]);
  });

  test("are a line for each command where the cause is the topic's own", () => {
    const error = refused("b", 80001, { command: "modify_topic" });
    expect(
      failureTexts([...failures(["a"], (key) => refused(key, 80001)), { name: "b", error }], [], {
        settings: undefined,
      }),
    ).toEqual([
      `destroy_topic "a" in @TGS#_players: ${REFUSED_TEXT}`,
      `modify_topic "b" in @TGS#_players: ${REFUSED_TEXT}`,
    ]);
  });

  /** The reasons against an adoption, each with its short form. */
  const OTHER_NAME = ["`topicName` is “x” there and “y” here", "topicName"] as const;
  const MESSAGES = ["it has messages (the next one gets number 2)", "used"] as const;
  function notAdopted(key: string, because: readonly (readonly [string, string])[], allowedBy = "any"): ChatError {
    const reasons = because.map(([reason]) => reason);
    const inShort = because.map(([, short]) => short).join(", ");
    return new AdoptionRefusedError(
      `Topic "${key}" in ${GROUP}`,
      "unused",
      reasons,
      allowedBy,
      "another topic key",
      inShort,
    );
  }

  test("that differ in a detail have it with each name, and the advice once", () => {
    const all = [
      { name: "a", error: notAdopted("a", [OTHER_NAME]) },
      { name: "b", error: notAdopted("b", [OTHER_NAME, MESSAGES]) },
    ];
    expect(failureTexts(all, [], FROM_CONFIGURATION)).toEqual([
      'Topic "a" in @TGS#_players exists already, and `adopt: "unused"` does not allow taking it over: `topicName` is “x” ' +
        'there and “y” here. What to do: choose another topic key, or set `adopt: "any"`. (2 topics: a (topicName), b ' +
        "(topicName, used).)",
    ]);
  });

  test("that have the same detail are told with their names alone", () => {
    const all = failures(["a", "b"], (key) => notAdopted(key, [OTHER_NAME]));
    expect(failureTexts(all, [], FROM_CONFIGURATION)).toEqual([
      'Topic "a" in @TGS#_players exists already, and `adopt: "unused"` does not allow taking it over: `topicName` is “x” ' +
        'there and “y” here. What to do: choose another topic key, or set `adopt: "any"`. (2 topics: a, b.)',
    ]);
  });

  test("that the service refused for different texts have its own words with each name", () => {
    const words: Record<string, string> = { a: "name refused", b: "introduction refused", c: "" };
    const all = failures(["a", "b", "c"], (key) => refused(key, 80001, { vendorText: words[key] ?? "" }));
    const text = REFUSED_TEXT.replace("80001", "80001 (“name refused”)");
    expect(failureTexts(all, [], FROM_CONFIGURATION)).toEqual([
      `destroy_topic "a" in @TGS#_players: ${text} (3 topics: a (name refused), b (introduction refused), c.)`,
    ]);
  });

  test("that the service refused in the same words are told with their names alone", () => {
    const all = failures(["a", "b"], (key) => refused(key, 80001, { vendorText: "name refused" }));
    const text = REFUSED_TEXT.replace("80001", "80001 (“name refused”)");
    expect(failureTexts(all, [], FROM_CONFIGURATION)).toEqual([
      `destroy_topic "a" in @TGS#_players: ${text} (2 topics: a, b.)`,
    ]);
  });

  test("that are not about the topics themselves are told without the service's own words for each", () => {
    const all = failures(["a", "b"], (key) => refused(key, 60010, { vendorText: `no admin for ${key}` }));
    const text = NO_ADMINISTRATOR.replace("60010", "60010 (“no admin for a”)");
    expect(failureTexts(all, [], FROM_CONFIGURATION)).toEqual([
      `destroy_topic "a" in @TGS#_players: ${text} (2 topics: a, b.)`,
    ]);
  });

  test("stay apart where the advice is another one", () => {
    const all = [
      { name: "a", error: notAdopted("a", [OTHER_NAME]) },
      { name: "b", error: notAdopted("b", [MESSAGES], "matching") },
    ];
    expect(failureTexts(all, [], FROM_CONFIGURATION)).toEqual([
      'Topic "a" in @TGS#_players exists already, and `adopt: "unused"` does not allow taking it over: `topicName` is “x” ' +
        'there and “y” here. What to do: choose another topic key, or set `adopt: "any"`.',
      'Topic "b" in @TGS#_players exists already, and `adopt: "unused"` does not allow taking it over: it has messages ' +
        '(the next one gets number 2). What to do: choose another topic key, or set `adopt: "matching"`.',
    ]);
  });

  test("tell of a single topic that was not tried", () => {
    const all = failures(["a"], (key) => refused(key, 60010));
    expect(failureTexts(all, ["b"], FROM_CONFIGURATION)).toEqual([
      `destroy_topic "a" in @TGS#_players: ${NO_ADMINISTRATOR}`,
      "1 topic was not tried after that: b.",
    ]);
  });

  describe("that got some way", () => {
    const muted = (key: string, vendorText = "") => refused(key, 10007, { command: "modify_topic", vendorText });
    const got = (key: string, what: string, error = muted(key)) => {
      return { name: key, progress: { subject: `Topic "${key}" in @TGS#_players`, what }, error };
    };
    const IMPORTED = "was imported, but not muted";
    const TAKEN_OVER = "was taken over, but not muted";
    const REFUSED =
      'modify_topic "a" in @TGS#_players: 10007, the operation is not permitted. What to do: check that the group is a ' +
      "Community with topics on, and that the admin account may change it.";

    test("tell first how far, where that is the same for all", () => {
      expect(failureTexts([got("a", IMPORTED), got("b", IMPORTED)], [], FROM_CONFIGURATION)).toEqual([
        `Topic "a" in @TGS#_players was imported, but not muted. ${REFUSED} (2 topics: a, b.)`,
      ]);
      expect(failureTexts([got("a", IMPORTED)], [], FROM_CONFIGURATION)).toEqual([
        `Topic "a" in @TGS#_players was imported, but not muted. ${REFUSED}`,
      ]);
    });

    test("tell with each name how far, where that differs, and nothing with one that got nowhere", () => {
      const all = [got("a", IMPORTED), got("b", TAKEN_OVER), { name: "c", error: muted("c") }, got("d", IMPORTED)];
      expect(failureTexts(all, [], FROM_CONFIGURATION)).toEqual([
        `${REFUSED} (4 topics: a (was imported, but not muted), b (was taken over, but not muted), c, d (was imported, ` +
          "but not muted).)",
      ]);
    });

    test("tell so also where the first of them got nowhere", () => {
      const all = [{ name: "a", error: muted("a") }, got("b", IMPORTED)];
      expect(failureTexts(all, [], FROM_CONFIGURATION)).toEqual([
        `${REFUSED} (2 topics: a, b (was imported, but not muted).)`,
      ]);
    });

    test("are all named then, also where one remedy mends all", () => {
      const account = (key: string) => refused(key, 60010, { command: "modify_topic" });
      const all = keys(12).map((key, index) => got(key, index === 0 ? TAKEN_OVER : IMPORTED, account(key)));
      expect(failureTexts(all, [], FROM_CONFIGURATION)).toEqual([
        `modify_topic "topic-0" in @TGS#_players: ${NO_ADMINISTRATOR} (12 topics: topic-0 (was taken over, but not muted), ` +
          `${keys(12)
            .slice(1)
            .map((key) => `${key} (was imported, but not muted)`)
            .join(", ")}.)`,
      ]);
    });

    test("tell with each name how far and in what detail, where both differ", () => {
      const content = (key: string, vendorText: string) => {
        return refused(key, 80001, { command: "modify_topic", vendorText });
      };
      const all = [
        got("a", IMPORTED, content("a", "name refused")),
        got("b", TAKEN_OVER, content("b", "introduction refused")),
      ];
      const text = REFUSED_TEXT.replace("80001", "80001 (“name refused”)");
      expect(failureTexts(all, [], FROM_CONFIGURATION)).toEqual([
        `modify_topic "a" in @TGS#_players: ${text} (2 topics: a (was imported, but not muted; name refused), b (was taken ` +
          "over, but not muted; introduction refused).)",
      ]);
    });
  });
});

describe("what a check finds", () => {
  const MORE_BYTES = "if Tencent has granted this app more, raise the setting `byteLimits`";

  function texts(topics: unknown, more: object = {}): string[] {
    const { issues } = topicSetLifecycle.check(offline(), {}, { groupId: GROUP, topics, ...more });
    return issueTexts(issues, FROM_CONFIGURATION);
  }

  test("in a property is told under its name", () => {
    expect(texts({}, { groupId: "players" })).toEqual([
      "`groupId` must start with @TGS#_, as every community's id does; got “players”",
    ]);
  });

  test("in a property of one topic is told under its path, with the value", () => {
    expect(texts({ general: { topicName: "x".repeat(31) } })).toEqual([
      '`topics["general"].topicName` is 31 bytes of UTF-8, 1 over the limit of 30; the longest start that fits is ' +
        `“${"x".repeat(30)}”; ${MORE_BYTES}`,
    ]);
  });

  test("in a topic as a whole is told under its path", () => {
    expect(texts({ general: "General" })).toEqual(['`topics["general"]` must be an object with the topic\'s fields']);
  });

  test("in several topics as a whole is one text", () => {
    expect(texts({ general: "General", rules: 5 })).toEqual([
      "2 topics (general, rules): must be an object with the topic's fields",
    ]);
  });

  test("in the keys of several topics is one text, with each key's own part of it where they differ", () => {
    const topic = { topicName: "a" };
    expect(texts({ "@TGS#_a": topic, "@TGS#_b": topic })).toEqual([
      "2 topics (@TGS#_a, @TGS#_b): as a topic key must not contain @TGS#_; give only the part after it, or the full id as " +
        "`topicId`",
    ]);
    expect(texts({ é: topic, ü: topic })).toEqual([
      "2 topics (é (U+00E9), ü (U+00FC)): as a topic key may only hold printable ASCII characters (0x20 to 0x7E)",
    ]);
  });

  test("in the same way in 150 topics is one text that names them all and says the rule once", () => {
    expect(texts(many(150, { muteAllMember: "true" }))).toEqual([
      `\`muteAllMember\` of 150 topics (${keys(150).join(", ")}) must be true or false, not the string "true"`,
    ]);
  });

  test("in 150 topics is told with its advice once", () => {
    expect(texts(many(150, { introduction: "x".repeat(241) }))).toEqual([
      `\`introduction\` of 150 topics (${keys(150).join(", ")}) is 241 bytes of UTF-8, 1 over the limit of 240; the ` +
        `longest start that fits is “${"x".repeat(240)}”; ${MORE_BYTES}`,
    ]);
  });

  test("against one rule in different ways is one text, with each topic's own part of it", () => {
    const topics = { a: { topicName: "x".repeat(31) }, b: { topicName: "綜".repeat(11) }, c: { topicName: "fits" } };
    expect(texts({ ...topics, d: { topicName: "x".repeat(31) } })).toEqual([
      "`topicName` of 3 topics (a (31 bytes), b (33 bytes), d (31 bytes)) is longer than the limit of 30 bytes of UTF-8; " +
        MORE_BYTES,
    ]);
  });

  test("against different rules stays apart", () => {
    expect(texts({ a: { topicName: "" }, b: { topicName: 5 }, c: {} })).toEqual([
      '`topics["a"].topicName` must not be empty',
      '`topics["b"].topicName` must be a string, not the number 5',
      '`topics["c"].topicName` is required',
    ]);
  });

  test("of one kind in two properties stays apart", () => {
    const topic = { topicName: "a", introduction: 5, notification: 5 };
    expect(texts({ a: topic, b: topic })).toEqual([
      "`introduction` of 2 topics (a, b) must be a string, not the number 5",
      "`notification` of 2 topics (a, b) must be a string, not the number 5",
    ]);
  });

  test("beside an error is told after it", () => {
    const name = "";
    const error = new SettingsError(["region is missing."], "set it");
    const issue = { topicKey: undefined, property: "groupId", problem: "is required" };
    expect(issueTexts([issue, { name, error }], { settings: undefined })).toEqual([
      "The settings of the Chat app need a correction: region is missing. What to do: set it.",
      "`groupId` is required",
    ]);
  });

  test("about the resource as a whole is a sentence, and so is its advice", () => {
    const problem = 'ChatTopicSet "topics" is exclusive';
    expect(
      issueTexts([{ topicKey: undefined, property: "", problem, remedy: "give it up" }], FROM_CONFIGURATION),
    ).toEqual(['ChatTopicSet "topics" is exclusive. What to do: give it up.']);
  });
});
