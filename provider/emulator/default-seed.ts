/**
 * What an emulator holds when nobody gives it a seed: one app with one empty community. The examples use it.
 */

import type { Seed } from "./seed.js";

/** The app of the default seed. */
export const DEFAULT_SDK_APP_ID = 1400000000;

/** The key of the default seed's app. It is public and opens nothing but an emulator. */
export const DEFAULT_SECRET_KEY = "emulator-only-key-0000000000000000000000000000000000000000000000";

/** The community of the default seed. */
export const DEFAULT_GROUP_ID = "@TGS#_players";

/**
 * The seed of an emulator that is started without one: app 1400000000 with the admin `administrator` and the
 * community `@TGS#_players`, topics on.
 */
export const DEFAULT_SEED: Seed = {
  apps: [
    {
      sdkAppId: DEFAULT_SDK_APP_ID,
      secretKey: DEFAULT_SECRET_KEY,
      admins: ["administrator"],
      accounts: [],
      communities: [{ groupId: DEFAULT_GROUP_ID, name: "Players", supportTopic: true, topics: [] }],
    },
  ],
};
