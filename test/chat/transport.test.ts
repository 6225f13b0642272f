import { createServer as createHttpServer, type RequestListener } from "node:http";
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from "node:net";
import { text } from "node:stream/consumers";
import { createServer as createTlsServer } from "node:tls";
import { inspect } from "node:util";
import { afterEach, describe, expect, test, vi } from "vitest";
import { ConnectionError } from "../../provider/chat/errors/index.js";
import { createTransport, type HttpAnswer } from "../../provider/chat/transport.js";
import { selfSigned } from "../../provider/emulator/certificate.js";
import { failureOf } from "./test-app.js";

const closing: (() => Promise<unknown> | unknown)[] = [];
afterEach(async () => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  for (const close of closing.splice(0)) await close();
});

/** Listens on a free port of 127.0.0.1, which it gives. */
async function listen(server: Server): Promise<number> {
  const sockets = new Set<Socket>();
  server.on("connection", (socket) => sockets.add(socket));
  closing.push(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}

const serveHttp = (listener: RequestListener) => listen(createHttpServer(listener));

function post(baseUrl: string, options: { body?: string; timeoutMs?: number } = {}): Promise<HttpAnswer> {
  const transport = createTransport(baseUrl);
  closing.unshift(() => transport.close());
  const url = new URL("/v4/svc/get_topic?usersig=eJw-do-not-show", baseUrl);
  return transport.post(url, options.body ?? "{}", options.timeoutMs ?? 5_000, "get_topic of @TGS#_a");
}

async function connectionError(answer: Promise<HttpAnswer>): Promise<ConnectionError> {
  const error = await failureOf(answer);
  expect(error).toBeInstanceOf(ConnectionError);
  return error as ConnectionError;
}

describe("an answer", () => {
  test("comes with its status, its text and the server's clock", async () => {
    const port = await serveHttp((_, response) => {
      response.writeHead(502, { date: "Tue, 01 Jul 2025 00:00:00 GMT" }).end("频道");
    });
    expect(await post(`http://127.0.0.1:${port}`)).toEqual({
      status: 502,
      text: "频道",
      serverTime: Date.UTC(2025, 6, 1),
    });
  });

  test("without a readable clock has none", async () => {
    const port = await serveHttp((_, response) => {
      response.sendDate = false;
      response.end("{}");
    });
    expect((await post(`http://127.0.0.1:${port}`)).serverTime).toBeUndefined();
  });

  test("is asked for with POST, as JSON in UTF-8", async () => {
    let seen: unknown;
    const port = await serveHttp(async (request, response) => {
      seen = [request.method, request.headers["content-type"], await text(request)];
      response.end("{}");
    });
    await post(`http://127.0.0.1:${port}`, { body: '{"TopicName":"频道"}' });
    expect(seen).toEqual(["POST", "application/json; charset=utf-8", '{"TopicName":"频道"}']);
  });

  test("that sends elsewhere is not followed: the signature would travel along", async () => {
    let elsewhere = 0;
    const other = await serveHttp((_, response) => {
      elsewhere++;
      response.end("{}");
    });
    const port = await serveHttp((_, response) => {
      response.writeHead(307, { location: `http://127.0.0.1:${other}/` }).end();
    });
    expect((await post(`http://127.0.0.1:${port}`)).status).toBe(307);
    expect(elsewhere).toBe(0);
  });

  test("of absurd size is given up", async () => {
    const port = await serveHttp((_, response) => response.end("x".repeat(9 * 1024 * 1024)));
    expect((await connectionError(post(`http://127.0.0.1:${port}`))).message).toContain(
      "UND_ERR_RES_EXCEEDED_MAX_SIZE",
    );
  });
});

describe("how long a busy server wants to be left alone", () => {
  const NOW = "Tue, 01 Jul 2025 00:00:00 GMT";

  /** What is read from an answer with these headers. */
  async function retryAfterMs(headers: Record<string, string>): Promise<number | undefined> {
    const port = await serveHttp((_, response) => {
      response.sendDate = false;
      response.writeHead(429, headers).end();
    });
    return (await post(`http://127.0.0.1:${port}`)).retryAfterMs;
  }

  test.each([
    ["0", 0],
    ["1", 1_000],
    ["120", 120_000],
  ])("is told in seconds: %s", async (seconds, ms) => {
    expect(await retryAfterMs({ date: NOW, "retry-after": seconds })).toBe(ms);
  });

  test.each([
    ["Tue, 01 Jul 2025 00:00:30 GMT", 30_000],
    [NOW, 0],
    ["Mon, 30 Jun 2025 23:00:00 GMT", 0],
  ])("or as a date, which counts from the server's own clock: %s", async (date, ms) => {
    expect(await retryAfterMs({ date: NOW, "retry-after": date })).toBe(ms);
  });

  test("or as a date, which counts from this machine's clock where the server does not tell its own", async () => {
    const headers = { "retry-after": "Tue, 01 Jul 2025 00:00:30 GMT" };
    vi.spyOn(Date, "now").mockReturnValue(Date.parse(NOW));
    expect(await retryAfterMs(headers)).toBe(30_000);
  });

  test.each(["soon", "-5", "1.5", "PT30S", "30 seconds", ""])(
    "is no time at all where it is nonsense: “%s”",
    async (text) => {
      expect(await retryAfterMs({ date: NOW, "retry-after": text })).toBe(0);
    },
  );

  test("is not known where it does not tell", async () => {
    expect(await retryAfterMs({ date: NOW })).toBeUndefined();
  });
});

describe("a connection", () => {
  test("that is refused never carried the request", async () => {
    const port = await serveHttp(() => {});
    await closing.pop()?.();
    const error = await connectionError(post(`http://127.0.0.1:${port}`));
    expect(error).toMatchObject({ attempts: { outcomeUnknown: false, count: 1 }, maxRetries: 5, stage: "TCP" });
    expect(error.message).toMatch(
      /^get_topic of @TGS#_a: no answer from 127\.0\.0\.1:\d+, the connection was refused, ECONNREFUSED\. What to do: is the emulator running at that address\? /,
    );
  });

  test("that a port of TLS closes, because it was spoken to without, leads to https", async () => {
    const server = createTlsServer(selfSigned());
    server.on("tlsClientError", () => {});
    const port = await listen(server);
    const error = await connectionError(post(`http://127.0.0.1:${port}`));
    expect(error.message).toMatch(/the connection broke, .* write https in place of http in `endpoint`; then run/);
  });

  test("that closes before the answer may have carried it", async () => {
    const port = await listen(createTcpServer((socket) => socket.once("data", () => socket.destroy())));
    expect((await connectionError(post(`http://127.0.0.1:${port}`))).attempts.outcomeUnknown).toBe(true);
  });

  test("that closes in the middle of the answer may have carried it", async () => {
    const port = await serveHttp((_, response) => {
      response.writeHead(200, { "content-length": "100" });
      response.write("{", () => response.destroy());
    });
    expect((await connectionError(post(`http://127.0.0.1:${port}`))).attempts.outcomeUnknown).toBe(true);
  });

  test.each([
    ["nothing", (() => {}) satisfies RequestListener],
    ["only half an answer", ((_, response) => response.writeHead(200).write("{")) satisfies RequestListener],
  ])("on which %s comes ends with the attempt's time, and may have carried the request", async (_, listener) => {
    const port = await serveHttp(listener);
    const error = await connectionError(post(`http://127.0.0.1:${port}`, { timeoutMs: 100 }));
    expect(error.message).toContain("none came within 0.1 s");
    expect(error).toMatchObject({ attempts: { outcomeUnknown: true, count: 1 }, maxRetries: Number.POSITIVE_INFINITY });
  });

  test("is used again for later calls", async () => {
    const ports = new Set<number | undefined>();
    const port = await serveHttp(async (request, response) => {
      ports.add(request.socket.remotePort);
      await text(request);
      response.end("{}");
    });
    const url = new URL(`http://127.0.0.1:${port}`);
    const transport = createTransport(url.origin);
    closing.unshift(() => transport.close());
    for (let call = 0; call < 20; call++) await transport.post(url, "{}", 5_000, "x");
    // The agent may open a second one while it tidies up the first.
    expect(ports.size).toBeLessThanOrEqual(2);
  });
});

describe("TLS", () => {
  test("a certificate that does not verify is refused, whatever the environment says, and not tried again", async () => {
    vi.stubEnv("NODE_TLS_REJECT_UNAUTHORIZED", "0");
    vi.spyOn(process, "emitWarning").mockImplementation(() => {});
    let spoken = "";
    const server = createTlsServer(selfSigned(), (socket) => {
      socket.on("data", (data) => {
        spoken += String(data);
      });
      socket.on("error", () => {});
    });
    server.on("tlsClientError", () => {});
    const port = await listen(server);
    const error = await connectionError(post(`https://localhost:${port}`));
    expect(error.message).toMatch(
      /its TLS certificate does not verify, DEPTH_ZERO_SELF_SIGNED_CERT.*NODE_EXTRA_CA_CERTS/,
    );
    expect(error).toMatchObject({ attempts: { outcomeUnknown: false, count: 1 }, maxRetries: 0 });
    expect(spoken).toBe("");
  });

  test("a host that does not speak it is not tried again", async () => {
    const port = await serveHttp((_, response) => response.end("{}"));
    const error = await connectionError(post(`https://127.0.0.1:${port}`));
    expect(error.message).toMatch(/it does not speak TLS, ERR_SSL_.*write http in place of https/);
    expect(error).toMatchObject({ attempts: { outcomeUnknown: false, count: 1 }, maxRetries: 0, stage: "TLS" });
  });
});

describe("proxies", () => {
  /** A proxy that notes what it is asked for, and refuses. */
  async function startProxy(): Promise<{ url: string; asked: string[] }> {
    const asked: string[] = [];
    const port = await listen(
      createTcpServer((socket) => {
        socket.on("error", () => {});
        socket.once("data", (data) => {
          asked.push(String(data).split("\r\n")[0] ?? "");
          socket.end("HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n");
        });
      }),
    );
    return { url: `http://127.0.0.1:${port}`, asked };
  }

  function stubProxy(url: string, noProxy = ""): void {
    for (const name of ["HTTP_PROXY", "HTTPS_PROXY"]) {
      vi.stubEnv(name, url);
      vi.stubEnv(name.toLowerCase(), url);
    }
    for (const name of ["NO_PROXY", "no_proxy"]) vi.stubEnv(name, noProxy);
  }

  test("are not asked for a loopback host", async () => {
    const proxy = await startProxy();
    stubProxy(proxy.url);
    const port = await serveHttp((_, response) => response.end("direct"));
    expect((await post(`http://127.0.0.1:${port}`)).text).toBe("direct");
    expect(proxy.asked).toEqual([]);
  });

  test("are asked for a tunnel to the API's host, and see no more than its name", async () => {
    const proxy = await startProxy();
    stubProxy(proxy.url);
    const error = await connectionError(post("https://chat.invalid"));
    expect(proxy.asked).toEqual(["CONNECT chat.invalid:443 HTTP/1.1"]);
    expect(error.message).toContain("HTTPS_PROXY");
  });

  test("that refuse are to blame, and not asked without end: nothing was sent to the host", async () => {
    const proxy = await startProxy();
    stubProxy(proxy.url);
    const error = await connectionError(post("https://chat.invalid"));
    expect(error.message).toContain("the proxy refused to connect to it, HTTP status 403");
    expect(error).toMatchObject({ stage: "proxy", attempts: { outcomeUnknown: false }, maxRetries: 3 });
  });

  test("are passed by for a host that NO_PROXY names", async () => {
    const proxy = await startProxy();
    stubProxy(proxy.url, "chat.invalid");
    await connectionError(post("https://chat.invalid"));
    expect(proxy.asked).toEqual([]);
  });
});

test("no failure shows the signature, be it printed in whatever way", async () => {
  const dead = await serveHttp((request) => request.socket.destroy());
  const silent = await serveHttp(() => {});
  const failures = await Promise.all([
    failureOf(post(`http://127.0.0.1:${dead}`)),
    failureOf(post(`http://127.0.0.1:${silent}`, { timeoutMs: 50 })),
    failureOf(post("http://127.0.0.1:1")),
    failureOf(post(`https://127.0.0.1:${dead}`)),
  ]);
  expect(inspect(failures, { depth: null, showHidden: true })).not.toContain("do-not-show");
});
