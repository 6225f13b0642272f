/**
 * Verifies a UserSig of the HMAC-SHA256 kind: deflated JSON in a base64 of the vendor's own alphabet, signed over
 * four lines of text. Written from the vendor's description, not from the client, so that the two check each other.
 *
 * Sources: https://www.tencentcloud.com/document/product/1047/34385 (form and signature);
 * https://www.tencentcloud.com/document/product/1047/34348 (codes).
 */

import { createHmac, timingSafeEqual } from "node:crypto";
import { inflateSync } from "node:zlib";
import { Refusal } from "./refusal.js";

interface Claims {
  readonly identifier: string;
  readonly sdkAppId: number;
  /** Unix seconds. */
  readonly time: number;
  /** Seconds. */
  readonly expire: number;
  readonly signature: string;
}

/** What a UserSig is checked against. */
export interface Expected {
  readonly identifier: string;
  readonly sdkAppId: number;
  readonly secretKey: string;
  /** Unix seconds. */
  readonly now: number;
  readonly futureSignatures: "refused" | "accepted";
}

/** A UserSig is some 200 bytes; nothing that inflates to more than this is one. */
const MAX_INFLATED_BYTES = 16 * 1024;

/** Throws a Refusal with the code for what is wrong with the UserSig; returns when nothing is. */
export function verifyUserSig(userSig: string, expected: Expected): void {
  if (userSig === "") throw new Refusal(70002);
  const claims = readClaims(inflated(userSig));
  if (claims.identifier !== expected.identifier) throw new Refusal(70013);
  if (claims.sdkAppId !== expected.sdkAppId) throw new Refusal(70014);
  if (!isSignatureRight(claims, expected.secretKey)) throw new Refusal(70009);
  if (claims.time + claims.expire <= expected.now) throw new Refusal(70001);
  if (expected.futureSignatures === "refused" && claims.time > expected.now) {
    throw new Refusal(70003, "TLS.time of the UserSig is still to come: a clock is wrong");
  }
}

function inflated(userSig: string): string {
  if (!/^[A-Za-z0-9*-]+_*$/.test(userSig)) throw new Refusal(70003, "the UserSig has characters that are not its own");
  const base64 = userSig.replaceAll("*", "+").replaceAll("-", "/").replaceAll("_", "=");
  try {
    return inflateSync(Buffer.from(base64, "base64"), { maxOutputLength: MAX_INFLATED_BYTES }).toString("utf8");
  } catch (error) {
    // zlib says Z_BUF_ERROR when the stream ends too early.
    if ((error as NodeJS.ErrnoException).code === "Z_BUF_ERROR") throw new Refusal(70005);
    throw new Refusal(70003, "the UserSig is not deflated JSON");
  }
}

function readClaims(text: string): Claims {
  let document: Record<string, unknown>;
  try {
    document = JSON.parse(text);
  } catch {
    throw new Refusal(70003, "the UserSig is not deflated JSON");
  }
  const field = (name: string): unknown => document?.[`TLS.${name}`];
  const [identifier, sdkAppId, time, expire, signature] = ["identifier", "sdkappid", "time", "expire", "sig"].map(
    field,
  );
  if (
    field("ver") !== "2.0" ||
    typeof identifier !== "string" ||
    !Number.isSafeInteger(sdkAppId) ||
    !Number.isSafeInteger(time) ||
    !Number.isSafeInteger(expire) ||
    typeof signature !== "string"
  ) {
    throw new Refusal(70003, "the UserSig lacks one of its fields, or has one of the wrong type");
  }
  return {
    identifier,
    sdkAppId: sdkAppId as number,
    time: time as number,
    expire: expire as number,
    signature,
  };
}

function isSignatureRight(claims: Claims, secretKey: string): boolean {
  const text =
    `TLS.identifier:${claims.identifier}\n` +
    `TLS.sdkappid:${claims.sdkAppId}\n` +
    `TLS.time:${claims.time}\n` +
    `TLS.expire:${claims.expire}\n`;
  const right = createHmac("sha256", secretKey).update(text).digest();
  const given = Buffer.from(claims.signature, "base64");
  return given.length === right.length && timingSafeEqual(given, right);
}
