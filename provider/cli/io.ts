/**
 * What a subcommand has of the world around it. Results go to `out`, everything else to `err`.
 */
export interface Io {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Resolves when the process is asked to end. Nobody listens for that any more once `released` is aborted. */
  readonly stopped: (released: AbortSignal) => Promise<void>;
}
