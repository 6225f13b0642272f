/** Which settings are there, where does each come from, and are they right as far as that shows without a call? */

import { describeOrigin } from "../../../settings/setting-origin.js";
import {
  findSetting,
  isSecret,
  SETTING_VARIABLES,
  type SettingName,
  type SettingSources,
} from "../../../settings/setting-sources.js";
import { mayBeShown, resolveSettings } from "../../../settings/settings.js";
import { SettingsError } from "../../../settings/settings-error.js";
import type { Check } from "../check.js";
import { failed, notChecked, ok } from "../check-result.js";

export const settings: Check = {
  name: "settings",
  needs: [],
  async run({ options, project, sources }) {
    // The check “project” tells why there is none.
    const hasProject = (await project().catch(() => undefined)) !== undefined;
    if (options.stack !== undefined && !hasProject) {
      return notChecked("“project” failed, and a stack's configuration lies in its project");
    }
    let found: SettingSources;
    try {
      found = await sources();
    } catch (error) {
      return failed(
        (error as Error).message,
        "check the name of the stack, that this machine is logged in to Pulumi's backend, and that it can decrypt the " +
          "stack's secrets (PULUMI_CONFIG_PASSPHRASE)",
      );
    }
    try {
      resolveSettings(found);
    } catch (error) {
      if (!(error instanceof SettingsError)) throw error;
      const lines = [...error.issues, ...describeSettings(found, mayBeShown)];
      return failed(lines.join("\n"), options.stack === undefined ? REMEDY_WITHOUT_STACK : undefined);
    }
    return ok(describeSettings(found, (name) => !isSecret(name)).join("\n"));
  },
};

const REMEDY_WITHOUT_STACK =
  "if they are in the configuration of a stack, name it with --stack: this run looked at the environment alone";

/** A line for each setting that is given. Of a secret, and of a value that may be one, it shows only the length. */
function describeSettings(sources: SettingSources, isShown: (name: SettingName, text: string) => boolean): string[] {
  return (Object.keys(SETTING_VARIABLES) as SettingName[]).flatMap((name) => {
    const setting = findSetting(name, sources);
    if (setting === undefined) return [];
    const value = isShown(name, setting.text) ? setting.text : `set (${setting.text.length} characters)`;
    return [`${name}: ${value}, from ${describeOrigin(setting.origin)}`];
  });
}
