/** Which settings are there, where did each come from, and are they right as far as that can be seen here? */
import { SettingsError } from "../../../chat/errors/index.js";
import {
  findSetting,
  isSecret,
  mayBeShown,
  resolveSettings,
  SETTING_VARIABLES,
  type SettingName,
  type SettingSources,
} from "../../../chat/settings.js";
import type { Check } from "../check.js";
import { failed, notChecked, ok } from "../outcome.js";

export const settings: Check = {
  name: "settings",
  needs: [],
  async run({ asked, project, sources }) {
    // Why there is none, the check “project” has said.
    const hasProject = (await project().catch(() => undefined)) !== undefined;
    if (asked.stack !== undefined && !hasProject) {
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
      const lines = [...error.faults, ...describeSettings(found, mayBeShown)];
      return failed(lines.join("\n"), asked.stack === undefined ? WHERE_THEY_ARE : undefined);
    }
    return ok(describeSettings(found, (name) => !isSecret(name)).join("\n"));
  },
};

const WHERE_THEY_ARE =
  "if they are in the configuration of a stack, name it with --stack: this run looked at the environment alone";

/** A line for each setting that is given. Of a secret, and of what may be one, only the length is told. */
function describeSettings(sources: SettingSources, isShown: (name: SettingName, text: string) => boolean): string[] {
  return (Object.keys(SETTING_VARIABLES) as SettingName[]).flatMap((name) => {
    const setting = findSetting(name, sources);
    if (setting === undefined) return [];
    const value = isShown(name, setting.text) ? setting.text : `set (${setting.text.length} characters)`;
    return [`${name}: ${value}, from ${setting.origin}`];
  });
}
