/**
 * `pulumi-tencent-chat/emulator`: a local Chat backend that speaks Tencent's REST API, for tests, demos and rehearsals.
 */

export type { Command } from "../chat/commands.js";
export type { ByteLimits, LimitedText } from "../chat/limits.js";
export { DEFAULT_GROUP_ID, DEFAULT_SDK_APP_ID, DEFAULT_SECRET_KEY, DEFAULT_SEED } from "./default-seed.js";
// Types apart from values: `export { type X }` is beyond TypeScript 3.8, which reads these declarations.
export type { Emulator, EmulatorOptions } from "./emulator.js";
export type { Fault } from "./fault.js";
export type { Health } from "./health.js";
export type { LoggedRequest } from "./request-log.js";
export type { RuleFacts, Rules } from "./rules.js";
export { RULES } from "./rules.js";
export type { Seed, SeedApp, SeedCommunity, SeedTopic } from "./seed.js";
export { startEmulator } from "./start-emulator.js";
export type { TlsFiles } from "./tls-files.js";
export type { TopicEdit } from "./topic-edit.js";
