/**
 * Closes a test run with one plain line, `N passed, N failed`, for those who read the output with a program; and says
 * before it where the live suite was no part of the run.
 */
import type { Reporter, TestModule } from "vitest/node";

export default class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    let passed = 0;
    let failed = errors.length;
    let skipped = 0;
    for (const module of modules) {
      // A file that does not load holds no tests, and has failed all the same.
      if (module.errors().length > 0) failed++;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state === "passed") passed++;
        else if (state === "skipped") skipped++;
        else failed++;
      }
    }
    const line = `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
    process.on("exit", () => {
      if (process.env.TENCENT_CHAT_LIVE !== "1")
        console.log("live suite: not run (set TENCENT_CHAT_LIVE=1 and an app; npm run test:live)");
      console.log(line);
    });
  }
}
