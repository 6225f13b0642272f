/** Which proxy do calls go through, if any? Told by where the one call connected to. */
import { isLoopback } from "../../../chat/settings.js";
import { hostAndPort } from "../ask-app.js";
import type { Check } from "../check.js";
import { failed, ok } from "../outcome.js";

export const proxy: Check = {
  name: "proxy",
  needs: ["settings"],
  async run({ environment, settings, reply }) {
    const { host, hostname } = new URL((await settings()).baseUrl);
    const [secure, plain] = [given(environment, "HTTPS_PROXY"), given(environment, "HTTP_PROXY")];
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

/** The small letters win, as everywhere. */
function given(environment: NodeJS.ProcessEnv, name: string): { name: string; text: string } | undefined {
  const names = [name.toLowerCase(), name];
  const found = names.find((candidate) => environment[candidate] !== undefined);
  const text = found === undefined ? undefined : environment[found];
  return found === undefined || !text ? undefined : { name: found, text };
}

function isProxyUrl(text: string): boolean {
  return URL.canParse(text) && /^(https?|socks5?):$/.test(new URL(text).protocol) && new URL(text).hostname !== "";
}
