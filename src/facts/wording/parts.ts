/** How the text parts of a message are packed: by what encoding and character set. */
import type { HeaderField } from '../../submission.ts';

export interface TextPart {
  type: 'plain' | 'html';
  charset: string | null;
  /** Content-Transfer-Encoding, in small letters. */
  encoding: string | null;
}

const partsAtMost = 20;
/** Headers of parts stand before large attachments as a rule; reading on says nothing new. */
const readAtMost = 512 * 1024;
const heads = /(?:^|\n)content-(?:type|transfer-encoding|disposition|id|description|location)\s{0,9}:/gi;

/** Reads the headers of the parts as they stand. `null`: a template, whose parts are made when it is sent. */
export function textPartsOf(
  message: Uint8Array | null,
  headers: readonly HeaderField[],
): readonly TextPart[] | null {
  if (!message) return null;
  const top = headers.filter(({ name }) => /^content-/i.test(name));
  const own = partOf(top.map(({ name, value }) => `${name}: ${value}`).join('\n'));
  if (own) return [own];
  const text = new TextDecoder('latin1').decode(message.subarray(0, readAtMost)).replaceAll('\r\n', '\n');
  const found: TextPart[] = [];
  let end = 0;
  for (const { index } of text.matchAll(heads)) {
    if (index < end) continue;
    const close = text.indexOf('\n\n', index + 1);
    end = close === -1 ? text.length : close;
    const part = partOf(text.slice(index, Math.min(end, index + 2000)));
    if (part) found.push(part);
    if (found.length >= partsAtMost) break;
  }
  return found;
}

function partOf(head: string): TextPart | undefined {
  const type = /(?:^|\n)content-type\s{0,9}:\s{0,9}text\/(plain|html)\b/i.exec(head)?.[1]?.toLowerCase();
  if (type !== 'plain' && type !== 'html') return undefined;
  if (/(?:^|\n)content-disposition\s{0,9}:\s{0,9}attachment/i.test(head)) return undefined;
  const charset = /;\s{0,9}charset\s{0,3}=\s{0,3}"?([^\s";]{1,40})/i.exec(head)?.[1]?.toLowerCase();
  const encoding = /(?:^|\n)content-transfer-encoding\s{0,9}:\s{0,9}([\w-]{1,30})/i.exec(head)?.[1];
  return { type, charset: charset ?? null, encoding: encoding?.toLowerCase() ?? null };
}
