/** What stands in files of each format: real ones, made by the programs that people use, and broken ones. */
import { readFileSync } from 'node:fs';
import { deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { clients } from '../../rules/clients/index.ts';
import actions from '../../rules/content/attachment-actions.ts';
import fileType from '../../rules/content/attachment-file-type.ts';
import lock from '../../rules/content/attachment-lock.ts';
import macros from '../../rules/content/attachment-macros.ts';
import { policy } from '../../rules/policy.ts';
import { attached, samples } from '../../rules/wordings/attached.ts';
import { newBudget, unpacked } from '../../src/facts/attachments/budget.ts';
import { type Contents, readContents } from '../../src/facts/attachments/contents.ts';
import { kindOf } from '../../src/facts/attachments/kind.ts';
import { unpackedLzma } from '../../src/facts/attachments/lzma.ts';
import { gatherAttachments } from '../../src/facts/attachments.ts';
import { areas, type Rule } from '../../src/rule.ts';
import { judge, type Rules } from '../../src/verdict.ts';
import { factsByRoute, noBrowser, now, submissionOf } from '../world.ts';

const files = new URL('../../fixtures/attachments/', import.meta.url);
const file = (name: string) => new Uint8Array(readFileSync(new URL(name, files)));
const octets = (base64: string) => new Uint8Array(Buffer.from(base64, 'base64'));
const ascii = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'));
const read = (bytes: Uint8Array, name = '') => readContents(bytes, kindOf(bytes), name);
const told = ({ encrypted, macros, acts, unread, inside }: Contents) => ({
  marks: [encrypted && 'locked', macros && 'macros', ...acts].filter(Boolean).join(' '),
  unread: unread.join(' '),
  inside: inside.map(({ name, kind }) => (kind ? `${name} ${kind}` : name)),
});

describe('files of real programs', () => {
  test.each<[string, string, string, string, string[]?]>([
    ['brev.doc', 'office', '', ''],
    ['locked.doc', 'office', 'locked', 'code'],
    ['lista.xls', 'office', '', ''],
    ['locked.xls', 'office', 'locked', 'code'],
    ['brev.docx', 'zip', '', ''],
    ['locked.odt', 'zip', 'locked', 'code'],
    ['macro.odt', 'zip', 'macros', ''],
    ['script.pdf', 'pdf', 'script', ''],
    ['held.pdf', 'pdf', '', '', ['kort.exe']],
    ['locked.pdf', 'pdf', 'locked', ''],
    ['no-printing.pdf', 'pdf', 'locked', 'code'],
    ['two.7z', '7z', '', '', ['brev.txt', 'kort.exe']],
    ['locked.7z', '7z', 'locked', '', ['brev.txt', 'kort.exe']],
    ['names.7z', '7z', 'locked', 'files', []],
    ['five.rar', 'rar', '', '', ['kort.exe']],
    ['four.rar', 'rar', '', '', ['kort.exe']],
    ['aes.zip', 'zip', 'locked', '', ['brev.txt']],
    ['outer.zip', 'zip', '', '', ['inner.zip', 'inner.zip zip', 'kort.exe', 'kort.exe program']],
    ['a.tgz', 'gzip', '', '', ['brev.txt', 'kort.exe program']],
    ['kort.exe.gz', 'gzip', '', '', ['kort.exe', 'kort.exe program']],
    ['brev.txt.bz2', 'archive', '', 'files lock', ['brev.txt']],
  ])('%s', async (name, kind, marks, unread, inside) => {
    const bytes = file(name);
    expect(kindOf(bytes)).toBe(kind);
    const found = told(await read(bytes, name));
    expect(found).toMatchObject({ marks, unread });
    if (inside) expect(found.inside).toEqual(inside);
  });

  test('cut anywhere, or with octets changed, they break nothing and take no time', async () => {
    const names = [
      'brev.doc',
      'locked.xls',
      'macro.odt',
      'script.pdf',
      'two.7z',
      'five.rar',
      'four.rar',
      'outer.zip',
      'a.tgz',
    ];
    const started = performance.now();
    for (const name of names) {
      const bytes = file(name);
      for (let i = 1; i < 60; i += 1) {
        await readContents(bytes.subarray(0, Math.floor((bytes.length * i) / 60)), kindOf(bytes), name);
        const changed = bytes.slice();
        for (let j = 0; j < 8; j += 1)
          changed[(i * 7919 + j * 104_729) % Math.min(bytes.length, 2000)] = (i * 31 + j * 17) % 256;
        await readContents(changed, kindOf(bytes), name);
      }
    }
    expect(performance.now() - started).toBeLessThan(8000);
  });

  test('cut short, an archive or a book is not known', async () => {
    for (const name of ['two.7z', 'five.rar', 'four.rar', 'outer.zip', 'a.tgz']) {
      const bytes = file(name);
      const { unread } = await readContents(bytes.subarray(0, -20), kindOf(bytes), name);
      expect([name, unread.includes('files')]).toEqual([name, true]);
    }
    const book = file('lista.xls');
    expect((await readContents(book.subarray(0, 600), 'office', '')).unread).toContain('code');
  });
});

describe('what people hide', () => {
  const zipOf = (name: string, content: Uint8Array, pack = true) => {
    const packed = pack ? deflateRawSync(content) : Buffer.from(content);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(pack ? 8 : 0, 4);
    fields.writeUInt32LE(packed.length, 14);
    fields.writeUInt32LE(content.length, 18);
    fields.writeUInt16LE(name.length, 22);
    const entry = Buffer.concat([ascii('PK\x03\x04'), fields, ascii(name), packed]);
    const table = Buffer.concat([ascii('PK\x01\x02\x14\0'), fields, Buffer.alloc(14), ascii(name)]);
    const end = Buffer.alloc(22);
    end.writeUInt32LE(0x06054b50, 0);
    end.writeUInt16LE(1, 8);
    end.writeUInt16LE(1, 10);
    end.writeUInt32LE(table.length, 12);
    end.writeUInt32LE(entry.length, 16);
    return new Uint8Array(Buffer.concat([entry, table, end]));
  };
  const program = octets(samples.program);

  test('a program named as a picture, in an archive', async () => {
    const { inside } = await read(zipOf('bild.jpg', program));
    expect(inside).toContainEqual({ ending: 'jpg', name: 'bild.jpg', kind: 'program' });
  });

  test('an archive in an archive is looked into four deep, and then not known', async () => {
    let bytes = zipOf('kort.exe', program);
    for (let depth = 2; depth <= 4; depth += 1) bytes = zipOf('inner.zip', bytes, false);
    const four = await read(bytes);
    expect(four.inside.map(({ name }) => name)).toContain('kort.exe');
    expect(four.unread).toEqual([]);
    const five = await read(zipOf('inner.zip', bytes, false));
    expect(five.unread).toContain('files');
  });

  test('a bomb of two hundred megabytes costs what is allowed, and is not known', async () => {
    const packed = gzipSync(Buffer.alloc(200_000_000));
    const budget = newBudget();
    const started = performance.now();
    const { unread } = await readContents(packed, 'gzip', 'a.gz', budget);
    expect(unread).toContain('files');
    expect(budget.octets).toBeGreaterThan(40_000_000);
    const many = zipOf('a.zip', zipOf('b.gz', packed));
    expect((await readContents(many, 'zip', 'a.zip', budget)).unread).toContain('files');
    expect(performance.now() - started).toBeLessThan(8000);
  });

  test('the budget of one mail is one for all its files', async () => {
    const budget = { octets: 10, files: 1, characters: 0 };
    expect((await unpacked(deflateSync('x'.repeat(100)), 'deflate', budget, 1000)).bytes).toHaveLength(10);
    expect(await unpacked(deflateSync('x'), 'deflate', budget, 1000)).toMatchObject({ whole: false });
  });

  test('macros by another name, in the list of types alone', async () => {
    const types =
      '<Types><Override ContentType="application/vnd.ms-office.vbaProject" PartName="/a.bin"/></Types>';
    expect((await read(zipOf('[Content_Types].xml', ascii(types)))).macros).toBe(true);
    expect((await read(zipOf('[Content_Types].xml', ascii('<Types/>')))).macros).toBe(false);
  });

  test.each<[string, string, string]>([
    [
      'a template on the web',
      'Type="/attachedTemplate" Target="https://e.com/a.dotm" TargetMode="External"',
      'template',
    ],
    [
      'a template of a file share',
      'TargetMode="External" Type="/attachedTemplate" Target="file://///e/a.dotm"',
      'template',
    ],
    [
      'an object on the web',
      'Type="/oleObject" Target="mhtml:http://e.com/a!x" TargetMode="External"',
      'template',
    ],
    [
      'the template of its own computer',
      'Type="/attachedTemplate" Target="file:///C:\\a.dotx" TargetMode="External"',
      '',
    ],
    ['a link', 'Type="/hyperlink" Target="https://e.com/" TargetMode="External"', ''],
  ])('a document with %s', async (_, attributes, marks) => {
    const bytes = Buffer.from(octets(samples.templateDocx));
    const at = bytes.indexOf('<Relationship');
    const room = bytes.indexOf('/>', at) + 2 - at;
    bytes.write(`<Relationship ${attributes}/>`.padEnd(room), at, room, 'latin1');
    expect(told(await read(new Uint8Array(bytes))).marks).toBe(marks);
  });
});

test.each<[string, string, string]>([
  ['a.zip', 'no archive at all', 'files lock'],
  ['a.7z', 'no archive at all', 'files lock'],
  ['a.zip', '', ''],
  ['a.doc', 'some text', 'code'],
  ['a.txt', 'some text', ''],
  ['a.eml', 'some text', ''],
  ['a.svgz', 'some text', 'files lock'],
])('%s that holds “%s” leaves open: %s', async (name, text, unread) => {
  expect(told(await read(ascii(text), name)).unread).toBe(unread);
});

test('an archive behind other octets is found by its name', async () => {
  const bytes = new Uint8Array([...ascii('hello'), ...octets(samples.zipWithProgram)]);
  expect(told(await read(bytes, 'a.zip'))).toMatchObject({ inside: ['kort.exe'], unread: '' });
});

describe('PDF', () => {
  const pdf = (body: string, trailer = '<</Root 1 0 R>>') =>
    read(ascii(`%PDF-1.7\n%\xe2\xe3\n${body}\ntrailer ${trailer}\n%%EOF`));
  const packed = (body: string, more = '') => {
    const stream = deflateSync(Buffer.from(body, 'latin1')).toString('latin1');
    return `5 0 obj\n<</Type/ObjStm/Filter/FlateDecode${more}/N 1/First 4>>\nstream\n${stream}\nendstream\nendobj`;
  };

  test.each<[string, string, string, string]>([
    ['plain', '1 0 obj <</Type/Catalog>> endobj', '', ''],
    ['a script', '1 0 obj <</S/JavaScript/JS(x)>> endobj', 'script', ''],
    ['a script, spelt with digits', '1 0 obj <</S/J#61vaScript/JS(x)>> endobj', 'script', ''],
    ['a script in a stream of objects', packed('9 0 <</S/JavaScript/JS(x)>>'), 'script', ''],
    [
      'a stream of objects that is packed twice',
      packed('', '/DecodeParms<</Predictor 12>>'),
      '',
      'code files',
    ],
    ['a stream of objects that is broken', packed('').replace('stream\nx', 'stream\n\0'), '', 'code files'],
    ['a program', '1 0 obj <</S/Launch/Win<</F(cmd.exe)>>>> endobj', 'launch', ''],
    ['text that speaks of scripts', '1 0 obj (about /JavaScript and /Launch \\) /Launch) endobj', '', ''],
    [
      'a page that speaks of them',
      '1 0 obj <</Length 30>> stream\n/JavaScript /Launch /Encrypt\nendstream endobj',
      '',
      '',
    ],
    ['a remark that speaks of them', '% /S /JavaScript\n1 0 obj <<>> endobj', '', ''],
    ['text in digits', '1 0 obj <2F4C61756E6368> endobj', '', ''],
    ['a bracket that never closes', '1 0 obj (oh no \n endobj 2 0 obj <</S/Launch>> endobj', 'launch', ''],
    ['a form with programs of its own', '1 0 obj <</AcroForm<</XFA 9 0 R>>>> endobj', '', 'code'],
  ])('with %s', async (_, body, marks, unread) => {
    expect(told(await pdf(body))).toMatchObject({ marks, unread });
  });

  test.each<[string, string, boolean]>([
    ['in the trailer', '<</Root 1 0 R /Encrypt 9 0 R>>', true],
    ['beside the size', '<</Size 9 /Encrypt<</V 4>>>>', true],
    ['in a text', '<</Root 1 0 R /X (what /Encrypt means)>>', false],
    ['nowhere', '<</Root 1 0 R /Encryption 2>>', false],
  ])('that says Encrypt %s', async (_, trailer, locked) => {
    expect((await pdf('', trailer)).encrypted).toBe(locked);
    const large = ascii(`%PDF-1.4\n${'x '.repeat(4_500_000)}\ntrailer ${trailer}`);
    expect((await read(large)).encrypted).toBe(locked);
  });

  test('names of files in it, in each way to write them', async () => {
    const { inside } = await pdf(
      '1 0 obj <</Type/Filespec/F(kort\\056exe)/EF<</F 2 0 R>>>> endobj 3 0 obj <</Type/Filespec/UF<FEFF0061002E006A0073>/EF<<>>>> endobj 4 0 obj <</F(elsewhere.com)>> endobj',
    );
    expect(inside.map(({ name }) => name)).toEqual(['kort.exe', 'a.js']);
  });

  test('hostile ones take no time', async () => {
    const started = performance.now();
    for (const piece of [
      '(',
      '<',
      '/',
      '%',
      '<<',
      'stream\n',
      '\\',
      '/A#',
      '1 0 obj ',
      '/ObjStm stream\n',
      '[(',
    ]) {
      await read(ascii(`%PDF-1.7\n${piece.repeat(300_000)}`));
    }
    expect(performance.now() - started).toBeLessThan(8000);
  });
});

describe('RTF', () => {
  const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
  const object = (kind: string, native: string) => {
    const [name, data] = [`${kind}\0`, ascii(native)];
    const length = (count: number) => new Uint8Array(new Uint32Array([count]).buffer);
    return hex(
      Buffer.concat([
        ascii('\x01\x05\0\0\x02\0\0\0'),
        length(name.length),
        ascii(name),
        new Uint8Array(8),
        length(data.length),
        data,
      ]),
    );
  };
  test.each<[string, string, string, string[]]>([
    ['plain', '\\b Hej', '', []],
    [
      'a package',
      `{\\object\\objemb{\\*\\objdata ${object('Package', '\x02\0kort.exe\0C:\\a\\kort.exe\0')}}}`,
      '',
      ['kort.exe'],
    ],
    [
      'a package in broken digits',
      `{\\*\\objdata\n${object('Package', '\x02\0a.js\0a.js\0').replace(/(.{7})/g, '$1\r\n')}}`,
      '',
      ['a.js'],
    ],
    ['a formula', `{\\*\\objdata ${object('Equation.3', '')}}`, 'object', []],
    ['a sheet', `{\\*\\objdata ${object('Excel.Sheet.8', '')}}`, '', []],
    ['an object that loads itself', '{\\object\\objautlink\\objupdate}', 'object', []],
    ['a template on the web', '{\\*\\template http://example.com/a.dotm}', 'template', []],
    ['a template of its own', '{\\*\\template C:\\\\Mallar\\\\a.dotm}', '', []],
    ['words about objects', 'objdata \\\\objdatabase', '', []],
  ])('%s', async (_, body, marks, inside) => {
    expect(told(await read(ascii(`{\\rtf1 ${body}}`)))).toMatchObject({ marks, inside });
  });
});

describe('pages and drawings', () => {
  test.each<[string, string, boolean]>([
    [
      'text',
      '<!doctype html><p style="color:red">Hej <a href="https://e.se">x</a><img src="data:image/png;base64,AA"></p>',
      false,
    ],
    ['data for search engines', '<html><script type="application/ld+json">{}</script>', false],
    ['a remark', '<html><!-- <script>x</script> --><p>onload = ja</p>', false],
    ['a script', '<html><script>atob("TVo=")</script>', true],
    ['an event', '<html><body onload="x()">', true],
    ['an event of a drawing', '<svg xmlns="http://www.w3.org/2000/svg"><rect onbegin="x()"/></svg>', true],
    ['a script of a drawing', '<?xml version="1.0"?><svg><script href="x"/></svg>', true],
    ['a drawing', '<svg><path d="M0 0"/></svg>', false],
    ['a form', '<html><form action="https://e.se"><input type=password></form>', true],
    ['a refresh', '<html><meta http-equiv=refresh content="0;url=https://e.se">', true],
    ['a link that runs', '<html><a href="javascript:x()">x</a>', true],
    ['another page in it', '<html><iframe srcdoc="x"></iframe>', true],
  ])('%s: %s', async (_, page, acts) => {
    expect((await read(ascii(page))).acts).toEqual(acts ? ['page'] : []);
    const wide = new Uint8Array(Buffer.from(`\ufeff${page}`, 'utf16le'));
    expect((await readContents(wide, kindOf(wide), 'a.html')).acts).toEqual(acts ? ['page'] : []);
  });

  test('one without a mark is one by its name or its type', async () => {
    const script = Buffer.from('Hej <script>x()</script>').toString('base64');
    for (const [name, type] of [
      ['a.htm', 'application/octet-stream'],
      ['a', 'text/html'],
      ['a.svg', 'image/svg+xml'],
    ] as const) {
      const submission = await submissionOf({ eml: attached(name, type, script) });
      const { files: found } = await gatherAttachments({ submission, transports: [] });
      expect(found[0]?.acts).toEqual(['page']);
    }
  });
});

describe('other formats', () => {
  test.each<[string, Uint8Array, string]>([
    ['shortcut', ascii('L\0\0\0\x01\x14\x02\0\0\0\0\0\xc0\0\0\0\0\0\0F'), 'shortcut'],
    [
      'disc',
      (() => {
        const disc = new Uint8Array(0x8100);
        disc.set(ascii('\x01CD001'), 0x8000);
        return disc;
      })(),
      'disk',
    ],
    [
      'virtual disk of a fixed size',
      new Uint8Array([...new Uint8Array(1024), ...ascii('conectix'), ...new Uint8Array(504)]),
      'disk',
    ],
    ['virtual disk', ascii('vhdxfile'), 'disk'],
    [
      'disk of macOS',
      new Uint8Array([...new Uint8Array(1024), ...ascii('koly\0\0\0\x04'), ...new Uint8Array(504)]),
      'disk',
    ],
    [
      'volume',
      new Uint8Array([
        0xeb,
        0x3c,
        0x90,
        ...ascii('MSDOS5.0'),
        ...new Uint8Array(43),
        ...ascii('FAT16   '),
        ...new Uint8Array(448),
        0x55,
        0xaa,
      ]),
      'disk',
    ],
    ['help', ascii('ITSF\x03\0'), 'help'],
    ['class of Java', ascii('\xca\xfe\xba\xbe\0\0\0\x41'), 'program'],
    ['cabinet', ascii('MSCF\0\0\0\0'), 'archive'],
    ['LHA', ascii('!\0-lh5-'), 'archive'],
    ['xz', ascii('\xfd7zXZ\0'), 'archive'],
    ['mail', ascii('From: a@example.se\r\nSubject: Hej\r\n\r\nHej'), 'mail'],
    ['text that begins with a word and a colon', ascii('To: do\nMilk and bread, and so on.'), ''],
    ['word that begins as one', ascii('koly, vhdx and ITS'), ''],
  ])('%s', (_, bytes, kind) => {
    expect(kindOf(bytes) ?? '').toBe(kind);
  });

  test('a notebook with pictures alone, with a file, and as it is downloaded', async () => {
    const head = ascii('\xe4\x52\x5c\x7b\x8c\xd8\xa7\x4d\xae\xb1\x53\x78\xd0\x29\x96\xd3');
    const readable = [
      0x3f, 0xdd, 0x9a, 0x10, 0x1b, 0x91, 0xf5, 0x49, 0xa5, 0xd0, 0x17, 0x91, 0xed, 0xc8, 0xae, 0xd8,
    ];
    const mark = [
      0xe7, 0x16, 0xe3, 0xbd, 0x65, 0x26, 0x11, 0x45, 0xa4, 0xc4, 0x8d, 0x4d, 0x0b, 0x7a, 0x9e, 0xac,
    ];
    const held = (content: Uint8Array) => [
      ...mark,
      content.length,
      0,
      0,
      0,
      ...new Uint8Array(16),
      ...content,
    ];
    const book = (format: number[], content: Uint8Array) =>
      read(new Uint8Array([...head, ...new Uint8Array(32), ...format, ...held(content)]));
    expect(told(await book(readable, octets(samples.png)))).toMatchObject({ marks: '', unread: '' });
    expect(told(await book(readable, ascii('dir c:')))).toMatchObject({ marks: 'notebook', unread: '' });
    expect(told(await book(new Array(16).fill(1), octets(samples.png)))).toMatchObject({ unread: 'files' });
  });

  test('what Outlook packs: names of files in it', async () => {
    const attribute = (level: number, id: number, value: string) => [
      level,
      id & 255,
      (id >> 8) & 255,
      (id >> 16) & 255,
      0,
      value.length,
      0,
      0,
      0,
      ...ascii(value),
      0,
      0,
    ];
    const winmail = [
      ...ascii('\x78\x9f\x3e\x22\x01\0'),
      ...attribute(1, 0x8004, 'Hej\0'),
      ...attribute(2, 0x18010, 'kort.exe\0'),
    ];
    expect(told(await read(new Uint8Array(winmail)))).toMatchObject({ inside: ['kort.exe'], unread: '' });
    expect(told(await read(new Uint8Array(winmail.slice(0, -5))))).toMatchObject({ unread: 'files' });
  });

  test('a mail in a mail: what is attached to it', async () => {
    const mail = Buffer.from(attached('kort.exe', 'application/octet-stream', samples.program));
    const found = await read(new Uint8Array(mail));
    expect(found.inside).toContainEqual({ ending: 'exe', name: 'kort.exe', kind: 'program' });
    const odd = await read(new Uint8Array(Buffer.from(`X: y\r\n${mail}`)), 'a.eml');
    expect(odd.inside).toEqual(found.inside);
  });

  test('7z: packed in another way, or without names, is not known', async () => {
    expect((await read(ascii(`7z\xbc\xaf\x27\x1c${'x'.repeat(99)}`))).unread).toEqual(['files', 'lock']);
    expect(unpackedLzma(ascii('\0\0\0\0\0'), ascii('\xff\0\0\0\0'), 10)).toBeUndefined();
    expect(unpackedLzma(ascii(''), ascii('\x5d\0\0\x10\0'), 10)).toBeUndefined();
    const started = performance.now();
    unpackedLzma(new Uint8Array(100_000).fill(255, 1), ascii('\x5d\0\0\x10\0'), 4_000_000);
    expect(performance.now() - started).toBeLessThan(3000);
  });

  test('RAR with a lock on its names, or on one file', async () => {
    expect((await read(ascii('Rar!\x1a\x07\x01\0\0\0\0\0\x21\x04\0'))).encrypted).toBe(true);
    expect((await read(ascii('Rar!\x1a\x07\0\0\0\x73\x80\0\x0d\0\0\0\0\0\0\0'))).encrypted).toBe(true);
    const four = file('four.rar');
    four[7 + 13 + 3] = (four[7 + 13 + 3] ?? 0) | 4;
    expect((await read(four)).encrypted).toBe(true);
  });
});

describe('judged', () => {
  const none = Object.fromEntries(areas.map((area) => [area, []]));
  const outcomeOf = async (rule: Rule, name: string, bytes: Uint8Array) => {
    const eml = attached(name, 'application/octet-stream', Buffer.from(bytes).toString('base64'));
    const facts = await factsByRoute(rule, { eml }, noBrowser);
    const rules = { ...none, content: [rule] } as unknown as Rules;
    return judge({ ...facts, rules, policy, clients, now, partial: false, simulated: true }).findings[0];
  };

  test.each<[string, Rule, string, string[]]>([
    ['names.7z', fileType, 'unknown', []],
    ['brev.txt.bz2', fileType, 'unknown', []],
    ['two.7z', fileType, 'fail', ['inside']],
    ['held.pdf', fileType, 'fail', ['inside']],
    ['outer.zip', fileType, 'fail', ['inside']],
    ['five.rar', fileType, 'fail', ['inside']],
    ['brev.doc', fileType, 'pass', []],
    ['locked.xls', lock, 'fail', ['locked']],
    ['no-printing.pdf', lock, 'fail', ['pdf']],
    ['brev.txt.bz2', lock, 'unknown', []],
    ['brev.docx', lock, 'pass', []],
    ['macro.odt', macros, 'fail', ['macros']],
    ['script.pdf', macros, 'fail', ['script']],
    ['locked.doc', macros, 'unknown', []],
    ['no-printing.pdf', actions, 'unknown', []],
    ['lista.xls', actions, 'pass', []],
  ])('%s by $id: %s', async (name, rule, outcome, keys) => {
    const finding = await outcomeOf(rule, name, file(name));
    expect(finding).toMatchObject({ outcome, problems: keys.map((key) => ({ key })) });
  });

  test('a fault that is found is told, whatever could not be read beside it', async () => {
    const finding = await outcomeOf(fileType, 'kort.exe.bz2', file('brev.txt.bz2'));
    expect(finding).toMatchObject({ outcome: 'fail', problems: [{ key: 'inside' }] });
  });
});

describe('a megabyte that is made to take time', () => {
  const notebook = '\xe7\x16\xe3\xbd\x65\x26\x11\x45\xa4\xc4\x8d\x4d\x0b\x7a\x9e\xac';
  test.each<[NonNullable<ReturnType<typeof kindOf>>, string, string[]]>([
    ['rtf', '{\\rtf1 ', ['\\objdata ', '\\objdata 41 ', '{\\*\\template ', '\\obj']],
    ['page', '<html>', ['<a ', '<script ', '<a onload', '<meta ', '<!--', 'href=', "<a x='"]],
    ['office', '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', ['\0', '\x01\0', '\xff']],
    ['tnef', '\x78\x9f\x3e\x22\0\0', ['\x02\x10\x80\x01\0\0\0\0\0\0\0']],
    ['notebook', '', [notebook, `${notebook}\xff\xff\xff`]],
    ['zip', 'PK\x03\x04', ['PK\x05\x06', 'PK\x01\x02']],
    ['rar', 'Rar!\x1a\x07\x01\0', ['\0\0\0\0\x03\x02\0\0', '\x80']],
    ['rar', 'Rar!\x1a\x07\0', ['\0\0\x74\0\0\x07\0']],
    ['7z', '7z\xbc\xaf\x27\x1c', ['\x11\x03\0\0\0', '\0']],
    ['tar', '', [`${'a'.repeat(124)}0${'\0'.repeat(387)}`]],
    ['mail', 'From: a\r\nTo: b\r\n\r\n', ['--x\r\n']],
  ])('%s', async (kind, head, pieces) => {
    const started = performance.now();
    for (const piece of pieces) {
      await readContents(ascii(`${head}${piece.repeat(1_000_000 / piece.length)}`), kind, '');
    }
    expect(performance.now() - started).toBeLessThan(6000);
  });
});
