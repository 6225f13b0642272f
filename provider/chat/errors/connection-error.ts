import { ChatError } from "./chat-error.js";

/** No answer came: the host was not reached, or the connection broke, or time ran out. */
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
  ) {
    super(
      `${call}: no answer from ${host}, ${reason}. What to do: check the network, HTTPS_PROXY and NO_PROXY, and that ` +
        "`region` or `endpoint` names the right host; then run the command again, it continues where this one stopped.",
    );
  }
}
