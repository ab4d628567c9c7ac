/** ClamAV's daemon: INSTREAM of clamd(8), over TCP or a socket of this machine. */
import { connect } from 'node:net';
import type { Scan, Scanner } from '../../ports.ts';
import type { ClamdAddress } from './address.ts';

export { type ClamdAddress, parseClamd } from './address.ts';

export interface ClamdOptions {
  address: ClamdAddress;
  /** Milliseconds for one message. */
  timeoutMs?: number;
  /** Scans at the same time: clamd works at ten of them (MaxThreads) and lets a hundred wait. */
  atOnce?: number;
}

const chunkBytes = 64 * 1024;
/** Of an answer: one line. */
const answerBytes = 4096;
/** Characters of what clamd says of itself or of what it found. */
const saidAtMost = 200;

export function createClamdScanner({ address, timeoutMs = 60_000, atOnce = 5 }: ClamdOptions): Scanner {
  const waiting: (() => void)[] = [];
  let working = 0;
  async function inTurn<T>(act: () => Promise<T>): Promise<T> {
    if (working < atOnce) working += 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await act();
    } finally {
      const next = waiting.shift();
      // The place goes to whoever has waited longest.
      if (next) next();
      else working -= 1;
    }
  }

  return {
    async scan(message, signal) {
      return inTurn(async () => {
        const ended = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
        const [scanned, version] = await Promise.all([
          exchange(address, inStream(message), ended),
          exchange(address, ['zVERSION\0'], ended),
        ]);
        if ('failure' in scanned) return unanswered(scanned.failure);
        return scanOf(scanned.answer, 'answer' in version ? said(version.answer) : 'ClamAV');
      });
    },
  };
}

/** What clamd(8) answers to INSTREAM. Anything that is not plainly one or the other is no answer. */
function scanOf(answer: string, engine: string): Scan {
  if (answer === 'stream: OK') return { known: true, infected: false, engine };
  const found = /^stream: (.+) FOUND$/.exec(answer)?.[1];
  if (found !== undefined) return { known: true, infected: true, signature: said(found), engine };
  if (/size limit exceeded/i.test(answer)) return { known: false, reason: 'too-large', detail: said(answer) };
  return unanswered(answer === '' ? 'no answer' : said(answer));
}

function unanswered(detail: string): Scan {
  return { known: false, reason: 'unanswered', detail };
}

/** Chunks with their length before them, the last of none. */
function* inStream(message: Uint8Array): Generator<Uint8Array | string> {
  yield 'zINSTREAM\0';
  for (let start = 0; start < message.length; start += chunkBytes) {
    const chunk = message.subarray(start, start + chunkBytes);
    yield lengthOf(chunk.length);
    yield chunk;
  }
  yield lengthOf(0);
}

function lengthOf(bytes: number): Uint8Array {
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, bytes);
  return length;
}

/** Writes what is to be written and reads one answer. Never rejects. */
function exchange(
  address: ClamdAddress,
  pieces: Iterable<Uint8Array | string>,
  signal: AbortSignal,
): Promise<{ answer: string } | { failure: string }> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve({ failure: 'out of time' });
    const socket = connect(address);
    let answer = '';
    let written = false;
    const end = (result: { answer: string } | { failure: string }) => {
      signal.removeEventListener('abort', onAbort);
      socket.destroy();
      resolve(result);
    };
    const onAbort = () => end({ failure: 'out of time' });
    signal.addEventListener('abort', onAbort, { once: true });
    const rest = pieces[Symbol.iterator]();
    const write = () => {
      for (;;) {
        const piece = rest.next();
        if (piece.done) {
          written = true;
          return;
        }
        // It has answered already, such as that this is too much.
        if (socket.destroyed || !socket.writable) return;
        if (!socket.write(piece.value)) return;
      }
    };
    socket.setEncoding('latin1');
    socket.on('connect', write);
    socket.on('drain', write);
    socket.on('data', (text: string) => {
      answer += text;
      const stop = answer.indexOf('\0');
      if (stop >= 0) end({ answer: answer.slice(0, stop) });
      else if (answer.length > answerBytes) end({ failure: 'an answer that never ends' });
    });
    socket.on('error', (error: NodeJS.ErrnoException) => end({ failure: error.code ?? 'failed' }));
    socket.on('close', () => end({ failure: written ? 'closed without an answer' : 'closed early' }));
  });
}

/** On one line. */
function said(text: string): string {
  return text
    .replace(/[^\x20-\x7e]+/g, ' ')
    .trim()
    .slice(0, saidAtMost);
}
