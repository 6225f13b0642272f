/**
 * The baseline's calls of the Chat REST API: a cached signature, the error code of every answer checked, and a simple
 * repetition with a fixed pause where the service says that it is called too often. No pace.
 */
// Whole modules, since Pulumi serializes what is taken out of one by value.
const tlsSigApi = require("tls-sig-api-v2");
const undici = require("undici");

const SIGNATURE_SECONDS = 3600;
const THROTTLED = [60007, 60011, 60018, 60019, 10006];
const ATTEMPTS = 20;
const PAUSE_MS = 500;

class ChatApi {
  constructor() {
    this.signature = "";
    this.signedAt = 0;
  }

  async call(path, body) {
    for (let attempt = 1; ; attempt++) {
      const answer = await this.post(path, body);
      if (answer.ErrorCode === 0) return answer;
      if (!THROTTLED.includes(answer.ErrorCode) || attempt === ATTEMPTS) {
        throw new Error(`${path}: ${answer.ErrorCode} ${answer.ErrorInfo}`);
      }
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  }

  async post(path, body) {
    const query = new URLSearchParams({
      sdkappid: process.env.TENCENT_CHAT_SDK_APP_ID,
      identifier: "administrator",
      usersig: this.userSig(),
      random: String(Math.floor(Math.random() * 2 ** 32)),
      contenttype: "json",
    });
    const answer = await undici.request(`${process.env.TENCENT_CHAT_ENDPOINT}/v4/${path}?${query}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    return answer.body.json();
  }

  userSig() {
    if (Date.now() > this.signedAt + (SIGNATURE_SECONDS * 1000) / 2) {
      const api = new tlsSigApi.Api(Number(process.env.TENCENT_CHAT_SDK_APP_ID), process.env.TENCENT_CHAT_SECRET_KEY);
      this.signature = api.genUserSig("administrator", SIGNATURE_SECONDS);
      this.signedAt = Date.now();
    }
    return this.signature;
  }
}

module.exports = { ChatApi };
