/** What the checks of one run share: what was asked for, and facts that are found once, when the first check wants them. */
import { resolveSettings, type SettingSources, type Settings } from "../../chat/settings.js";
import { settingSources } from "../app-settings.js";
import { askApp, type Reply } from "./ask-app.js";
import { findProject, type Project } from "./project-file.js";

export interface Asked {
  readonly cwd: string;
  readonly stack?: string;
  readonly groupId?: string;
}

export class Examination {
  readonly environment: NodeJS.ProcessEnv = process.env;
  /** The Pulumi project; undefined where there is none. Rejects where its file cannot be understood. */
  readonly project: () => Promise<Project | undefined>;
  /** Rejects where the stack cannot be read. */
  readonly sources: () => Promise<SettingSources>;
  /** Rejects where a setting is missing or wrong. */
  readonly settings: () => Promise<Settings>;
  /** What came of the one call that most checks of the app look at. */
  readonly reply: () => Promise<Reply>;

  constructor(readonly asked: Asked) {
    this.project = once(() => findProject(asked.cwd));
    this.sources = once(() => settingSources(asked));
    this.settings = once(async () => resolveSettings(await this.sources()));
    this.reply = once(async () => askApp(await this.settings(), asked.groupId));
  }
}

function once<T>(find: () => Promise<T>): () => Promise<T> {
  let found: Promise<T> | undefined;
  return () => {
    found ??= find();
    return found;
  };
}
