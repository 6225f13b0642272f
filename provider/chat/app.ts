/** An app of the service, and how the client calls it. */
import type { Command, Service } from "./commands.js";
import type { Secret } from "./secret.js";

/** What a call is signed with: the app's key, or a signature that was made elsewhere. */
export type Credentials =
  | { readonly kind: "secretKey"; readonly secretKey: Secret }
  /** `endsAt` in Unix seconds. */
  | { readonly kind: "userSig"; readonly userSig: Secret; readonly endsAt: number };

export interface App {
  readonly sdkAppId: number;
  readonly credentials: Credentials;
  /** The account that signs every call, and the `From_Account` of `get_topic`. */
  readonly adminAccount: string;
  /** `https://host` without a slash at the end. */
  readonly baseUrl: string;
  /** Calls per second that this process may make of one command. */
  readonly callsPerSecond: Readonly<Record<Command, number>>;
  /** What one call may take with its retries, in seconds; waiting for the call frequency does not count. */
  readonly timeoutSeconds: number;
  /** The service that answers `import_topic`; the pages disagree. */
  readonly importService: Service;
}
