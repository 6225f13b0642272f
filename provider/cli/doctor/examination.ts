/** What the checks of one run share: the options, and facts that are looked up once, when the first check needs them. */
import type { SettingSources } from "../../settings/setting-sources.js";
import { resolveSettings, type Settings } from "../../settings/settings.js";
import { settingSources } from "../app-settings.js";
import { askApp, type Reply } from "./ask-app.js";
import { findProject, type Project } from "./project-file.js";

export interface ExaminationOptions {
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
  /** The answer to the one call that most checks of the app share. */
  readonly reply: () => Promise<Reply>;

  constructor(readonly options: ExaminationOptions) {
    this.project = once(() => findProject(options.cwd));
    this.sources = once(() => settingSources(options));
    this.settings = once(async () => resolveSettings(await this.sources()));
    this.reply = once(async () => askApp(await this.settings(), options.groupId));
  }
}

function once<T>(find: () => Promise<T>): () => Promise<T> {
  let found: Promise<T> | undefined;
  return () => {
    found ??= find();
    return found;
  };
}
