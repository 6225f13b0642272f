/** Can the host be reached, and does it answer over HTTP as the Chat API does? */
import { ConnectionError, type ConnectionStage, UnexpectedAnswerError } from "../../../chat/errors/index.js";
import type { Check } from "../check.js";
import { failed, failedWith, ok } from "../check-result.js";

/** What to do where connecting fails, by the stage at which it fails. The error itself may have better advice. */
const REMEDIES: Readonly<Record<ConnectionStage, string>> = {
  DNS: "check the host's name in `endpoint`, and that this machine can look names up (`nslookup`)",
  proxy: "ask whoever runs the proxy to let connections to this host through, or put the host into NO_PROXY",
  TCP: "check that a firewall lets this machine connect to the host, or whether a proxy is needed (HTTPS_PROXY)",
  TLS: "check that `endpoint` is the API's host, with its port",
  HTTP: "the connection stands and no answer comes: check that `endpoint` is the API's host, and raise `timeoutSeconds` where the way is slow",
};

export const host: Check = {
  name: "host",
  needs: ["settings", "proxy"],
  async run({ settings, reply }) {
    const { error, exchange } = await reply();
    if (error instanceof ConnectionError) {
      const { stage, failure } = error;
      return failed(failedWith(error).text, `${stage}: ${failure.remedy ?? REMEDIES[stage]}`);
    }
    if (error instanceof UnexpectedAnswerError) {
      const { text, remedy } = failedWith(error);
      return failed(text, `HTTP: ${remedy}`);
    }
    const { baseUrl } = await settings();
    const layers = baseUrl.startsWith("https:") ? "DNS, TCP, TLS and HTTP" : "TCP and HTTP";
    const milliseconds = exchange === undefined ? 0 : exchange.answeredAt - exchange.sentAt;
    return ok(`${new URL(baseUrl).host} answers, by ${layers}, after ${milliseconds} ms`);
  },
};
