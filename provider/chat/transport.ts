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
        throw connectionError(error, url.host, timeoutMs, call);
      }
    },
    close: () => dispatcher.destroy(),
  };
}

/** Takes only codes over from the original error: its other fields can hold the URL, and that holds the signature. */
function connectionError(error: unknown, host: string, timeoutMs: number, call: string): ConnectionError {
  const code = errorCodeOf(error);
  const neverSent = NEVER_SENT[code];
  if (neverSent !== undefined) {
    const { reason, maxRetries, stage } = neverSent;
    return new ConnectionError(call, host, `${reason}, ${code}`, false, maxRetries, stage);
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
    return new ConnectionError(call, host, `its TLS certificate does not verify, ${code}`, false, 0, "TLS");
  }
  if (NO_TLS.test(code)) return new ConnectionError(call, host, `it does not speak TLS, ${code}`, false, 0, "TLS");
  if (error instanceof Error && error.name === "TimeoutError") {
    const reason = `none came within ${Number((timeoutMs / 1000).toFixed(1))} s`;
    return new ConnectionError(call, host, reason, true, Number.POSITIVE_INFINITY);
  }
  return new ConnectionError(call, host, `the connection broke, ${code}`, true, Number.POSITIVE_INFINITY);
}

function errorCodeOf(error: unknown): string {
  if (typeof error !== "object" || error === null) return "unknown";
  if ("code" in error && typeof error.code === "string") return error.code;
  // Several addresses of one host were tried: Node.js wraps one error for each.
  if (error instanceof AggregateError) return errorCodeOf(error.errors[0]);
  return "cause" in error ? errorCodeOf(error.cause) : "unknown";
}
