/** Attached files that are read otherwise by what opens them than by what they begin with, or say of themselves. */
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { readContents } from '../../src/facts/attachments/contents.ts';
import { kindOf } from '../../src/facts/attachments/kind.ts';
import { gatherAttachments } from '../../src/facts/attachments.ts';
import { submissionOf } from '../world.ts';

const ascii = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'));
const read = (bytes: Uint8Array, name: string) => readContents(bytes, kindOf(bytes), name);

/** An archive of files as they are. */
function zip(...files: [string, Uint8Array][]): Uint8Array {
  const [bodies, table]: [Buffer[], Buffer[]] = [[], []];
  let at = 0;
  for (const [name, content] of files) {
    const fields = Buffer.alloc(26);
    fields.writeUInt32LE(content.length, 14);
    fields.writeUInt32LE(content.length, 18);
    fields.writeUInt16LE(name.length, 22);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(at, 10);
    table.push(Buffer.concat([ascii('PK\x01\x02\x14\0'), fields, place, ascii(name)]));
    bodies.push(Buffer.concat([ascii('PK\x03\x04'), fields, ascii(name), content]));
    at += bodies.at(-1)?.length ?? 0;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(files.length, 8);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(Buffer.concat(table).length, 12);
  end.writeUInt32LE(at, 16);
  return new Uint8Array(Buffer.concat([...bodies, ...table, end]));
}

describe('pages as browsers read them', () => {
  test.each([
    ['a.html', '<svg><style><script>x()</script>', 'page'],
    ['a.html', '<svg><title><script>x()</script>', 'page'],
    ['a.html', '<html><!-- --!><script>x()</script>', 'page'],
    ['a.html', '<html><![CDATA[ ><script>x()</script>', 'page'],
    ['a.html', '<html><a href="java&#10;script:x()">x</a>', 'page'],
    ['a.html', '<html><style><!--</style><script>x()</script>', 'page'],
    ['a.html', '<html><style>a::after{content:"<script>"}</style><p>Hej', ''],
    ['a.html', '<html><textarea><script></textarea><p>Hej', ''],
    [
      'a.svg',
      '<svg xmlns="http://www.w3.org/2000/svg"><a><animate values="#;javascript:x()"/></a></svg>',
      'page',
    ],
    ['a.svg', '<svg xmlns:x="http://www.w3.org/2000/svg"><x:script>x()</x:script></svg>', 'page'],
    ['a.svg', '<x:svg xmlns:x="http://www.w3.org/2000/svg"><x:script>x()</x:script></x:svg>', 'page'],
    ['a.svg', '<svg><!-- --!><script>x()</script> --><path/></svg>', 'page'],
    ['a.svg', '<svg><![CDATA[ > ]]><a xlink:href="&#106;avascript:x()"/></svg>', 'page'],
    ['a.svg', '<!DOCTYPE svg [<!ENTITY j "javascript:x()">]><svg><a href="&j;"/></svg>', 'page'],
    ['a.svg', '<?xml-stylesheet type="text/xsl" href="#a"?><svg><path/></svg>', 'page'],
    [
      'a.svg',
      '<!DOCTYPE svg [<!ENTITY ns "http://www.w3.org/2000/svg">]><svg xmlns="&ns;"><path/></svg>',
      '',
    ],
    // By the name a browser opens it, whatever it begins as.
    ['a.html', 'GIF89a=1;<script>x()</script>', 'page'],
    ['a.html', '<!-- %PDF-1.4 --><script>x()</script>', 'page'],
    ['a.html', `<p>${'a'.repeat(254)}ustar<script>x()</script>`, 'page'],
  ])('%s: %s', async (name, page, acts) => {
    expect((await read(ascii(page), name)).acts.join(' ')).toBe(acts);
    const packed = zip([name, ascii(page)]);
    expect((await read(packed, 'a.zip')).acts.join(' ')).toBe(acts);
  });

  test('a page in an archive is known by its name', async () => {
    expect((await read(zip(['faktura.html', ascii('Hej <script>x()</script>')]), 'a.zip')).acts).toEqual([
      'page',
    ]);
  });

  test('what is declared by itself in a drawing, and is markup, is not known', async () => {
    const drawing = '<!DOCTYPE svg [<!ENTITY a "<script>x()</script>">]><svg>&a;</svg>';
    expect((await read(ascii(drawing), 'a.svg')).unread).toContain('code');
  });

  test.each([
    ['unclosed tags', '<i>'.repeat(2_500_000), true],
    ['boxes', `<html>${'<div>'.repeat(1_500_000)}`, true],
    ['closing tags', `<html>${'<i>'.repeat(400)}${'</x>'.repeat(1_700_000)}`, true],
    ['attributes', `<html><a ${Array.from({ length: 700_000 }, (_, i) => `a${i}`).join(' ')}>`, true],
    ['what is put before a table', `<html><table>${'<a>x</a>'.repeat(90_000)}`, false],
    [
      'formatting that is opened again',
      `<html>${Array.from({ length: 100_000 }, (_, i) => `<p><i class=${i}></p>`).join('')}`,
      true,
    ],
    ['a remark', `<html><!--${'-'.repeat(7_000_000)}`, true],
    ['a picture', `<html><img src="data:image/png;base64,${'iVBORw0KGgo/'.repeat(600_000)}">`, false],
    ['styles', `<html><style>${'a { color: red }'.repeat(500_000)}</style>`, false],
  ])('%s cost no more than they weigh', async (_, page, isTooMuch) => {
    const started = performance.now();
    const { unread } = await read(new Uint8Array(gzipSync(page)), 'a.html.gz');
    expect(unread.includes('code')).toBe(isTooMuch);
    expect(performance.now() - started).toBeLessThan(6000);
  });
});

test.each([
  ["\\'68ttps://e.com/a.dotm"],
  ['\\u104?ttps://e.com/a.dotm'],
  ['file://host/a.dotm'],
  ['//host/a.dotm'],
  ['https://e.com/a.dotm'],
])('a template of rich text: %s', async (address) => {
  expect((await read(ascii(`{\\rtf1{\\*\\template ${address}}Hej}`), 'a.rtf')).acts).toEqual(['template']);
});

test.each([
  ['&#104;ttps://e.com/a.dotm', ''],
  ['https://e.com/a.dotm', 'utf16le'],
  ['file://host/a.dotm', ''],
  ['//host/a.dotm', ''],
])('a template of a document: %s %s', async (target, encoding) => {
  const rels = `${encoding && '\ufeff'}<r:Relationships xmlns:r="x"><r:Relationship Id="r>1" Type="x/attachedTemplate" Target="${target}" TargetMode="External"/></r:Relationships>`;
  const types = '<Types><Override ContentType="application/vnd.ms-office.vbaProj&#101;ct"/></Types>';
  const files = zip(
    ['[Content_Types].xml', ascii(types)],
    ['word/_rels/settings.xml.rels', new Uint8Array(Buffer.from(rels, encoding === '' ? 'utf8' : 'utf16le'))],
  );
  const { acts, macros } = await read(files, 'a.docx');
  expect([acts, macros]).toEqual([['template'], true]);
});

test.each(['/Filter 9 0 R', '/Fl', ''])(
  'a PDF whose objects are packed in no way that it says: %s',
  async (filter) => {
    const pdf = `%PDF-1.7\n3 0 obj<</Type/ObjStm/N 1/First 4${filter}>>stream\nx\x9c\x01\x80\xff\nendstream endobj\n`;
    expect((await read(ascii(pdf), 'a.pdf')).unread).toContain('code');
  },
);

describe('names and types that disagree', () => {
  const endingsOf = async (...headers: string[]) => {
    const eml = [
      'From: Vi <a@example.se>',
      'MIME-Version: 1.0',
      'Content-Type: multipart/mixed; boundary=x',
      '',
      '--x',
      'Content-Type: text/html',
      '',
      '<p>Hej</p>',
      '--x',
      ...headers,
      '',
      'Hej',
      '--x--',
      '',
    ].join('\r\n');
    const { files } = await gatherAttachments({ submission: await submissionOf({ eml }), transports: [] });
    return files.map(({ ending }) => ending).sort();
  };
  test.each<[string[], string[]]>([
    [
      ['Content-Type: text/plain; name="kort.bat"', 'Content-Disposition: attachment; filename="kort.txt"'],
      ['bat', 'txt'],
    ],
    [
      [
        'Content-Type: text/plain',
        'Content-Disposition: attachment; filename="kort.bat"; filename*=utf-8\'\'kort.txt',
      ],
      ['bat', 'txt'],
    ],
    [
      [
        'Content-Type: text/plain',
        'Content-Disposition: attachment; filename="kort.txt"; filename="kort.bat"',
      ],
      ['bat', 'txt'],
    ],
    [
      [
        'Content-Disposition: attachment; filename="kort.txt"',
        'Content-Disposition: attachment; filename="kort.bat"',
      ],
      ['bat', 'txt'],
    ],
    [['Content-Type: text/plain', 'Content-Disposition: attachment; filename="kort.bat\\""'], ['bat']],
    [
      ['Content-Type: text/plain; name="kort.txt"', 'Content-Disposition: attachment; filename="kort.txt"'],
      ['txt'],
    ],
    [['Content-Type: application/hta', 'Content-Disposition: attachment'], ['hta']],
    [['Content-Type: application/x-msdownload', 'Content-Disposition: attachment'], ['exe']],
    [['Content-Type: application/javascript', 'Content-Disposition: attachment; filename=kort'], ['js']],
  ])('%s', async (headers, endings) => {
    expect(await endingsOf(...headers)).toEqual(endings);
  });
});
