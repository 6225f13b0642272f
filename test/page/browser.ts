/**
 * A real browser for the tests of the emulator's page: Chromium as the machine's package manager installs it, driven by
 * playwright-core, which downloads none of its own.
 */
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect } from "vitest";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** The browser's program. Throws an Error that says how to get one. */
function findChromium(): string {
  const named = process.env.CHROMIUM;
  const folders = (process.env.PATH ?? "").split(delimiter);
  const places = named ? [named] : folders.flatMap((folder) => NAMES.map((name) => join(folder, name)));
  const found = places.find(isProgram);
  if (found !== undefined) return found;
  throw new Error(
    `${named ? `CHROMIUM names ${named}, which is no program` : `none of ${NAMES.join(", ")} is on PATH`}. The tests of the ` +
      "emulator's page need Chromium. On Debian or Ubuntu: apt-get install --no-install-recommends chromium. Elsewhere " +
      "install Chromium or Chrome, and set the variable CHROMIUM to its program if it is not on PATH.",
  );
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

interface PageOptions extends BrowserContextOptions {
  /** Do not fail the test for what the console tells: the test provokes it. */
  readonly provoked?: boolean;
}

/**
 * A browser that a file of tests shares, and in it one page of each form, which every test takes to an address of its own:
 * a new page costs more than most tests do. What a page throws, or its Content-Security-Policy stops, fails the test.
 */
export function sharedBrowser(): (url: string, options?: PageOptions) => Promise<Page> {
  let browser: Browser;
  const pages = new Map<string, Page>();
  const faults: string[] = [];
  beforeAll(async () => {
    const executablePath = findChromium();
    // As root, in a container say, Chromium has no sandbox of its own.
    const args = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
    browser = await chromium.launch({ executablePath, args, timeout: 60_000 });
  });
  afterEach(() => {
    expect(faults.splice(0)).toEqual([]);
  });
  afterAll(() => browser?.close());
  return async (url, { provoked = false, colorScheme = "light", reducedMotion = "no-preference", ...form } = {}) => {
    const key = JSON.stringify(form);
    const page = pages.get(key) ?? (await newPage(form));
    pages.set(key, page);
    for (const event of ["console", "dialog", "pageerror", "request"]) page.removeAllListeners(event);
    page.on("pageerror", (error) => faults.push(error.message));
    page.on("console", (message) => {
      // A request that was refused, or a connection that broke, is told here as well; the page shows these itself.
      if (message.type() === "error" && !provoked && !/Failed to load resource|ERR_/.test(message.text()))
        faults.push(message.text());
    });
    await page.emulateMedia({ colorScheme, reducedMotion });
    await page.goto(url);
    return page;
  };

  async function newPage(form: BrowserContextOptions): Promise<Page> {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...form });
    context.setDefaultTimeout(15_000);
    return context.newPage();
  }
}

/** Waits until an expectation about the page holds. */
export const soon: typeof expect.poll = (read, options) =>
  expect.poll(read, { timeout: 15_000, interval: 20, ...options });
