/** How the `tencent-chat` command starts, on an old Node.js and on a right one. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { start } from "../../provider/cli/start.js";

const { version, engines } = JSON.parse(readFileSync("package.json", "utf8"));
const lowest = engines.node.replace(">=", "");

async function startOn(nodeVersion: string | undefined, ...args: string[]) {
  let out = "";
  let err = "";
  const io = {
    out: (text: string) => {
      out += text;
    },
    err: (text: string) => {
      err += text;
    },
    stopped: () => new Promise<void>(() => {}),
  };
  return { code: await start(args, io, nodeVersion), out, err };
}

test.each([["doctor"], ["export"], ["emulator"], ["parity"], ["--version"]])(
  "on an old Node.js `%s` does nothing but say which is needed, and which it is",
  async (subcommand) => {
    const { code, out, err } = await startOn("20.20.2", subcommand);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toContain(
      `needs Node.js ${lowest} or newer; \`tencent-chat\` was started with 20.20.2. What to do: put a newer`,
    );
    expect(err).not.toContain("Pulumi started it");
  },
);

test("on a Node.js that is new enough the command runs", async () => {
  expect(await startOn(undefined, "--version")).toEqual({ code: 0, out: `${version}\n`, err: "" });
});
