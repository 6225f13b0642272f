/** The emulator's page in a real browser: what it shows of the emulator, and what a person does there. */
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { DEFAULT_SDK_APP_ID, DEFAULT_SECRET_KEY } from "../../provider/emulator/index.js";
import { call, codeOf, GROUP, getItems, importTopic, topic, userSig } from "../emulator/caller.js";
import { sharedEmulator } from "../emulator/shared-emulator.js";
import { sharedBrowser, soon } from "./browser.js";

const emulator = sharedEmulator();
const open = sharedBrowser();

const row = (page: Page, key: string) => page.locator(`li.topic[data-key="${DEFAULT_SDK_APP_ID} ${topic(key)}"]`);
const log = (page: Page) => page.locator("#requests-rows tr");
const live = (key: string) =>
  emulator()
    .state()
    .apps[0]?.communities?.[0]?.topics?.find(({ topicId }) => topicId === topic(key));

describe("topics", () => {
  test("are shown with each text's bytes of the limit, and follow what happens", async () => {
    await importTopic(emulator(), "a", { TopicName: "新手入门", Introduction: "Hello" });
    const page = await open(emulator().url);
    await soon(() => row(page, "a").innerText()).toMatch(
      /新手入门[\s\S]*12\/30 B[\s\S]*introduction\s+Hello\s+5\/240 B/,
    );
    await soon(() => page.locator("#topics-summary").innerText()).toBe("1 app, 1 community, 1 topic");
    await importTopic(emulator(), "b");
    await row(page, "b").waitFor();
    await call(emulator(), "modify_topic", { GroupId: GROUP, TopicId: topic("a"), MuteAllMember: "On" });
    await row(page, "a").getByText("muted").waitFor();
    await call(emulator(), "destroy_topic", { GroupId: GROUP, TopicIdList: [topic("a")] });
    await row(page, "a").waitFor({ state: "detached" });
    await call(emulator(), "destroy_group", { GroupId: GROUP });
    await page.getByText("No community yet.").waitFor();
  });

  test("are text, whatever they hold", async () => {
    const markup = "<img src=x onerror=alert(1)>";
    const page = await open(emulator().url);
    page.on("dialog", () => expect.unreachable("markup was run"));
    await importTopic(emulator(), "a", { TopicName: markup, Introduction: `<script>alert(1)</script>${markup}` });
    await soon(() => row(page, "a").locator(".name").textContent()).toBe(markup);
    expect(await row(page, "a").locator("img, script").count()).toBe(0);
    await row(page, "a").focus();
    await page.keyboard.press("Delete");
    await soon(() => page.locator("dialog h2").textContent()).toBe(`Delete “${markup}”?`);
  });

  test("are found by name, id or text, in communities that are closed as well", async () => {
    await importTopic(emulator(), "a", { CustomString: "needle" });
    await importTopic(emulator(), "b");
    const page = await open(emulator().url);
    await page.locator("summary").click();
    await soon(() => row(page, "a").count()).toBe(0);
    await page.keyboard.press("/");
    await page.keyboard.type("NEEDLE");
    await row(page, "a").waitFor();
    expect(await row(page, "b").count()).toBe(0);
    await page.keyboard.press("Control+a");
    await page.keyboard.press("Delete");
    await soon(() => row(page, "a").count()).toBe(0);
  });
});

describe("a person at the keyboard", () => {
  test("edits a topic, and reads what the emulator refuses", async () => {
    await importTopic(emulator(), "a");
    await importTopic(emulator(), "b");
    const page = await open(emulator().url);
    await row(page, "a").focus();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Control+a");
    await page.keyboard.type("x".repeat(31));
    await soon(() => page.locator("dialog .bytes").first().innerText()).toBe("31/30 B");
    await page.keyboard.press("Enter");
    await soon(() => page.getByRole("alert").last().innerText()).toContain("TopicName is 31 bytes, the limit is 30");
    expect(await page.locator('dialog [name="topicName"]').getAttribute("aria-invalid")).toBe("true");
    expect(live("b")?.topicName).toBe("b");
    await page.keyboard.press("Backspace");
    await page.keyboard.press("Enter");
    await page.locator("dialog").waitFor({ state: "detached" });
    await soon(() => row(page, "b").locator(".name").innerText()).toBe("x".repeat(30));
    expect(live("b")?.topicName).toBe("x".repeat(30));
    await soon(() => page.evaluate(() => document.activeElement?.getAttribute("data-key"))).toContain(topic("b"));
  });

  test("posts messages and deletes, and the next topic takes the focus", async () => {
    for (const key of ["a", "b", "c"]) await importTopic(emulator(), key);
    const page = await open(emulator().url);
    await row(page, "b").focus();
    await page.keyboard.press("m");
    await page.keyboard.type("7");
    await page.keyboard.press("Enter");
    await row(page, "b").getByText("7 messages").waitFor();
    expect(live("b")?.nextMsgSeq).toBe(8);
    await page.keyboard.press("Delete");
    await page.getByText("Its 7 messages go with it.").waitFor();
    await page.getByRole("button", { name: "Delete", exact: true }).press("Enter");
    await row(page, "b").waitFor({ state: "detached" });
    expect(live("b")).toBeUndefined();
    await soon(() => page.evaluate(() => document.activeElement?.getAttribute("data-key"))).toContain(topic("c"));
  });

  test("goes from the search into what it found and back, and edits the first with Enter", async () => {
    for (const key of ["a", "b", "c"])
      await importTopic(emulator(), key, { CustomString: key === "a" ? "" : "needle" });
    const page = await open(emulator().url);
    await row(page, "c").waitFor();
    await page.keyboard.press("/");
    await page.keyboard.type("needle");
    await page.keyboard.press("ArrowDown");
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute("data-key"));
    expect(await focused()).toContain(topic("b"));
    await page.keyboard.press("ArrowDown");
    expect(await focused()).toContain(topic("c"));
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("Enter");
    await soon(() => page.locator("dialog h2").innerText()).toBe("Edit “b”");
    await page.keyboard.press("Escape");
    await page.keyboard.press("/");
    await page.keyboard.type("needle in no topic");
    await page.getByText("No topic matches.").waitFor();
  });

  test("keeps the place while topics around it change, come and go", async () => {
    for (const key of ["a", "b", "c"]) await importTopic(emulator(), key);
    const page = await open(emulator().url);
    await row(page, "b").focus();
    emulator().editTopic(topic("a"), { topicName: "changed" });
    await row(page, "a").getByText("changed").waitFor();
    emulator().deleteTopic(topic("a"));
    await row(page, "a").waitFor({ state: "detached" });
    emulator().editTopic(topic("b"), { introduction: "changed" });
    await row(page, "b").getByText("changed").waitFor();
    await importTopic(emulator(), "d");
    await row(page, "d").waitFor();
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute("data-key"));
    expect(await focused()).toContain(topic("b"));
    await page.keyboard.press("ArrowDown");
    expect(await focused()).toContain(topic("c"));
  });

  test("finds no entry of such changes in the request log: the program's calls alone are there", async () => {
    await importTopic(emulator(), "a");
    const page = await open(emulator().url);
    await row(page, "a").getByRole("button", { name: "Delete" }).click();
    await page.getByRole("button", { name: "Delete", exact: true }).click();
    await row(page, "a").waitFor({ state: "detached" });
    expect(emulator().requests()).toHaveLength(1);
  });

  test("reaches the tabs with arrows", async () => {
    const page = await open(emulator().url);
    await page.getByRole("tab", { name: "Requests" }).focus();
    await page.keyboard.press("ArrowRight");
    expect(await page.getByRole("tab", { name: "Faults" }).getAttribute("aria-selected")).toBe("true");
    expect(await page.locator("#faults").isVisible()).toBe(true);
    expect(await page.locator("#requests").isVisible()).toBe(false);
  });
});

describe("the request log", () => {
  test("shows command, topic, code and reason as they happen, newest first", async () => {
    const page = await open(emulator().url);
    await page.getByText("No call of the REST API yet.").waitFor();
    await importTopic(emulator(), "a");
    await codeOf(emulator(), "import_topic", { GroupId: GROUP, TopicId: topic("a"), TopicName: "a" });
    await soon(() => log(page).first().innerText()).toMatch(
      /import_topic\s+a @TGS#_players\s+.*already in use\s+10021$/,
    );
    expect(await log(page).last().innerText()).toMatch(/^\d\d:\d\d:\d\d\.\d{3}\s+import_topic\s+a @TGS#_players\s+0$/);
  });

  test("is filtered by command, failure and text, is held, and is cleared", async () => {
    await importTopic(emulator(), "a");
    await importTopic(emulator(), "b");
    await getItems(emulator());
    await codeOf(emulator(), "get_topic", { GroupId: GROUP });
    const page = await open(emulator().url);
    await soon(() => log(page).count()).toBe(4);
    await page.getByLabel("Command", { exact: true }).selectOption("get_topic");
    await soon(() => log(page).count()).toBe(2);
    await page.getByLabel("failures only").check();
    await soon(() => log(page).count()).toBe(1);
    await page.getByLabel("Command", { exact: true }).selectOption("");
    await page.getByLabel("failures only").uncheck();
    await page.getByLabel("Filter requests").fill("@topic#_b");
    await soon(() => log(page).count()).toBe(1);
    await page.getByLabel("Filter requests").fill("");
    await page.getByRole("button", { name: "Hold" }).click();
    await importTopic(emulator(), "c");
    await soon(() => page.locator("#requests-summary").innerText()).toBe("5 calls, held");
    expect(await log(page).count()).toBe(4);
    await page.getByRole("button", { name: "Hold" }).click();
    await soon(() => log(page).count()).toBe(5);
    await page.getByRole("button", { name: "Clear" }).click();
    await soon(() => log(page).count()).toBe(0);
    expect(emulator().requests()).toEqual([]);
  });

  test("is cleared while it is held as well, and stays held", async () => {
    await importTopic(emulator(), "a");
    const page = await open(emulator().url);
    await soon(() => log(page).count()).toBe(1);
    await page.getByRole("button", { name: "Hold" }).click();
    await page.getByRole("button", { name: "Clear" }).click();
    await soon(() => log(page).count()).toBe(0);
    await importTopic(emulator(), "b");
    await soon(() => page.locator("#requests-summary").innerText()).toBe("1 call, held");
    expect(await log(page).count()).toBe(0);
  });

  test("opens a call by click and by Enter: its reason in full and its body", async () => {
    await importTopic(emulator(), "a");
    await codeOf(emulator(), "import_topic", { GroupId: GROUP, TopicId: topic("a"), TopicName: "twice" });
    const page = await open(emulator().url);
    await log(page).first().locator("td.about").click();
    await soon(() => page.locator("dialog").innerText()).toMatch(/app\s+1400000000[\s\S]+10021[\s\S]+already in use/);
    await soon(() => page.locator("dialog pre").innerText()).toContain('"TopicName": "twice"');
    await page.keyboard.press("Escape");
    await log(page).first().getByRole("button").focus();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await soon(() => page.locator("dialog pre").innerText()).toContain('"TopicName": "a"');
    await page.keyboard.press("Escape");
    await page.locator("dialog").waitFor({ state: "detached" });
    await soon(() => page.evaluate(() => document.activeElement?.textContent)).toBe("import_topic");
  });

  test("says which app a call is of where there are several, and is filtered by it", async () => {
    const app = (sdkAppId: number) => ({ sdkAppId, secretKey: DEFAULT_SECRET_KEY, communities: [{ groupId: GROUP }] });
    await emulator().reset({ apps: [app(DEFAULT_SDK_APP_ID), app(2)] });
    const page = await open(emulator().url);
    await getItems(emulator());
    const query = { sdkappid: 2, usersig: userSig("administrator", DEFAULT_SECRET_KEY, 2) };
    await call(emulator(), "get_topic", { GroupId: GROUP, From_Account: "administrator" }, { query });
    await soon(() => log(page).locator(".command").allInnerTexts()).toEqual([
      "get_topic app 2",
      "get_topic app 1400000000",
    ]);
    await page.getByLabel("App", { exact: true }).selectOption("app 2");
    await soon(() => log(page).locator(".command").allInnerTexts()).toEqual(["get_topic app 2"]);
    await emulator().reset();
    await soon(() => page.getByLabel("App", { exact: true }).isVisible()).toBe(false);
  });

  test("says which calls had no answer", async () => {
    emulator().addFault({ kind: "drop-before" });
    emulator().addFault({ kind: "http", status: 502 });
    const page = await open(emulator().url);
    await expect(importTopic(emulator(), "a")).rejects.toThrow();
    await expect(importTopic(emulator(), "a")).rejects.toThrow("502");
    await soon(() => log(page).locator(".code").allInnerTexts()).toEqual(["HTTP 502", "closed"]);
  });
});

test("the gauge shows the calls of a second against the limit, and those that were throttled", async () => {
  const page = await open(emulator().url);
  emulator().changeRules({ callsPerSecond: { get_topic: 5 } });
  const calls = Array.from({ length: 8 }, () =>
    codeOf(emulator(), "get_topic", { GroupId: GROUP, From_Account: "administrator" }),
  );
  expect((await Promise.all(calls)).filter((code) => code === 60007)).toHaveLength(3);
  await soon(() => page.locator(".rate").innerText()).toMatch(/get_topic\s+3 throttled\s+5 of 5\/s/);
  await soon(() => page.locator(".rate").innerText()).toMatch(/get_topic\s+0 of 5\/s/);
});

describe("faults", () => {
  const ask = () => codeOf(emulator(), "get_topic", { GroupId: GROUP, From_Account: "administrator" });

  test("are switches: on for every call, off again", async () => {
    const page = await open(emulator().url);
    await page.getByRole("tab", { name: "Faults" }).click();
    await page.getByLabel("Refused: code").fill("10007");
    const refused = page.getByRole("switch", { name: "Refused" });
    await refused.click();
    await page.getByText("until switched off").waitFor();
    expect([await ask(), await ask()]).toEqual([10007, 10007]);
    await soon(() => page.getByRole("tab", { name: "Faults" }).innerText()).toMatch(/1$/);
    await refused.click();
    await page.getByText("None: all goes well.").waitFor();
    expect(await ask()).toBe(0);
  });

  test("are asked for the next call of one command, and forgotten", async () => {
    const page = await open(emulator().url);
    await page.getByRole("tab", { name: "Faults" }).click();
    await page.getByLabel("Command that the faults are for").selectOption("import_topic");
    const next = page.getByRole("button", { name: "Throttled, the next call" });
    await next.click();
    await page.getByText("1 to come").waitFor();
    expect(emulator().faults()).toEqual([{ kind: "throttle", command: "import_topic", times: 1 }]);
    await page.getByRole("button", { name: "Forget: Throttled" }).click();
    await soon(() => emulator().faults()).toEqual([]);
    await page.getByLabel("HTTP: status").fill("999");
    await page.getByRole("button", { name: "HTTP, the next call" }).click();
    await page.getByText("expected number to be <=599").waitFor();
    expect(await page.getByLabel("HTTP: status").getAttribute("aria-invalid")).toBe("true");
  });
});

describe("rules", () => {
  test("are switched, chosen and typed; one that differs is marked and goes back to its default", async () => {
    const page = await open(emulator().url);
    await page.getByRole("tab", { name: "Rules" }).click();
    await page.getByRole("switch", { name: "requestId" }).click();
    await page.getByRole("combobox", { name: "topicOrder" }).selectOption("reversed");
    await page.getByRole("spinbutton", { name: "latencyMs" }).fill("1");
    await page.getByRole("textbox", { name: "byteLimits" }).fill('{"topicName":150}');
    await page.keyboard.press("Tab");
    const changed = { requestId: true, topicOrder: "reversed", latencyMs: 1, byteLimits: { topicName: 150 } };
    await soon(() => emulator().rules()).toMatchObject(changed);
    await soon(() => page.locator("#rules-list .changed b").allInnerTexts()).toHaveLength(4);
    const reset = page.getByRole("button", { name: "Reset latencyMs to its default" });
    expect(await reset.innerText()).toBe("Reset");
    await reset.click();
    await soon(() => emulator().rules().latencyMs).toBe(0);
    await page.getByRole("button", { name: "Restore" }).click();
    await soon(() => page.locator("#rules-list .changed").count()).toBe(0);
  });

  test("that change a byte limit change what the topics are held against", async () => {
    await importTopic(emulator(), "a");
    const page = await open(emulator().url);
    await row(page, "a").getByText("1/30 B").waitFor();
    emulator().changeRules({ byteLimits: { topicName: 150 } });
    await row(page, "a").getByText("1/150 B").waitFor();
  });

  test("that are wrong are refused with a reason beside them, what was typed stays, and so does what is in force", async () => {
    const page = await open(emulator().url);
    await page.getByRole("tab", { name: "Rules" }).click();
    const limits = page.getByRole("textbox", { name: "byteLimits" });
    const refusal = page.locator("#rule-byteLimits-refusal");
    for (const [typed, reason] of [
      ['{"topicName":0}', "topicName: Too small: expected number to be >0"],
      ['{"topicName":', "must be JSON"],
    ] as const) {
      await limits.fill(typed);
      await limits.press("Enter");
      await soon(() => refusal.innerText()).toContain(reason);
      expect(await limits.getAttribute("aria-invalid")).toBe("true");
      expect(await limits.inputValue()).toBe(typed);
      expect(emulator().rules().byteLimits).toEqual({});
    }
    await limits.fill("{}");
    await limits.press("Enter");
    await soon(() => limits.getAttribute("aria-invalid")).toBe(null);
    expect(await refusal.isVisible()).toBe(false);
  });
});

test("an edit on the page reaches the topic of its own app, where several have one of this id", async () => {
  const app = (sdkAppId: number) => ({
    sdkAppId,
    secretKey: DEFAULT_SECRET_KEY,
    communities: [{ groupId: GROUP, topics: [{ topicKey: "a", topicName: "n" }] }],
  });
  await emulator().reset({ apps: [app(1), app(2)] });
  const page = await open(emulator().url);
  await page.locator(`li.topic[data-key="2 ${topic("a")}"]`).focus();
  await page.keyboard.press("Enter");
  await soon(() => page.locator("dialog").innerText()).toContain(`App 2, ${topic("a")}`);
  await page.keyboard.press("Control+a");
  await page.keyboard.type("changed");
  await page.keyboard.press("Enter");
  await page.locator("dialog").waitFor({ state: "detached" });
  const names = emulator()
    .state()
    .apps.map(({ communities }) => communities?.[0]?.topics?.[0]?.topicName);
  expect(names).toEqual(["n", "changed"]);
});
