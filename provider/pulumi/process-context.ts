/**
 * What the resources of one provider process share: the app's settings, its topics and communities (with their rate
 * limits and snapshots), the declarations of the run, and the engine. Pulumi starts one process for each provider resource and phase of a command.
 */
import type { dynamic } from "@pulumi/pulumi";
import type { Communities } from "../chat/communities.js";
import type { OpenApp } from "../chat/open-app.js";
import type { Topics } from "../chat/topics.js";
import { Declarations } from "../lifecycle/declarations.js";
import type { LifecycleContext } from "../lifecycle/lifecycle.js";
import type { SettingSources } from "../settings/setting-sources.js";
import { resolveSettings, type Settings } from "../settings/settings.js";
import { connectEngine, type Engine } from "./engine.js";

/** A progress line that comes more often than this cannot be read, in milliseconds. */
const STATUS_EVERY_MS = 1_000;

export class ProcessContext implements LifecycleContext {
  readonly declarations = new Declarations();
  readonly engine: Engine;
  #sources: SettingSources = { configuration: () => undefined, environment: process.env };
  #settings: Settings | undefined;
  #app: Promise<OpenApp> | undefined;
  #lastStatusAt = Number.NEGATIVE_INFINITY;

  constructor() {
    this.engine = connectEngine(process.argv.at(-1), () => process.exit(1));
  }

  /**
   * Takes the configuration over, and does no more: Pulumi's server lets calls through while `configure` is still
   * under way, so it must have finished in the tick in which it was called.
   */
  configure(configuration: dynamic.Config): void {
    this.#sources = sourcesIn(configuration);
    this.#settings = undefined;
    this.#app = undefined;
  }

  readonly settings = (): Settings => {
    this.#settings ??= resolveSettings(this.#sources);
    return this.#settings;
  };

  readonly topics = async (): Promise<Topics> => (await this.#open()).topics;

  readonly communities = async (): Promise<Communities> => (await this.#open()).communities;

  #open(): Promise<OpenApp> {
    const settings = this.settings();
    this.#app ??= import("../chat/open-app.js").then(({ openApp }) =>
      openApp(settings, (command, waiting, rate) => {
        const calls = `${Math.round(rate)} calls a second of ${command}, at least ${waiting} wait`;
        this.progress(`keeping to \`callsPerSecond\`: ${calls}`, undefined);
      }),
    );
    return this.#app;
  }

  readonly progress = (text: string, urn: string | undefined, isLast = false): void => {
    if (!isLast && performance.now() - this.#lastStatusAt < STATUS_EVERY_MS) return;
    this.#lastStatusAt = performance.now();
    this.engine.status(text, urn);
  };
}

/**
 * The stack's configuration, or the arguments of the `ChatApp` whose process this is. Those have bare names, for which
 * Pulumi's `get` cannot ask, and its type offers no list of the configuration's keys: its object holds both, in every
 * supported version.
 */
function sourcesIn(configuration: dynamic.Config): SettingSources {
  const { rawConfig = {} } = configuration as { readonly rawConfig?: Readonly<Record<string, unknown>> };
  if (typeof rawConfig.chatApp === "string") return { chatApp: rawConfig.chatApp, arguments: rawConfig };
  return {
    configuration: (key) => configuration.get(key),
    configurationKeys: () => Object.keys(rawConfig),
    environment: process.env,
  };
}
