/** The error codes that are about the account that signs, and not about its signature. */
import { type ChatError, ServiceError } from "../../chat/errors/index.js";

/** Not an administrator, blocked, unknown: https://www.tencentcloud.com/document/product/1047/34348. */
const ADMINISTRATOR_CODES: readonly number[] = [60010, 70051, 70107, 70403];

export function isAboutAdministrator(error: ChatError | undefined): boolean {
  return error instanceof ServiceError && ADMINISTRATOR_CODES.includes(error.serviceCode);
}
