/** The libraries that an audit calls, called alone on the same mail, as the audit calls them and no more. */
import { createSocket } from 'node:dgram';
import parseCss from 'css-tree/parser';
import { decode, encode, type OptAnswer, type RecordType } from 'dns-packet';
import { HtmlValidate, StaticConfigLoader } from 'html-validate';
import { parse } from 'parse5';
import { adapter } from 'parse5-htmlparser2-tree-adapter';
import { getDomain } from 'tldts';
import { type Element, isElement } from '../../../src/submission/markup.ts';
import { rulesForMail } from '../../html-validate-email.ts';

/** Values and selectors are left as text. */
const asText = { positions: true, parseValue: false, parseRulePrelude: false, parseAtrulePrelude: false };
const webHost = /https?:\/\/([^/"'\s<]+)/g;

/** One pass of them all. `questions`: `name type`, as the audit asks them. */
export async function callLibraries(
  bytes: Uint8Array,
  ask: (questions: readonly string[]) => Promise<unknown>,
  questions: readonly string[],
): Promise<void> {
  const html = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  const page = parse(html, { sourceCodeLocationInfo: true, scriptingEnabled: false, treeAdapter: adapter });
  // The same style stands on many elements, and each is read once.
  const styles = new Set<string>();
  const sheets: string[] = [];
  for (const element of elementsIn(page.children as Element[])) {
    if (element.attribs.style) styles.add(element.attribs.style);
    if (element.name === 'style')
      sheets.push(element.children.map((one) => (one.type === 'text' ? one.data : '')).join(''));
  }
  for (const style of styles) parseCss(style, { ...asText, context: 'declarationList' });
  for (const sheet of sheets) parseCss(sheet, { ...asText, context: 'stylesheet' });
  await crypto.subtle.digest('SHA-256', new TextEncoder().encode(JSON.stringify({ html })));
  const asked = questions.map((question) => question.split(' ', 1)[0] ?? '');
  const linked = [...html.matchAll(webHost)].map(([, host = '']) => host);
  for (const host of new Set([...asked, ...linked])) getDomain(host);
  await ask(questions);
}

function* elementsIn(nodes: readonly Element[]): Generator<Element> {
  const stack = [...nodes];
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (isElement(node)) yield node;
    if ('children' in node) stack.push(...(node.children as Element[]));
  }
}

/** dns-packet with EDNS over one socket, all questions at once. */
export function createAsker(port: number): {
  ask(questions: readonly string[]): Promise<void>;
  close(): void;
} {
  const socket = createSocket('udp4');
  const open = new Map<number, () => void>();
  const opt = { extendedRcode: 0, ednsVersion: 0, flags: 0, flag_do: false, options: [] };
  const edns: OptAnswer = { type: 'OPT', name: '.', udpPayloadSize: 1232, ...opt };
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
          // Recursion desired, and to be told whether the answer was validated.
          const packet = encode({
            type: 'query',
            id,
            flags: 256 | 32,
            questions: [{ name, type, class: 'IN' }],
            additionals: [edns],
          });
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

/** html-validate's engine with the rules that fit mail. It runs in no audit: our own facts do its work there. */
export function createValidator(): (bytes: Uint8Array) => unknown {
  const rules = Object.fromEntries(Object.keys(rulesForMail).map((rule) => [rule, 'error' as const]));
  const engine = new HtmlValidate(new StaticConfigLoader({ root: true, elements: ['html5'], rules }));
  return (bytes) => engine.validateStringSync(new TextDecoder().decode(bytes));
}
