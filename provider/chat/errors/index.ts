export { ChatError } from "./chat-error.js";
export type { ConnectionStage } from "./connection-error.js";
export { ConnectionError } from "./connection-error.js";
export * from "./service-error.js";
export { SettingsError } from "./settings-error.js";
export { UnexpectedAnswerError } from "./unexpected-answer-error.js";
export { WrongAppError } from "./wrong-app-error.js";
