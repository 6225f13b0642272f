/** How an emulator fares. */
export interface Health {
  readonly status: "ok" | "failing";
  /** What fails: the data file could not be written. */
  readonly error?: string;
}
