import { NotFoundError } from "./errors/index.js";

/** What a read gives, or undefined where the service says that what it reads, or its community, does not exist. */
export async function undefinedIfNotFound<T>(read: Promise<T>): Promise<T | undefined> {
  try {
    return await read;
  } catch (error) {
    if (error instanceof NotFoundError) return undefined;
    throw error;
  }
}
