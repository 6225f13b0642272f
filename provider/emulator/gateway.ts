/**
 * The checks before every command: the query of the URL, the app, the signature, the administrator. First what is
 * missing, then who calls, then whether they may.
 *
 * Sources: https://www.tencentcloud.com/document/product/1047/34620 (the query),
 * https://www.tencentcloud.com/document/product/1047/34348 (the codes), https://trtc.io/document/34348 (60025).
 */

import { Refusal } from "./refusal.js";
import type { Rules } from "./rules.js";
import type { App, Store } from "./store.js";
import { verifyUserSig } from "./user-sig.js";

/** The app that a call is for; throws a Refusal when the query or the signature is wrong. `now` is in Unix seconds. */
export function authenticate(query: URLSearchParams, store: Store, rules: Rules, now: number): App {
  const sdkAppId = readSdkAppId(query);
  const identifier = query.get("identifier") ?? "";
  if (identifier === "") throw new Refusal(60004, "identifier is missing in the URL");
  const random = query.get("random") ?? "";
  if (!/^\d{1,10}$/.test(random) || Number(random) > 4_294_967_295) {
    throw new Refusal(60025, "random in the URL is not an integer from 0 to 4294967295");
  }
  if (query.get("contenttype") !== "json") throw new Refusal(60025, "contenttype in the URL is not json");

  const app = store.apps.get(sdkAppId);
  if (app === undefined) throw new Refusal(70020);
  const { secretKey } = app;
  const { futureSignatures } = rules;
  verifyUserSig(query.get("usersig") ?? "", { identifier, sdkAppId, secretKey, now, futureSignatures });
  if (!app.admins.has(identifier)) throw new Refusal(60010);
  return app;
}

function readSdkAppId(query: URLSearchParams): number {
  const text = query.get("sdkappid") ?? "";
  if (text === "") throw new Refusal(60012);
  if (!/^\d{1,10}$/.test(text)) throw new Refusal(60006);
  return Number(text);
}
