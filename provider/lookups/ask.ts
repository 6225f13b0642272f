/** Asks an app, with the settings of the stack or of a `ChatApp`, and turns what goes wrong into one message. */
import * as pulumi from "@pulumi/pulumi";
import { ChatError } from "../chat/errors/index.js";
import { type OpenApp, openApp } from "../chat/open-app.js";
import { groupIdIssues } from "../chat/topic-id.js";
import { undefinedIfNotFound } from "../chat/undefined-if-not-found.js";
import { MissingCommunityError } from "../lifecycle/errors/index.js";
import { engineText } from "../pulumi/error-text.js";
import type { ChatAppSettings } from "../resources/chat-app.js";
import { clientKeyOf } from "../settings/credentials.js";
import { resolveSettings, type Settings } from "../settings/settings.js";

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
  let settings: Settings | undefined;
  try {
    settings = resolveSettings(
      given
        ? { chatApp: given.chatApp, arguments: given }
        : { configuration: pulumi.runtime.getConfig, environment: process.env },
    );
    const issues =
      typeof groupId === "string" ? groupIdIssues(groupId).map(({ problem }) => problem) : ["must be a string"];
    if (issues.length > 0) throw new pulumi.RunError(issues.map((issue) => `\`groupId\` ${issue}`).join("; "));
    const answer = await whileOpen(settings, (app) => undefinedIfNotFound(lookup.ask(app, groupId)));
    if (answer !== undefined) return { ...answer, sdkAppId: settings.sdkAppId };
    const remedy = "check `groupId`, and that the settings name the app that holds the community";
    throw new MissingCommunityError(groupId, settings.sdkAppId, remedy);
  } catch (error) {
    throw runError(lookup.name, error, settings);
  }
}

/** By the identity of its settings, credentials included, with the number of questions that wait for its answers. */
const OPEN = new Map<string, { readonly app: OpenApp; questions: number }>();

/** Lookups at the same time share the rate limits and the connections; after the last one a program can end. */
async function whileOpen<T>(settings: Settings, ask: (app: OpenApp) => Promise<T>): Promise<T> {
  const key = clientKeyOf(settings);
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
function runError(name: string, error: unknown, settings: Settings | undefined): unknown {
  if (error instanceof pulumi.RunError) return new pulumi.RunError(`${name}: ${error.message}`);
  if (!(error instanceof ChatError)) return error;
  return Object.assign(new pulumi.RunError(`${name}: ${engineText(error, { settings })}`), { code: error.code });
}
