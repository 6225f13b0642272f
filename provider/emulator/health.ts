/** How an emulator fares. */
export interface Health {
  /** `failing` while the data file cannot be written. */
  readonly status: "ok" | "failing";
  /** What fails: the data file could not be written. */
  readonly error?: string;
}
