/** Which proxy do calls go through, if any? The address that the doctor's own call connected to shows it. */
import { isLoopback } from "../../../chat/loopback.js";
import { hostAndPort } from "../ask-app.js";
import type { Check } from "../check.js";
import { failed, ok } from "../check-result.js";

export const proxy: Check = {
  name: "proxy",
  needs: ["settings"],
  async run({ environment, settings, reply }) {
    const { host, hostname } = new URL((await settings()).baseUrl);
    const [secure, plain] = [proxyVariable(environment, "HTTPS_PROXY"), proxyVariable(environment, "HTTP_PROXY")];
    const used = secure ?? plain;
    if (used === undefined) return ok(`none: neither HTTPS_PROXY nor HTTP_PROXY is set`);
    if (isLoopback(hostname)) return ok(`none for ${host}, which is this machine, although ${used.name} is set`);
    const wrong = [secure, plain].find((proxy) => proxy !== undefined && !isProxyUrl(proxy.text));
    if (wrong !== undefined) {
      // The text may hold a password.
      return failed(`${wrong.name} is not the URL of a proxy`, `give it the form http://host:port`);
    }
    const address = new URL(used.text);
    if ((await reply()).connectedTo.has(hostAndPort(address))) {
      return ok(`${address.host} for ${host}, by ${used.name}`);
    }
    return ok(`none for ${host}, which NO_PROXY names, although ${used.name} is set`);
  },
};

/** A proxy variable that is set. Its name in small letters comes first, as in undici. */
function proxyVariable(environment: NodeJS.ProcessEnv, name: string): { name: string; text: string } | undefined {
  const names = [name.toLowerCase(), name];
  const found = names.find((candidate) => environment[candidate] !== undefined);
  const text = found === undefined ? undefined : environment[found];
  return found === undefined || !text ? undefined : { name: found, text };
}

function isProxyUrl(text: string): boolean {
  return URL.canParse(text) && /^(https?|socks5?):$/.test(new URL(text).protocol) && new URL(text).hostname !== "";
}
