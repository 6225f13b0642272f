/** Lengths in bytes of UTF-8, which is how the service counts. */

export function utf8Bytes(text: string): number {
  return Buffer.byteLength(text, "utf8");
}

/** The longest start of `text` of at most `limit` bytes that cuts no character (nor a composed emoji) in two. */
export function longestFittingStart(text: string, limit: number): string {
  let start = "";
  let bytes = 0;
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    bytes += utf8Bytes(segment);
    if (bytes > limit) break;
    start += segment;
  }
  return start;
}
