import { createHash } from "node:crypto";

/** A text that does not show itself: not when printed, inspected, spread or turned into JSON. */
export class Secret {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  reveal(): string {
    return this.#text;
  }

  /** Equal for equal texts, and does not tell them. */
  digest(): string {
    return createHash("sha256").update(this.#text).digest("hex");
  }

  toString(): string {
    return "[secret]";
  }

  toJSON(): string {
    return "[secret]";
  }
}
