/** The emulator's page and the real Pulumi CLI: what a person does on the page is what the next refresh finds. */
import { expect, test } from "vitest";
import { DEFAULT_SDK_APP_ID, startEmulator } from "../../provider/emulator/index.js";
import { sharedBrowser } from "../page/browser.js";
import { GROUP, idOf, liveTopics } from "./chat-rest.js";
import { Stack } from "./stack.js";

const open = sharedBrowser();

test("a refresh finds what was edited and deleted on the page, and the next up puts it right", async () => {
  await using emulator = await startEmulator();
  await using stack = await Stack.create(emulator);
  const page = await open(emulator.url);
  await stack.declare(
    { name: "edited", groupId: GROUP, topicName: "Before" },
    { name: "deleted", groupId: GROUP, topicName: "Deleted" },
  );
  await stack.up();

  await page.locator(`li.topic[data-key="${DEFAULT_SDK_APP_ID} ${idOf("edited")}"]`).press("Enter");
  await page.locator("dialog input").first().fill("After");
  await page.keyboard.press("Enter");
  await page.locator("dialog").waitFor({ state: "detached" });
  await page.locator(`li.topic[data-key="${DEFAULT_SDK_APP_ID} ${idOf("deleted")}"]`).press("Delete");
  await page.getByRole("button", { name: "Delete", exact: true }).click();
  await page.locator("dialog").waitFor({ state: "detached" });

  await stack.refresh();
  const { edited, deleted } = await stack.topics();
  expect(edited?.outputs).toMatchObject({ topicName: "After" });
  expect(deleted).toBeUndefined();

  await stack.up();
  expect(liveTopics(emulator)).toMatchObject({ edited: { topicName: "Before" }, deleted: { topicName: "Deleted" } });
  await page.getByText("Before", { exact: true }).waitFor();
});
