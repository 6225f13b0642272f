/** The emulator over https, called from other languages: the examples as they stand, with the certificate as they get it. */
import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Emulator, startEmulator } from "../../provider/emulator/index.js";
import { topic } from "../emulator/caller.js";

const EXAMPLES = resolve("examples");
const INSTALL_MS = 180_000;

let folder: string;
let emulator: Emulator;
let environment: NodeJS.ProcessEnv;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "languages-"));
  emulator = await startEmulator({ tls: true });
  const certificate = join(folder, "certificate.pem");
  await writeFile(certificate, emulator.certificate ?? "");
  environment = {
    ...process.env,
    TENCENT_CHAT_ENDPOINT: emulator.url,
    SSL_CERT_FILE: certificate,
    CURL_CA_BUNDLE: certificate,
  };
});
afterAll(async () => {
  await emulator?.close();
  await rm(folder, { recursive: true, force: true });
});

/** Runs a program, bounded; its stdout, or an Error with all that it said. */
async function run(
  program: string,
  args: readonly string[],
  options: { env?: NodeJS.ProcessEnv; help: string; timeout?: number },
) {
  const { env = process.env, help, timeout = 60_000 } = options;
  const child = spawn(program, args, { env, stdio: ["ignore", "pipe", "pipe"], timeout, killSignal: "SIGKILL" });
  let out = "";
  let err = "";
  child.stdout.on("data", (chunk) => (out += chunk));
  child.stderr.on("data", (chunk) => (err += chunk));
  const code = await new Promise<number | null>((done, failed) => {
    child.once("error", (error) => failed(new Error(`${error.message}: ${help}`)));
    child.once("close", done);
  });
  if (code !== 0) throw new Error(`${program} ${args.join(" ")} ended with ${code}: ${help}\n${out}${err}`);
  return out;
}

test(
  "Python, with the vendor's signer",
  async () => {
    const help = "this test needs Python 3 with venv, on Debian or Ubuntu: apt-get install python3 python3-venv";
    const venv = join(folder, "venv");
    await run("python3", ["-m", "venv", venv], { help, timeout: INSTALL_MS });
    const requirements = join(EXAMPLES, "python/requirements.txt");
    const pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", requirements];
    await run(join(venv, "bin/python"), pip, { help: "pip could not install the requirements", timeout: INSTALL_MS });
    const program = join(EXAMPLES, "python/topics.py");
    const out = await run(join(venv, "bin/python"), [program], { help: "the example failed", env: environment });
    expect(out).toContain(`${topic("python")} From Python\n`);
    // Again, with the topic there; and refused.
    expect(await run(join(venv, "bin/python"), [program], { help: "a second run failed", env: environment })).toBe(out);
    const refused = run(join(venv, "bin/python"), [program], {
      help: "",
      env: { ...environment, GROUP_ID: "@TGS#_gone" },
    });
    await expect(refused).rejects.toThrow(/ended with 1: \nimport_topic: 10010 /);
  },
  2 * INSTALL_MS + 60_000,
);

test("curl", async () => {
  const help = "this test needs curl, on Debian or Ubuntu: apt-get install curl";
  const userSig = await run(process.execPath, [join(EXAMPLES, "curl/user-sig.js")], { help: "no signature" });
  const env = { ...environment, TENCENT_CHAT_USER_SIG: userSig };
  const out = await run("sh", [join(EXAMPLES, "curl/topics.sh")], { help, env });
  const [imported, listed] = out.trim().split("\n");
  expect(imported).toContain(`"ErrorCode":0`);
  expect(listed).toContain(`"TopicName":"From curl"`);
  const again = await run("sh", [join(EXAMPLES, "curl/topics.sh")], { help: "a second run failed", env });
  expect(again.split("\n").slice(0, 2)).toEqual([expect.stringContaining(`"ErrorCode":10021`), listed]);
});

test("curl ends with 1 where the service refuses, and goes no further", async () => {
  const env = { ...environment, TENCENT_CHAT_USER_SIG: "x" };
  await expect(run("sh", [join(EXAMPLES, "curl/topics.sh")], { help: "", env })).rejects.toThrow(
    /ended with 1: \n\{[^\n]*"ActionStatus":"FAIL"[^\n]*\n$/,
  );
});

test("curl without the certificate is refused", async () => {
  const env = { ...environment, CURL_CA_BUNDLE: undefined, SSL_CERT_FILE: undefined, TENCENT_CHAT_USER_SIG: "x" };
  await expect(run("sh", [join(EXAMPLES, "curl/topics.sh")], { help: "", env })).rejects.toThrow(/certificate/);
});
