/** `tencent-chat doctor` with an app, settings and a way to the host that are broken in each way that it can tell. */
import { mkdtempDisposable } from "node:fs/promises";
import { createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Api } from "tls-sig-api-v2";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import {
  DEFAULT_GROUP_ID,
  DEFAULT_SDK_APP_ID,
  DEFAULT_SECRET_KEY,
  type Emulator,
  type Fault,
  startEmulator,
} from "../../provider/emulator/index.js";
import type { ProjectFolder } from "../dynamic/project-folder.js";
import { createHealthyProject, examine, hurryNode, runDoctor, stubEnvironment } from "./doctor-run.js";

/** The package may have to be built first, in milliseconds. */
const BUILD_MS = 90_000;
const HOUR = 3600;
const DAY = 24 * HOUR;

let emulator: Emulator;
let project: ProjectFolder;

beforeAll(async () => {
  emulator = await startEmulator();
  project = await createHealthyProject();
  await hurryNode(project);
}, BUILD_MS);
afterAll(async () => {
  await project?.[Symbol.asyncDispose]();
  await emulator?.close();
});
beforeEach(async () => {
  await emulator.reset();
  emulator.restoreRules();
  stubEnvironment(project, emulator);
});
afterEach(() => {
  vi.unstubAllEnvs();
});

const doctor = (...args: string[]) => examine("--cwd", project.path, ...args);

function always(fault: Fault): void {
  emulator.addFault({ times: 1_000, ...fault });
}

function useUserSig(secondsToLive: number, account = "administrator"): void {
  const userSig = new Api(DEFAULT_SDK_APP_ID, DEFAULT_SECRET_KEY).genUserSig(account, secondsToLive);
  vi.stubEnv("TENCENT_CHAT_SECRET_KEY", undefined);
  vi.stubEnv("TENCENT_CHAT_USER_SIG", userSig);
}

const OF_THE_HOST = ["clock", "app", "administrator", "community", "topics"];
const OF_THE_SETTINGS = ["state", "proxy", "host", ...OF_THE_HOST];

describe("where all is well", () => {
  test("no check fails, and the app is only read, with one call", async () => {
    expect(await doctor()).toMatchObject({
      code: 0,
      failed: [],
      warned: [],
      skipped: ["state", "community", "topics"],
    });
    expect(emulator.requests().map(({ command }) => command)).toEqual(["get_group_info"]);
  });

  test("a community that is named is checked with one call more", async () => {
    const examined = await doctor("--group-id", DEFAULT_GROUP_ID);
    expect(examined).toMatchObject({ code: 0, failed: [], warned: [], skipped: ["state"] });
    expect(examined.of("community").text).toContain("@TGS#_players “Players”");
    expect(emulator.requests().map(({ command }) => command)).toEqual(["get_group_info", "get_topic"]);
  });

  test("one line for each check, and one that counts them", async () => {
    const { code, out, err } = await runDoctor("--cwd", project.path);
    expect([code, err]).toEqual([0, ""]);
    expect(out).toMatch(/^ok +host +127\.0\.0\.1:\d+ answers, by TCP and HTTP, after \d+ ms$/m);
    expect(out).toMatch(/^skipped +community +not checked: no community is named \(--group-id\)$/m);
    expect(out.trimEnd().split("\n").at(-1)).toBe("13 ok, 0 warning, 0 failed, 3 skipped");
  });

  test("settings are told with where they came from, secrets by their length", async () => {
    const lines = (await doctor()).of("settings").text.split("\n");
    expect(lines).toContain("sdkAppId: 1400000000, from variable TENCENT_CHAT_SDK_APP_ID");
    expect(lines).toContain("secretKey: set (64 characters), from variable TENCENT_CHAT_SECRET_KEY");
  });

  test("a ready signature is told with its end", async () => {
    useUserSig(7 * DAY);
    const examined = await doctor();
    expect(examined).toMatchObject({ code: 0, warned: [] });
    const end = /which ends at (\S+)$/.exec(examined.of("app").text)?.[1] ?? "";
    expect(Date.parse(end) / 1000 - Date.now() / 1000).toBeCloseTo(7 * DAY, -2);
  });
});

describe("settings", () => {
  test("that are missing are all named, and nothing that needs them is taken for fine", async () => {
    for (const name of ["SDK_APP_ID", "SECRET_KEY", "ENDPOINT"]) vi.stubEnv(`TENCENT_CHAT_${name}`, undefined);
    const examined = await doctor();
    expect(examined).toMatchObject({ code: 1, failed: ["settings"], skipped: OF_THE_SETTINGS });
    for (const name of ["sdkAppId", "secretKey or userSig", "region or endpoint"]) {
      expect(examined.of("settings").text).toContain(`${name} is missing`);
    }
    expect(examined.of("settings").text).toContain("sdkAppId is missing: set the variable TENCENT_CHAT_SDK_APP_ID.");
    expect(examined.of("settings").text).not.toContain("pulumi config set");
    expect(examined.of("settings").remedy).toContain("--stack");
    expect(examined.of("host").text).toBe("not checked: “settings” failed");
    expect(examined.of("clock").text).toBe("not checked: “host” was not checked");
  });

  test("that are wrong are not shown: a key may be in the wrong place", async () => {
    vi.stubEnv("TENCENT_CHAT_SDK_APP_ID", DEFAULT_SECRET_KEY);
    const { text } = (await doctor()).of("settings");
    expect(text).toContain("must be a whole number in digits");
    expect(text).toContain("sdkAppId: set (64 characters), from variable TENCENT_CHAT_SDK_APP_ID");
  });

  test("that are right are shown beside a wrong one, where they can hold no key", async () => {
    vi.stubEnv("TENCENT_CHAT_SDK_APP_ID", "abc");
    vi.stubEnv("TENCENT_CHAT_ADMIN_ACCOUNT", DEFAULT_SECRET_KEY);
    const lines = (await doctor()).of("settings").text.split("\n");
    expect(lines).toContain("variable TENCENT_CHAT_SDK_APP_ID “abc” must be a whole number in digits.");
    expect(lines).toContain(`endpoint: ${emulator.url}, from variable TENCENT_CHAT_ENDPOINT`);
    expect(lines).toContain("timeoutSeconds: 2, from variable TENCENT_CHAT_TIMEOUT_SECONDS");
    expect(lines).toContain("adminAccount: set (64 characters), from variable TENCENT_CHAT_ADMIN_ACCOUNT");
  });

  test("of a stack are not looked for where there is no project", async () => {
    await using folder = await mkdtempDisposable(join(tmpdir(), "no-project-"));
    const examined = await examine("--cwd", folder.path, "--stack", "dev");
    expect(examined.failed).toContain("project");
    expect(examined.skipped).toEqual(expect.arrayContaining(["settings", "spelling", ...OF_THE_SETTINGS]));
    expect(examined.of("settings").text).toContain("not checked: “project” failed");
  });

  test.each([
    ["has ended", -HOUR, "administrator", "make a new one"],
    ["was made for another account", HOUR, "operator", "was made for the account “operator”"],
  ])("with a ready signature that %s fail", async (_, seconds, account, words) => {
    useUserSig(seconds, account);
    const examined = await doctor();
    expect(examined).toMatchObject({ code: 1, failed: ["settings"], skipped: OF_THE_SETTINGS });
    expect(examined.of("settings").text).toContain(words);
  });

  test("that are mistyped are told with what was meant, also where nothing is missing for it", async () => {
    vi.stubEnv("TENCENT_CHAT_CALLS_PER_SECONDS", "5");
    const examined = await doctor();
    expect(examined).toMatchObject({ code: 1, failed: ["spelling"] });
    expect(examined.of("spelling").text).toBe(
      "TENCENT_CHAT_CALLS_PER_SECONDS is no setting, and is ignored: did you mean TENCENT_CHAT_CALLS_PER_SECOND?",
    );
  });

  test("of nobody's are a warning", async () => {
    vi.stubEnv("TENCENT_CHAT_FAVOURITE_COLOUR", "red");
    expect(await doctor()).toMatchObject({ code: 0, warned: ["spelling"] });
  });
});

describe("credentials", () => {
  test("with a wrong key fail at the app, and the administrator is not checked", async () => {
    vi.stubEnv("TENCENT_CHAT_SECRET_KEY", "another-key");
    const examined = await doctor("--group-id", DEFAULT_GROUP_ID);
    expect(examined).toMatchObject({
      code: 1,
      failed: ["app"],
      skipped: ["state", "administrator", "community", "topics"],
    });
    expect(examined.of("app")).toMatchObject({
      text: expect.stringContaining("70009"),
      remedy: expect.stringContaining("it must belong to this `sdkAppId`"),
    });
    expect(emulator.requests()).toHaveLength(1);
  });

  test("with an app that the host does not know fail at the app", async () => {
    vi.stubEnv("TENCENT_CHAT_SDK_APP_ID", "1400000099");
    const examined = await doctor();
    expect(examined).toMatchObject({ code: 1, failed: ["app"] });
    expect(examined.of("app")).toMatchObject({
      text: expect.stringContaining("70020"),
      remedy: expect.stringContaining("the data centre in which the application was created"),
    });
  });

  test("with an account that is no administrator fail there, and nothing is said of the signature", async () => {
    vi.stubEnv("TENCENT_CHAT_ADMIN_ACCOUNT", "alice");
    const examined = await doctor();
    expect(examined).toMatchObject({ code: 1, failed: ["administrator"] });
    expect(examined.skipped).toContain("app");
    expect(examined.of("administrator").text).toContain("60010");
  });

  test("with a ready signature that ends soon are a warning", async () => {
    useUserSig(60);
    expect(await doctor()).toMatchObject({ code: 0, warned: ["app"] });
  });

  test("with a ready signature that has ended by the service's clock fail", async () => {
    useUserSig(HOUR);
    emulator.changeRules({ clockOffsetSeconds: 2 * HOUR });
    const examined = await doctor();
    expect(examined).toMatchObject({ code: 1, failed: ["clock", "app"] });
    expect(examined.of("app").text).toContain("70001");
  });
});

describe("a clock", () => {
  test.each([
    ["ahead, and the service minds", { clockOffsetSeconds: -300 }, ["clock", "app"], [], "ahead of"],
    ["ahead by seconds, and the service minds", { clockOffsetSeconds: -5 }, ["clock", "app"], [], "ahead of"],
    [
      "ahead, and the service does not mind",
      { clockOffsetSeconds: -300, futureSignatures: "accepted" },
      [],
      ["clock"],
      "ahead of",
    ],
    ["a little behind", { clockOffsetSeconds: 300 }, [], ["clock"], "behind"],
    ["a day and more behind", { clockOffsetSeconds: DAY + HOUR }, ["clock", "app"], [], "behind"],
  ] as const)("that is %s", async (_, rules, failed, warned, words) => {
    emulator.changeRules(rules);
    const examined = await doctor();
    expect(examined).toMatchObject({ code: failed.length > 0 ? 1 : 0, failed, warned });
    const [, seconds] = /^(\d+) s (ahead of|behind) the service's/.exec(examined.of("clock").text) ?? [];
    expect(Math.abs(Number(seconds) - Math.abs(rules.clockOffsetSeconds))).toBeLessThanOrEqual(3);
    expect(examined.of("clock").text).toContain(words);
    expect(examined.of("clock").text).toContain("A signature fails where this machine is 24 h behind");
  });
});

describe("a community", () => {
  test("that does not exist fails, and its topics are not checked", async () => {
    const examined = await doctor("--group-id", "@TGS#_nobody");
    expect(examined).toMatchObject({ code: 1, failed: ["community"], skipped: ["state", "topics"] });
    expect(examined.of("community").text).toBe("@TGS#_nobody does not exist in app 1400000000");
  });

  test("without topics fails there", async () => {
    const seed = structuredClone(emulator.state());
    Object.assign(seed.apps[0]?.communities?.[0] ?? {}, { supportTopic: false, topics: undefined });
    await emulator.reset(seed);
    const examined = await doctor("--group-id", DEFAULT_GROUP_ID);
    expect(examined).toMatchObject({ code: 1, failed: ["topics"] });
    expect(examined.of("topics")).toMatchObject({
      text: expect.stringContaining("11000"),
      remedy: expect.stringContaining("switch communities and topics on"),
    });
  });

  test("that is a group of another type fails", async () => {
    const group = { GroupId: "@TGS#1", ErrorCode: 0, ErrorInfo: "", Type: "Public", Name: "Old", MemberNum: 3 };
    const body = JSON.stringify({ ActionStatus: "OK", ErrorCode: 0, ErrorInfo: "", GroupInfo: [group] });
    always({ kind: "garbage", command: "get_group_info", body });
    const examined = await doctor("--group-id", "@TGS#1");
    expect(examined).toMatchObject({ code: 1, failed: ["community"] });
    expect(examined.of("community").text).toBe("@TGS#1 is a group of type Public");
  });
});

describe("a host", () => {
  test.each([
    ["whose name is not known", "https://chat.invalid", "DNS: check the host's name"],
    ["at which nothing listens", "http://127.0.0.1:1", "TCP: is the emulator running at that address\\?"],
    ["that does not speak TLS", "", "TLS: write http in place of https"],
  ])("%s fails, the remedy begins with the stage, and nothing behind it is taken for fine", async (_, url, remedy) => {
    vi.stubEnv("TENCENT_CHAT_ENDPOINT", url || emulator.url.replace("http:", "https:"));
    const examined = await doctor();
    expect(examined).toMatchObject({ code: 1, failed: ["host"], skipped: ["state", ...OF_THE_HOST] });
    expect(examined.of("host").remedy).toMatch(new RegExp(`^${remedy}`));
  });

  test.each<[string, Fault, string]>([
    ["answers 502", { kind: "http", status: 502 }, "HTTP status 502"],
    ["answers a page", { kind: "garbage" }, "not JSON"],
    ["closes the connection", { kind: "drop-before" }, "the connection broke"],
    ["is too slow", { kind: "delay", delayMs: 20_000 }, "none came within 1 s"],
  ])("that %s fails at HTTP", async (_, fault, words) => {
    vi.stubEnv("TENCENT_CHAT_TIMEOUT_SECONDS", "1");
    always(fault);
    const examined = await doctor();
    expect(examined).toMatchObject({ code: 1, failed: ["host"], skipped: ["state", ...OF_THE_HOST] });
    expect(examined.of("host").text).toContain(words);
    expect(examined.of("host").remedy).toMatch(/^HTTP: /);
  });

  test("that throttles every call is reached, and nothing is known of the credentials", async () => {
    vi.stubEnv("TENCENT_CHAT_TIMEOUT_SECONDS", "1");
    always({ kind: "throttle" });
    const examined = await doctor();
    expect(examined).toMatchObject({ code: 1, failed: ["app"] });
    expect(examined.skipped).toContain("administrator");
    expect(examined.of("app").text).toContain("60007");
  });

  test("that has one accident is asked again", async () => {
    emulator.addFault({ kind: "http", status: 502 });
    expect(await doctor()).toMatchObject({ code: 0, failed: [] });
  });
});

describe("a proxy", () => {
  const servers: Server[] = [];
  afterEach(() => {
    for (const server of servers.splice(0)) server.close();
  });

  /** A proxy that refuses to connect to anything. */
  async function refusingProxy(): Promise<string> {
    const refuse = (socket: Socket) => {
      socket.on("error", () => {});
      socket.once("data", () => socket.end("HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n"));
    };
    const server = createServer(refuse);
    servers.push(server);
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    return `127.0.0.1:${(server.address() as { port: number }).port}`;
  }

  test("that leads to the host is named without its password, and is to blame where it refuses", async () => {
    const address = await refusingProxy();
    vi.stubEnv("HTTPS_PROXY", `http://somebody:their-password@${address}`);
    vi.stubEnv("TENCENT_CHAT_ENDPOINT", "https://chat.invalid");
    const examined = await doctor();
    expect(examined.of("proxy")).toMatchObject({ status: "ok", text: `${address} for chat.invalid, by HTTPS_PROXY` });
    expect(examined).toMatchObject({ code: 1, failed: ["host"] });
    expect(examined.of("host").text).toContain("the proxy refused to connect to it, HTTP status 403");
    expect(examined.of("host").remedy).toMatch(/^proxy: /);
  });

  test("that NO_PROXY keeps from the host is not used", async () => {
    vi.stubEnv("HTTPS_PROXY", `http://${await refusingProxy()}`);
    vi.stubEnv("NO_PROXY", ".invalid");
    vi.stubEnv("TENCENT_CHAT_ENDPOINT", "https://chat.invalid");
    const examined = await doctor();
    expect(examined.of("proxy").text).toBe("none for chat.invalid, which NO_PROXY names, although HTTPS_PROXY is set");
    expect(examined.of("host").remedy).toMatch(/^DNS: /);
  });

  test("is not used for this machine", async () => {
    vi.stubEnv("https_proxy", `http://${await refusingProxy()}`);
    const examined = await doctor();
    expect(examined).toMatchObject({ code: 0, failed: [] });
    expect(examined.of("proxy").text).toContain("although https_proxy is set");
  });

  test.each(["proxy.example:3128", "not a URL"])(
    "that is no URL, such as %s, fails, and no call is made",
    async (url) => {
      vi.stubEnv("HTTPS_PROXY", url);
      vi.stubEnv("TENCENT_CHAT_ENDPOINT", "https://chat.invalid");
      expect(await doctor()).toMatchObject({ code: 1, failed: ["proxy"], skipped: ["state", "host", ...OF_THE_HOST] });
    },
  );
});
