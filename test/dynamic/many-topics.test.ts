/** Many topics that fail for one cause: the engine gets it told once, with the advice once, and no topic is left out. */
import { describe, expect } from "vitest";
import { CHAT_TOPIC_SET_SHIM } from "../../provider/dynamic/shim.js";
import { DEFAULT_SDK_APP_ID, DEFAULT_SECRET_KEY, type Emulator } from "../../provider/emulator/index.js";
import { CallError, type Properties } from "./provider-process.js";
import { GROUP, idOf, test } from "./wire-test.js";

const HOST_DOWN = { "tencent-chat:endpoint": "http://127.0.0.1:1", "tencent-chat:timeoutSeconds": "1" };

function keys(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `topic-${index}`);
}

/** The same in the order in which they arrive: google-protobuf's `Struct` gives its keys sorted. */
function sentKeys(count: number): string[] {
  return keys(count).sort();
}

/** A set of so many topics, as its outputs hold it. */
function setOf(count: number, fields: Properties = {}, more: Properties = {}): Properties {
  return {
    groupId: GROUP,
    topics: Object.fromEntries(keys(count).map((key) => [key, { topicName: "Topic", ...fields }])),
    topicIds: Object.fromEntries(keys(count).map((key) => [key, idOf(key)])),
    sdkAppId: DEFAULT_SDK_APP_ID,
    ...more,
    __provider: CHAT_TOPIC_SET_SHIM,
  };
}

/** The community with the topics of such a set. */
async function fill(emulator: Emulator, count: number): Promise<void> {
  const topics = keys(count).map((topicKey) => ({ topicKey, topicName: "Topic" }));
  const apps = [
    { sdkAppId: DEFAULT_SDK_APP_ID, secretKey: DEFAULT_SECRET_KEY, communities: [{ groupId: GROUP, topics }] },
  ];
  await emulator.reset({ apps });
  emulator.changeRules({ enforceFrequency: false });
}

async function failureOf(call: Promise<unknown>): Promise<CallError> {
  const outcome = await call.catch((error: unknown) => error);
  if (!(outcome instanceof CallError)) throw new Error(`the call did not fail: ${JSON.stringify(outcome)}`);
  return outcome;
}

/** How often the text has that part. */
function count(text: string, part: string): number {
  return text.split(part).length - 1;
}

/** The keys in the text's lists of topics, such as `(2 topics: topic-0, topic-1.)`, in its order. */
function listedIn(text: string): string[] {
  return [...text.matchAll(/\((\d+) topics: ([^.]*)\.\)/g)].flatMap(([, size, list = ""]) => {
    const listed = list.split(", ");
    expect(listed).toHaveLength(Number(size));
    return listed;
  });
}

/** The keys that a text names, each as often as it does. */
function keysIn(text: string): string[] {
  return (text.match(/topic-\d+/g) ?? []).sort();
}

describe("while the host is down", () => {
  test("single topics that are refreshed at once get the same text, with its advice once", async ({ start }) => {
    const provider = await start({ settings: HOST_DOWN });
    const refreshes = keys(16).map((topicKey) => {
      const topic = { groupId: GROUP, topicKey, topicId: idOf(topicKey), topicName: "Topic" };
      return failureOf(provider.refresh(topic.topicId, { ...topic, sdkAppId: DEFAULT_SDK_APP_ID }));
    });
    const messages = (await Promise.all(refreshes)).map(({ message }) => message);
    const [first = ""] = messages;
    expect(messages).toEqual(keys(16).map(() => first));
    expect(first).toMatch(/^get_topic of @TGS#_players: no answer from 127\.0\.0\.1:1, /);
    expect([count(first, "What to do"), count(first, "--run-program")]).toEqual([1, 1]);
  });

  test("the destruction of a set of 200 stops soon, and is one short error with each advice once", async ({
    start,
    emulator,
  }) => {
    await fill(emulator, 200);
    const provider = await start({ settings: { "tencent-chat:timeoutSeconds": "1" } });
    emulator.addFault({ kind: "drop-before", times: 10_000 });
    const { message } = await failureOf(provider.delete(GROUP, setOf(200, {}, { onRemove: "destroy" })));
    const [summary, cause, untried, settings, ...others] = message.split("\n");
    expect(summary).toBe("200 topics in @TGS#_players were not destroyed, as far as is known.");
    // How the connection broke, and how often that was tried, differs.
    expect(cause?.replace(/(?<=127\.0\.0\.1):\d+, .*(?= \(100 topics: )/, " …")).toBe(
      '- destroy_topic "topic-0" in @TGS#_players: no answer from 127.0.0.1 … (100 topics: ' +
        `${sentKeys(200).slice(0, 10).join(", ")} and 90 more.)`,
    );
    expect(untried).toBe(
      `- 100 topics were not tried after that: ${sentKeys(200).slice(100, 110).join(", ")} and 90 more.`,
    );
    expect(settings).toBe(
      "(`pulumi refresh` and `pulumi destroy` run on the settings of the last `pulumi up`: run one first, or add " +
        "`--run-program`.)",
    );
    expect(others).toEqual([]);
    expect([count(message, "What to do"), count(message, "--run-program")]).toEqual([1, 1]);
    expect(message.length).toBeLessThan(1_500);
    // Two calls about 50 topics are under way at a time; both are repeated until their deadline.
    const asked = emulator.requests().map(({ body }) => JSON.stringify(body));
    expect(new Set(asked).size).toBe(2);
  });
});

test("used topics of a set of 200 are all named in one error, which grows by nothing but their keys, and nothing goes", async ({
  start,
  emulator,
}) => {
  const messageFor = async (size: number) => {
    await fill(emulator, size);
    for (const key of keys(size)) emulator.addMessages(idOf(key), 1);
    const provider = await start();
    const { message } = await failureOf(provider.delete(GROUP, setOf(size)));
    expect(emulator.state().apps[0]?.communities?.[0]?.topics).toHaveLength(size);
    return message;
  };
  const [two, all] = [await messageFor(2), await messageFor(200)];
  expect(listedIn(all)).toEqual(sentKeys(200));
  expect(count(all, "What to do")).toBe(1);
  const added = keys(200).slice(2).join(", ").length + ", ".length;
  // The counts have more digits.
  expect(all.length - two.length).toBe(added + 2 * ("200".length - "2".length));
});

describe("the check of a set of 150", () => {
  const check = (flagOf: (index: number) => string): Properties => {
    const topics = keys(150).map((key, index) => [key, { topicName: "Topic", muteAllMember: flagOf(index) }]);
    return { groupId: GROUP, topics: Object.fromEntries(topics), __provider: CHAT_TOPIC_SET_SHIM };
  };

  test("whose flags are all the text of a CSV file is one failure of no property, short, with all keys", async ({
    provider,
  }) => {
    const { failures } = await provider.check(check(() => "true"));
    const [{ property, reason } = { property: "none", reason: "none" }, ...others] = failures;
    expect([property, others]).toEqual(["", []]);
    expect(keysIn(reason)).toEqual(keys(150).sort());
    expect(count(reason, "must be true or false")).toBe(1);
    expect(reason.length).toBeLessThan(3_000);
  });

  test("is one failure as well where half of the texts are another one, which is told with each", async ({
    provider,
  }) => {
    const { failures } = await provider.check(check((index) => (index % 2 === 0 ? "true" : "false")));
    expect(failures).toHaveLength(1);
    const { reason = "" } = failures[0] ?? {};
    expect(keysIn(reason)).toEqual(keys(150).sort());
    expect([count(reason, 'the string "true"'), count(reason, 'the string "false"')]).toEqual([75, 75]);
    expect(count(reason, "must be true or false")).toBe(1);
  });
});

test("an update whose 200 topics the content check refuses has the summary and one reason, with all keys", async ({
  start,
  emulator,
}) => {
  await fill(emulator, 200);
  emulator.changeRules({ refusedWords: ["badword"] });
  const provider = await start({ settings: { "tencent-chat:callsPerSecond": "10000" } });
  const news = setOf(200, { introduction: "badword" });
  const { partial } = await failureOf(provider.update(GROUP, setOf(200), news));
  const [summary, refusal = "", ...others] = partial?.reasons ?? [];
  expect(summary).toBe(
    "200 of 200 topics in @TGS#_players are not as they are declared. What was done is kept, and the next `pulumi up` " +
      "does the rest.",
  );
  expect(others).toEqual([]);
  expect(refusal).toBe(
    'modify_topic "topic-0" in @TGS#_players: 80001 (“Introduction was refused by the content check”), a text was refused ' +
      "by the content check. What to do: change the topic's texts (or the community's), or the content check's word list " +
      `in the console. (200 topics: ${sentKeys(200).join(", ")}.)`,
  );
});
