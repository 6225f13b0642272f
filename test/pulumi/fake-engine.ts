/** An engine to which a provider process talks back, in a process of its own, so that it can die without a farewell. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

/** What a provider process told the engine. */
export interface EngineMessage {
  readonly severity: "debug" | "info" | "warning" | "error";
  readonly message: string;
  /** The row of the resource; empty for the stack's. */
  readonly urn: string;
  /** The next line replaces it. */
  readonly ephemeral: boolean;
}

const START_MS = 20_000;
/** No test takes this long: a process that is forgotten ends all the same. */
const LIFE_MS = 60_000;

export class FakeEngine implements AsyncDisposable {
  /** All messages so far. */
  readonly messages: EngineMessage[] = [];
  readonly #exit: Promise<unknown>;

  private constructor(
    private readonly child: ChildProcess,
    readonly address: string,
  ) {
    this.#exit = once(child, "exit");
  }

  static async start(): Promise<FakeEngine> {
    const child = spawn(process.execPath, [require.resolve("./fake-engine-process.mts")], {
      stdio: ["ignore", "pipe", "inherit"],
      timeout: LIFE_MS,
      killSignal: "SIGKILL",
    });
    const lines = createInterface({ input: child.stdout });
    try {
      const [address] = await once(lines, "line", { signal: AbortSignal.timeout(START_MS) });
      const engine = new FakeEngine(child, address);
      lines.on("line", (line) => engine.messages.push(JSON.parse(line)));
      return engine;
    } catch (error) {
      child.kill("SIGKILL");
      throw new Error("the fake engine did not start", { cause: error });
    }
  }

  /** Ends it as a killed CLI ends: no connection is closed in an orderly way. */
  async kill(): Promise<void> {
    this.child.kill("SIGKILL");
    await this.#exit;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.kill();
  }
}
