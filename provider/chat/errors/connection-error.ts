/** No answer came, and where on the way there that was. */
import { ChatError } from "./chat-error.js";

/** Where on the way a connection failed. `proxy`: it refused to lead on to the host. */
export type ConnectionStage = "DNS" | "proxy" | "TCP" | "TLS" | "HTTP";

const USUAL_REMEDY =
  "check the network, HTTPS_PROXY and NO_PROXY, and that `region` or `endpoint` names the right host";

/** The host was not reached, or the connection broke, or time ran out. */
export class ConnectionError extends ChatError {
  readonly code = "CONNECTION_FAILED";

  constructor(
    call: string,
    host: string,
    reason: string,
    /** The request may have reached the service, and may have been carried out. */
    override readonly outcomeUnknown: boolean,
    /** How often it may be tried again, where that is fewer than the deadline allows. */
    readonly maxRetries: number,
    readonly stage: ConnectionStage = "HTTP",
    /** What to do first, where the fault tells more than that there was no answer. */
    readonly remedy?: string,
  ) {
    super(
      `${call}: no answer from ${host}, ${reason}. What to do: ${remedy ?? USUAL_REMEDY}; then run the command again, it ` +
        "continues where this one stopped.",
    );
  }
}
