/** A list as it comes in: passed on, and looked at meanwhile. */

/** Characters within which a header line ends. */
export const headAtMost = 64 * 1024;

export interface Watched {
  body: ReadableStream<Uint8Array>;
  /** The beginning of its text. */
  head: string;
  /** It is no text in UTF-8. */
  fault: boolean;
}

/** Passes bytes on and looks at them: they have to be UTF-8 to the last, or the stream errors. */
export function watch(body: ReadableStream<Uint8Array>): Watched {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const seen: Watched = { head: '', fault: false, body };
  const look = (chunk?: Uint8Array) => {
    try {
      const text = decoder.decode(chunk, { stream: chunk !== undefined });
      // U+0000 is UTF-8, and a sign of UTF-16 or of no text at all.
      if (text.includes('\0')) throw new TypeError('not text');
      if (seen.head.length < headAtMost) seen.head += text.slice(0, headAtMost);
    } catch (error) {
      seen.fault = true;
      throw error;
    }
  };
  seen.body = body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        look(chunk);
        controller.enqueue(chunk);
      },
      flush: () => look(),
    }),
  );
  return seen;
}
