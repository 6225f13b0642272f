/** The guard against the settings of another app: topics of one app mean nothing to another. */
import type { Settings } from "../settings/settings.js";
import { WrongAppError } from "./errors/index.js";

/**
 * @param what How the resource is called at the start of a sentence: `Topic "general" in @TGS#_players`.
 * @param sdkAppId The app that the state was written for, where that is known.
 * @throws {WrongAppError} when the settings name another one.
 */
export function assertSameApp(what: string, sdkAppId: unknown, settings: Settings): void {
  if (typeof sdkAppId === "number" && sdkAppId !== settings.sdkAppId) {
    throw new WrongAppError(what, sdkAppId, settings.sdkAppId);
  }
}
