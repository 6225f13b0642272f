/**
 * Waits for the user, or the system, to ask the process to end. Only the first signal is taken: a second one ends the
 * process at once, as usual. So does the first one as soon as `released` is aborted.
 */

const SIGNALS = ["SIGINT", "SIGTERM"] as const;

export function stopSignal(released: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const forget = () => {
      for (const signal of SIGNALS) process.off(signal, stop);
    };
    const stop = () => {
      forget();
      resolve();
    };
    for (const signal of SIGNALS) process.on(signal, stop);
    released.addEventListener("abort", forget);
  });
}
