/**
 * Three projects: `fast` needs nothing but Node, `machine` programs of the machine (Chromium, Python, curl), `engine` runs the
 * real Pulumi CLI. A fourth one, `live`, exists only where it is asked for: it works on a real app.
 */
import { defineConfig } from "vitest/config";

/** Every command of Pulumi keeps a core busy; most other tests wait for something half of the time. */
const ENGINE = { maxWorkers: 2, sequence: { groupOrder: 0 } };
const AFTER_THE_ENGINE = { maxWorkers: 3, sequence: { groupOrder: 1 } };

const LIVE = process.env.TENCENT_CHAT_LIVE === "1";

export default defineConfig({
  test: {
    reporters: ["default", "./test/closing-line.mts"],
    projects: [
      {
        extends: true,
        test: {
          name: "fast",
          include: ["test/**/*.test.ts"],
          exclude: ["test/{engine,page,languages}/*.test.ts"],
          // To load the SDK, zod and the sources anew for each of a hundred files costs more than many of their tests.
          isolate: false,
          setupFiles: "test/same-inputs.ts",
          ...AFTER_THE_ENGINE,
          testTimeout: 30_000,
          // Some hooks build and pack the package.
          hookTimeout: 90_000,
        },
      },
      {
        extends: true,
        test: {
          name: "machine",
          include: ["test/{page,languages}/*.test.ts"],
          ...AFTER_THE_ENGINE,
          testTimeout: 60_000,
          hookTimeout: 90_000,
        },
      },
      {
        extends: true,
        test: {
          name: "engine",
          include: ["test/engine/*.test.ts"],
          ...ENGINE,
          globalSetup: "test/engine/engine-setup.ts",
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
      ...(LIVE
        ? [
            {
              extends: true as const,
              test: {
                name: "live",
                include: ["test/live/*.live.ts"],
                ...ENGINE,
                globalSetup: "test/engine/engine-setup.ts",
                // At a few calls a second, with what a service far away takes.
                testTimeout: 900_000,
                hookTimeout: 600_000,
              },
            },
          ]
        : []),
    ],
  },
});
