/** Asks an app, with the settings of the stack or of a `ChatApp`, and turns what goes wrong into one message. */
import * as pulumi from "@pulumi/pulumi";
import { ChatError } from "../chat/errors/index.js";
import { type OpenApp, openApp } from "../chat/open-app.js";
import { orGone } from "../chat/or-gone.js";
import { resolveSettings, type Settings } from "../chat/settings.js";
import { groupIdFaults } from "../chat/topic-id.js";
import { MissingCommunityError } from "../lifecycle/errors/index.js";
import type { ChatAppSettings } from "../resources/chat-app.js";

/** A question to an app about one of its communities. */
export interface Lookup<Answer extends object> {
  /** Its name, for messages and mocks. */
  readonly name: string;
  /** Undefined when the community does not exist. */
  readonly ask: (app: OpenApp, groupId: string) => Promise<Answer | undefined>;
}

export type Answered<Answer extends object> = Answer & { readonly sdkAppId: number };

/** `given` are the settings of a `ChatApp`, undefined where the stack's count. */
export async function ask<Answer extends object>(
  lookup: Lookup<Answer>,
  groupId: string,
  given: ChatAppSettings | undefined,
): Promise<Answered<Answer>> {
  try {
    const settings = resolveSettings(
      given
        ? { chatApp: given.chatApp, arguments: given }
        : { configuration: pulumi.runtime.getConfig, environment: process.env },
    );
    const faults = typeof groupId === "string" ? groupIdFaults(groupId) : ["must be a string"];
    if (faults.length > 0) throw new pulumi.RunError(faults.map((fault) => `\`groupId\` ${fault}`).join("; "));
    const answer = await whileOpen(settings, (app) => orGone(lookup.ask(app, groupId)));
    if (answer !== undefined) return { ...answer, sdkAppId: settings.sdkAppId };
    const remedy = "check `groupId`, and that the settings name the app that holds the community";
    throw new MissingCommunityError(groupId, settings.sdkAppId, remedy);
  } catch (error) {
    throw plainError(lookup.name, error);
  }
}

/** By its settings (secrets do not show in it), with the number of questions that wait for its answers. */
const OPEN = new Map<string, { readonly app: OpenApp; questions: number }>();

/** Questions that are asked together share the pace and the connections; after the last one a program can end. */
async function whileOpen<T>(settings: Settings, ask: (app: OpenApp) => Promise<T>): Promise<T> {
  const key = JSON.stringify(settings);
  const open = OPEN.get(key) ?? { app: openApp(settings), questions: 0 };
  OPEN.set(key, open);
  open.questions++;
  try {
    return await ask(open.app);
  } finally {
    open.questions--;
    if (open.questions === 0) {
      OPEN.delete(key);
      await open.app.close();
    }
  }
}

/** Pulumi shows the message of a `RunError` and nothing else. `code` is for programs that catch it. */
function plainError(name: string, error: unknown): unknown {
  if (error instanceof pulumi.RunError) return new pulumi.RunError(`${name}: ${error.message}`);
  if (!(error instanceof ChatError)) return error;
  return Object.assign(new pulumi.RunError(`${name}: ${error.message}`), { code: error.code });
}
