/** What leaves is what was cleared: composed here, from the audited template and checked values. */
import { generateKeyPairSync } from 'node:crypto';
import { createTransport } from 'nodemailer';
import PostalMime from 'postal-mime';
import { describe, expect, test } from 'vitest';
import { createCompose } from '../../src/client/compose.ts';
import { isCarried } from '../../src/client/headers.ts';
import { createClearedComposer, signedHeaderFields, type Template } from '../../src/client/index.ts';
import { klarsignal } from '../../src/client/nodemailer.ts';
import { sha256 } from '../../src/digest.ts';
import { cleared, now, order, template } from './world.ts';

const with_ = (change: (copy: Template) => void): Template => {
  const copy = structuredClone(template);
  change(copy);
  return copy;
};

test('one mail: HTML escaped, text as it is, its own way to unsubscribe, no header that addresses people', () => {
  const mail = createCompose(template)(order);
  expect(mail).toEqual({
    from: { name: 'Föreningen', address: 'nyhetsbrev@example.se' },
    replyTo: [{ name: '', address: 'svar@example.se' }],
    to: 'anna@example.org',
    subject: 'A & "B", välkommen',
    html: '<p title="A &amp; &quot;B&quot;">Hej A &amp; &quot;B&quot;! anna@example.org</p><a href="https://example.se/?a=1&amp;b=2">Sida</a><a href="https://klarsignal.example.se/u/abc">Avregistrera</a>',
    text: 'Hej A & "B"! https://example.se/?a=1&b=2 https://klarsignal.example.se/u/abc',
    headers: [
      { name: 'List-Id', value: 'Nyhetsbrev <nyhetsbrev.example.se>' },
      { name: 'List-Unsubscribe', value: '<https://klarsignal.example.se/u/abc>' },
      { name: 'List-Unsubscribe-Post', value: 'List-Unsubscribe=One-Click' },
    ],
    attachments: [],
  });
});

test.each([
  ['X-SES-CONFIGURATION-SET', false],
  ['X-MT-Category', false],
  ['X-SparkPost-Campaign', false],
  ['X-Mailin-Tag', false],
  ['X-TM-ID', false],
  ['X-Confirm-Reading-To', false],
  ['Disposition-Notification-To', false],
  ['Feedback-ID', true],
  ['X-Tmall', true],
])('%s goes along: %s', (name, carried) => {
  expect(isCarried(name.toLowerCase())).toBe(carried);
});

test('transactional mail keeps its own way to unsubscribe', () => {
  const mail = createCompose(
    with_((copy) => {
      copy.class = 'transactional';
    }),
  )(order);
  expect(mail).toMatchObject({
    headers: [{ name: 'List-Id' }, { name: 'List-Unsubscribe', value: '<https://example.se/gammal>' }],
  });
});

test('a value that a pattern of replacement stands in stays what it is', () => {
  const mail = createCompose(template)({ ...order, fields: { ...order.fields, name: "$& $1 $$ $'" } });
  expect(mail).toMatchObject({ text: expect.stringContaining("Hej $& $1 $$ $'!") });
});

describe('refused', () => {
  test.each<[string, object, object]>([
    [
      'CRLF',
      { fields: { ...order.fields, name: 'A\r\nBcc: b@c.se' } },
      { refused: 'characters', field: 'name' },
    ],
    ['markup', { fields: { ...order.fields, name: '<img>' } }, { refused: 'markup', field: 'name' }],
    ['a link', { fields: { ...order.fields, name: 'evil.se' } }, { refused: 'link', field: 'name' }],
    ['another host', { fields: { ...order.fields, page: 'https://evil.se/' } }, { refused: 'url-host' }],
    ['a field too few', { fields: { name: 'A' } }, { refused: 'missing', field: 'page' }],
    ['a field too many', { fields: { ...order.fields, x: 'y' } }, { refused: 'unknown', field: 'x' }],
    [
      'a reserved field',
      { fields: { ...order.fields, unsubscribe_url: 'https://evil.se/' } },
      { refused: 'unknown' },
    ],
    ['no way to unsubscribe', { unsubscribeUrl: undefined }, { refused: 'unsubscribe-url' }],
    ['an insecure one', { unsubscribeUrl: 'http://a.se/' }, { refused: 'unsubscribe-url' }],
    ['one at this machine', { unsubscribeUrl: 'https://localhost/u' }, { refused: 'unsubscribe-url' }],
    ['one at an address', { unsubscribeUrl: 'https://192.168.0.1/u' }, { refused: 'unsubscribe-url' }],
    [
      'one that no line holds',
      { unsubscribeUrl: `https://a.se/${'a'.repeat(900)}` },
      { refused: 'unsubscribe-url' },
    ],
    ['one that breaks out', { unsubscribeUrl: 'https://a.se/>,<mailto:b' }, { refused: 'unsubscribe-url' }],
    ['two recipients', { to: 'a@example.org, b@example.org' }, { refused: 'recipient-invalid' }],
    ['a recipient with a name', { to: 'A <a@example.org>' }, { refused: 'recipient-invalid' }],
    ['a recipient with CRLF', { to: 'a@example.org\r\nBcc: b@c.se' }, { refused: 'recipient-invalid' }],
    ['a recipient that ends a line', { to: 'a@example.org\n' }, { refused: 'recipient-invalid' }],
    ['no recipient', { to: '' }, { refused: 'recipient-invalid' }],
  ])('%s', (_, change, refusal) => {
    expect(createCompose(template)({ ...order, ...change } as never)).toMatchObject(refusal);
  });

  test.each<[string, (copy: Template) => void, string]>([
    [
      'another composer',
      (copy) => {
        copy.composer = 1;
      },
      'composer-other',
    ],
    [
      'an undeclared field',
      (copy) => {
        copy.parts.text += '{{x}}';
      },
      'undeclared',
    ],
    [
      'a field spelt with spaces',
      (copy) => {
        copy.parts.html += '{{ name }}';
      },
      'undeclared',
    ],
    [
      'a name that reads as another',
      (copy) => {
        copy.headers.from.name = '=?utf-8?q?Bank?=';
      },
      'encoded-word',
    ],
    [
      'an answering name that does',
      (copy) => {
        copy.headers.reply_to = [{ name: '=?utf-8?q?Bank?=', address: 'a@example.se' }];
      },
      'encoded-word',
    ],
    [
      'a header that no line holds',
      (copy) => {
        copy.headers.other.push(['x-id', 'a'.repeat(990)]);
      },
      'header-too-long',
    ],
    [
      'one of another tool',
      (copy) => {
        copy.headers.subject = '{{#if a}}';
      },
      'undeclared',
    ],
  ])('%s', (_, change, code) => {
    expect(createCompose(with_(change))(order)).toMatchObject({ refused: code });
  });
});

describe('a cleared composer', () => {
  test('composes until its clearance has ended', async () => {
    let time = now;
    const composer = await createClearedComposer({ ...(await cleared()), now: () => time });
    expect(composer.compose(order)).toMatchObject({ to: 'anna@example.org' });
    time = new Date(now.getTime() + 86_400_000);
    expect(() => composer.compose(order)).toThrow(expect.objectContaining({ code: 'expired' }));
  });

  test('is bound to its template, and takes no notice of what is done to it later', async () => {
    const options = await cleared(structuredClone(template));
    const composer = await createClearedComposer(options);
    options.template.parts.html = '<p>Annat</p>';
    expect(composer.compose(order).html).toContain('Hej A');
    await expect(createClearedComposer(options)).rejects.toMatchObject({ code: 'other-message' });
  });

  test('carries the very attachments, or none', async () => {
    const bytes = new TextEncoder().encode('Dagordning');
    const whole = with_((copy) => {
      const sha = '0'.repeat(64);
      copy.parts.attachments = [
        {
          filename: 'a.txt',
          contentType: 'text/plain',
          disposition: 'attachment',
          contentId: null,
          sha256: sha,
        },
      ];
    });
    const [attachment] = whole.parts.attachments;
    if (attachment) attachment.sha256 = await sha256(bytes);
    const options = await cleared(whole);
    const composer = await createClearedComposer({ ...options, attachments: [bytes] });
    bytes[0] = 0;
    expect(new TextDecoder().decode(composer.compose(order).attachments[0]?.bytes)).toBe('Dagordning');
    for (const attachments of [[], [bytes]]) {
      const refused = createClearedComposer({ ...options, attachments });
      await expect(refused).rejects.toMatchObject({ code: 'attachment-missing' });
    }
  });

  test('is not to be had for another organisation’s clearance', async () => {
    const options = await cleared(template, { sub: 'org_other' });
    await expect(createClearedComposer(options)).rejects.toMatchObject({ code: 'other-organisation' });
  });
});

describe('nodemailer', () => {
  const transport = async (options: object = {}, defaults = {}) => {
    const made = createTransport({ streamTransport: true, buffer: true, newline: 'windows' }, defaults);
    made.use(
      'compile',
      (await klarsignal({
        ...(await cleared()),
        returnPath: 'studs@mejl.example.se',
        ...options,
      })) as never,
    );
    return made;
  };
  const { to, fields, unsubscribeUrl } = order;
  const message = { to, klarsignal: { fields, unsubscribeUrl } };

  test('sends what was composed', async () => {
    const { message: raw, envelope } = await (await transport()).sendMail(message as never);
    expect(envelope).toEqual({ from: 'studs@mejl.example.se', to: ['anna@example.org'] });
    const mail = await PostalMime.parse(raw as Buffer);
    expect(mail).toMatchObject({
      from: { name: 'Föreningen', address: 'nyhetsbrev@example.se' },
      to: [{ address: 'anna@example.org' }],
      subject: 'A & "B", välkommen',
    });
    expect(mail.html?.trim()).toBe((createCompose(template)(order) as { html: string }).html);
    expect(mail.headers.find(({ key }) => key === 'list-unsubscribe')?.value).toBe(`<${unsubscribeUrl}>`);
    expect(mail.headers.some(({ key }) => key === 'bcc')).toBe(false);
  });

  test('carries attachments and pictures byte for byte', async () => {
    const bytes = Uint8Array.from({ length: 3000 }, (_, i) => i % 256);
    const file = { contentType: 'image/png', sha256: await sha256(bytes) };
    const whole = with_((copy) => {
      copy.parts.attachments = [
        { ...file, filename: 'bild.png', disposition: 'inline', contentId: 'bild@example.se' },
        { ...file, filename: null, disposition: null, contentId: null },
      ];
    });
    const sender = await transport({ ...(await cleared(whole)), attachments: [bytes] });
    const { message: raw } = await sender.sendMail(message as never);
    const { attachments } = await PostalMime.parse(raw as Buffer);
    expect(attachments.map(({ content }) => new Uint8Array(content as ArrayBuffer))).toEqual([bytes, bytes]);
    expect(attachments[0]).toMatchObject({ filename: 'bild.png', contentId: '<bild@example.se>' });
  });

  test.each<[string, object]>([
    ['from', { from: 'chef@bank.se' }],
    ['sender', { sender: 'chef@bank.se' }],
    ['cc', { cc: 'b@example.org' }],
    ['bcc', { bcc: 'b@example.org' }],
    ['replyTo', { replyTo: 'b@example.org' }],
    ['subject', { subject: 'Annat' }],
    ['html', { html: '<p>Annat</p>' }],
    ['text', { text: 'Annat' }],
    ['amp', { amp: '<html amp4email>' }],
    ['icalEvent', { icalEvent: { content: 'BEGIN:VCALENDAR' } }],
    ['alternatives', { alternatives: [{ content: 'x' }] }],
    ['attachments', { attachments: [{ filename: 'a', content: 'x' }] }],
    ['headers', { headers: { 'X-A': '1' } }],
    ['list', { list: { help: 'a@b.se' } }],
    ['envelope', { envelope: { from: 'a@b.se', to: ['b@c.se'] } }],
    ['raw', { raw: 'From: a@b.se\r\n\r\nAnnat' }],
    ['normalizeHeaderKey', { normalizeHeaderKey: () => 'Bcc' }],
    ['attachDataUrls', { attachDataUrls: true }],
  ])('%s beside it is refused', async (field, more) => {
    const sent = (await transport()).sendMail({ ...message, ...more } as never);
    await expect(sent).rejects.toMatchObject({ code: 'finished-mail', field });
  });

  describe('a transport that signs', () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
    const key = {
      domainName: 'example.se',
      keySelector: 's1',
      privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    };
    const signing = async (dkim: object, of = template) => {
      const made = createTransport({
        streamTransport: true,
        buffer: true,
        newline: 'windows',
        dkim,
      } as never);
      const options = { ...(await cleared(of)), returnPath: 'studs@mejl.example.se' };
      made.use('compile', (await klarsignal(options)) as never);
      return made.sendMail(message as never) as unknown as Promise<{ message: Buffer }>;
    };

    test('signs both fields of the one click by our list', async () => {
      const { message: raw } = await signing({ ...key, headerFieldNames: signedHeaderFields });
      const signature = /^DKIM-Signature:(?:.*\r\n[ \t])*.*/im.exec(raw.toString('latin1'))?.[0] ?? '';
      const signed = /\bh=([^;]*)/
        .exec(signature)?.[1]
        ?.toLowerCase()
        .split(/[\s:]+/);
      for (const name of ['from', 'subject', 'list-unsubscribe', 'list-unsubscribe-post'])
        expect(signed).toContain(name);
    });

    test.each<[string, object]>([
      ['nodemailer’s own list', {}],
      ['a list without them', { headerFieldNames: 'From:Subject' }],
      [
        'a list that leaves one out',
        { headerFieldNames: signedHeaderFields, skipFields: 'List-Unsubscribe-Post' },
      ],
    ])('is refused for marketing mail with %s', async (_, more) => {
      await expect(signing({ ...key, ...more })).rejects.toMatchObject({
        code: 'dkim-header-fields',
        field: 'dkim',
      });
    });

    test('may sign other mail as it likes', async () => {
      const receipt = with_((copy) => {
        copy.class = 'transactional';
      });
      expect((await signing(key, receipt)).message.toString('latin1')).toMatch(/^DKIM-Signature:/m);
    });
  });

  test('a subject that looks encoded is shown as it stands', async () => {
    const whole = with_((copy) => {
      copy.headers.subject = '=?utf-8?q?{{name}}?= å';
    });
    const { message: raw } = await (await transport(await cleared(whole))).sendMail(message as never);
    expect((await PostalMime.parse(raw as Buffer)).subject).toBe('=?utf-8?q?A & "B"?= å');
  });

  test('a message inside it goes in lines that no server changes', async () => {
    const inner = new TextEncoder().encode('From: b@example.se\nSubject: Hej\n\nHej\rhej\n');
    const odd = new TextEncoder().encode(`From: b@example.se\n\n${'å'.repeat(1200)}`);
    const whole = with_((copy) => {
      copy.parts.attachments = [];
    });
    for (const bytes of [inner, odd]) {
      whole.parts.attachments.push({
        filename: null,
        contentType: 'message/rfc822',
        disposition: 'attachment',
        contentId: null,
        sha256: await sha256(bytes),
      });
    }
    const sender = await transport({ ...(await cleared(whole)), attachments: [inner, odd] });
    const { message: raw } = await sender.sendMail(message as never);
    const text = (raw as Buffer).toString('latin1');
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n\x80-\xff]/);
    expect(Math.max(...text.split('\r\n').map((line) => line.length))).toBeLessThanOrEqual(998);
    expect(text).toMatch(/^Content-Type: application\/octet-stream; name=message\.eml\r$/m);
  });

  test('defaults of the transport are no way round it', async () => {
    const sent = (await transport({}, { bcc: 'b@example.org' })).sendMail(message as never);
    await expect(sent).rejects.toMatchObject({ code: 'finished-mail', field: 'bcc' });
  });

  test.each([
    ['several recipients', { ...message, to: ['a@example.org', 'b@example.org'] }, 'recipient-invalid'],
    ['no values', { to }, 'missing'],
    ['a finished mail', { to, html: '<p>Hej</p>' }, 'finished-mail'],
  ])('%s: refused', async (_, mail, code) => {
    await expect((await transport()).sendMail(mail as never)).rejects.toMatchObject({ code });
  });

  test.each([undefined, 'studs@example.se', 'studs@evil.mejl.example.se', 'studs@'])(
    'a return path at %s is not the audited one',
    async (returnPath) => {
      await expect(transport({ returnPath })).rejects.toMatchObject({ code: 'return-path' });
    },
  );
});
