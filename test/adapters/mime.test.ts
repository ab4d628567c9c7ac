/** What the composer writes, read back by another library. */
import PostalMime, { decodeWords } from 'postal-mime';
import { describe, expect, test } from 'vitest';
import { mimeWriter } from '../../src/adapters/mime/composer.ts';
import type { ComposedMessage } from '../../src/ports.ts';

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const longLine = 'räksmörgås och mer därtill '.repeat(120).trim();

const whole: ComposedMessage = {
  from: { name: 'Föreningen "Ålen", Göteborg', address: 'nyhetsbrev@example.se' },
  to: 'kim@example.org',
  replyTo: [{ name: '', address: 'kansliet@example.se' }],
  subject: 'Årsmötet närmar sig – kom gärna, och ta med någon som du tycker om 🎉',
  messageId: '<cmp_0123456789abcdef.1.1@studs.example.se>',
  date: new Date('2026-11-22T12:00:00Z'),
  html: `<!doctype html><p>Hej <img src="cid:bild@x" alt="">\n.\n${longLine}</p>\nFrom början`,
  text: `Hej!\n.\n..två\nFrom början\n${longLine}\n`,
  headers: [
    { name: 'List-Unsubscribe', value: `<https://example.se/u/${'a'.repeat(150)}>, <mailto:av@example.se>` },
    { name: 'List-Unsubscribe-Post', value: 'List-Unsubscribe=One-Click' },
    { name: 'List-Id', value: 'Föreningens brev <brev.example.se>' },
    { name: 'Feedback-ID', value: 'cmp_0123456789abcdef:example.se' },
  ],
  attachments: [
    { filename: null, contentType: 'image/png', disposition: 'inline', contentId: '<bild@x>', bytes: png },
    {
      filename: 'Dagordning för årsmötet.pdf',
      contentType: 'application/pdf',
      disposition: 'attachment',
      contentId: null,
      bytes: Buffer.from('%PDF-1.7\n\n.\n%%EOF'),
    },
    {
      filename: 'mötet.ics',
      contentType: 'text/calendar; method=REQUEST; charset=utf-8',
      disposition: null,
      contentId: null,
      bytes: Buffer.from('BEGIN:VCALENDAR\r\nSUMMARY:Årsmöte\r\nEND:VCALENDAR\r\n'),
    },
  ],
};

const plain: ComposedMessage = {
  ...whole,
  html: null,
  text: 'Hej\n',
  headers: [],
  attachments: [],
  replyTo: [],
};

test.each(['kim@example.org', `${'k'.repeat(64)}@${'a.'.repeat(60)}example.org`])(
  'the address of the reader stands in brackets, and alone: %s',
  async (to) => {
    for (const message of [whole, plain]) {
      const { text, read } = await written({ ...message, to });
      expect(text.match(/^To:\s*(.*)\r$/m)?.[1]).toBe(`<${to}>`);
      expect(read.to).toEqual([{ name: '', address: to }]);
    }
  },
);

async function written(message: ComposedMessage) {
  const bytes = Buffer.from(await mimeWriter.write(message));
  return { bytes, text: bytes.toString('latin1'), read: await PostalMime.parse(bytes) };
}

describe('a message with everything', () => {
  test('comes back as it was', async () => {
    const { read } = await written(whole);
    expect(read.from).toMatchObject(whole.from);
    expect(read.to).toMatchObject([{ address: 'kim@example.org' }]);
    expect(read.replyTo).toMatchObject([{ address: 'kansliet@example.se' }]);
    expect(read.subject).toBe(whole.subject);
    expect(read.messageId).toBe(whole.messageId);
    expect(new Date(read.date ?? '').getTime()).toBe(whole.date.getTime());
    expect(read.html?.replaceAll('\r\n', '\n').trimEnd()).toBe(whole.html);
    expect(read.text?.replaceAll('\r\n', '\n').trimEnd()).toBe(whole.text?.trimEnd());
    const headers = new Map(read.headers.map(({ key, value }) => [key, decodeWords(value)]));
    expect(read.headers.find(({ key }) => key === 'list-id')?.value).toMatch(/ <brev\.example\.se>$/);
    for (const { name, value } of whole.headers) expect(headers.get(name.toLowerCase())).toBe(value);
    expect(
      read.attachments.map((one) => [
        one.filename,
        one.mimeType,
        one.disposition,
        one.contentId,
        one.related ?? false,
      ]),
    ).toEqual([
      [null, 'image/png', 'inline', '<bild@x>', true],
      ['Dagordning för årsmötet.pdf', 'application/pdf', 'attachment', undefined, false],
      ['mötet.ics', 'text/calendar', 'attachment', undefined, false],
    ]);
    // Its reader gives text in lines of its own.
    const bytes = (one: ArrayBuffer | Uint8Array | string) =>
      Buffer.from(one as Uint8Array)
        .toString('latin1')
        .replaceAll('\r\n', '\n');
    expect(read.attachments.map(({ content }) => bytes(content))).toEqual(
      whole.attachments.map((one) => bytes(one.bytes)),
    );
  });

  test('is ASCII in CRLF lines of at most 998 octets, with nothing that nobody asked for', async () => {
    const { bytes, text } = await written(whole);
    expect(bytes.every((byte) => byte < 0x80)).toBe(true);
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(Math.max(...text.split('\r\n').map((line) => line.length))).toBeLessThanOrEqual(998);
    expect(text).not.toMatch(/^(?:X-Mailer|Bcc|User-Agent):/im);
    expect(text).not.toMatch(/^Content-Transfer-Encoding: 8bit/im);
    const names =
      (text.split('\r\n\r\n')[0] ?? '').match(/^[^\s:]+(?=:)/gm)?.map((name) => name.toLowerCase()) ?? [];
    expect(names.length).toBe(new Set(names).size);
    expect(names.sort()).toEqual([
      'content-type',
      'date',
      'feedback-id',
      'from',
      'list-id',
      'list-unsubscribe',
      'list-unsubscribe-post',
      'message-id',
      'mime-version',
      'reply-to',
      'subject',
      'to',
    ]);
  });

  test('has text before HTML, and the picture beside the HTML', async () => {
    const { text } = await written(whole);
    const kinds = text.match(/^Content-Type: [a-z]+\/[a-z]+/gim)?.map((line) => line.slice(14));
    expect(kinds).toEqual([
      'multipart/mixed',
      'multipart/alternative',
      'text/plain',
      'multipart/related',
      'text/html',
      'image/png',
      'application/pdf',
      'text/calendar',
    ]);
  });
});

test('text alone, and HTML alone, need no multipart', async () => {
  expect((await written(plain)).text).toMatch(/^Content-Type: text\/plain; charset=utf-8\r$/m);
  expect((await written({ ...plain, html: '<p>Hej</p>', text: null })).text).toMatch(
    /^Content-Type: text\/html; charset=utf-8\r$/m,
  );
});

describe('a text comes back as it was, in lines that no server has to fold', () => {
  const texts: [string, string][] = [
    ['nothing special', 'Hej\nhej\n'],
    ['spaces and tabs at the ends of lines', 'å \n\t\n  \ten rad\t\nslut '],
    ['no line break at the end, and several', 'å\n\n\n'],
    ['CRLF', 'å\r\n.\r\n..\r\nslut'],
    ['dots', '.\n..\nå\n.'],
    ['equals signs', '=3D=\n=C3=A5 = å =\n'],
    ['one long word', 'å'.repeat(3000)],
    [
      'one long line of markup',
      `<table>${'<tr><td style="a:b">Räksmörgås  på väg </td></tr>'.repeat(200)}</table>`,
    ],
    ['surrogate pairs', `${'🎉'.repeat(400)}\n${'a'.repeat(74)}🎉`],
    [
      'lines of exactly as much as there is room for',
      ['å', ...[74, 75, 76, 77, 150].map((n) => 'a'.repeat(n))].join('\n'),
    ],
    ['what looks like a boundary', 'å\n--\n----_NmP-1\nFrom någon'],
    ['replacement patterns', "å $& $1 $' $`\n"],
    ['a line break in the old way', 'å\rb'],
  ];
  test.each(texts)('%s', async (_, given) => {
    // Twice: the second time its lines are remembered. Beside another text: each has its own place.
    for (const html of [null, '<p>Å</p>\n']) {
      for (const turn of [1, 2]) {
        const { text, bytes } = await written({ ...plain, text: given, html });
        const boundary = /boundary="([^"]+)"/.exec(text)?.[1];
        const own = boundary ? (text.split(`\r\n--${boundary}`)[1] ?? '') : text;
        const [part = ''] = own.split('\r\n\r\n', 1);
        const body = own.slice(part.length + 4);
        expect(part).toContain('Content-Type: text/plain');
        expect(part).toContain(
          given.split('\n').every((line) => /^(?:[ -~]*[!-~])?$/.test(line)) ? '7bit' : 'quoted-printable',
        );
        const decoded = /7bit/.test(part)
          ? body
          : Buffer.from(
              body
                .replace(/=\r\n/g, '')
                .replace(/=([\dA-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16))),
              'latin1',
            ).toString();
        const lines = (one: string) => one.replaceAll('\r\n', '\n');
        expect(lines(decoded).replace(/\n$/, ''), `turn ${turn}`).toBe(lines(given).replace(/\n$/, ''));
        expect(Math.max(...body.split('\r\n').map((line) => line.length))).toBeLessThanOrEqual(76);
        expect(body).not.toMatch(/[\t ]\r\n/);
        expect(bytes.toString('latin1').replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
      }
    }
  });
});

test('an empty message is one', async () => {
  const { read } = await written({ ...plain, text: '' });
  expect((read.text ?? '').trim()).toBe('');
});

describe('nothing smuggles in a header', () => {
  const breaks: [string, Partial<ComposedMessage>][] = [
    ['subject', { subject: 'Hej\r\nBcc: alla@example.se' }],
    ['name', { from: { name: 'A\nX: y', address: 'a@example.se' } }],
    ['address', { to: 'a@example.se\r\nBcc: b@example.se' }],
    ['reply address', { replyTo: [{ name: '', address: 'a@example.se\nX: y' }] }],
    ['value', { headers: [{ name: 'X-A', value: 'a\r\n\r\n<p>' }] }],
    ['name of a header', { headers: [{ name: 'X-A: b\r\nBcc', value: 'a' }] }],
    ['NUL', { subject: 'a\0b' }],
    ['message id', { messageId: '<a@b>\r\nBcc: c@d.se' }],
  ];
  test.each(breaks)('%s', (_, changes) => {
    expect(() => mimeWriter.write({ ...plain, ...changes })).toThrow(TypeError);
  });

  test('a filename with a line break or quotes stays a filename', async () => {
    const { text, read } = await written({
      ...plain,
      attachments: [
        {
          filename: 'a"\r\nBcc: b@example.se\r\n.pdf',
          contentType: 'application/pdf',
          disposition: 'attachment',
          contentId: null,
          bytes: Buffer.from('x'),
        },
      ],
    });
    expect(text).not.toMatch(/^Bcc:/im);
    expect(read.bcc).toBe(undefined);
    expect(read.attachments).toHaveLength(1);
  });
});

describe('a message that is sent along', () => {
  const inside = (text: string): ComposedMessage => ({
    ...plain,
    attachments: [
      {
        filename: null,
        contentType: 'message/rfc822',
        disposition: null,
        contentId: null,
        bytes: Buffer.from(text),
      },
    ],
  });
  test.each([
    ['bare LF', 'Subject: a\n\nb\nc\n'],
    ['bare CR', 'Subject: a\r\rb\rc\r'],
    ['CRLF', 'Subject: a\r\n\r\nb\r\nc\r\n'],
  ])('%s: goes out with CRLF, as a server would make it', async (_, text) => {
    const { text: sent } = await written(inside(text));
    expect(sent).toContain('Subject: a\r\n\r\nb\r\nc\r\n');
    expect(sent).not.toMatch(/\r(?!\n)|(?<!\r)\n/);
  });
  test.each([
    ['8-bit', 'Subject: a\r\n\r\nå\r\n'],
    ['a line of 999', `Subject: a\r\n\r\n${'x'.repeat(999)}\r\n`],
  ])('%s: goes out as a file', async (_, text) => {
    const { text: sent, read } = await written(inside(text));
    expect(sent).not.toMatch(/[^\r\n\t\x20-\x7e]/);
    expect(Math.max(...sent.split('\r\n').map((line) => line.length))).toBeLessThanOrEqual(998);
    expect(read.attachments).toMatchObject([
      { mimeType: 'application/octet-stream', filename: 'message.eml' },
    ]);
  });
});

test('a subject that looks like an encoded word is shown as it was written', async () => {
  const { read, text } = await written({ ...plain, subject: 'Hej =?utf-8?q?=C3=A5?=' });
  expect(read.subject).toBe('Hej =?utf-8?q?=C3=A5?=');
  expect(text).not.toContain('Subject: Hej =?utf-8?q?=C3=A5?=');
});

describe('a name that would be read as another', () => {
  const encoded = '=?utf-8?q?Banken?=';
  test.each<[string, Partial<ComposedMessage>]>([
    ['From', { from: { name: encoded, address: 'a@example.se' } }],
    ['Reply-To', { replyTo: [{ name: `A ${encoded}`, address: 'a@example.se' }] }],
    [
      'a file',
      { attachments: whole.attachments.slice(0, 1).map((one) => ({ ...one, filename: `${encoded}.pdf` })) },
    ],
  ])('%s: is not written', (_, changes) => {
    expect(() => mimeWriter.write({ ...plain, ...changes })).toThrow('encoded word');
  });
});

describe('what a server would have to change is not written', () => {
  test.each<[string, Partial<ComposedMessage>]>([
    ['a header line that cannot be folded', { headers: [{ name: 'X-Id', value: 'a'.repeat(1000) }] }],
    ['a name that cannot', { from: { name: '"'.repeat(600), address: 'a@example.se' } }],
    [
      'a link to unsubscribe',
      { headers: [{ name: 'List-Unsubscribe', value: `<https://a.se/${'a'.repeat(990)}>` }] },
    ],
  ])('%s', async (_, changes) => {
    await expect(mimeWriter.write({ ...plain, ...changes })).rejects.toThrow('line');
  });

  test.each<[string, Partial<ComposedMessage>]>([
    ['a long subject without a space', { subject: 'a'.repeat(3000) }],
    [
      'a link as long as it may be',
      { headers: [{ name: 'List-Unsubscribe', value: `<${'a'.repeat(900)}>` }] },
    ],
    [
      'a header that can be folded',
      { headers: [{ name: 'X-Ids', value: '<a@example.se> '.repeat(300).trim() }] },
    ],
    ['a header line of 989', { headers: [{ name: 'X-Id', value: 'a'.repeat(984) }] }],
    ['a word of 989 in the middle', { headers: [{ name: 'X-Id', value: `b ${'a'.repeat(989)} b` }] }],
    ['a name of 494 quotes', { from: { name: '"'.repeat(494), address: 'a@example.se' } }],
  ])('%s goes', async (_, changes) => {
    const { text, read } = await written({ ...plain, ...changes });
    expect(Math.max(...text.split('\r\n').map((line) => line.length))).toBeLessThanOrEqual(998);
    if (changes.subject) expect(read.subject).toBe(changes.subject);
  });
});
