/**
 * The signature (UserSig) that goes with every call: made from the secret key, kept, and made anew before it ends; or
 * given ready-made. https://www.tencentcloud.com/document/product/1047/34385
 */
import { inflateSync } from "node:zlib";
import type { App } from "./app.js";

/** Lifetime of a signature of ours, in seconds: the vendor recommends at least 24 hours. */
export const LIFETIME_SECONDS = 24 * 60 * 60;
/** A signature with less than this left is made anew, in seconds; no run lasts longer. */
const RENEWAL_SECONDS = 6 * 60 * 60;

export interface UserSigContent {
  readonly identifier: string;
  readonly sdkAppId: number;
  /** When it ends, Unix seconds. */
  readonly endsAt: number;
}

/** What a UserSig says about itself, or undefined for a text that is none. Does not verify it. */
export function readUserSig(userSig: string): UserSigContent | undefined {
  try {
    const base64 = userSig.replaceAll("*", "+").replaceAll("-", "/").replaceAll("_", "=");
    const content: unknown = JSON.parse(inflateSync(Buffer.from(base64, "base64")).toString("utf8"));
    if (typeof content !== "object" || content === null) return undefined;
    const fields = new Map(Object.entries(content));
    const identifier = fields.get("TLS.identifier");
    const sdkAppId = Number(fields.get("TLS.sdkappid"));
    const endsAt = Number(fields.get("TLS.time")) + Number(fields.get("TLS.expire"));
    if (typeof identifier !== "string" || !Number.isFinite(sdkAppId) || !Number.isFinite(endsAt)) return undefined;
    return { identifier, sdkAppId, endsAt };
  } catch {
    return undefined;
  }
}

export class UserSigSource {
  #current: { readonly userSig: string; readonly endsAt: number } | undefined;

  constructor(
    private readonly app: Pick<App, "sdkAppId" | "adminAccount" | "credentials">,
    private readonly now: () => number = Date.now,
  ) {}

  /** Can a signature that the service refuses as expired be replaced by a new one? */
  get renewable(): boolean {
    return this.app.credentials.kind === "secretKey";
  }

  async userSig(): Promise<string> {
    const { credentials } = this.app;
    if (credentials.kind === "userSig") return credentials.userSig.reveal();
    const seconds = this.now() / 1000;
    if (this.#current === undefined || this.#current.endsAt - seconds < RENEWAL_SECONDS) {
      const { Api } = await import("tls-sig-api-v2");
      const api = new Api(this.app.sdkAppId, credentials.secretKey.reveal());
      this.#current = {
        userSig: api.genUserSig(this.app.adminAccount, LIFETIME_SECONDS),
        endsAt: seconds + LIFETIME_SECONDS,
      };
    }
    return this.#current.userSig;
  }

  /** Forgets the signature that the service refused, so that the next one is new. */
  discard(refused: string): void {
    if (this.#current?.userSig === refused) this.#current = undefined;
  }
}
