/** What the lifecycles of one run of the engine share: real settings, and an app of the emulator behind the clients. */
import type { Communities } from "../../provider/chat/communities.js";
import type { OpenApp } from "../../provider/chat/open-app.js";
import type { Topics } from "../../provider/chat/topics.js";
import { Declarations } from "../../provider/lifecycle/declarations.js";
import type { LifecycleContext } from "../../provider/lifecycle/lifecycle.js";
import type { Settings } from "../../provider/settings/settings.js";
import { type Configuration, type TestApp, validSettings } from "../chat/test-app.js";

export class RunContext implements LifecycleContext {
  readonly declarations = new Declarations();
  readonly settings: () => Settings;
  readonly topics: () => Promise<Topics>;
  readonly communities: () => Promise<Communities>;
  readonly progress: LifecycleContext["progress"] = () => {};

  constructor(app: TestApp, configuration: Configuration = {}) {
    const settings = app.settings(configuration);
    let opened: OpenApp | undefined;
    const open = () => {
      opened ??= app.open(configuration);
      return opened;
    };
    this.settings = () => settings;
    this.topics = async () => open().topics;
    this.communities = async () => open().communities;
  }
}

/** The context of a preview: whatever would make a call fails. */
export function offline(configuration: Configuration = {}): LifecycleContext {
  const refused = () => Promise.reject(new Error("check and diff are offline"));
  return {
    settings: () => validSettings(configuration),
    topics: refused,
    communities: refused,
    declarations: new Declarations(),
    progress: () => {},
  };
}
