/**
 * Keeps browsers out: a page on the web could otherwise reach an emulator on its visitor's machine. A request must
 * name this server as its host (a rebound DNS name does not) and must not come from another origin.
 */

const LOOPBACK_NAMES = ["127.0.0.1", "localhost", "[::1]"];

/** Why a request with these headers is refused, or undefined. */
export function guardProblem(host: string | undefined, origin: string | undefined, port: number): string | undefined {
  // A client leaves out port 80.
  const hosts = LOOPBACK_NAMES.flatMap((name) => (port === 80 ? [name, `${name}:80`] : [`${name}:${port}`]));
  if (host === undefined || !hosts.includes(host.toLowerCase())) {
    return `the Host header must be one of ${hosts.join(", ")}`;
  }
  if (origin !== undefined && !hosts.some((name) => origin.toLowerCase() === `http://${name}`)) {
    return "requests from another origin are refused";
  }
  return undefined;
}
