/**
 * The call frequency: 200 a second for each app and command, https://www.tencentcloud.com/document/product/1047/53448 and
 * the other command pages. Time is the test's own.
 */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Frequency } from "../../provider/emulator/frequency.js";
import { DEFAULT_SEED, type EmulatorOptions, startEmulator } from "../../provider/emulator/index.js";
import { ADMIN, codeOf, GROUP, userSig } from "./caller.js";

describe("the window", () => {
  test("has room again exactly one second after a call", () => {
    let now = 0;
    const frequency = new Frequency(() => now);
    expect(frequency.admit(1, "get_topic", 1)).toBe(true);
    now = 999.9;
    expect(frequency.admit(1, "get_topic", 1)).toBe(false);
    now = 1000;
    expect(frequency.admit(1, "get_topic", 1)).toBe(true);
  });

  test("is apart for each app and command", () => {
    const frequency = new Frequency(() => 0);
    expect(frequency.admit(1, "get_topic", 1)).toBe(true);
    expect(frequency.admit(1, "import_topic", 1)).toBe(true);
    expect(frequency.admit(2, "get_topic", 1)).toBe(true);
    expect(frequency.admit(1, "get_topic", 1)).toBe(false);
  });

  test("never admits more than the limit in any one second, and never fewer than it could", () => {
    const steps = fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 200 });
    fc.assert(
      fc.property(steps, fc.integer({ min: 1, max: 5 }), (pauses, limit) => {
        let now = 0;
        const frequency = new Frequency(() => now);
        const admitted: number[] = [];
        for (const pause of pauses) {
          now += pause;
          const inWindow = admitted.filter((time) => time > now - 1000).length;
          const admits = frequency.admit(1, "get_topic", limit);
          expect(admits).toBe(inWindow < limit);
          if (admits) admitted.push(now);
        }
      }),
    );
  });
});

describe("through the API", () => {
  const BODY = { GroupId: GROUP, From_Account: ADMIN };

  /** An emulator whose second never passes, unless the test lets it. */
  async function emulatorAt(options: EmulatorOptions = {}) {
    const clock = { now: 0 };
    return { clock, emulator: await startEmulator({ monotonic: () => clock.now, ...options }) };
  }

  test("the 201st call of a second is 60007, whatever its body, and shows in the log", async () => {
    const { emulator, clock } = await emulatorAt();
    await using _closing = emulator;
    for (let index = 0; index < 200; index += 1) await codeOf(emulator, "get_topic", BODY);
    expect(await codeOf(emulator, "get_topic", BODY)).toBe(60007);
    expect(await codeOf(emulator, "get_topic", "not JSON")).toBe(60007);
    expect(emulator.requests().filter((request) => request.code === 60007)).toHaveLength(2);
    clock.now = 1000;
    expect(await codeOf(emulator, "get_topic", BODY)).toBe(0);
  });

  test("each command is counted on its own, with the rule callsPerSecond for one", async () => {
    const { emulator } = await emulatorAt({ rules: { callsPerSecond: { get_topic: 1 } } });
    await using _closing = emulator;
    const codes = [await codeOf(emulator, "get_topic", BODY), await codeOf(emulator, "get_topic", BODY)];
    expect(codes).toEqual([0, 60007]);
    const imports = { GroupId: GROUP, TopicName: "n" };
    expect([await codeOf(emulator, "import_topic", imports), await codeOf(emulator, "import_topic", imports)]).toEqual([
      0, 0,
    ]);
  });

  test("each app is counted on its own, with the rule callsPerSecond for all commands", async () => {
    const other = { sdkAppId: 1400000001, secretKey: "another key", communities: [{ groupId: GROUP }] };
    const seed = { apps: [...DEFAULT_SEED.apps, other] };
    const { emulator } = await emulatorAt({ seed, rules: { callsPerSecond: 1 } });
    await using _closing = emulator;
    const query = { sdkappid: 1400000001, usersig: userSig(ADMIN, "another key", 1400000001) };
    expect(await codeOf(emulator, "get_topic", BODY)).toBe(0);
    expect(await codeOf(emulator, "get_topic", BODY, { query })).toBe(0);
    expect(await codeOf(emulator, "get_topic", BODY)).toBe(60007);
  });

  test("calls whose signature is refused are not counted", async () => {
    const { emulator } = await emulatorAt({ rules: { callsPerSecond: 1 } });
    await using _closing = emulator;
    expect(await codeOf(emulator, "get_topic", BODY, { query: { usersig: "" } })).toBe(70002);
    expect(await codeOf(emulator, "get_topic", BODY)).toBe(0);
  });

  test("throttleCode chooses the code, enforceFrequency: false lifts the limit, a reset forgets the calls", async () => {
    const { emulator } = await emulatorAt({ rules: { callsPerSecond: 1, throttleCode: 60011 } });
    await using _closing = emulator;
    await codeOf(emulator, "get_topic", BODY);
    expect(await codeOf(emulator, "get_topic", BODY)).toBe(60011);
    emulator.changeRules({ enforceFrequency: false });
    expect(await codeOf(emulator, "get_topic", BODY)).toBe(0);
    emulator.changeRules({ enforceFrequency: true });
    await emulator.reset();
    expect(await codeOf(emulator, "get_topic", BODY)).toBe(0);
  });
});
