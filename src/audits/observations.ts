/** All that the world answered in an audit, kept beside it so that the audit can be judged again. */
import type { Observations } from '../preflight.ts';

export interface KeptObservations {
  /** When it was judged, ISO 8601: what was valid then is judged by that time. */
  at: string;
  observations: Observations;
  /** How many answers did not fit. */
  leftOut: number;
}

/** Of one audit, before it is packed: what is read again is never more than was written. */
export const observationsAtMost = 8 * 1024 * 1024;

const encoder = new TextEncoder();

/** Packs them; the small answers of DNS come before what was fetched, and what does not fit is counted. */
export function packObservations(
  { answers, identities, greetings, fetched, visited, transports = [], missing = [] }: Observations,
  at: string,
  most: number = observationsAtMost,
): Promise<Uint8Array> {
  let left = most;
  let leftOut = 0;
  const fitting = <T>(all: readonly T[]): T[] =>
    all.filter((one) => {
      const size = encoder.encode(JSON.stringify(one)).length + 1;
      const fits = size <= left;
      if (fits) left -= size;
      else leftOut += 1;
      return fits;
    });
  const observations: Observations = {
    transports: fitting(transports),
    missing,
    answers: fitting(answers),
    identities: fitting(identities),
    greetings: fitting(greetings),
    ...(visited ? { visited: fitting(visited) } : {}),
    fetched: fitting(fetched),
  };
  const kept: KeptObservations & { version: 1 } = { version: 1, at, leftOut, observations };
  return through(encoder.encode(JSON.stringify(kept)), new CompressionStream('gzip'), Infinity);
}

/** Some bytes more than the answers: what names them. */
const frame = 1024;

/** undefined: it is none, or was written by another version. */
export async function unpackObservations(bytes: Uint8Array): Promise<KeptObservations | undefined> {
  try {
    const text = await through(bytes, new DecompressionStream('gzip'), observationsAtMost + frame);
    const { version, ...kept } = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(text));
    return version === 1 ? kept : undefined;
  } catch {
    return undefined;
  }
}

async function through(bytes: Uint8Array, change: GenericTransformStream, most: number): Promise<Uint8Array> {
  const stream = new Blob([bytes as Uint8Array<ArrayBuffer>])
    .stream()
    .pipeThrough<Uint8Array>(change as never);
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream as unknown as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > most) throw new RangeError('more than was ever written');
    chunks.push(chunk);
  }
  const whole = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}
