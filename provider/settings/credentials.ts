/** What settings say about the credentials of an app, without showing them. */
import { type ChatError, type ErrorFacts, ServiceError } from "../chat/errors/index.js";
import { describeOrigin } from "./setting-origin.js";
import type { Settings } from "./settings.js";

/** Where the signature of a call came from, as a sentence. */
export function describeCredentials({ credentials, credentialsOrigin }: Settings): string {
  const origin = describeOrigin(credentialsOrigin);
  return credentials.kind === "secretKey"
    ? `The signature was made with the key from ${origin}.`
    : `The signature came from ${origin} and ends at ${new Date(credentials.endsAt * 1000).toISOString()}.`;
}

/** The facts of an error; where it is about credentials, with where they came from. */
export function factsWithCredentials(error: ChatError, settings: Settings | undefined): ErrorFacts {
  if (settings === undefined || !(error instanceof ServiceError) || !error.isAboutCredentials) return error.facts;
  const { explanation } = error.facts;
  const origin = describeCredentials(settings);
  return { ...error.facts, explanation: explanation === undefined ? origin : `${origin} ${explanation}` };
}

/** Equal for settings that lead to the same calls, with the same credentials. Shows no secret. */
export function clientKeyOf(settings: Settings): string {
  const { credentials } = settings;
  const secret = credentials.kind === "secretKey" ? credentials.secretKey : credentials.userSig;
  return JSON.stringify({ ...settings, credentials: { kind: credentials.kind, digest: secret.digest() } });
}
