/** The emulator over https: the certificate made on the spot, certificates of one's own, and who is let in. */
import { execFile } from "node:child_process";
import { createPublicKey, X509Certificate } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { get } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { runCli } from "../../provider/cli/program.js";
import { stopSignal } from "../../provider/cli/stop-signal.js";
import { selfSigned } from "../../provider/emulator/certificate.js";
import { type Emulator, startEmulator } from "../../provider/emulator/index.js";
import { ensureBuiltPackage, REPOSITORY } from "../dynamic/built-package.js";

let folder: string;
let emulator: Emulator;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "tls-"));
  emulator = await startEmulator({ tls: true });
});
afterAll(async () => {
  await emulator.close();
  await rm(folder, { recursive: true, force: true });
});

/** The status of a request that trusts this certificate and no other. */
function statusOf(url: string, ca: string | undefined, headers: Record<string, string> = {}): Promise<number> {
  return new Promise((done, failed) => {
    // Node.js would otherwise hold the certificate against the Host header.
    const options = { ca, headers, agent: false, ...(headers.host ? { servername: "localhost" } : {}) };
    get(`${url}/_emulator/health`, options, (response) => {
      response.resume();
      done(response.statusCode ?? 0);
    }).once("error", failed);
  });
}

test("is trusted by who trusts its certificate, under each loopback name, and by nobody else", async () => {
  expect(emulator.url).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
  expect(await statusOf(emulator.url, emulator.certificate)).toBe(200);
  expect(await statusOf(`https://localhost:${emulator.port}`, emulator.certificate)).toBe(200);
  await expect(statusOf(emulator.url, selfSigned().cert)).rejects.toThrow(/self-signed certificate/);
});

test("its certificate is for loopback alone, is no authority, and is another one each time", () => {
  const certificate = new X509Certificate(emulator.certificate ?? "");
  expect(certificate.subjectAltName).toBe("DNS:localhost, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1");
  expect(certificate.ca).toBe(false);
  expect(certificate.checkHost("example.com")).toBeUndefined();
  expect(certificate.verify(certificate.publicKey)).toBe(true);
  const lifetime = certificate.validToDate.getTime() - certificate.validFromDate.getTime();
  expect(lifetime / 86_400_000).toBe(825);
  expect(new X509Certificate(selfSigned().cert).serialNumber).not.toBe(certificate.serialNumber);
  const { cert, key } = selfSigned();
  expect(new X509Certificate(cert).publicKey.equals(createPublicKey(key))).toBe(true);
});

test("OpenSSL finds nothing wrong with it, strictly", async () => {
  const path = join(folder, "certificate.pem");
  await writeFile(path, emulator.certificate ?? "");
  const args = ["verify", "-x509_strict", "-purpose", "sslserver", "-verify_ip", "127.0.0.1", "-CAfile", path, path];
  const { stdout } = await promisify(execFile)("openssl", args, { timeout: 10_000 });
  expect(stdout).toContain(": OK");
});

test("pages of http, and of other hosts, stay out", async () => {
  const { port, url, certificate } = emulator;
  expect(await statusOf(url, certificate, { origin: url })).toBe(200);
  expect(await statusOf(url, certificate, { origin: `http://127.0.0.1:${port}` })).toBe(403);
  expect(await statusOf(url, certificate, { host: `evil.example:${port}` })).toBe(403);
});

test("serves a certificate of one's own", async () => {
  const own = selfSigned();
  await using running = await startEmulator({ tls: own });
  expect(running.certificate).toBe(own.cert);
  expect(await statusOf(running.url, own.cert)).toBe(200);
});

test.each([
  ["no PEM", { cert: "no", key: "no" }],
  ["a key of another certificate", { cert: selfSigned().cert, key: selfSigned().key }],
])("with %s does not start, and says why", async (_what, tls) => {
  await expect(startEmulator({ tls })).rejects.toThrow("the TLS certificate and key cannot be used: ");
});

/** Runs the command until it prints its address, and gives that to `use`. */
async function run(args: string[], use: (url: string, err: string) => Promise<void> = async () => {}) {
  let err = "";
  let end: () => void = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  let using: Promise<void> | undefined;
  const code = await runCli(args, {
    out: (text) => {
      using = use(String(text.trim().split(" ").at(-1)), err).finally(end);
    },
    err: (text) => {
      err += text;
    },
    stopped: () => ended,
  });
  await using;
  return { code, err };
}

test("the command prints the path of the certificate, which is gone afterwards", async () => {
  let path = "";
  const { code } = await run(["emulator", "--tls"], async (url, err) => {
    path = /^certificate to trust: (\S+)$/m.exec(err)?.[1] ?? "";
    expect(await statusOf(url, await readFile(path, "utf8"))).toBe(200);
  });
  expect([code, existsSync(path)]).toEqual([0, false]);
});

describe("where the temporary folder cannot be used, the command", () => {
  beforeAll(ensureBuiltPackage);
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  test("ends by itself with 2 and says what to do", async () => {
    const env = { ...process.env, TMPDIR: join(folder, "nowhere") };
    const main = join(REPOSITORY, "dist/cli/main.js");
    const options = { env, timeout: 20_000, killSignal: "SIGKILL" } as const;
    const ended = promisify(execFile)(process.execPath, [main, "emulator", "--tls"], options);
    await expect(ended).rejects.toMatchObject({
      code: 2,
      stdout: "",
      stderr: expect.stringMatching(/^tencent-chat: the certificate could not be put into .*nowhere: ENOENT.* TMPDIR/),
    });
  });

  test("leaves no lock of the data file, and the next signal to others", async () => {
    vi.stubEnv("TMPDIR", join(folder, "nowhere"));
    const before = process.listenerCount("SIGTERM");
    const data = join(folder, "data", "chat.json");
    const io = { out: () => undefined, err: () => undefined, stopped: stopSignal };
    expect(await runCli(["emulator", "--tls", "--data", data], io)).toBe(2);
    expect(await readdir(join(folder, "data"))).toEqual(["chat.json"]);
    expect(process.listenerCount("SIGTERM")).toBe(before);
  });
});

test("the command takes files, and tells what is wrong with them", async () => {
  const { cert, key } = selfSigned();
  const [certFile, keyFile] = [join(folder, "cert.pem"), join(folder, "key.pem")];
  await writeFile(certFile, cert);
  await writeFile(keyFile, key);
  const both = ["emulator", "--tls-cert", certFile, "--tls-key", keyFile];
  const { code } = await run(both, async (url) => expect(await statusOf(url, cert)).toBe(200));
  expect(code).toBe(0);
  expect(await run([...both, "--tls"])).toMatchObject({ code: 2, err: expect.stringContaining("leave it out beside") });
  expect(await run(both.slice(0, 3))).toMatchObject({ code: 2, err: expect.stringContaining("are given together") });
  expect(await run(["emulator", "--tls-cert", "/nowhere", "--tls-key", keyFile])).toMatchObject({
    code: 2,
    err: expect.stringContaining("the file of --tls-cert, /nowhere, could not be read"),
  });
});
