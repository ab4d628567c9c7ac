/** SpamAssassin's daemon: REPORT of its own protocol, over TCP or a socket of this machine. */
import { connect } from 'node:net';
import type { SpamEngine, SpamOpinion } from '../../ports.ts';
import type { SocketAddress } from './address.ts';
import { createTurns, isScore, plain } from './opinion.ts';
import { opinionOf } from './spamd-answer.ts';

export interface SpamdOptions {
  address: SocketAddress;
  /** Milliseconds for one message. With its network tests SpamAssassin takes seconds, without them a tenth of one. */
  timeoutMs?: number;
  /** Messages at the same time: spamd has five children unless it is told otherwise. */
  atOnce?: number;
}

/** Of an answer: its head, and a report. A usual one has 1 to 4 KB. */
const headBytes = 4 * 1024;
const reportBytes = 256 * 1024;

const engine = 'SpamAssassin';

export function createSpamdEngine({ address, timeoutMs = 25_000, atOnce = 4 }: SpamdOptions): SpamEngine {
  const inTurn = createTurns(atOnce);
  return {
    id: 'spamassassin',
    async score(message, signal) {
      const ended = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
      const opinion = await inTurn(ended, () => ask(address, message, ended));
      return opinion ?? unanswered('out of time');
    },
  };
}

function unanswered(detail: string): SpamOpinion {
  return { known: false, engine, detail: plain(detail) };
}

interface Head {
  length: number;
  verdict: { spam: boolean; score: number; threshold: number };
}

function ask(address: SocketAddress, message: Uint8Array, signal: AbortSignal): Promise<SpamOpinion> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve(unanswered('out of time'));
    const socket = connect(address);
    let head: Head | undefined;
    let pieces: Buffer[] = [];
    let size = 0;
    const end = (opinion: SpamOpinion) => {
      signal.removeEventListener('abort', onAbort);
      socket.destroy();
      resolve(opinion);
    };
    const onAbort = () => end(unanswered('out of time'));
    signal.addEventListener('abort', onAbort, { once: true });
    const readHead = () => {
      const read = Buffer.concat(pieces);
      const stop = read.indexOf('\r\n\r\n');
      const found = readSpamdHead(
        read.subarray(0, stop < 0 ? read.length : stop).toString('latin1'),
        stop >= 0,
      );
      if (typeof found === 'string') return end(unanswered(found));
      if (!found) return read.length > headBytes ? end(unanswered('an answer without an end')) : undefined;
      head = found;
      pieces = [read.subarray(stop + 4)];
      size = pieces[0]?.length ?? 0;
    };
    socket.on('connect', () => {
      socket.write(`REPORT SPAMC/1.5\r\nContent-length: ${message.length}\r\n\r\n`);
      // It reads line by line: where the last has no end, it waits for the end of what is said.
      socket.end(message);
    });
    socket.on('data', (bytes: Buffer) => {
      pieces.push(bytes);
      size += bytes.length;
      if (!head) readHead();
      if (!head || size < head.length) return;
      const report = Buffer.concat(pieces).subarray(0, head.length);
      end(opinionOf(engine, head.verdict, new TextDecoder().decode(report)));
    });
    socket.on('error', (error: NodeJS.ErrnoException) => end(unanswered(error.code ?? 'failed')));
    socket.on('close', () => end(unanswered(head || size > 0 ? 'cut short' : 'closed without an answer')));
  });
}

/** The head of an answer; a text: why it is none; undefined: there is more of it to come. */
function readSpamdHead(text: string, whole: boolean): Head | string | undefined {
  const lines = text.split('\r\n');
  const first = lines[0] ?? '';
  const status = /^SPAMD\/\d{1,3}\.\d{1,3} +(\d{1,3})(?: (.*))?$/.exec(first);
  if (whole || lines.length > 1) {
    if (!status) return 'not an answer of spamd';
    if (status[1] !== '0') return `spamd refuses: ${status[2] ?? status[1]}`;
  } else if (!'SPAMD/'.startsWith(first.slice(0, 6))) return 'not an answer of spamd';
  if (!whole) return undefined;
  const named = (name: RegExp) => lines.slice(1).flatMap((line) => name.exec(line)?.[1]?.trim() ?? []);
  const [length, ...lengths] = named(/^content-length:(.*)$/i);
  const [said, ...more] = named(/^spam:(.*)$/i);
  const found = /^(true|yes|false|no) ; (-?\d{1,9}(?:\.\d{1,9})?) \/ (-?\d{1,9}(?:\.\d{1,9})?)$/i.exec(
    said ?? '',
  );
  if (!found || more.length > 0) return 'an answer without a score';
  if (!/^\d{1,9}$/.test(length ?? '') || lengths.length > 0) return 'an answer without a length';
  if (Number(length) > reportBytes) return 'a report that is too long';
  const [score, threshold] = [Number(found[2]), Number(found[3])];
  if (!isScore(score) || !isScore(threshold)) return 'a score that is none';
  return {
    length: Number(length),
    verdict: { spam: /^(?:true|yes)$/i.test(found[1] ?? ''), score, threshold },
  };
}
