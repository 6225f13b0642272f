/**
 * UserSigs made by the vendor's own signer, right and wrong.
 * Codes: https://www.tencentcloud.com/document/product/1047/34348; form: …/34385.
 */

import { deflateSync } from "node:zlib";
import { Api } from "tls-sig-api-v2";
import { expect, test } from "vitest";
import { Refusal } from "../../provider/emulator/refusal.js";
import { type Expected, verifyUserSig } from "../../provider/emulator/user-sig.js";

/** `genUserSig("administrator", 86400)` of tls-sig-api-v2 1.0.2, with its clock at 1700000000. */
const VECTOR =
  "eJxVyr0OgjAUBeB3ubNBKMSSJi4SiDFMpYNrtYXcCKW2xfgT390EcfBs5zvnBaJuopt2wIBEMazmjkqbgC3OLNWABn1wMoxuOXh1kdaiApZk8ZLvEnDQ" +
  "wBL6r-pu0Wlg*Sb7kccOGEwH3jzqa5FK8ezXSNPz7khbg2QqTr4UvOrJSEueV3u-hfcHtMMz2Q__";
const VECTOR_TIME = 1_700_000_000;

/** Claims of which only the signature is wrong. */
const FORGED = {
  "TLS.ver": "2.0",
  "TLS.identifier": "administrator",
  "TLS.sdkappid": 1400000000,
  "TLS.time": VECTOR_TIME,
  "TLS.expire": 1_000_000_000,
  "TLS.sig": "c2lnbmF0dXJl",
};

function codeOf(userSig: string, other: Partial<Expected> = {}): number {
  const expected: Expected = {
    identifier: "administrator",
    sdkAppId: 1400000000,
    secretKey: "emulator-only-key",
    now: VECTOR_TIME + 60,
    futureSignatures: "refused",
    ...other,
  };
  try {
    verifyUserSig(userSig, expected);
    return 0;
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
}

/** A UserSig of these claims, whatever they are. */
function packed(claims: unknown): string {
  const text = deflateSync(typeof claims === "string" ? claims : JSON.stringify(claims)).toString("base64");
  return text.replaceAll("+", "*").replaceAll("/", "-").replaceAll("=", "_");
}

test("a UserSig of the vendor's signer is accepted", () => {
  expect(codeOf(VECTOR)).toBe(0);
});

test("a UserSig that the signer makes now is accepted", () => {
  const now = Math.ceil(Date.now() / 1000);
  expect(codeOf(new Api(1400000000, "emulator-only-key").genUserSig("administrator", 60), { now })).toBe(0);
});

test("an account with characters beyond ASCII is signed as UTF-8", () => {
  const identifier = "管理员";
  const now = Math.ceil(Date.now() / 1000);
  const userSig = new Api(1400000000, "emulator-only-key").genUserSig(identifier, 60);
  expect(codeOf(userSig, { now, identifier })).toBe(0);
});

test("it is valid to its last second and 70001 from then on", () => {
  expect(codeOf(VECTOR, { now: VECTOR_TIME + 86_399 })).toBe(0);
  expect(codeOf(VECTOR, { now: VECTOR_TIME + 86_400 })).toBe(70001);
});

test("an empty one is 70002", () => {
  expect(codeOf("")).toBe(70002);
});

test("one that is not base64 of the vendor's alphabet is 70003", () => {
  expect(codeOf(VECTOR.replaceAll("*", "+"))).toBe(70003);
});

test("one that is not deflated JSON is 70003", () => {
  expect(codeOf("bm90IGRlZmxhdGVk")).toBe(70003);
  expect(codeOf(packed("not JSON"))).toBe(70003);
});

test("JSON without the claims is 70003, whatever it is", () => {
  for (const claims of [null, [], 1, "text", {}, { "TLS.ver": "2.0" }]) expect(codeOf(packed(claims))).toBe(70003);
});

test("one that inflates beyond all measure is 70003", () => {
  expect(codeOf(packed(JSON.stringify(FORGED)))).toBe(70009);
  expect(codeOf(packed(JSON.stringify(FORGED) + " ".repeat(10_000_000)))).toBe(70003);
});

test("one that is cut off is 70005, wherever it was cut after its head", () => {
  for (let length = 8; length < VECTOR.length - 4; length += 4) {
    expect(codeOf(VECTOR.slice(0, length)), `first ${length} characters`).toBe(70005);
  }
});

test("one signed with another app's key is 70009", () => {
  expect(codeOf(VECTOR, { secretKey: "another key" })).toBe(70009);
});

test("one whose claims were changed after signing is 70009", () => {
  expect(codeOf(packed(FORGED))).toBe(70009);
});

test("one made for another account is 70013", () => {
  expect(codeOf(VECTOR, { identifier: "somebody" })).toBe(70013);
});

test("one made for another app is 70014", () => {
  expect(codeOf(VECTOR, { sdkAppId: 1400000001 })).toBe(70014);
});

test("one from the future is 70003, or accepted by the rule futureSignatures", () => {
  expect(codeOf(VECTOR, { now: VECTOR_TIME - 1 })).toBe(70003);
  expect(codeOf(VECTOR, { now: VECTOR_TIME - 1, futureSignatures: "accepted" })).toBe(0);
});
