import { NotFoundError } from "./errors/index.js";

/** What a read gives, or undefined where what it reads, or its community, is gone. */
export async function orGone<T>(read: Promise<T>): Promise<T | undefined> {
  try {
    return await read;
  } catch (error) {
    if (error instanceof NotFoundError) return undefined;
    throw error;
  }
}
