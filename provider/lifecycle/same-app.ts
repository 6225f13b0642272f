/** The guard against the settings of another app: topics of one app mean nothing to another. */
import { WrongAppError } from "../chat/errors/index.js";
import type { Settings } from "../chat/settings.js";
import type { Properties } from "./lifecycle.js";

/**
 * @param what How the resource is called at the start of a sentence: `Topic "general" in @TGS#_players`.
 * @throws {WrongAppError} when the state was written for another app than the settings name.
 */
export function refuseOtherApp(what: string, state: Properties, settings: Settings): void {
  if (typeof state.sdkAppId === "number" && state.sdkAppId !== settings.sdkAppId) {
    throw new WrongAppError(what, state.sdkAppId, settings.sdkAppId);
  }
}
