/**
 * What the live suite has made, in a file that is only ever appended to: a community is written down before the call that
 * makes it, and again when it is gone. So what a killed run left is known, in whichever app it is.
 */
import { appendFileSync, mkdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Settings } from "../../provider/settings/settings.js";

/** Where the suite keeps its files; ignored by git. */
export function liveFolder(environment: NodeJS.ProcessEnv = process.env): string {
  return resolve(environment.LIVE_FOLDER ?? ".local/live");
}

interface Entry {
  readonly at: string;
  readonly event: "made" | "gone";
  readonly sdkAppId: number;
  readonly baseUrl: string;
  readonly groupId: string;
}

type App = Pick<Settings, "sdkAppId" | "baseUrl">;

export class CommunityRecord {
  readonly file: string;

  constructor(
    readonly folder: string,
    private readonly app: App,
  ) {
    mkdirSync(folder, { recursive: true });
    this.file = join(folder, "communities.jsonl");
  }

  add(event: Entry["event"], groupId: string): void {
    const { sdkAppId, baseUrl } = this.app;
    const entry: Entry = { at: new Date().toISOString(), event, sdkAppId, baseUrl, groupId };
    // The line before may be cut off: this one must not become a part of it.
    appendFileSync(this.file, `\n${JSON.stringify(entry)}\n`);
  }

  /** The communities of this app that were made and are not known to be gone, oldest first. */
  left(): string[] {
    const left = new Set<string>();
    for (const { event, groupId, sdkAppId, baseUrl } of this.#entries()) {
      if (sdkAppId !== this.app.sdkAppId || baseUrl !== this.app.baseUrl) continue;
      if (event === "made") left.add(groupId);
      else left.delete(groupId);
    }
    return [...left];
  }

  #entries(): Entry[] {
    let text: string;
    try {
      text = readFileSync(this.file, "utf8");
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
      throw error;
    }
    // Half a line is of a run that was killed while it wrote: nothing was made for it yet.
    return text.split("\n").flatMap((line) => {
      try {
        return [JSON.parse(line) as Entry];
      } catch {
        return [];
      }
    });
  }
}
