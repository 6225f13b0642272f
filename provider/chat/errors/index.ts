export { CallError } from "./call-error.js";
export { ChatError } from "./chat-error.js";
export type { ConnectionStage } from "./connection-error.js";
export { ConnectionError } from "./connection-error.js";
export type { Attempts, ErrorFacts } from "./error-text.js";
export { errorText, whatHappened } from "./error-text.js";
export * from "./service-error.js";
export { UnexpectedAnswerError } from "./unexpected-answer-error.js";
