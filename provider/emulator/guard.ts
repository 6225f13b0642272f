/**
 * Keeps browsers out: a page on the web could otherwise reach an emulator on its visitor's machine. A request must
 * name this server as its host (a rebound DNS name does not) and must not come from another origin.
 */

const LOOPBACK_NAMES = ["127.0.0.1", "localhost", "[::1]"];

/** Where a server listens. */
export interface ServerAddress {
  readonly scheme: "http" | "https";
  readonly port: number;
}

/** Why a request with these headers is refused; undefined when it is not. */
export function headersIssue(
  host: string | undefined,
  origin: string | undefined,
  address: ServerAddress,
): string | undefined {
  const { scheme, port } = address;
  // A client leaves out the usual port.
  const isUsual = port === (scheme === "http" ? 80 : 443);
  const hosts = LOOPBACK_NAMES.flatMap((name) => (isUsual ? [name, `${name}:${port}`] : [`${name}:${port}`]));
  if (host === undefined || !hosts.includes(host.toLowerCase())) {
    return `the Host header must be one of ${hosts.join(", ")}`;
  }
  if (origin !== undefined && !hosts.some((name) => origin.toLowerCase() === `${scheme}://${name}`)) {
    return "requests from another origin are refused";
  }
  return undefined;
}
