/**
 * What a program sees of an emulator: how it is started, and what can be done with it while it runs.
 */

import type { Fault } from "./fault.js";
import type { Health } from "./health.js";
import type { LoggedRequest } from "./request-log.js";
import type { Rules } from "./rules.js";
import type { Seed } from "./seed.js";
import type { TlsFiles } from "./tls-files.js";
import type { TopicEdit } from "./topic-edit.js";

/** How an emulator is started. Everything may be left out. */
export interface EmulatorOptions {
  /** The TCP port on 127.0.0.1. Default: 0, which picks a free one. */
  readonly port?: number | undefined;
  /** What it holds at first. Default: `DEFAULT_SEED`. */
  readonly seed?: Seed | undefined;
  /**
   * A file that keeps what it holds over restarts; made when it does not exist. When it exists, it is used in place of
   * the seed, and only those apps of a given seed are added that are missing from it. One emulator at a time has it:
   * `<data>.lock` names its process and address while it runs.
   */
  readonly data?: string | undefined;
  /** Rules that differ from the defaults in `RULES`. */
  readonly rules?: Partial<Rules> | undefined;
  /**
   * Speak https in place of http: `true` with a certificate made on the spot for `localhost`, `127.0.0.1` and `::1`, or
   * with your own. What clients have to trust is then `Emulator.certificate`.
   */
  readonly tls?: true | TlsFiles | undefined;
  /** Told of what goes wrong while it runs (a data file that cannot be written). Default: writes to stderr. */
  readonly warn?: ((message: string) => void) | undefined;
  /** @internal The machine's clock, Unix milliseconds. */
  readonly now?: (() => number) | undefined;
  /** @internal A clock in milliseconds that never goes back, for the call frequency. */
  readonly monotonic?: (() => number) | undefined;
}

/** An emulator that runs. Each method has its endpoint under `/_emulator/`; a wrong argument throws an Error. */
export interface Emulator {
  /** `http://127.0.0.1:<port>`, with `tls` `https://…`: the value for the setting `endpoint`, and where its page is. */
  readonly url: string;
  /** With `tls`, the certificate that clients have to trust, PEM; for Node.js in a file that NODE_EXTRA_CA_CERTS names. */
  readonly certificate: string | undefined;
  /** The TCP port. */
  readonly port: number;
  /** Whether all is well; `failing` when the data file could not be written. `GET health`. */
  health(): Health;
  /** What it holds now, with full topic ids and with the secret keys: a seed of its own. `GET state`. */
  state(): Seed;
  /** Back to the seed of the start, or to another; log, faults and counted calls go, rules stay. `POST reset`. */
  reset(seed?: Seed): Promise<void>;
  /** The last 20,000 calls of the REST API, oldest first. `GET requests`. */
  requests(): LoggedRequest[];
  /** Forgets them. `DELETE requests`. */
  clearRequests(): void;
  /** Makes the next calls go wrong, after those that an earlier fault waits for. `POST faults`. */
  addFault(fault: Fault): void;
  /** The faults that are still to come. `GET faults`. */
  faults(): Fault[];
  /** Forgets them; with a fault, only those that differ from it in `times` alone. `DELETE faults`. */
  clearFaults(fault?: Fault): void;
  /** The rules in force. `GET rules`. */
  rules(): Rules;
  /** Changes some rules. `POST rules`. */
  changeRules(rules: Partial<Rules>): void;
  /** Back to the rules of the start. `DELETE rules`. */
  restoreRules(): void;
  /**
   * Edits a topic as another client of the app would: the same checks, and no entry in the log. `sdkAppId` is needed
   * where several apps have a topic of this id. `POST topics`.
   */
  editTopic(topicId: string, edit: TopicEdit, sdkAppId?: number): void;
  /** Deletes a topic as another client would. `DELETE topics`. */
  deleteTopic(topicId: string, sdkAppId?: number): void;
  /** Makes a topic used; `sdkAppId` is needed where several apps have a topic of this id. `POST messages`. */
  addMessages(topicId: string, count: number, sdkAppId?: number): void;
  /** Stops it: connections are closed, the data file is brought up to date. May be called twice. */
  close(): Promise<void>;
  /** The same as `close`, for `await using`. */
  [Symbol.asyncDispose](): Promise<void>;
}
