/**
 * Remembers the calls of the REST API: what was asked and how it ended, never a credential. Bodies are kept as the text
 * that came: a deeply nested body can be read as JSON, but not be written as JSON again.
 */

/** A call of the REST API as the log shows it. */
export interface LoggedRequest {
  /** When it came, ISO 8601 with milliseconds. */
  readonly at: string;
  /** The SDKAppID in its URL; null when there was none. */
  readonly app: number | null;
  /** The command's name. */
  readonly command: string;
  /** Its JSON body; a string when it was not JSON, null when it was too large to keep (over 64 KB). */
  readonly body: unknown;
  /** The `ErrorCode` of its answer (with `drop-after`: of the answer that was lost); null when there was none. */
  readonly code: number | null;
  /** The HTTP status; 0 when the connection was closed instead. */
  readonly status: number;
}

/** The same as it is kept: the body as JSON text, and what the emulator's page shows beside it. */
export interface LogEntry extends Omit<LoggedRequest, "at" | "body"> {
  /** Unix milliseconds. */
  readonly time: number;
  readonly bodyJson: string;
  /** The topics or communities that it names. */
  readonly about: string;
  /** Why it was refused; empty when it was not. */
  readonly reason: string;
}

const MAX_ENTRIES = 20_000;
const MAX_BODY_CHARACTERS = 64 * 1024;

/** JSON text for a body, for the log: itself when it is JSON. */
export function bodyForLog(text: string, isJson: boolean): string {
  if (text.length > MAX_BODY_CHARACTERS) return "null";
  return isJson ? text : JSON.stringify(text);
}

export class RequestLog {
  private entries: LogEntry[] = [];
  private added = 0;
  private forgotten = 0;

  /** How many calls there were since the start, those that were forgotten too. */
  get total(): number {
    return this.added;
  }

  /** How many of them were there when the log was last cleared. */
  get cleared(): number {
    return this.forgotten;
  }

  /** Adds a call; beyond 20,000 the oldest are forgotten. */
  add(entry: LogEntry): void {
    this.entries.push(entry);
    this.added += 1;
    // Cutting many at once, and seldom, keeps `add` cheap.
    if (this.entries.length >= 2 * MAX_ENTRIES) this.entries = this.entries.slice(-MAX_ENTRIES);
  }

  /** The last 20,000 calls as a JSON array, oldest first. */
  toJson(): string {
    const lines = this.entries.slice(-MAX_ENTRIES).map(({ time, app, command, bodyJson, code, status }) => {
      const at = new Date(time).toISOString();
      const start = JSON.stringify({ at, app, command }).slice(0, -1);
      return `${start},"body":${bodyJson},"code":${code},"status":${status}}`;
    });
    return `[${lines.join(",\n")}]`;
  }

  /** The last calls, at most `count`, oldest first. */
  last(count: number): readonly LogEntry[] {
    return count === 0 ? [] : this.entries.slice(-count);
  }

  /** The body of the call with this number, as JSON text; undefined when it is forgotten. Calls are numbered from 1 on. */
  bodyOf(number: number): string | undefined {
    return this.entries[this.entries.length - 1 - (this.added - number)]?.bodyJson;
  }

  /** The calls that came after a time (Unix milliseconds), newest first. */
  *since(time: number): Generator<LogEntry> {
    for (let index = this.entries.length - 1; index >= 0; index -= 1) {
      const entry = this.entries[index] as LogEntry;
      if (entry.time <= time) return;
      yield entry;
    }
  }

  /** Forgets all. */
  clear(): void {
    this.entries = [];
    this.forgotten = this.added;
  }
}
