/** `docs/third-party.md`: what is installed along with the package, and under which licences, from the lock file. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { table } from "./table.mts";

/** What each dependency is for. */
export const PURPOSES: Readonly<Record<string, string>> = {
  "@hono/node-server": "the emulator's HTTP server",
  commander: "the `tencent-chat` command",
  dataloader: "calls that gather",
  hono: "the emulator's routes",
  semver: "comparing versions",
  "tls-sig-api-v2": "Tencent's own signing of UserSigs",
  undici: "HTTP, with proxies",
  "write-file-atomic": "the emulator's data file",
  yaml: "reading Pulumi.yaml",
  zod: "checking settings, inputs and answers",
};

export interface InstalledPackage {
  readonly name: string;
  readonly version: string;
  readonly license: string;
}

interface LockedPackage {
  readonly version: string;
  readonly license?: string;
  readonly dev?: boolean;
}

/** Every package that `npm install pulumi-tencent-chat` brings beside the peer, its dependencies' dependencies too. */
export function installedPackages(): readonly InstalledPackage[] {
  const { packages } = JSON.parse(readFileSync(resolve(import.meta.dirname, "../../package-lock.json"), "utf8"));
  return Object.entries<LockedPackage>(packages)
    .filter(([path, { dev }]) => path !== "" && !dev)
    .map(([path, { version, license = "none stated" }]) => {
      return { name: path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length), version, license };
    });
}

export function thirdParty(): string {
  const installed = installedPackages();
  const rows = installed.map(({ name, version, license }) => {
    return [`\`${name}\``, version, license, PURPOSES[name] ?? "needed by one of the others"];
  });
  const licences = [...new Set(installed.map(({ license }) => license))].sort();
  return `# Third-party packages

What is installed along with this package: ${installed.length} packages, licences: ${licences.join(", ")}. The peer
\`@pulumi/pulumi\` is under Apache-2.0, as this package is. Versions are those of the lock file, with which the tests run.
Nothing of them is copied into the package. Made by \`npm run docs\`; a test holds it to the lock file.

${table(["Package", "Version", "Licence", "For"], rows)}
`;
}
