/**
 * Three projects: `fast` needs nothing but Node, `machine` programs of the machine (Chromium, Python, curl), `engine` runs the
 * real Pulumi CLI. A fourth one, `live`, exists only where it is asked for: it works on a real app.
 */
import { defineConfig } from "vitest/config";

const LIVE = process.env.TENCENT_CHAT_LIVE === "1";

export default defineConfig({
  test: {
    reporters: ["default", "./test/closing-line.mts"],
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: {
          name: "fast",
          include: ["test/**/*.test.ts"],
          exclude: ["test/{engine,page,languages}/*.test.ts"],
          // To load the SDK, zod and the sources anew for each of a hundred files costs more than many of their tests.
          isolate: false,
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
          testTimeout: 60_000,
          hookTimeout: 90_000,
        },
      },
      {
        extends: true,
        test: {
          name: "engine",
          include: ["test/engine/*.test.ts"],
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
