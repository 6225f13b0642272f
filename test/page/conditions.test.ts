/** The emulator's page under conditions: restarts, load, size, small screens, both colour schemes, other origins. */
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import axe from "axe-core";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { DEFAULT_SECRET_KEY, type Emulator, type Seed, startEmulator } from "../../provider/emulator/index.js";
import { call, codeOf, GROUP, importTopic, topic } from "../emulator/caller.js";
import { sharedBrowser, soon } from "./browser.js";

const open = sharedBrowser();

const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };

/** 5 communities of 200 topics. */
function largeSeed(): Seed {
  const topics = Array.from({ length: 200 }, (_, index) => ({
    topicKey: `topic-${index}`,
    topicName: `Topic ${index}`,
    introduction: "Everything about it. ".repeat(10),
    faceUrl: `https://example.com/${index}.png`,
  }));
  const communities = Array.from({ length: 5 }, (_, index) => ({
    groupId: `@TGS#_c${index}`,
    name: `C${index}`,
    topics,
  }));
  return { apps: [{ sdkAppId: 1400000000, secretKey: DEFAULT_SECRET_KEY, communities }] };
}

const status = (page: Page) => page.locator("#status").getAttribute("data-status");

test("nothing is loaded from elsewhere, and the policy lets neither that happen nor text become markup", async () => {
  await using emulator = await startEmulator();
  const page = await open("about:blank", { provoked: true });
  const urls: string[] = [];
  page.on("request", (request) => urls.push(request.url()));
  const response = await page.goto(emulator.url);
  await soon(() => status(page)).toBe("live");
  expect(urls.length).toBeGreaterThan(10);
  expect(urls.filter((url) => !url.startsWith(`${emulator.url}/`))).toEqual([]);
  const policy = response?.headers()["content-security-policy"];
  for (const part of ["default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "base-uri 'none'"]) {
    expect(policy).toContain(part);
  }
  expect(policy).not.toMatch(/unsafe|\*|https?:/);
  const markup = () => page.evaluate(() => document.body.insertAdjacentHTML("beforeend", "<b>markup</b>"));
  await expect(markup()).rejects.toThrow("TrustedHTML");
});

test("a page that stays open over a restart shows what the new emulator holds", async () => {
  const first = await startEmulator();
  await importTopic(first, "old");
  const page = await open(first.url);
  await page.getByText("old").first().waitFor();
  await first.close();
  await soon(() => status(page)).toBe("lost");
  await using second = await startEmulator({ port: first.port });
  await importTopic(second, "new");
  await soon(() => status(page)).toBe("live");
  await soon(() => page.locator("li.topic").allInnerTexts()).toEqual([expect.stringContaining("new")]);
  await soon(() => page.locator("#requests-rows tr").count()).toBe(1);
});

test("a new seed replaces all that is shown", async () => {
  await using emulator = await startEmulator();
  await importTopic(emulator, "old");
  const page = await open(emulator.url);
  await page.getByText("old").first().waitFor();
  await emulator.reset({ apps: [{ sdkAppId: 7, secretKey: "k" }] });
  await page.getByText("App 7").waitFor();
  expect(await page.locator("li.topic").count()).toBe(0);
});

test("a data file that cannot be written is told", async () => {
  const folder = await mkdtemp(join(tmpdir(), "page-"));
  try {
    const data = join(folder, "chat.json");
    await using emulator = await startEmulator({ data, warn: () => undefined });
    const page = await open(emulator.url);
    await soon(() => status(page)).toBe("live");
    // A file cannot take the place of a directory.
    await rm(data);
    await mkdir(data);
    await importTopic(emulator, "a");
    await soon(() => page.locator("#alarm").innerText()).toContain("could not be written");
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test("under thousands of calls none is lost or refused, what is drawn stays small, and the page obeys", async () => {
  const total = 2500;
  await using emulator = await startEmulator({ rules: { enforceFrequency: false } });
  const page = await open(emulator.url);
  await soon(() => status(page)).toBe("live");
  let sent = 0;
  const failed: number[] = [];
  const caller = async (): Promise<void> => {
    for (sent += 1; sent <= total; sent += 1) {
      const number = sent;
      const body = { GroupId: GROUP, TopicId: topic(`t${number % 150}`), TopicName: `n${number}` };
      const code = await codeOf(emulator, number <= 150 ? "import_topic" : "modify_topic", body);
      if (code !== 0) failed.push(code);
    }
  };
  const load = Promise.all(Array.from({ length: 10 }, caller));
  await page.locator("#requests-rows tr").first().waitFor();
  await page.getByRole("tab", { name: "Faults" }).click();
  await page.getByRole("tab", { name: "Requests" }).click();
  expect(await page.locator("#requests-rows tr").count()).toBeLessThanOrEqual(200);
  await load;
  const made = emulator.requests().length;
  await soon(() => page.locator("#requests-summary").innerText()).toContain(`${made.toLocaleString("en")} calls`);
  await soon(() => page.locator("li.topic").allTextContents()).toContainEqual(expect.stringContaining(`n${total}`));
  expect(failed.filter((code) => code !== 10010)).toEqual([]);
  expect(await page.locator("#requests-rows tr").count()).toBe(200);
});

describe("with 5 communities of 200 topics", () => {
  test("opens with what fits, opens all of them, and finds one", async () => {
    await using emulator = await startEmulator({ seed: largeSeed() });
    const page = await open(emulator.url);
    await soon(() => page.locator("#topics-summary").innerText()).toBe("1 app, 5 communities, 1,000 topics");
    expect(await page.locator("li.topic").count()).toBe(0);
    for (let opened = 0; opened < 5; opened++) {
      await page.locator("summary").nth(opened).click();
      // The topics of one push the next away; only then is it where it can be clicked.
      await soon(() => page.locator("li.topic").count()).toBe(200 * (opened + 1));
    }
    await call(emulator, "modify_topic", {
      GroupId: "@TGS#_c4",
      TopicId: "@TGS#_c4@TOPIC#_topic-199",
      TopicName: "Last",
    });
    await soon(() => page.locator("li.topic .name").last().textContent()).toBe("Last");
    await page.locator("li.topic").first().focus();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await soon(() => page.locator("dialog h2").innerText()).toBe("Edit “Topic 1”");
    await page.keyboard.press("Escape");
    await page.getByLabel("Find a topic").fill("topic-177 c3");
    await soon(() => page.locator("li.topic").count()).toBe(1);
  });
});

describe("on a phone", () => {
  test.each(["Topics", "Requests", "Faults", "Rules"])("%s fits the width", async (name) => {
    await using emulator = await prepared();
    const page = await open(emulator.url, PHONE);
    await page.getByRole("tab", { name }).click();
    const shown = page.locator(`#${name.toLowerCase()}`);
    expect(await shown.isVisible()).toBe(true);
    expect(await page.locator("main > section:visible").count()).toBe(1);
    const widths = await page.evaluate(() => {
      const scrolling = [document.documentElement, ...document.querySelectorAll(".scroll")];
      return scrolling.map(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth);
    });
    expect(Math.max(...widths)).toBeLessThanOrEqual(0);
  });
});

describe.each(["light", "dark"] as const)("in %s", (colorScheme) => {
  test.each([
    ["wide", {}],
    ["on a phone", PHONE],
  ])("%s, nobody is kept out: names, roles, contrast", async (_what, options) => {
    await using emulator = await prepared();
    const page = await open(emulator.url, { ...options, colorScheme, reducedMotion: "reduce", provoked: true });
    await soon(() => status(page)).toBe("live");
    for (const name of await page.getByRole("tab").allInnerTexts()) {
      await page.getByRole("tab", { name: name.replace(/\s*\d+$/, "") }).click();
      expect(await accessProblems(page), name).toEqual([]);
    }
    await page.keyboard.press("/");
    await page.locator("li.topic").first().focus();
    await page.keyboard.press("Enter");
    await page.locator("dialog").waitFor();
    expect(await accessProblems(page), "dialog").toEqual([]);
  });
});

/** An emulator with something of everything to show. */
async function prepared(): Promise<Emulator> {
  const emulator = await startEmulator();
  const CustomString = JSON.stringify({ long: "x".repeat(500) });
  await importTopic(emulator, "full", { TopicName: "x".repeat(30), Introduction: "Hello", CustomString });
  await codeOf(emulator, "import_topic", { GroupId: GROUP, TopicId: topic("y".repeat(70)), TopicName: "z".repeat(40) });
  await call(emulator, "modify_topic", { GroupId: GROUP, TopicId: topic("full"), MuteAllMember: "On" });
  emulator.addMessages(topic("full"), 3);
  emulator.addFault({ kind: "delay", delayMs: 1000, command: "modify_group_base_info" });
  emulator.changeRules({ requestId: true });
  return emulator;
}

/** What axe finds: rule and element. */
async function accessProblems(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(axe.source);
  const violations = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: { run(): Promise<{ violations: unknown[] }> } };
    return (await axe.run()).violations;
  });
  const found = violations as { id: string; nodes: { html: string; failureSummary: string }[] }[];
  return found.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`));
}

test("a page of another origin can neither read the emulator nor drive it", async () => {
  await using emulator = await startEmulator();
  await importTopic(emulator, "a");
  const other = createServer((_request, response) => response.end("<!doctype html><title>other</title>"));
  await new Promise<void>((done) => other.listen(0, "127.0.0.1", done));
  try {
    const page = await open(`http://127.0.0.1:${(other.address() as AddressInfo).port}`, { provoked: true });
    const outcomes = await page.evaluate(async (url) => {
      const attempt = (path: string, init?: RequestInit) =>
        fetch(url + path, init).then(
          async (response) => `answered: ${response.type === "opaque" ? "opaque" : await response.text()}`,
          () => "failed",
        );
      const stream = new EventSource(`${url}/_emulator/events`);
      const events = new Promise<string>((done) => {
        stream.onmessage = () => done("a message");
        stream.onerror = () => done("failed");
      });
      const frame = document.createElement("iframe");
      frame.src = url;
      const framed = new Promise<string>((done) => {
        frame.onload = () => done(frame.contentDocument === null ? "kept out" : "read");
      });
      document.body.append(frame);
      const outcome = [
        await attempt("/_emulator/state"),
        await attempt("/_emulator/reset", { method: "POST" }),
        await attempt("/_emulator/topics", { method: "DELETE", body: "{}" }),
        await events,
        await framed,
      ];
      await attempt("/_emulator/reset", { method: "POST", mode: "no-cors" });
      return outcome;
    }, emulator.url);
    expect(outcomes).toEqual(["failed", "failed", "failed", "failed", "kept out"]);
    expect(emulator.state().apps[0]?.communities?.[0]?.topics).toHaveLength(1);
  } finally {
    await new Promise((done) => other.close(done));
  }
});
