/** What a call is signed with: the app's key, or a signature that was made elsewhere. */
import type { Secret } from "./secret.js";

/** `origin` tells where they came from, for errors about them. */
export type Credentials =
  | { readonly kind: "secretKey"; readonly secretKey: Secret; readonly origin: string }
  | { readonly kind: "userSig"; readonly userSig: Secret; readonly endsAt: number; readonly origin: string };
