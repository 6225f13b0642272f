/** The client of an app for as long as a command uses it. */
import { ChatError } from "../chat/errors/index.js";
import type { OpenApp } from "../chat/open-app.js";
import type { Settings } from "../settings/settings.js";
import { commandText } from "./error-text.js";

/** Closes the app in the end. @throws {Error} that says where the credentials came from, where they are wrong. */
export async function withApp<T>(settings: Settings, use: (app: OpenApp) => Promise<T>): Promise<T> {
  const { openApp } = await import("../chat/open-app.js");
  const app = openApp(settings);
  try {
    return await use(app);
  } catch (error) {
    throw error instanceof ChatError ? new Error(commandText(error, settings), { cause: error }) : error;
  } finally {
    await app.close();
  }
}
