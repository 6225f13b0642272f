/**
 * Where a subcommand writes, and how it learns that it has to end. Results go to `out`, everything else to `err`.
 */
export interface Io {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Resolves when the process is asked to end. Nobody listens for that any more once `released` is aborted. */
  readonly stopped: (released: AbortSignal) => Promise<void>;
}
