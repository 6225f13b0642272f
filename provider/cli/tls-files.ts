/** The files of `tencent-chat emulator` over https: a certificate and key to use, or the place of one that was made. */

import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TlsFiles } from "../emulator/index.js";

export interface TlsOptions {
  readonly tls?: true;
  readonly tlsCert?: string;
  readonly tlsKey?: string;
}

/** What the emulator takes as `tls`. */
export async function readTls({ tls, tlsCert, tlsKey }: TlsOptions): Promise<true | TlsFiles | undefined> {
  if (tlsCert === undefined && tlsKey === undefined) return tls;
  if (tls) throw new Error("--tls makes a certificate; leave it out beside --tls-cert and --tls-key");
  if (tlsCert === undefined || tlsKey === undefined) throw new Error("--tls-cert and --tls-key are given together");
  return { cert: await read("--tls-cert", tlsCert), key: await read("--tls-key", tlsKey) };
}

async function read(option: string, path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    throw new Error(`the file of ${option}, ${path}, could not be read: ${(error as Error).message}`);
  }
}

/** Writes a certificate, if there is one, to a temporary file for as long as `use` runs, which gets the file's path. */
export async function withCertificateFile(
  cert: string | undefined,
  use: (path: string | undefined) => Promise<void>,
): Promise<void> {
  if (cert === undefined) return use(undefined);
  const folder = await mkdtemp(join(tmpdir(), "tencent-chat-emulator-")).catch((error: Error) => {
    throw new Error(
      `the certificate could not be put into the temporary folder ${tmpdir()}: ${error.message}; ` +
        "name another folder in TMPDIR, or give a certificate of your own with --tls-cert and --tls-key",
    );
  });
  try {
    const path = join(folder, "certificate.pem");
    await writeFile(path, cert);
    await use(path);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
