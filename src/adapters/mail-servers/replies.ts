/** Reads the replies of a mail server that may be anybody: so many bytes, so many lines, and not a byte more. */
import type { Duplex } from 'node:stream';

/** Octets of one reply line with its end; RFC 5321 section 4.5.3.1.5 allows 512. */
const lineAtMost = 2048;
const linesAtMost = 100;
/** Of everything that a server says on one connection, before TLS or within it. */
const bytesAtMost = 32 * 1024;
const shownAtMost = 200;

export interface Reply {
  code: number;
  /** Without the code. */
  lines: readonly string[];
  /** The last line as it came, shortened, fit to be shown. */
  said: string;
}

/** The connection ended before the server had said what it had to; `message` is fit to be shown. */
export class ConversationEnd extends Error {}
/** The server said what no mail server says; `message` is fit to be shown. */
export class ProtocolFault extends Error {}

export interface Conversation {
  /** Writes the command, if one is given, and waits for the reply. @throws ConversationEnd, ProtocolFault */
  say(command?: string): Promise<Reply>;
  /** True when more has come than was asked for. */
  hasMore(): boolean;
  /** Lets go of the stream, so that TLS can take it over. */
  end(): void;
}

/** One at a time; ends itself when the stream does. */
export function converse(stream: Duplex): Conversation {
  let held = Buffer.alloc(0);
  let came = 0;
  let fault: Error | undefined;
  let wake = () => {};

  const fail = (error: Error) => {
    fault ??= error;
    wake();
  };
  const onData = (chunk: Buffer) => {
    came += chunk.length;
    if (came > bytesAtMost) {
      stream.pause();
      return fail(new ProtocolFault('said too much'));
    }
    held = Buffer.concat([held, chunk]);
    wake();
  };
  const onError = (error: NodeJS.ErrnoException) =>
    fail(new ConversationEnd(shown(error.code ?? error.message)));
  const onEnd = () => fail(new ConversationEnd('closed the connection'));
  stream.on('data', onData).on('error', onError).on('end', onEnd).on('close', onEnd);

  /** The next whole line; undefined: it has not come yet. */
  const takeLine = (): string | undefined => {
    const end = held.indexOf(0x0a);
    if (end > lineAtMost || (end < 0 && held.length > lineAtMost)) throw new ProtocolFault('line too long');
    if (end < 0) return undefined;
    const line = held.subarray(0, end).toString('utf8').replace(/\r$/, '');
    held = held.subarray(end + 1);
    return line;
  };
  const nextLine = async (): Promise<string> => {
    for (;;) {
      const line = takeLine();
      if (line !== undefined) return line;
      if (fault) throw fault;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };

  return {
    async say(command) {
      if (command !== undefined && !fault) stream.write(`${command}\r\n`);
      const lines: string[] = [];
      for (let code = ''; lines.length < linesAtMost; ) {
        const line = await nextLine();
        const [, digits = '', more = '', text = ''] = /^(\d{3})(?:([ -])(.*))?$/.exec(line) ?? [];
        if (digits === '' || (code !== '' && digits !== code)) {
          throw new ProtocolFault(`not SMTP: ${shown(line)}`);
        }
        code = digits;
        lines.push(text);
        if (more !== '-') return { code: Number(code), lines, said: shown(line) };
      }
      throw new ProtocolFault('said too many lines');
    },
    hasMore: () => held.length > 0,
    end() {
      stream.off('data', onData).off('error', onError).off('end', onEnd).off('close', onEnd);
      // What still goes wrong with the stream is told by whoever has it next.
      stream.on('error', () => {});
      fail(new ConversationEnd('ended'));
    },
  };
}

/** One line that can stand in a report. */
export function shown(text: string): string {
  const line = text.replace(/\p{C}+/gu, ' ').trim();
  return line.length > shownAtMost ? `${line.slice(0, shownAtMost)} …` : line;
}
