/** Does a configuration key or a variable look like a mistyped setting? It would be ignored without a word. */
import { findSetting, mistypedSettings, type SettingSources } from "../../../settings/setting-sources.js";
import type { Check } from "../check.js";
import { failed, notChecked, ok, warning } from "../check-result.js";

export const spelling: Check = {
  name: "spelling",
  needs: [],
  async run({ sources }) {
    let found: SettingSources;
    try {
      found = await sources();
    } catch {
      return notChecked("the stack's configuration cannot be read");
    }
    // A key in another name space may belong to the program itself: it counts only where the setting it resembles is missing.
    const mistyped = mistypedSettings(found).filter(({ meant, ours }) => {
      return ours || (meant !== undefined && findSetting(meant.setting, found) === undefined);
    });
    if (mistyped.length === 0) return ok("no name is mistyped");
    const lines = mistyped.map(({ given, meant }) =>
      meant === undefined
        ? `${given} is no setting, and is ignored`
        : `${given} is no setting, and is ignored: did you mean ${meant.name}?`,
    );
    const remedy = "give it the right name, or remove it (`pulumi config rm`); the README lists the settings";
    return mistyped.some(({ meant }) => meant !== undefined)
      ? failed(lines.join("\n"), remedy)
      : warning(lines.join("\n"), remedy);
  },
};
