/** What the adapter makes of a lifecycle's answers, so that Pulumi's server can carry them. */
import { createRequire } from "node:module";
import { describe, expect, test } from "vitest";
import { ConnectionError } from "../../provider/chat/errors/index.js";
import { toResourceProvider } from "../../provider/dynamic/adapter.js";
import { PartialFailureError } from "../../provider/pulumi/partial-failure-error.js";
import type { ProcessContext } from "../../provider/pulumi/process-context.js";
import type { PropertiesLifecycle as Lifecycle, Properties } from "../../provider/pulumi/properties.js";

const { Struct } = createRequire(require.resolve("@pulumi/pulumi"))("google-protobuf/google/protobuf/struct_pb.js");
/** As Pulumi's server does with every answer; throws where it cannot carry a value. */
const overTheWire = (properties: unknown): unknown => Struct.fromJavaScript(properties).toJavaScript();

const holes: Properties = { topicName: "General", introduction: undefined, nested: { list: [{ a: undefined, b: 1 }] } };
const filled = { topicName: "General", nested: { list: [{ b: 1 }] } };

function providerOf(lifecycle: Partial<Lifecycle>) {
  const context = { declarations: { urnOf: () => undefined }, engine: { warn: async () => {} } };
  return toResourceProvider(lifecycle as Lifecycle, () => context as unknown as ProcessContext);
}

describe("an answer with `undefined` in it, which Pulumi's server refuses after the fact, reaches the engine without", () => {
  const write = async () => ({ id: "id", outputs: holes, warnings: [] });
  const provider = providerOf({
    check: () => ({ inputs: holes, failures: [], warnings: [] }),
    create: write,
    update: write,
    read: async () => ({ outputs: holes, inputs: holes }),
  });

  test("is refused by Pulumi's server as it stands", () => {
    expect(() => overTheWire(holes)).toThrow("Unexpected struct type");
  });

  test("from check", async () => {
    expect(overTheWire((await provider.check?.({}, {}))?.inputs)).toEqual(filled);
  });

  test("from create", async () => {
    expect(overTheWire((await provider.create({})).outs)).toEqual(filled);
  });

  test("from update", async () => {
    expect(overTheWire((await provider.update?.("id", {}, {}))?.outs)).toEqual(filled);
  });

  test("from read, in outputs and inputs", async () => {
    const result = await provider.read?.("id", {});
    expect(overTheWire(result?.props)).toEqual(filled);
    expect(overTheWire(result?.inputs)).toEqual(filled);
  });

  test("from a partial failure", async () => {
    const failing = providerOf({
      create: () => Promise.reject(new PartialFailureError("It was imported, but not muted", "id", holes, ["no"])),
    });
    const error = await failing.create({ __provider: "shim" }).catch((thrown: unknown) => thrown);
    expect(overTheWire((error as { properties: unknown }).properties)).toEqual({ ...filled, __provider: "shim" });
  });
});

test("a lifecycle never sees the shim", async () => {
  const seen: Properties[] = [];
  const provider = providerOf({
    check: (_, old, declared) => {
      seen.push(old, declared);
      return { inputs: declared, failures: [], warnings: [] };
    },
    create: async (_, inputs) => {
      seen.push(inputs);
      return { id: "id", outputs: inputs, warnings: [] };
    },
  });
  await provider.check?.({ __provider: "shim", a: 1 }, { __provider: "shim", a: 2 });
  await provider.create({ __provider: "shim", a: 3 });
  expect(seen).toEqual([{ a: 1 }, { a: 2 }, { a: 3 }]);
});

describe("an error", () => {
  const thrownBy = async (error: unknown) => {
    const provider = providerOf({ create: () => Promise.reject(error) });
    return (await provider.create({}).catch((thrown: unknown) => thrown)) as Error & { code?: string };
  };

  test("of ours keeps its message and its stable code, and loses its stack", async () => {
    const error = await thrownBy(
      new ConnectionError({ call: "import_topic", host: "example.com", reason: "it is gone", outcomeUnknown: true }),
    );
    expect(error).toMatchObject({
      message: expect.stringContaining("import_topic"),
      code: expect.any(String),
      stack: "",
    });
  });

  test.for([[new TypeError("x is not a function")], ["x is not a function"]])(
    "that nobody foresaw, as %o, asks to be reported, without a stack",
    async ([thrown]) => {
      expect(await thrownBy(thrown)).toMatchObject({
        message: "pulumi-tencent-chat failed in a way it did not foresee, please report it: x is not a function",
        stack: "",
      });
    },
  );
});

test("configure has done all it does in the tick in which it is called: the server does not wait for it", () => {
  const configured: unknown[] = [];
  const context = { configure: (config: unknown) => configured.push(config) };
  const provider = toResourceProvider({} as Lifecycle, () => context as unknown as ProcessContext);
  const config = { get: () => undefined, require: () => "" };
  void provider.configure?.({ config });
  expect(configured).toEqual([config]);
});
