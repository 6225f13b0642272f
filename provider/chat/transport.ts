/**
 * HTTP: one keep-alive agent for all calls of a process. It honours HTTPS_PROXY and NO_PROXY (except towards
 * loopback), always verifies TLS, follows no redirect, and tells a failure that cannot have reached the service from
 * one after which nobody knows.
 */
import { Agent, type Dispatcher, EnvHttpProxyAgent, request } from "undici";
import { ConnectionError, type ConnectionStage } from "./errors/index.js";
import { isLoopback } from "./loopback.js";

export interface HttpAnswer {
  readonly status: number;
  readonly text: string;
  /** The server's clock, Unix milliseconds, where it tells. */
  readonly serverTime: number | undefined;
  /** How long the server wants no other call, in milliseconds, where it tells. */
  readonly retryAfterMs?: number | undefined;
}

export interface Transport {
  post(url: URL, body: string, timeoutMs: number, call: string): Promise<HttpAnswer>;
  close(): Promise<void>;
}

/** Far over the 1 MB at which the service itself stops (10018). */
const MAX_RESPONSE_BYTES = 8 * 1024 * 1024;
const MAX_CONNECTIONS = 128;

interface NeverSent {
  readonly reason: string;
  readonly maxRetries: number;
  readonly stage: ConnectionStage;
}

/** Connection failures that show that the request never left, by the error code of Node.js or undici. */
const NEVER_SENT: Readonly<Record<string, NeverSent>> = {
  ENOTFOUND: { reason: "its name is not known (DNS)", maxRetries: 3, stage: "DNS" },
  EAI_AGAIN: { reason: "its name could not be looked up just now (DNS)", maxRetries: 5, stage: "DNS" },
  ECONNREFUSED: { reason: "the connection was refused", maxRetries: 5, stage: "TCP" },
  ENETUNREACH: { reason: "the network is not reachable", maxRetries: 5, stage: "TCP" },
  EHOSTUNREACH: { reason: "the host is not reachable", maxRetries: 5, stage: "TCP" },
  UND_ERR_PRX_CONN: { reason: "the proxy closed the connection", maxRetries: 3, stage: "proxy" },
  UND_ERR_PRX_TLS: { reason: "the proxy's TLS certificate does not verify", maxRetries: 0, stage: "proxy" },
  UND_ERR_CONNECT_TIMEOUT: { reason: "connecting took too long", maxRetries: 3, stage: "TCP" },
};

/** Failures of TLS: trying again changes nothing. */
const BAD_CERTIFICATE = /^(ERR_TLS|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_)/;
const NO_TLS = /^(ERR_SSL|EPROTO)/;
/** What a port that speaks TLS does when it is spoken to without. */
const CLOSED = /^(UND_ERR_SOCKET|ECONNRESET)$/;

/** How undici tells that a proxy did not open the tunnel; there is no code for it. */
const TUNNEL_REFUSED = /^Proxy response \((\d{3})\)/;

export function createTransport(baseUrl: string): Transport {
  const options: Agent.Options = {
    connections: MAX_CONNECTIONS,
    maxResponseSize: MAX_RESPONSE_BYTES,
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
        const serverTime = timeIn(answer.headers.date);
        return {
          status: answer.statusCode,
          text: await answer.body.text(),
          serverTime,
          retryAfterMs: retryAfterMs(answer.headers["retry-after"], serverTime ?? Date.now()),
        };
      } catch (error) {
        throw connectionError(error, url, timeoutMs, call);
      }
    },
    close: () => dispatcher.destroy(),
  };
}

/** A `Date` header, or another one of its form, as Unix milliseconds. */
function timeIn(header: string | string[] | undefined): number | undefined {
  const time = Date.parse(String(header));
  return Number.isNaN(time) ? undefined : time;
}

/** `Retry-After` holds seconds or a date (https://www.rfc-editor.org/rfc/rfc9110#name-retry-after). */
function retryAfterMs(header: string | string[] | undefined, now: number): number | undefined {
  if (header === undefined) return undefined;
  const text = String(header);
  if (/^\d+$/.test(text)) return Number(text) * 1_000;
  const isDate = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} /.test(text);
  return isDate ? Math.max(0, (timeIn(header) ?? now) - now) : 0;
}

/** Takes only codes over from the original error: its other fields can hold the URL, and that holds the signature. */
function connectionError(error: unknown, url: URL, timeoutMs: number, call: string): ConnectionError {
  return new ConnectionError({ call, host: url.host, ...connectionFailure(error, url, timeoutMs) });
}

function connectionFailure(
  error: unknown,
  url: URL,
  timeoutMs: number,
): {
  reason: string;
  outcomeUnknown: boolean;
  maxRetries?: number;
  stage?: ConnectionStage;
  remedy?: string | undefined;
} {
  const code = errorCodeOf(error);
  const remedy = remedyFor(code, url);
  const neverSent = NEVER_SENT[code];
  if (neverSent !== undefined) {
    return { ...neverSent, reason: `${neverSent.reason}, ${code}`, outcomeUnknown: false, remedy };
  }
  const [, refusal] = TUNNEL_REFUSED.exec(error instanceof Error ? error.message : "") ?? [];
  if (refusal !== undefined) {
    const reason = `the proxy refused to connect to it, HTTP status ${refusal}`;
    return { reason, outcomeUnknown: false, maxRetries: 3, stage: "proxy" };
  }
  const tls = { outcomeUnknown: false, maxRetries: 0, stage: "TLS", remedy } as const;
  if (BAD_CERTIFICATE.test(code)) return { ...tls, reason: `its TLS certificate does not verify, ${code}` };
  if (NO_TLS.test(code)) return { ...tls, reason: `it does not speak TLS, ${code}` };
  if (error instanceof Error && error.name === "TimeoutError") {
    return { reason: `none came within ${Number((timeoutMs / 1000).toFixed(1))} s`, outcomeUnknown: true };
  }
  return { reason: `the connection broke, ${code}`, outcomeUnknown: true, remedy };
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
