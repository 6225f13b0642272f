/** The pages that are made, wholly or in part, by their path from the repository's root. */
import { apiReference } from "./api-reference.mts";
import { readmeWithRules } from "./rule-table.mts";
import { thirdParty } from "./third-party.mts";

export const PAGES: Readonly<Record<string, () => string>> = {
  "docs/api.md": apiReference,
  "docs/third-party.md": thirdParty,
  "README.md": readmeWithRules,
};
