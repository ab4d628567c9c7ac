/** The libraries that an audit calls, called alone on the same mail: what nobody could do without. */
import { createSocket } from 'node:dgram';
import canonicalize from 'canonicalize';
import { load } from 'cheerio';
import parseCss from 'css-tree/parser';
import { decode, encode, type RecordType } from 'dns-packet';
import { getDomain } from 'tldts';

/** One pass of them all. `questions`: `name type`, as the audit asks them. */
export async function callLibraries(
  bytes: Uint8Array,
  ask: (questions: readonly string[]) => Promise<unknown>,
  questions: readonly string[],
): Promise<void> {
  const html = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  const page = load(html, { sourceCodeLocationInfo: true } as Parameters<typeof load>[1]);
  const styles = new Set(
    page('[style]')
      .toArray()
      .map((element) => page(element).attr('style') ?? ''),
  );
  for (const style of styles) parseCss(style, { context: 'declarationList', positions: true });
  for (const sheet of page('style').toArray()) parseCss(page(sheet).text(), { positions: true });
  await crypto.subtle.digest('SHA-256', new TextEncoder().encode(canonicalize({ html }) ?? ''));
  getDomain('example.se');
  await ask(questions);
}

/** dns-packet over one socket, all questions at once. */
export function createAsker(port: number): {
  ask(questions: readonly string[]): Promise<void>;
  close(): void;
} {
  const socket = createSocket('udp4');
  const open = new Map<number, () => void>();
  socket.on('message', (message) => {
    const { id = 0 } = decode(message);
    open.get(id)?.();
    open.delete(id);
  });
  return {
    async ask(questions) {
      await Promise.all(
        questions.map((question, id) => {
          const [name = '', type = 'A'] = question.split(' ') as [string, RecordType];
          const packet = encode({ type: 'query', id, flags: 256, questions: [{ name, type, class: 'IN' }] });
          return new Promise<void>((resolve) => {
            open.set(id, resolve);
            socket.send(packet, port, '127.0.0.1');
          });
        }),
      );
    },
    close: () => socket.close(),
  };
}
