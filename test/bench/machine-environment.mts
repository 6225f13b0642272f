/** The machine's environment without what steers Pulumi, Node.js or this package: contenders get the same everywhere. */
import { delimiter, dirname } from "node:path";

export function machineEnvironment(...programFolders: readonly string[]): NodeJS.ProcessEnv {
  const neutral = Object.entries(process.env).filter(([name]) => !/^(TENCENT_CHAT_|PULUMI_|NODE_)/.test(name));
  // The engine starts whichever `node` is first on PATH.
  const path = [...programFolders, dirname(process.execPath), process.env.PATH].join(delimiter);
  return { ...Object.fromEntries(neutral), PATH: path };
}
