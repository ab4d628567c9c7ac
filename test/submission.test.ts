import { describe, expect, test } from 'vitest';
import { policy } from '../rules/policy.ts';
import { asciiDomain, readMailbox } from '../src/submission/mailbox.ts';
import {
  type Handed,
  type InputErrorCode,
  inputErrorCodes,
  readSubmission,
  type Submission,
} from '../src/submission.ts';
import { sharedWords } from '../src/words.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);
const latin1 = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));
const utf16 = (text: string) =>
  new Uint8Array(Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]));
const utf16be = (text: string) => {
  const swapped = Buffer.from(text, 'utf16le').swap16();
  return new Uint8Array(Buffer.concat([Buffer.from([0xfe, 0xff]), swapped]));
};
const crlf = (...lines: string[]) => utf8(`${lines.join('\r\n')}\r\n`);

const sound: Handed = { bytes: utf8('<p>Hej!</p>'), filename: 'a.html', from: 'F <a@example.se>' };
const mjml = (body: string) =>
  `<mjml><mj-body><mj-section><mj-column>${body}</mj-column></mj-section></mj-body></mjml>`;

function read(handed: Partial<Handed>, organisation = 'org_test') {
  return readSubmission({ ...sound, ...handed }, organisation, policy.limits);
}

async function taken(handed: Partial<Handed>, organisation?: string): Promise<Submission> {
  const result = await read(handed, organisation);
  if (!result.ok) throw new Error(JSON.stringify(result.errors));
  return result.submission;
}

async function codes(handed: Partial<Handed>): Promise<string[]> {
  const result = await read(handed);
  return result.ok ? [] : result.errors.map(({ code, field }) => `${field}: ${code}`);
}

describe('format', () => {
  const eml = 'From: a@example.se\r\nSubject: Hej\r\n\r\nHej!\r\n';
  test.each<[string, string | undefined, string | Uint8Array, string]>([
    ['ending .html', 'mall.html', '<p>Hej!</p>', 'html'],
    ['ending .HTM', 'MALL.HTM', '<p>Hej!</p>', 'html'],
    ['ending .mjml', 'mall.mjml', mjml('<mj-text>Hej</mj-text>'), 'mjml'],
    ['ending .eml', 'mejl.eml', eml, 'eml'],
    ['the ending wins over the content', 'mall.html', eml, 'html'],
    ['an ending that says nothing', 'mall.txt', '<p>Hej!</p>', 'html'],
    ['an ending named like a property', 'mall.constructor', '<p>Hej!</p>', 'html'],
    ['a folder in the name', 'a.eml/mall.html', '<p>Hej!</p>', 'html'],
    ['html content', undefined, '<!DOCTYPE html><p>Hej!</p>', 'html'],
    ['html after text', undefined, 'Hej <b>du</b>', 'html'],
    ['html with a byte order mark', undefined, '\ufeff<p>Hej!</p>', 'html'],
    ['html in UTF-16', undefined, utf16('<p>Hej!</p>'), 'html'],
    ['mjml content', undefined, mjml(''), 'mjml'],
    ['mjml after declaration and comment', undefined, `<?xml version="1.0"?>\n<!-- a -->${mjml('')}`, 'mjml'],
    ['a message', undefined, eml, 'eml'],
    ['a message out of a mailbox file', undefined, `From a@example.se Sun Nov 22\r\n${eml}`, 'eml'],
    ['a message whose first field is unusual', undefined, `X-Some: 1\r\n${eml}`, 'eml'],
  ])('%s', async (_, filename, content, format) => {
    const bytes = typeof content === 'string' ? utf8(content) : content;
    expect((await taken({ filename, bytes })).format).toBe(format);
  });
});

describe('encoding', () => {
  const declared = (name: string) => `<meta charset="${name}"><p>Höst</p>`;
  const older = (name: string) =>
    `<meta content="text/html; charset=${name}" http-equiv='Content-Type'><p>Höst</p>`;
  test.each<[string, Partial<Handed>, string]>([
    ['UTF-8', { bytes: utf8('<p>Höst</p>') }, '<p>Höst</p>'],
    ['UTF-8 with a mark', { bytes: utf8('\ufeff<p>Höst</p>') }, '<p>Höst</p>'],
    ['UTF-16, little end first', { bytes: utf16('<p>Höst</p>') }, '<p>Höst</p>'],
    ['UTF-16, big end first', { bytes: utf16be('<p>Höst</p>') }, '<p>Höst</p>'],
    ['windows-1252 by meta', { bytes: latin1(declared('windows-1252')) }, declared('windows-1252')],
    ['ISO 8859-1 by http-equiv', { bytes: latin1(older('iso-8859-1')) }, older('iso-8859-1')],
    ['by Content-Type', { bytes: latin1('<p>Höst</p>'), charset: 'iso-8859-1' }, '<p>Höst</p>'],
    ['the mark wins', { bytes: utf8(`\ufeff${declared('iso-8859-1')}`) }, declared('iso-8859-1')],
    [
      'plain ASCII under any name',
      { bytes: utf8('<meta charset=latin1><p>Hej') },
      '<meta charset=latin1><p>Hej',
    ],
    ['a meta that says UTF-16 means UTF-8', { bytes: utf8(declared('utf-16')) }, declared('utf-16')],
    [
      'a declaration inside a comment is none',
      { bytes: utf8(`<!-- <meta charset="latin1"> --><p>Höst</p>`) },
      '<!-- <meta charset="latin1"> --><p>Höst</p>',
    ],
    [
      'a description that mentions charset= is none',
      { bytes: utf8('<meta name="description" content="charset=latin1"><p>Höst</p>') },
      '<meta name="description" content="charset=latin1"><p>Höst</p>',
    ],
  ])('%s', async (_, handed, source) => {
    expect((await taken(handed)).source).toBe(source);
  });

  test.each<[string, Partial<Handed>, InputErrorCode]>([
    ['bytes that are no UTF-8, and no declaration', { bytes: latin1('<p>Höst</p>') }, 'encoding-unclear'],
    ['a declaration of UTF-8 that is wrong', { bytes: latin1(declared('utf-8')) }, 'encoding-wrong'],
    ['UTF-8 under an old declaration', { bytes: utf8(declared('iso-8859-1')) }, 'encoding-wrong'],
    ['UTF-8 under an old Content-Type', { bytes: utf8('<p>Höst</p>'), charset: 'latin1' }, 'encoding-wrong'],
    ['a name that nobody knows', { bytes: utf8(declared('klingon')) }, 'encoding-unknown'],
    ['a name that browsers refuse', { bytes: utf8('<p>Hej'), charset: 'utf-7' }, 'encoding-unknown'],
    ['a UTF-8 mark before something else', { bytes: latin1('\xef\xbb\xbf<p>H\xf6st') }, 'encoding-wrong'],
  ])('%s is refused', async (_, handed, code) => {
    expect(await codes(handed)).toEqual([`file: ${code}`]);
  });
});

/** One way to each code: a code without a row does not compile. */
const faults: Record<InputErrorCode, Partial<Handed>> = {
  'audience-invalid': { audience: 'eudora=100' },
  'message-empty': { bytes: utf8(' \r\n\t') },
  'message-too-large': { bytes: new Uint8Array(policy.limits.uploadBytes + 1).fill(0x61) },
  'message-not-text': { bytes: utf8('<p>He\0j</p>') },
  'message-unreadable': { bytes: utf8('\r\n\r\nno header at all'), filename: 'a.eml' },
  'format-unknown': { bytes: utf8('Bara text'), filename: 'a.txt' },
  'encoding-unclear': { bytes: latin1('<p>Höst</p>') },
  'encoding-unknown': { bytes: utf8('<meta charset="klingon">') },
  'encoding-wrong': { bytes: latin1('<meta charset="utf-8">Höst') },
  'nesting-too-deep': { bytes: utf8('<div>'.repeat(policy.limits.depth + 1)) },
  'elements-too-many': { bytes: utf8('<br>'.repeat(policy.limits.elements + 1)) },
  'attributes-too-many': { bytes: utf8(`<p ${numbered(20_000, (i) => `a${i}`).join(' ')}>`) },
  'text-too-long': { bytes: utf8(`<p>${'a '.repeat(policy.limits.textLength / 2)}a`) },
  'mjml-too-large': { bytes: utf8(mjml(' '.repeat(policy.limits.mjmlBytes))), filename: 'a.mjml' },
  'mjml-too-complex': { bytes: utf8(repeating(5000, 400_000)), filename: 'a.mjml' },
  'mjml-include': { bytes: utf8(mjml('<mj-include path="/etc/passwd" />')), filename: 'a.mjml' },
  'mjml-invalid': { bytes: utf8('<mjml></mjml>'), filename: 'a.mjml' },
  'from-missing': { from: ' ' },
  'from-differs': { bytes: utf8('From: chef@bank.se\r\n\r\nHej!'), filename: 'a.eml', from: 'a@example.se' },
  'address-invalid': { from: 'Föreningen' },
  'address-several': { from: 'a@example.se, b@example.se' },
  'address-comma': { from: 'a@example,se' },
  'address-name-comma': { from: 'Föreningen, Björken <a@example.se>' },
  'address-domain': { from: 'a@localhost' },
  'address-local-part': { from: 'åsa@example.se' },
  'header-control-characters': { from: 'F <a@example.se>\r\nBcc: all@example.se' },
  'encoded-word': { from: '=?utf-8?q?=3D=3Futf-8=3Fq=3FBank=3F=3D?= <a@example.se>' },
  'header-too-long': {
    bytes: utf8(`From: a@example.se\r\nX-Id: ${'a'.repeat(985)}\r\n\r\nHej`),
    filename: 'a.eml',
  },
  'attachment-type': {
    bytes: utf8('From: a@example.se\r\nContent-Type: message/partial; id=a; number=1\r\n\r\nHej'),
    filename: 'a.eml',
  },
  'subject-too-long': { subject: 'a'.repeat(policy.limits.subjectLength + 1) },
  'mail-from-invalid': { mailFrom: 'a@mejl.example.se' },
  'dkim-selector-invalid': { dkimSelectors: ['s1', 's 2'] },
  'sending-address-invalid': { sendingAddresses: ['192.0.2.0/24'] },
  'sending-addresses-too-many': { sendingAddresses: numbered(11, (i) => `192.0.2.${i}`) },
  'dkim-selectors-too-many': { dkimSelectors: numbered(11, (i) => `s${i}`) },
  'merge-field-invalid': { mergeFields: [{ name: 'Namn', type: 'text', sample: 'Åsa' }] },
  'merge-field-place': { bytes: utf8('<style>{{recipient_address}}</style>Hej') },
  'merge-field-unused': { mergeFields: [{ name: 'namn', type: 'text', sample: 'Åsa' }] },
  'sample-data-invalid': { sampleData: { name: '<b>Åsa</b>' } },
  'required-field-invalid': { requiredFields: ['1'] },
  'merge-fields-too-many': {
    mergeFields: numbered(51, (i) => `f${i}`).map((name) => ({ name, type: 'text', sample: 'x' })),
  },
};

function numbered(count: number, name: (i: number) => string): string[] {
  return Array.from({ length: count }, (_, i) => name(i));
}

/** Attributes for all, times texts: longer than a string can be. */
function repeating(texts: number, length: number): string {
  const attribute = `<mj-attributes><mj-all css-class="${'x'.repeat(length)}" /></mj-attributes>`;
  const body = mjml('<mj-text>Hej</mj-text>'.repeat(texts));
  return body.replace('<mjml>', `<mjml><mj-head>${attribute}</mj-head>`);
}

describe('what is refused', () => {
  test.each([
    ['PNG', '\x89PNG\r\n\x1a\n'],
    ['JPEG', '\xff\xd8\xff\xe0'],
    ['GIF', 'GIF89a'],
    ['PDF', '%PDF-1.7'],
    ['ZIP, as DOCX is', 'PK\x03\x04'],
  ])('%s, whatever it is called', async (_, start) => {
    for (const filename of ['a.html', 'a.mjml', 'a.eml', undefined]) {
      expect(await codes({ bytes: latin1(`${start} <p>Hej</p>`), filename })).toEqual([
        'file: message-not-text',
      ]);
    }
  });

  test.each(inputErrorCodes.filter((code) => code !== 'mjml-too-complex'))('%s', async (code) => {
    const result = await read(faults[code]);
    expect(result.ok ? [] : result.errors.map((error) => error.code)).toEqual([code]);
    for (const error of result.ok ? [] : result.errors) {
      const [english, swedish] = (['en', 'sv'] as const).map((locale) =>
        sharedWords[locale].errors[error.code](error.data),
      );
      expect(english).not.toBe(swedish);
      for (const text of [english, swedish]) {
        expect(text?.length).toBeGreaterThan(10);
        expect(text).not.toMatch(/undefined|NaN|null|\[object|[\r\n]/);
      }
    }
  });

  const withPart = (type: string, more = '') =>
    [
      'From: a@example.se',
      'Content-Type: multipart/mixed; boundary=b',
      '',
      '--b',
      '',
      'Hej',
      '--b',
      `Content-Type: ${type}`,
      more,
      '',
      'Hej',
      '--b--',
    ].join('\r\n');
  test.each<[string, Partial<Handed>, string[]]>([
    ['a Reply-To that reads as another', { replyTo: 'A =?utf-8?q?b?= =?x <a@example.se>' }, ['replyTo']],
    [
      'a file that would be shown by another name',
      withFile('=?utf-8?q?=3D=3Futf-8=3Fq=3Fx=3F=3D?='),
      ['file'],
    ],
  ])('%s', async (_, handed, fields) => {
    expect(await codes(handed)).toEqual(fields.map((field) => `${field}: encoded-word`));
  });
  function withFile(name: string): Partial<Handed> {
    const bytes = utf8(withPart(`text/plain; name="${name}"`, 'Content-Disposition: attachment'));
    return { bytes, filename: 'a.eml', from: undefined, subject: undefined };
  }
  test.each([
    'message/partial; id=a; number=1',
    'Message/External-Body; access-type=URL; URL="http://x.se/"',
  ])('a part of %s beside the text', async (type) => {
    const bytes = utf8(withPart(type));
    expect(await codes({ bytes, filename: 'a.eml' })).toEqual(['file: attachment-type']);
  });
  test('a message inside the message is taken, and a header line that can be folded', async () => {
    const inner = utf8(withPart('message/rfc822', '\r\nFrom: b@example.se\r\n\r\nHej'));
    expect((await taken({ bytes: inner, filename: 'a.eml' })).attachments).toHaveLength(1);
    const long = utf8(`From: a@example.se\r\nX-Ids: ${'<a@example.se> '.repeat(200)}\r\n\r\nHej`);
    expect((await taken({ bytes: long, filename: 'a.eml' })).format).toBe('eml');
  });

  test('all faults of the fields are told at once, with the file’s', async () => {
    expect(
      await codes({
        bytes: utf8(''),
        from: 'a@b',
        replyTo: 'x',
        subject: 'a\nb',
        mailFrom: '-',
        dkimSelectors: ['å', 'ä'],
      }),
    ).toEqual([
      'file: message-empty',
      'from: address-domain',
      'replyTo: address-invalid',
      'subject: header-control-characters',
      'mailFrom: mail-from-invalid',
      'dkimSelectors: dkim-selector-invalid',
      'dkimSelectors: dkim-selector-invalid',
    ]);
  });

  test('what is shown of the caller’s text is short and commands no terminal', async () => {
    const result = await read({ from: `\u001b[31m\u202e${'x'.repeat(5_000_000)}` });
    const value = String(result.ok ? '' : result.errors[0].data.value);
    expect(value.length).toBeLessThanOrEqual(120);
    expect(value).toMatch(/^␣\[31m␣x+…$/);
  });

  test('limits are inclusive', async () => {
    const { depth, elements, subjectLength } = policy.limits;
    // Three elements and two levels are the parser's own: html, head, body.
    expect((await taken({ bytes: utf8('<br>'.repeat(elements - 3)) })).format).toBe('html');
    expect((await taken({ bytes: utf8('<div>'.repeat(depth - 2)) })).format).toBe('html');
    expect((await taken({ subject: 'a'.repeat(subjectLength) })).subject).toHaveLength(subjectLength);
  });
});

describe('mailbox', () => {
  test.each<[string, { name: string; address: string }]>([
    ['a@example.se', { name: '', address: 'a@example.se' }],
    [' a@EXAMPLE.se ', { name: '', address: 'a@example.se' }],
    ['A.B+c@example.se', { name: '', address: 'A.B+c@example.se' }],
    ['<a@example.se>', { name: '', address: 'a@example.se' }],
    ['Vår förening <a@example.se>', { name: 'Vår förening', address: 'a@example.se' }],
    ['"Berg, Åsa" <a@example.se>', { name: 'Berg, Åsa', address: 'a@example.se' }],
    ['"Åsa \\"Å\\" Berg" <a@example.se>', { name: 'Åsa "Å" Berg', address: 'a@example.se' }],
    ['=?utf-8?q?V=C3=A5r_f=C3=B6rening?= <a@example.se>', { name: 'Vår förening', address: 'a@example.se' }],
    ['"evil@example.com" <a@example.se>', { name: 'evil@example.com', address: 'a@example.se' }],
    ['a@example.se (Åsa)', { name: 'Åsa', address: 'a@example.se' }],
    ['a@räksmörgås.se', { name: '', address: 'a@xn--rksmrgs-5wao1o.se' }],
    ['a@faß.de', { name: '', address: 'a@xn--fa-hia.de' }],
    ['a@xn--rksmrgs-5wao1o.se', { name: '', address: 'a@xn--rksmrgs-5wao1o.se' }],
    ['a@example.se.', { name: '', address: 'a@example.se' }],
    ['a@my_club.example.se', { name: '', address: 'a@my_club.example.se' }],
    // A rule may warn of it; reports and pages show it harmless.
    ['\u202eFörening <a@example.se>', { name: '\u202eFörening', address: 'a@example.se' }],
  ])('%s', (text, mailbox) => {
    expect(readMailbox(text)).toMatchObject({ ok: true, mailbox });
  });

  test.each([
    ['', 'invalid'],
    ['Föreningen', 'invalid'],
    ['@example.se', 'invalid'],
    ['a.@example.se', 'invalid'],
    ['a..b@example.se', 'invalid'],
    ['"a b"@example.se', 'invalid'],
    ['F <>', 'invalid'],
    ['Styrelsen: a@example.se;', 'invalid'],
    ['Styrelsen: a@example.se, b@example.se;', 'invalid'],
    // The decoded words hold an address; no mail server looks for one there.
    ['=?utf-8?q?Club_=3Ca=40evil.example.com=3E?=', 'invalid'],
    [`${'a'.repeat(65)}@example.se`, 'invalid'],
    [`${'a '.repeat(500)}<a@example.se>`, 'invalid'],
    ['a@example.se, b@example.se', 'several'],
    ['a@example.se; b@example.se', 'several'],
    ['Åsa, Berg <a@example.se>', 'name-comma'],
    ['a@example,se', 'comma'],
    ['Föreningen <a@example,se>', 'domain'],
    ['Föreningen a@example.se', 'invalid'],
    ['a@localhost', 'domain'],
    ['a@[192.0.2.1]', 'domain'],
    ['a@192.0.2.1', 'domain'],
    ['a@0x7f.1', 'domain'],
    ['a@exa\u202emple.se', 'domain'],
    ['a@exam%70le.se', 'domain'],
    ['a@example..se', 'domain'],
    ['a@-example.se', 'domain'],
    [`a@${'a'.repeat(64)}.se`, 'domain'],
    ['a@example.se/b', 'domain'],
    ['åsa@example.se', 'local-part-not-ascii'],
    ['a@example.se\r\nBcc: b@example.se', 'control-characters'],
    ['F\u0000 <a@example.se>', 'control-characters'],
    ['F\u009b31m <a@example.se>', 'control-characters'],
    ['=?utf-8?q?F=0D=0ABcc=3A_x?= <a@example.se>', 'control-characters'],
    ['F\ud800 <a@example.se>', 'control-characters'],
  ])('%j is refused: %s', (text, problem) => {
    expect(readMailbox(text)).toEqual({ ok: false, problem });
  });
});

test.each([
  ['mejl.example.se', 'mejl.example.se'],
  [' Mejl.Example.SE. ', 'mejl.example.se'],
  ['post.räksmörgås.se', 'post.xn--rksmrgs-5wao1o.se'],
  ['se', undefined],
  ['https://example.se', undefined],
  ['example.se:25', undefined],
  ['a@example.se', undefined],
  ['example.se\n', 'example.se'],
  ['exam\nple.se', undefined],
  ['1.2.3.4', undefined],
  ['[2001:db8::1]', undefined],
  [`${'a.'.repeat(130)}se`, undefined],
])('domain %j', (text, domain) => {
  expect(asciiDomain(text)).toBe(domain);
});

test('selectors are lower case, once each, and may have dots', async () => {
  const { dkimSelectors } = await taken({ dkimSelectors: [' S1 ', 's1', '2026._a-b', ''] });
  expect(dkimSelectors).toEqual(['s1', '2026._a-b']);
});

describe('message', () => {
  const message = (...header: string[]) =>
    crlf(
      ...header,
      'MIME-Version: 1.0',
      'Content-Type: multipart/mixed; boundary=b',
      '',
      '--b',
      'Content-Type: text/html; charset=iso-8859-1',
      'Content-Transfer-Encoding: quoted-printable',
      '',
      '<p>H=F6st</p>',
      '--b',
      'Content-Type: image/png; name="=?utf-8?q?bl=C3=A5.png?="',
      'Content-Disposition: inline',
      'Content-ID: <bild@example.se>',
      'Content-Transfer-Encoding: base64',
      '',
      'iVBORw0KGgo=',
      '--b--',
    );
  const eml = (...header: string[]) => ({
    bytes: message(...header),
    filename: 'a.eml',
    from: undefined,
  });

  test('its parts', async () => {
    const submission = await taken(
      eml(
        'Return-Path: <bounce+1@mejl.example.se>',
        'From: =?utf-8?q?V=C3=A5r?=',
        ' =?utf-8?q?_f=C3=B6rening?= <a@example.se>',
        'Reply-To: "Berg, Åsa" <svar@example.se>',
        'Subject: =?utf-8?q?H=C3=B6st?=',
        '\tmöte',
        'List-Unsubscribe: <https://example.se/u>,',
        '  <mailto:u@example.se>',
      ),
    );
    expect(submission).toMatchObject({
      from: { name: 'Vår förening', address: 'a@example.se' },
      replyTo: [{ name: 'Berg, Åsa', address: 'svar@example.se' }],
      subject: 'Höst möte',
      mailFrom: 'mejl.example.se',
      source: null,
      mjml: null,
    });
    expect(submission.markup?.html.trim()).toBe('<p>Höst</p>');
    expect(submission.headers).toContainEqual({
      name: 'List-Unsubscribe',
      value: '<https://example.se/u>,  <mailto:u@example.se>',
    });
    expect(submission.attachments).toEqual([
      {
        filename: 'blå.png',
        contentType: 'image/png',
        disposition: 'inline',
        contentId: 'bild@example.se',
        bytes: new Uint8Array(Buffer.from('iVBORw0KGgo=', 'base64')),
      },
    ]);
  });

  test.each(['b@example.se', 'A <b@example.se>'])(
    'another From (%s) does not hide the message’s own',
    async (from) => {
      expect(await codes({ ...eml('From: a@example.se'), from })).toEqual(['from: from-differs']);
      const two = eml('From: a@example.se', 'From: chef@bank.se');
      expect(await codes({ ...two, from: 'a@example.se' })).toEqual(['from: address-several']);
    },
  );

  test.each([
    '"Föreningen, Björken" <a@example.se>',
    '"a < b" <a@example.se>',
    'A <a@example.se> (3 < 4)',
    'a@example.se (A, B)',
  ])('From: %s is taken', async (from) => {
    expect(await taken(eml(`From: ${from}`))).toMatchObject({ from: { address: 'a@example.se' } });
  });

  test('what a person says wins over the message, but for From', async () => {
    const handed = { ...eml('From: a@example.se', 'Subject: Hej'), from: 'a@example.se', subject: 'Nytt' };
    expect(await taken(handed)).toMatchObject({ from: { address: 'a@example.se' }, subject: 'Nytt' });
  });

  test.each<[string, string[], string[]]>([
    ['no From', ['Subject: Hej'], ['from: from-missing']],
    ['an empty From', ['From: '], ['from: from-missing']],
    ['two addresses in From', ['From: a@example.se, b@example.se'], ['from: address-several']],
    ['two From fields', ['From: a@example.se', 'From: b@evil.example.com'], ['from: address-several']],
    [
      'a From hidden by case and space',
      ['fRoM : b@evil.example.com', 'From: a@example.se'],
      ['from: address-several'],
    ],
    ['a group in From', ['From: Alla: a@example.se;'], ['from: address-invalid']],
    ['an angle bracket left open', ['From: Björn <a@example.se'], ['from: address-invalid']],
    ['one left open before another', ['From: A <b@example.se, C <a@example.se>'], ['from: address-invalid']],
    ['a name with a comma', ['From: Anna, Eva, Bo <a@example.se>'], ['from: address-name-comma']],
    ['two, one of them nameless', ['From: Anna, b@example.se'], ['from: address-several']],
  ])('%s is refused', async (_, header, expected) => {
    expect(await codes(eml(...header))).toEqual(expected);
  });

  test.each<[string, string[], string | null]>([
    ['none', [], null],
    ['the empty one of a bounce', ['Return-Path: <>'], null],
    ['one that is no domain', ['Return-Path: <root@localhost>'], null],
    ['an encoded sender', ['Return-Path: <b+a=example.com@Mejl.Example.SE>'], 'mejl.example.se'],
  ])('Return-Path: %s', async (_, header, mailFrom) => {
    expect((await taken(eml('From: a@example.se', ...header))).mailFrom).toBe(mailFrom);
  });

  test('a message that is sent along stays an attachment', async () => {
    const bytes = crlf(
      'From: a@example.se',
      'Content-Type: multipart/mixed; boundary=b',
      '',
      '--b',
      '',
      'Se bifogat.',
      '--b',
      'Content-Type: message/rfc822',
      '',
      'From: x@example.com',
      'Content-Type: text/html',
      '',
      '<p>Inuti</p>',
      '--b--',
    );
    const submission = await taken({ bytes, filename: 'a.eml', from: undefined });
    expect(submission.text?.trim()).toBe('Se bifogat.');
    expect(submission.markup).toBeNull();
    expect(submission.attachments.map(({ contentType }) => contentType)).toEqual(['message/rfc822']);
  });
});

describe('mjml', () => {
  test('an element that it does not know is refused, with its line and name', async () => {
    for (const body of ['\n<mj-texxt>Hej</mj-texxt>', '<mj-text>Hej</mj-text>\n<p>Hej</p>']) {
      const result = await read({ bytes: utf8(mjml(body)), filename: 'a.mjml' });
      const tag = /mj-texxt|p(?=>)/.exec(body)?.[0];
      expect(result.ok ? [] : result.errors).toMatchObject([
        { code: 'mjml-invalid', field: 'file', data: { line: 2, tag } },
      ]);
    }
  });

  test.each([
    ['plain', '<mj-include path="/etc/passwd" />', 1],
    ['in mj-raw', '<mj-raw>\n<mj-include path="/etc/passwd"></mj-include></mj-raw>', 2],
    ['in upper case', '\n\n<MJ-INCLUDE\npath="/etc/passwd"/>', 3],
    ['in CDATA', '<mj-text><![CDATA[<mj-include path="/etc/passwd" />]]></mj-text>', 1],
    ['after a comment', '<!-- a -->\n<!-- <mj-include path="a"/> -->\n<mj-include path="/etc/passwd" />', 3],
    ['after a comment that never ends', '<!-- <mj-include path="/etc/passwd" />', 1],
    ['as css', '<mj-include path="/etc/passwd" type="css" />', 1],
  ])('an include %s is refused and its line told', async (_, body, line) => {
    const result = await read({ bytes: utf8(mjml(body)), filename: 'a.mjml' });
    expect(result).toEqual({
      ok: false,
      errors: [{ code: 'mjml-include', field: 'file', data: { line, detail: '' } }],
    });
  });

  test('an include inside a comment is only a comment, and nothing is read', async () => {
    const body = '<!-- <mj-include path="/etc/passwd" /> --><mj-text>Hej</mj-text>';
    const { markup } = await taken({ bytes: utf8(mjml(body)), filename: 'a.mjml' });
    expect(markup?.html).toContain('Hej');
    expect(markup?.html).not.toContain('root:');
  });

  test('more than 500 components beside each other are not deep', async () => {
    const body = '<mj-spacer height="1px" />'.repeat(600);
    expect((await taken({ bytes: utf8(mjml(body)), filename: 'a.mjml' })).format).toBe('mjml');
  });

  test('warnings have a line', async () => {
    const { mjml: made } = await taken({
      bytes: utf8(mjml('\n<mj-text nope="1">Hej</mj-text>')),
      filename: 'a.mjml',
    });
    expect(made?.warnings).toMatchObject([{ line: 2, tag: 'mj-text' }]);
  });

  test('definitions named like a prototype pollute nothing', async () => {
    const head =
      '<mj-head><mj-attributes><mj-class name="__proto__" polluted="1" /><__proto__ polluted="1" /></mj-attributes></mj-head>';
    const body = mjml('<mj-text mj-class="__proto__">Hej</mj-text>').replace('<mjml>', `<mjml>${head}`);
    await read({ bytes: utf8(body), filename: 'a.mjml' });
    expect('polluted' in {}).toBe(false);
  });
});

describe('digest', () => {
  const part = (type: string, body: string) => ['--b', `Content-Type: ${type}`, '', body];
  const message = (more: { html?: string; text?: string; file?: string; header?: string[] } = {}) =>
    crlf(
      'From: F <a@example.se>',
      'Subject: Hej',
      ...(more.header ?? ['List-Unsubscribe: <https://example.se/u>']),
      'Content-Type: multipart/mixed; boundary=b',
      '',
      '--b',
      'Content-Type: multipart/alternative; boundary=c',
      '',
      ...part('text/plain', more.text ?? 'Hej!').map((line) => line.replace('--b', '--c')),
      ...part('text/html', more.html ?? '<p>Hej!</p>').map((line) => line.replace('--b', '--c')),
      '--c--',
      ...part('application/octet-stream; name=a.bin', more.file ?? 'abc'),
      '--b--',
    );
  const base: Partial<Handed> = {
    bytes: message(),
    filename: 'a.eml',
    from: undefined,
    replyTo: 'svar@example.se',
    mailFrom: 'mejl.example.se',
    class: 'marketing',
    dkimSelectors: ['s1'],
  };
  const digest = async (handed: Partial<Handed>, organisation?: string) =>
    (await taken({ ...base, ...handed }, organisation)).digest;

  test.each(['G <a@example.se>', 'F <b@example.se>', 'a@example.se'])(
    'the sender of a template, %s, changes it',
    async (from) => {
      const template = { bytes: utf8('<p>Hej!</p>'), filename: 'a.html' };
      const other = await digest({ ...template, from });
      expect(other).not.toBe(await digest({ ...template, from: 'F <a@example.se>' }));
    },
  );

  test('is 64 hex digits, equal for equal input whatever the order of its keys', async () => {
    const first = await digest({});
    const reversed = Object.fromEntries(Object.entries({ ...sound, ...base }).reverse()) as unknown as Handed;
    expect(first).toMatch(/^[0-9a-f]{64}$/);
    expect(await digest({})).toBe(first);
    expect(await digest(reversed)).toBe(first);
  });

  test.each<[string, Partial<Handed>]>([
    ['a byte of the HTML', { bytes: message({ html: '<p>Hej?</p>' }) }],
    ['a space in the HTML', { bytes: message({ html: '<p>Hej! </p>' }) }],
    ['a comment in the HTML', { bytes: message({ html: '<p>Hej!</p><!---->' }) }],
    ['a byte of the text', { bytes: message({ text: 'Hej?' }) }],
    ['a byte of an attachment', { bytes: message({ file: 'abd' }) }],
    ['a header’s value', { bytes: message({ header: ['List-Unsubscribe: <https://example.se/v>'] }) }],
    ['a header’s name', { bytes: message({ header: ['List-Unsubscribe-Post: <https://example.se/u>'] }) }],
    [
      'one header more',
      { bytes: message({ header: ['List-Unsubscribe: <https://example.se/u>', 'X-A: 1'] }) },
    ],
    ['no header', { bytes: message({ header: [] }) }],
    ['Reply-To', { replyTo: 'svar2@example.se' }],
    ['no Reply-To', { replyTo: undefined }],
    ['the subject', { subject: 'Hej!' }],
    ['MAIL FROM', { mailFrom: 'mejl2.example.se' }],
    ['no MAIL FROM', { mailFrom: undefined }],
    ['the class', { class: 'transactional' }],
    ['a selector', { dkimSelectors: ['s2'] }],
    ['one selector more', { dkimSelectors: ['s1', 's2'] }],
  ])('%s changes it', async (_, change) => {
    expect(await digest(change)).not.toBe(await digest({}));
  });

  test('the organisation changes it', async () => {
    expect(await digest({}, 'org_other')).not.toBe(await digest({}, 'org_test'));
  });

  test('whose key signed a message changes it, and when or how often it was signed does not', async () => {
    const signedBy = (...fields: string[]) => {
      const header = [...fields.map((tags) => `DKIM-Signature: v=1; ${tags}`), 'X-A: 1'];
      return digest({ bytes: message({ header }) });
    };
    const first = await signedBy('d=example.se; s=s1; t=1; b=abc');
    expect(await signedBy('t=2; b=xyz;\r\n s=S1; d=Example.se')).toBe(first);
    expect(await signedBy('d=example.se; s=s1; b=abc', 'd=example.se; s=s1; b=abd')).toBe(first);
    const others = [
      [],
      ['d=example.se; s=s2; b=abc'],
      ['d=other.example; s=s1; b=abc'],
      ['d=example.se; s=s1; b=abc', 'd=other.example; s=s1; b=abc'],
    ];
    const digests = await Promise.all(others.map((fields) => signedBy(...fields)));
    expect(new Set([first, ...digests]).size).toBe(others.length + 1);
  });

  test.each([
    ['Received', 'Received: from a by b'],
    ['Date', 'Date: Sun, 22 Nov 2026 09:00:00 +0000'],
    ['Message-ID', 'Message-ID: <1@example.se>'],
    ['DKIM-Signature', 'DKIM-Signature: v=1; b=abc'],
  ])('%s, which transport adds, does not', async (_, field) => {
    const header = [field, 'List-Unsubscribe: <https://example.se/u>'];
    expect(await digest({ bytes: message({ header }) })).toBe(await digest({}));
  });

  test.each([
    [
      'carousel',
      '<mj-carousel><mj-carousel-image src="a.png" /><mj-carousel-image src="b.png" /></mj-carousel>',
    ],
    ['menu', '<mj-navbar hamburger="hamburger"><mj-navbar-link href="/a">A</mj-navbar-link></mj-navbar>'],
  ])('MJML that the compiler gives ids by chance is still equal: %s', async (_, body) => {
    const handed = { bytes: utf8(mjml(body)), filename: 'a.mjml', from: 'a@example.se' };
    expect(await digest(handed)).toBe(await digest(handed));
  });
});
