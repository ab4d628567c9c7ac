/** The message as it lies on the wire: lines of its header, the tree of its parts; hostile ones in time. */
import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readInvite } from '../../src/facts/attachments/invite.ts';
import { withoutComments } from '../../src/facts/mime/comments.ts';
import { parameterOf } from '../../src/facts/mime/fields.ts';
import { readHeaderLines } from '../../src/facts/mime/header-lines.ts';
import { type MimePart, readParts } from '../../src/facts/mime/parts.ts';
import { gatherMime } from '../../src/facts/mime.ts';

const octets = (text: string, encoding: BufferEncoding = 'utf8') =>
  new Uint8Array(Buffer.from(text, encoding));
const linesOf = (header: string, encoding?: BufferEncoding) =>
  readHeaderLines(octets(`${header}\r\n\r\nText: å\r\n`, encoding));

describe('header', () => {
  test.each<[string, string, string[]]>([
    ['a field that goes on', 'A: 1\r\n 2\r\n\t3', []],
    ['an empty field', 'A:', []],
    ['white space before the colon', 'A : 1', []],
    ['a line of words', 'A: 1\r\nHej du\r\nB: 2', ['Hej du']],
    ['a name with letters of ours', 'Ämne: Hej', ['??mne: Hej']],
    ['the first line of a mailbox file', 'From a@example.se Fri Nov 20\r\nA: 1', []],
    ['the same further down', 'A: 1\r\nFrom a@example.se Fri Nov 20', ['From a@example.se Fri Nov 20']],
    ['line ends of Unix', 'A: 1\n 2\nB: 2', []],
  ])('%s', (_, header, strays) => {
    expect(linesOf(header).strays.map(({ field }) => field.replaceAll('␣', '?'))).toEqual(strays);
  });

  test('each finding says where it stands', () => {
    const { strays, raw, long } = linesOf(`A: 1\r\n 2\r\nB: å\r\nlös\r\nC: ${'x '.repeat(600)}`);
    const at = (line: number) => ({ part: 'headers', line, column: 1 });
    expect([strays[0]?.at, raw[0]?.at, long[0]?.at]).toEqual([at(4), at(3), at(5)]);
    expect(long[0]).toMatchObject({ field: 'C', octets: 1203 });
  });

  test.each([
    ['998 octets', 998 - 'A: '.length, 0],
    ['999', 999 - 'A: '.length, 1],
  ])('a line of %s', (_, length, count) => {
    expect(linesOf(`A: ${'x'.repeat(length)}`).long).toHaveLength(count);
  });

  test('letters of ours in UTF-8 and in Latin-1', () => {
    expect(linesOf('Subject: Höst').raw).toHaveLength(1);
    expect(linesOf('Subject: Höst', 'latin1').raw).toHaveLength(1);
    expect(linesOf('Subject: =?utf-8?Q?H=C3=B6st?=').raw).toEqual([]);
  });

  test.each<[string, string, string[]]>([
    ['Q', '=?utf-8?Q?H=C3=B6st_m=C3=B6te?=', []],
    ['B', '=?utf-8?B?SMO2c3Q=?=', []],
    ['another character set, with a language', '=?iso-8859-1*sv?q?H=F6st?=', []],
    ['two with white space between', '=?utf-8?Q?a?= =?utf-8?Q?b?=', []],
    ['a question of somebody', 'Vad är =? och ?=', []],
    ['white space within', '=?utf-8?Q?H=C3=B6st m=C3=B6te?=', ['blank']],
    ['a set that nobody knows', '=?x-okänd?Q?a?='.replace('ä', 'a'), ['charset']],
    ['half a letter', '=?utf-8?Q?H=C3?= =?utf-8?Q?=B6st?=', ['octets']],
    ['half a number', '=?utf-8?Q?H=C?=', ['octets']],
    ['no base64', '=?utf-8?B?Höst?='.replace('ö', '%'), ['octets']],
    ['too long', `=?utf-8?Q?${'a'.repeat(70)}?=`, ['long']],
    ['in a quoted string of what holds no address', '"=?utf-8?Q?a?="', []],
    ['two of a kind', '=?utf-8?Q?a b?= =?utf-8?Q?c d?=', ['blank']],
  ])('encoded word: %s', (_, value, whys) => {
    expect(linesOf(`Subject: ${value}`).words.map(({ why }) => why)).toEqual(whys);
    expect(linesOf(`X-Other: ${value}`).words).toEqual([]);
  });
});

test.each<[string, string, string[]]>([
  ['a name', '=?utf-8?Q?a?= <a@example.se>', []],
  ['a comment', 'a@example.se (=?utf-8?Q?a?=)', []],
  ['a quoted string', '"Vi =?utf-8?Q?a?=" <a@example.se>', ['quoted']],
  ['a quoted string that never ends', '"=?utf-8?Q?a?= <a@example.se>', []],
  ['angle brackets', 'Vi <=?utf-8?Q?a?=@example.se>', ['address']],
  ['an address without brackets', '=?utf-8?Q?a?=@example.se', ['address']],
  ['brackets in a quoted string', '"<" =?utf-8?Q?a?= <a@example.se>', []],
])('encoded word among addresses, in %s', (_, value, whys) => {
  expect(linesOf(`To: ${value}`).words.map(({ why }) => why)).toEqual(whys);
});

test.each([
  ['a (b) c', 'a   c'],
  ['(a (b) c) d', 'd'],
  ['"a (b)" <c@d>', '"a (b)" <c@d>'],
  ['"a \\" (b)" (c)', '"a \\" (b)"'],
  ['a (b \\) c)', 'a'],
  ['a (b', 'a (b'],
  ['a) b', 'a) b'],
])('without comments: %s', (value, plain) => {
  expect(withoutComments(value)).toBe(plain);
});

test.each([
  ['text/html; charset=(e)iso-8859-15', 'iso-8859-15'],
  ['text/html; (x; charset=a) charset=utf-8 (b)', 'utf-8'],
  ['text/html; x="; charset=a"; charset=utf-8', 'utf-8'],
  ['text/html; charset="u\\tf-8"', 'utf-8'],
  ['text/html; charset*1="-8"; charset*0=utf', 'utf-8'],
  ["text/html; charset*=us-ascii'en'utf%2D8", 'utf-8'],
  ["text/html; charset*0*=us-ascii''utf%2D; charset*1=8", 'utf-8'],
  ['text/html; charset*1=a', null],
  ['text/html; charset=utf-8', 'utf-8'],
  ['text/html;charset="utf-8"', 'utf-8'],
  ['text/html; x="a"; CharSet = iso-8859-1 ; y=1', 'iso-8859-1'],
  ['text/html; x-charset=a', null],
  ['text/html; charset=', null],
  ['text/html', null],
])('charset of %s', (value, charset) => {
  expect(parameterOf(value, 'charset')).toBe(charset);
});

describe('parts', () => {
  const treeOf = (...lines: string[]) =>
    readParts(octets(lines.join('\r\n'))).map(({ type, within, state }) => `${type} in ${within} ${state}`);
  const multipart = (subtype: string, boundary: string) =>
    `Content-Type: multipart/${subtype}; boundary="${boundary}"`;

  test.each<[string, string[], string[]]>([
    ['nothing said', ['A: 1', '', 'Hej'], ['text/plain in null whole']],
    ['a header alone', ['Content-Type: text/html'], ['text/html in null whole']],
    [
      'two versions',
      [
        multipart('alternative', 'x'),
        '',
        'förord',
        '--x',
        '',
        'a',
        '--x',
        'Content-Type: text/html',
        '',
        'b',
        '--x--',
      ],
      ['multipart/alternative in null whole', 'text/plain in 0 whole', 'text/html in 0 whole'],
    ],
    [
      'one within another',
      [
        multipart('mixed', 'x'),
        '',
        '--x',
        multipart('related', 'y'),
        '',
        '--y',
        '',
        'a',
        '--y--',
        '--x',
        'Content-Type: image/png',
        '',
        '--x--',
      ],
      [
        'multipart/mixed in null whole',
        'multipart/related in 0 whole',
        'text/plain in 1 whole',
        'image/png in 0 whole',
      ],
    ],
    [
      'boundaries that begin alike',
      [
        multipart('mixed', 'x'),
        '',
        '--x',
        multipart('related', 'xx'),
        '',
        '--xx',
        '',
        '--xxx',
        '--xx--',
        '--x--',
      ],
      ['multipart/mixed in null whole', 'multipart/related in 0 whole', 'text/plain in 1 whole'],
    ],
    [
      'an inner end that is missing',
      [
        multipart('mixed', 'x'),
        '',
        '--x',
        multipart('related', 'y'),
        '',
        '--y',
        '',
        'a',
        '--x',
        '',
        'b',
        '--x--',
      ],
      [
        'multipart/mixed in null whole',
        'multipart/related in 0 open',
        'text/plain in 1 whole',
        'text/plain in 0 whole',
      ],
    ],
    ['no boundary', ['Content-Type: multipart/mixed', '', '--x', '', 'a'], ['multipart/mixed in null empty']],
    ['no part', [multipart('mixed', 'x'), '', 'a', '--x--'], ['multipart/mixed in null empty']],
    [
      'no end',
      [multipart('mixed', 'x'), '', '--x', '', 'a'],
      ['multipart/mixed in null open', 'text/plain in 0 whole'],
    ],
    [
      'a message within',
      [
        multipart('mixed', 'x'),
        '',
        '--x',
        'Content-Type: message/rfc822',
        '',
        multipart('mixed', 'z'),
        '',
        '--z',
        '--x--',
      ],
      ['multipart/mixed in null whole', 'message/rfc822 in 0 whole'],
    ],
    [
      'a part without a body',
      [multipart('mixed', 'x'), '', '--x', 'Content-Type: text/html', '--x--'],
      ['multipart/mixed in null whole', 'text/html in 0 whole'],
    ],
  ])('%s', (_, lines, tree) => {
    expect(treeOf(...lines)).toEqual(tree);
  });

  test.each([
    ['as they are', '', 'Höst', true],
    ['in another part alone', '', 'Host', false],
    ['said to be base64', 'Content-Transfer-Encoding: base64\r\n', 'Höst', false],
  ])('octets over 127: %s', (_, header, text, eightBit) => {
    const message = `${multipart('mixed', 'x')}\r\n\r\nförord\r\n--x\r\n${header}\r\n${text}\r\n--x--\r\n`;
    expect(readParts(octets(message))[1]?.eightBit).toBe(eightBit);
  });

  test('what a part says of itself', () => {
    const header = 'Content-Type: text/calendar; charset=utf-8; method=REQUEST; name="a.ics"';
    expect(
      readParts(octets(`${header}\r\nContent-Transfer-Encoding: QUOTED-printable\r\n\r\n`)),
    ).toMatchObject([
      { charset: 'utf-8', method: 'REQUEST', encoding: 'quoted-printable', file: true, declared: true },
    ]);
  });

  test.each<[string, Partial<MimePart>]>([
    ['Content-Transfer-Encoding: (x) 8bit (hello)', { encoding: '8bit' }],
    ['Content-Type: (x) text / html (y)', { type: 'text/html' }],
    ['Content-Type: multipart/mixed; boundary*0="ab"; boundary*1="cd"', { state: 'open' }],
    ['Content-Disposition: inline; filename="note.txt"', { file: true }],
    ["Content-Disposition: inline; filename*=utf-8''note.txt", { file: true }],
    ['Content-Disposition: inline', { file: false }],
    ['Content-Disposition: (x) attachment', { file: true }],
    [
      'Content-ID: <a@b>\r\nContent-Location: https://a.se/\r\n b.png',
      { id: 'a@b', location: 'https://a.se/b.png' },
    ],
  ])('%s', (header, part) => {
    expect(readParts(octets(`${header}\r\n\r\nHej`))[0]).toMatchObject(part);
  });

  test('a boundary in pieces', () => {
    expect(
      treeOf(
        'Content-Type: multipart/mixed; boundary*0="ab"; boundary*1="cd"',
        '',
        '--abcd',
        '',
        'a',
        '--abcd--',
      ),
    ).toEqual(['multipart/mixed in null whole', 'text/plain in 0 whole']);
  });

  /** As many lines as a message may have. */
  const lines = 200_000;
  test.each([
    ['of boundaries', `${multipart('mixed', 'x')}\n\n${'--x\n'.repeat(lines)}`],
    [
      'that look like boundaries, thirty deep',
      Array.from({ length: 30 }, (_, i) => `${multipart('mixed', `b${i}`)}\n\n--b${i}\n`).join('') +
        '--y\n'.repeat(lines),
    ],
    ['of a header without an end', 'a:b\n'.repeat(lines)],
    ['of one field', `a:${' b\n'.repeat(lines)}`],
    ['of encoded words', `Subject: ${'=?utf-8?Q?'.repeat(lines)}\n\n`],
    ['of comments', `To: ${'('.repeat(lines)}\n\n`],
    ['of quoted strings and encoded words', `To: ${'"" =?utf-8?Q?a?= <'.repeat(lines)}\n\n`],
    ['of the beginning of a quoted parameter', `Content-Type: a/b${'; a="'.repeat(lines)}\n\n`],
    ['of the beginning of a parameter', `Content-Type: a/b${'; '.repeat(lines)}\n\n`],
  ])('lines %s are read in time', (_, message) => {
    const started = performance.now();
    gatherMime({ submission: { message: octets(message) } });
    expect(performance.now() - started).toBeLessThan(3000);
  });
});

test('values without comments, by name', () => {
  const message = octets('To: a@b.se (c)\r\nTO: c@d.se\r\n\r\nTo: x\r\n');
  expect(gatherMime({ submission: { message } })?.values.get('to')).toEqual(['a@b.se', 'c@d.se']);
});

describe('when an event ends', () => {
  const endOf = (...lines: string[]) =>
    readInvite(octets(['BEGIN:VCALENDAR', ...lines, 'END:VCALENDAR'].join('\r\n'))).ends;
  const event = (...lines: string[]) => ['BEGIN:VEVENT', ...lines, 'END:VEVENT'];
  const start = 'DTSTART:20261101T090000Z';
  const zone = [
    'BEGIN:VTIMEZONE',
    'BEGIN:STANDARD',
    'DTSTART:19701025T030000',
    'RRULE:FREQ=YEARLY',
    'END:STANDARD',
    'END:VTIMEZONE',
  ];
  const alarm = ['BEGIN:VALARM', 'DURATION:P9D', 'END:VALARM'];
  test.each<[string, string[], string | null]>([
    ['an end', event(start, 'DTEND:20261101T100000Z'), '2026-11-01T10:00:00.000Z'],
    ['a length', event(start, 'DURATION:PT1H30M'), '2026-11-01T10:30:00.000Z'],
    ['a length in days', event(start, 'DURATION:P1DT1H'), '2026-11-02T10:00:00.000Z'],
    ['a length of weeks', event(start, 'DURATION:P2W'), '2026-11-15T09:00:00.000Z'],
    ['no length that can be read', event(start, 'DURATION:1 h'), null],
    ['a zone and an alarm', [...zone, ...event(start, ...alarm)], '2026-11-01T09:00:00.000Z'],
    ['the last of two', [...event(start), ...event('DTSTART:20261201T090000Z')], '2026-12-01T09:00:00.000Z'],
    ['every week', event(start, 'RRULE:FREQ=WEEKLY'), null],
    ['one that recurs', [...event(start, 'RRULE:FREQ=WEEKLY'), ...event(start)], null],
    [
      'every week until',
      event(start, 'DURATION:PT1H', 'RRULE:FREQ=WEEKLY;UNTIL=20261115T090000Z'),
      '2026-11-15T10:00:00.000Z',
    ],
    ['none', [], null],
  ])('%s', (_, lines, ends) => {
    expect(endOf(...lines)).toBe(ends === null ? null : Date.parse(ends));
  });
});

test('a template has none of it', () => {
  expect(gatherMime({ submission: { message: null } })).toBe(null);
});

const corpus = new URL('../../../shared/data/corpus-2002/', import.meta.url).pathname;
test.skipIf(!existsSync(corpus))('mail of 2002 is read to its end', () => {
  const files = globSync('{hard_ham,easy_ham}/*', { cwd: corpus }).filter((file) =>
    statSync(corpus + file).isFile(),
  );
  const odd = files.filter((file) => {
    const fact = gatherMime({ submission: { message: new Uint8Array(readFileSync(corpus + file)) } });
    return (fact?.strays.length ?? 1) > 0 || fact?.parts.some(({ state }) => state !== 'whole');
  });
  expect(odd.filter((file) => !file.endsWith('ORIGIN.txt'))).toEqual([]);
});
