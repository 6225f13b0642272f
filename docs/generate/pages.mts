/** The pages that are made and not written, by their path from the repository's root. */
import { apiReference } from "./api-reference.mts";
import { thirdParty } from "./third-party.mts";

export const PAGES: Readonly<Record<string, () => string>> = {
  "docs/api.md": apiReference,
  "docs/third-party.md": thirdParty,
};
