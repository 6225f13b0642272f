/** No pause between retries, and hardly any while calls gather: for the length of a test, with `beforeEach`. */
import { vi } from "vitest";

export function withoutPauses(): () => void {
  vi.spyOn(Math, "random").mockReturnValue(0);
  const { setTimeout } = globalThis;
  const soon = (run: (...given: unknown[]) => void, ms = 0, ...given: unknown[]) =>
    setTimeout(run, ms <= 50 ? 0 : ms, ...given);
  vi.spyOn(globalThis, "setTimeout").mockImplementation(soon as unknown as typeof setTimeout);
  return () => vi.restoreAllMocks();
}
