/**
 * HTTP: one keep-alive agent for all calls of a process. It honours HTTPS_PROXY and NO_PROXY (except towards
 * loopback), always verifies TLS, follows no redirect, and tells a failure that cannot have reached the service from
 * one after which nobody knows.
 */
import { Agent, type Dispatcher, EnvHttpProxyAgent, request } from "undici";
import { ConnectionError, type ConnectionStage } from "./errors/index.js";
import { isLoopback } from "./settings.js";

export interface HttpAnswer {
  readonly status: number;
  readonly text: string;
  /** The server's clock, Unix milliseconds, where it tells. */
  readonly serverTime: number | undefined;
}

export interface Transport {
  post(url: URL, body: string, timeoutMs: number, call: string): Promise<HttpAnswer>;
  close(): Promise<void>;
}

/** Far over the 1 MB at which the service itself stops (10018). */
const MAX_ANSWER_BYTES = 8 * 1024 * 1024;
const MAX_CONNECTIONS = 128;

interface ConnectionFault {
  readonly reason: string;
  readonly maxRetries: number;
  readonly stage: ConnectionStage;
}

/** Faults that show that the request never left, by the error code of Node.js or undici. */
const NEVER_SENT: Readonly<Record<string, ConnectionFault>> = {
  ENOTFOUND: { reason: "its name is not known (DNS)", maxRetries: 3, stage: "DNS" },
  EAI_AGAIN: { reason: "its name could not be looked up just now (DNS)", maxRetries: 5, stage: "DNS" },
  ECONNREFUSED: { reason: "the connection was refused", maxRetries: 5, stage: "TCP" },
  ENETUNREACH: { reason: "the network is not reachable", maxRetries: 5, stage: "TCP" },
  EHOSTUNREACH: { reason: "the host is not reachable", maxRetries: 5, stage: "TCP" },
  UND_ERR_PRX_CONN: { reason: "the proxy closed the connection", maxRetries: 3, stage: "proxy" },
  UND_ERR_PRX_TLS: { reason: "the proxy's TLS certificate does not verify", maxRetries: 0, stage: "proxy" },
  UND_ERR_CONNECT_TIMEOUT: { reason: "connecting took too long", maxRetries: 3, stage: "TCP" },
};

/** Faults of TLS: trying again changes nothing. */
const BAD_CERTIFICATE = /^(ERR_TLS|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_)/;
const NO_TLS = /^(ERR_SSL|EPROTO)/;
/** What a port that speaks TLS does when it is spoken to without. */
const CLOSED = /^(UND_ERR_SOCKET|ECONNRESET)$/;

/** How undici tells that a proxy did not open the tunnel; there is no code for it. */
const TUNNEL_REFUSED = /^Proxy response \((\d{3})\)/;

export function createTransport(baseUrl: string): Transport {
  const options: Agent.Options = {
    connections: MAX_CONNECTIONS,
    maxResponseSize: MAX_ANSWER_BYTES,
    connect: { rejectUnauthorized: true, timeout: 5_000 },
  };
  const dispatcher: Dispatcher = isLoopback(new URL(baseUrl).hostname)
    ? new Agent(options)
    : new EnvHttpProxyAgent({ ...options, requestTls: { rejectUnauthorized: true } });

  return {
    async post(url, body, timeoutMs, call) {
      try {
        const answer = await request(url, {
          method: "POST",
          dispatcher,
          body,
          headers: { "content-type": "application/json; charset=utf-8" },
          signal: AbortSignal.timeout(timeoutMs),
        });
        const date = Date.parse(String(answer.headers.date));
        return {
          status: answer.statusCode,
          text: await answer.body.text(),
          serverTime: Number.isNaN(date) ? undefined : date,
        };
      } catch (error) {
        throw connectionError(error, url, timeoutMs, call);
      }
    },
    close: () => dispatcher.destroy(),
  };
}

/** Takes only codes over from the original error: its other fields can hold the URL, and that holds the signature. */
function connectionError(error: unknown, url: URL, timeoutMs: number, call: string): ConnectionError {
  const { host } = url;
  const code = errorCodeOf(error);
  const remedy = remedyFor(code, url);
  const neverSent = NEVER_SENT[code];
  if (neverSent !== undefined) {
    const { reason, maxRetries, stage } = neverSent;
    return new ConnectionError(call, host, `${reason}, ${code}`, false, maxRetries, stage, remedy);
  }
  const [, refusal] = TUNNEL_REFUSED.exec(error instanceof Error ? error.message : "") ?? [];
  if (refusal !== undefined) {
    return new ConnectionError(
      call,
      host,
      `the proxy refused to connect to it, HTTP status ${refusal}`,
      false,
      3,
      "proxy",
    );
  }
  if (BAD_CERTIFICATE.test(code)) {
    return new ConnectionError(call, host, `its TLS certificate does not verify, ${code}`, false, 0, "TLS", remedy);
  }
  if (NO_TLS.test(code)) {
    return new ConnectionError(call, host, `it does not speak TLS, ${code}`, false, 0, "TLS", remedy);
  }
  if (error instanceof Error && error.name === "TimeoutError") {
    const reason = `none came within ${Number((timeoutMs / 1000).toFixed(1))} s`;
    return new ConnectionError(call, host, reason, true, Number.POSITIVE_INFINITY);
  }
  return new ConnectionError(
    call,
    host,
    `the connection broke, ${code}`,
    true,
    Number.POSITIVE_INFINITY,
    "HTTP",
    remedy,
  );
}

/** At loopback is most likely the emulator, or ought to be. */
function remedyFor(code: string, { hostname, protocol }: URL): string | undefined {
  if (BAD_CERTIFICATE.test(code)) {
    return (
      "check that `endpoint` is the right host; where a proxy inspects TLS, or the certificate is the emulator's, name " +
      "the file of the certificate to trust in NODE_EXTRA_CA_CERTS"
    );
  }
  if (!isLoopback(hostname)) return undefined;
  if (code === "ECONNREFUSED") return "is the emulator running at that address? Start it there, or correct `endpoint`";
  if (NO_TLS.test(code)) return "write http in place of https in `endpoint`, or start the emulator with --tls";
  if (CLOSED.test(code) && protocol === "http:") {
    return "where it speaks TLS, as the emulator does with --tls, write https in place of http in `endpoint`";
  }
  return undefined;
}

function errorCodeOf(error: unknown): string {
  if (typeof error !== "object" || error === null) return "unknown";
  if ("code" in error && typeof error.code === "string") return error.code;
  // Several addresses of one host were tried: Node.js wraps one error for each.
  if (error instanceof AggregateError) return errorCodeOf(error.errors[0]);
  return "cause" in error ? errorCodeOf(error.cause) : "unknown";
}
