/** Which of the formats a file is: by its ending, else by how it begins. */
import { peek } from './charset.ts';

export const formats = ['html', 'mjml', 'eml'] as const;
export type Format = (typeof formats)[number];

const endings: Record<string, Format> = { html: 'html', htm: 'html', mjml: 'mjml', eml: 'eml' };
const peekBytes = 65_536;
const headerField = /^(?:From [^\n]*\n)?[!-9;-~]+[ \t]*:/;
const mailField =
  /^(?:from|subject|mime-version|content-type|date|received|return-path|message-id|to)[ \t]*:/im;

/** undefined when neither the ending nor the content tells. */
export function formatOf(filename: string | undefined, bytes: Uint8Array): Format | undefined {
  const ending = (filename ?? '').split('.').at(-1)?.toLowerCase() ?? '';
  if (Object.hasOwn(endings, ending)) return endings[ending];
  const start = withoutPreamble(peek(bytes, peekBytes));
  if (/^<mjml[\s/>]/i.test(start)) return 'mjml';
  if (headerField.test(start) && mailField.test(start)) return 'eml';
  return /<[a-z!][^<>]*>/i.test(start) ? 'html' : undefined;
}

/** Skips white space, comments and the XML declaration. */
function withoutPreamble(head: string): string {
  let rest = head.replace(/^\xef\xbb\xbf/, '').trimStart();
  for (;;) {
    const end = rest.startsWith('<!--')
      ? rest.indexOf('-->', 4) + 3
      : rest.startsWith('<?xml')
        ? rest.indexOf('?>') + 2
        : 0;
    // indexOf gives -1 for one that never ends.
    if (end < 4) return rest;
    rest = rest.slice(end).trimStart();
  }
}
