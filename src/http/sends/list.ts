/** A list of recipients as it comes in: passed on piece by piece, never held whole. */

/** Bytes. A million recipients with a few merge fields have room. */
export const listBytes = 256 * 1024 * 1024;

export interface BoundedList {
  body: ReadableStream<Uint8Array>;
  /** More came than there may be: what was passed on is not the whole. */
  exceeded(): boolean;
  /** Whoever sent it went away in the middle. */
  gone(): boolean;
}

/** Errors once more than `most` bytes have come. A request without a body has an empty list. */
export function boundedList(from: ReadableStream<Uint8Array> | null, most: number): BoundedList {
  let size = 0;
  let tooMuch = false;
  let left = false;
  const reader = from?.getReader();
  const body = new ReadableStream<Uint8Array>({
    async pull(out) {
      if (!reader) return out.close();
      let next: Awaited<ReturnType<typeof reader.read>>;
      try {
        next = await reader.read();
      } catch (error) {
        left = true;
        return out.error(error);
      }
      if (next.done) return out.close();
      size += next.value.length;
      tooMuch = size > most;
      if (tooMuch) return out.error(new RangeError('the list is too large'));
      out.enqueue(next.value);
    },
    cancel: (reason) => reader?.cancel(reason),
  });
  return { body, exceeded: () => tooMuch, gone: () => left };
}

/** undefined: none that is read here. */
export function listFormat(contentType: string | undefined): 'csv' | 'ndjson' | undefined {
  const type = contentType?.split(';')[0]?.trim().toLowerCase();
  if (type === 'text/csv') return 'csv';
  return type === 'application/x-ndjson' ? 'ndjson' : undefined;
}
