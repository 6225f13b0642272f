/** The live suite with an emulator in the place of the service. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  DEFAULT_SDK_APP_ID,
  DEFAULT_SECRET_KEY,
  type Emulator,
  type EmulatorOptions,
  startEmulator,
} from "../../provider/emulator/index.js";
import { LiveApp } from "./live-app.js";
import { liveSettings } from "./live-settings.js";
import { newRun } from "./names.js";
import { CommunityRecord } from "./record.js";

/** What names the emulator's app as the service's would be named. */
export function environmentOf(emulator: Emulator): Record<string, string> {
  return {
    TENCENT_CHAT_SDK_APP_ID: String(DEFAULT_SDK_APP_ID),
    TENCENT_CHAT_SECRET_KEY: DEFAULT_SECRET_KEY,
    TENCENT_CHAT_ENDPOINT: emulator.url,
    TENCENT_CHAT_CALLS_PER_SECOND: "150",
    TENCENT_CHAT_TIMEOUT_SECONDS: "5",
  };
}

export interface Surroundings extends AsyncDisposable {
  readonly emulator: Emulator;
  readonly folder: string;
  readonly settings: ReturnType<typeof liveSettings>;
  readonly record: CommunityRecord;
  /** A run of the suite. */
  readonly startRun: (now?: Date) => LiveApp;
  /** The ids of all communities of the app. */
  readonly communities: () => string[];
}

export async function startSurroundings(options: EmulatorOptions = {}): Promise<Surroundings> {
  const emulator = await startEmulator(options);
  const folder = mkdtempSync(join(tmpdir(), "live-"));
  const settings = liveSettings(environmentOf(emulator));
  const record = new CommunityRecord(folder, settings);
  const runs: LiveApp[] = [];
  return {
    emulator,
    folder,
    settings,
    record,
    startRun: (now) => {
      const run = new LiveApp(settings, newRun(now), record);
      runs.push(run);
      return run;
    },
    communities: () => (emulator.state().apps[0]?.communities ?? []).map(({ groupId }) => groupId),
    [Symbol.asyncDispose]: async () => {
      for (const run of runs) await run.close();
      await emulator.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
