/** Whether an emulator works. */
export interface Health {
  /** `failing` while the data file cannot be written. */
  readonly status: "ok" | "failing";
  /** Why the data file could not be written. */
  readonly error?: string;
}
