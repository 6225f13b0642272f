/** The app that the live suite runs against: its settings, from the environment alone, at a low call rate. */

import { resolveSettings, type Settings } from "../../provider/settings/settings.js";
import { SettingsError } from "../../provider/settings/settings-error.js";

type Environment = Readonly<Record<string, string | undefined>>;

/** Calls per second of each command, unless TENCENT_CHAT_CALLS_PER_SECOND says otherwise. */
const CALLS_PER_SECOND = "5";

/** @throws {SettingsError} that lists everything that is missing or wrong. */
export function liveSettings(environment: Environment = process.env): Settings {
  const settings = resolveSettings({
    configuration: () => undefined,
    environment: { TENCENT_CHAT_CALLS_PER_SECOND: CALLS_PER_SECOND, ...environment },
  });
  return { ...settings, callsPerSecond: { ...settings.callsPerSecond, get_appid_group_list: 1 } };
}

/** Why the live suite cannot run; empty where it can. */
export function whyNotRun(environment: Environment = process.env): string[] {
  const unwanted =
    environment.TENCENT_CHAT_LIVE === "1"
      ? []
      : ["TENCENT_CHAT_LIVE is not 1: say so, since the run makes and destroys communities in the app."];
  return [...unwanted, ...settingsIssues(environment)];
}

/** What is missing or wrong about the settings. */
export function settingsIssues(environment: Environment = process.env): readonly string[] {
  try {
    liveSettings(environment);
    return [];
  } catch (error) {
    if (error instanceof SettingsError) return error.issues;
    throw error;
  }
}
