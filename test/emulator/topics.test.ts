/**
 * get_topic, modify_topic and destroy_topic beyond their samples.
 * Sources: GET https://www.tencentcloud.com/document/product/1047/49469, MODIFY …/49468, DESTROY …/49470.
 */

import { describe, expect, test } from "vitest";
import { ADMIN, call, codeOf, GROUP, getInfo, getItems, importTopic, topic } from "./caller.js";
import { sharedEmulator } from "./shared-emulator.js";

const emulator = sharedEmulator();

describe("get_topic (GET)", () => {
  test("without TopicIdList answers with all topics", async () => {
    for (const key of ["c", "a", "b"]) await importTopic(emulator(), key);
    const ids = (await getItems(emulator())).map((item) => item.TopicInfo.TopicId);
    expect(ids).toEqual([topic("c"), topic("a"), topic("b")]);
  });

  test("of an empty community answers with an empty list", async () => {
    expect(await getItems(emulator())).toEqual([]);
  });

  test("gives each topic its own verdict: one that is gone fails, the others do not", async () => {
    await importTopic(emulator(), "a");
    const items = await getItems(emulator(), ["gone", "a"]);
    expect(items.map((item) => item.ErrorCode)).toEqual([110003, 0]);
    expect(items[0].TopicInfo).toEqual({ GroupID: GROUP, TopicId: topic("gone") });
  });

  test("an id of another community is a topic that is not there", async () => {
    const body = { GroupId: GROUP, From_Account: ADMIN, TopicIdList: ["@TGS#_other@TOPIC#_a"] };
    const answer = await call(emulator(), "get_topic", body);
    expect(answer).toMatchObject({ ErrorCode: 0, TopicAndSelfInfo: [{ ErrorCode: 110003 }] });
  });

  test.each([
    ["From_Account is missing", { From_Account: undefined }, 10004],
    ["From_Account is a number", { From_Account: 1 }, 60015],
    ["From_Account is unknown", { From_Account: "nobody" }, 10019],
    ["the community is unknown", { GroupId: "@TGS#_nobody" }, 10010],
    ["TopicIdList is not an array", { TopicIdList: topic("a") }, 10004],
    ["TopicIdList holds something else", { TopicIdList: [1] }, 10004],
    ["TopicIdList is empty", { TopicIdList: [] }, 10004],
    ["ResponseFilter is an object, as for groups", { ResponseFilter: { TopicName: 1 } }, 10004],
    ["ResponseFilter names no field", { ResponseFilter: ["topicName"] }, 10004],
  ])("is refused when %s", async (_what, change, code) => {
    expect(await codeOf(emulator(), "get_topic", { GroupId: GROUP, From_Account: ADMIN, ...change })).toBe(code);
  });

  test("takes 50 ids and refuses 51", async () => {
    const list = (count: number) => ({
      GroupId: GROUP,
      From_Account: ADMIN,
      TopicIdList: Array(count).fill(topic("a")),
    });
    expect(await codeOf(emulator(), "get_topic", list(50))).toBe(0);
    expect(await codeOf(emulator(), "get_topic", list(51))).toBe(10004);
  });

  test("an answer over 1 MB is 10018 (…/34348), and its parts can be had", async () => {
    const custom = "\u0001".repeat(3000); // 18,000 bytes once escaped
    for (let index = 0; index < 60; index += 1) await importTopic(emulator(), `t${index}`, { CustomString: custom });
    expect(await codeOf(emulator(), "get_topic", { GroupId: GROUP, From_Account: ADMIN })).toBe(10018);
    expect(await getItems(emulator(), ["t0", "t59"])).toHaveLength(2);
  });
});

describe("modify_topic (MODIFY)", () => {
  const modify = (fields: object, key = "a") =>
    codeOf(emulator(), "modify_topic", { GroupId: GROUP, TopicId: topic(key), ...fields });

  test("changes the fields it names and leaves the others", async () => {
    await importTopic(emulator(), "a", { Introduction: "i", Notification: "n", FaceUrl: "f", CustomString: "c" });
    expect(await modify({ Introduction: "j", MuteAllMember: "On" })).toBe(0);
    expect(await getInfo(emulator(), "a")).toMatchObject({
      TopicName: "a",
      Introduction: "j",
      Notification: "n",
      FaceUrl: "f",
      CustomString: "c",
      MuteAllMember: "On",
    });
    expect(await modify({ MuteAllMember: "Off" })).toBe(0);
    expect((await getInfo(emulator(), "a")).MuteAllMember).toBe("Off");
  });

  test("changes neither the topic's place, nor its age, nor its messages", async () => {
    await importTopic(emulator(), "a", { CreateTime: 1448357837 });
    await importTopic(emulator(), "b");
    emulator().addMessages(topic("a"), 3);
    await modify({ TopicName: "new" });
    const [first] = await getItems(emulator());
    expect(first.TopicInfo).toMatchObject({ TopicName: "new", CreateTime: 1448357837, NextMsgSeq: 4 });
  });

  test.each([
    ["the topic is gone", {}, "gone", 10010],
    ["TopicId breaks the rules", { TopicId: "a" }, "a", 10004],
    ["TopicName is 31 bytes", { TopicName: "x".repeat(31) }, "a", 10004],
    ["TopicName is empty", { TopicName: "" }, "a", 10004],
    ["MuteAllMember is a boolean", { MuteAllMember: true }, "a", 10004],
    ["MuteAllMember is in lower case", { MuteAllMember: "on" }, "a", 10004],
    ["CreateTime is given, which cannot change", { CreateTime: 1448357837 }, "a", 10004],
  ])("is refused when %s", async (_what, fields, key, code) => {
    await importTopic(emulator(), "a");
    expect(await modify(fields, key)).toBe(code);
  });

  test("a refused call changes nothing", async () => {
    await importTopic(emulator(), "a", { Introduction: "i" });
    await modify({ Introduction: "j", CustomString: "x".repeat(3001) });
    expect((await getInfo(emulator(), "a")).Introduction).toBe("i");
  });
});

describe("destroy_topic (DESTROY)", () => {
  const destroy = (keys: string[]) =>
    call(emulator(), "destroy_topic", { GroupId: GROUP, TopicIdList: keys.map(topic) });

  test("destroys what is there and says for each id what became of it", async () => {
    await importTopic(emulator(), "a");
    await importTopic(emulator(), "b");
    const answer = await destroy(["a", "gone", "a"]);
    expect(answer).toMatchObject({ ActionStatus: "OK", ErrorCode: 0 });
    expect(answer.DestroyResultItem.map((item: { ErrorCode: number }) => item.ErrorCode)).toEqual([0, 110003, 110003]);
    expect((await getItems(emulator())).map((item) => item.TopicInfo.TopicId)).toEqual([topic("b")]);
  });

  test.each([
    ["TopicIdList is missing", { TopicIdList: undefined }, 10004],
    ["TopicIdList is empty", { TopicIdList: [] }, 10004],
    ["there are 51 ids", { TopicIdList: Array(51).fill(topic("a")) }, 10004],
    ["the community is unknown", { GroupId: "@TGS#_nobody" }, 10010],
    ["From_Account is given, which the page does not list", { From_Account: ADMIN }, 10004],
  ])("is refused when %s", async (_what, change, code) => {
    expect(await codeOf(emulator(), "destroy_topic", { GroupId: GROUP, TopicIdList: [topic("a")], ...change })).toBe(
      code,
    );
  });
});
