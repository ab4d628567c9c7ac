/** What is attached: read by its tables and first octets alone, whatever it says of itself. */
import { describe, expect, test } from 'vitest';
import { attached, samples } from '../../rules/wordings/attached.ts';
import { readContents } from '../../src/facts/attachments/contents.ts';
import { readInvite } from '../../src/facts/attachments/invite.ts';
import { kindOf } from '../../src/facts/attachments/kind.ts';
import { deceitOf, endingOf } from '../../src/facts/attachments/name.ts';
import { gatherAttachments } from '../../src/facts/attachments.ts';
import { submissionOf } from '../world.ts';

const octets = (base64: string) => new Uint8Array(Buffer.from(base64, 'base64'));
const ascii = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'));
const filesOf = async (eml: string) =>
  gatherAttachments({ submission: await submissionOf({ eml }), transports: [] });

test.each([
  ['PDF', samples.pdf, 'pdf'],
  ['PDF after some octets', Buffer.from(`\n\n${'x'.repeat(500)}%PDF-1.4`).toString('base64'), 'pdf'],
  ['ZIP', samples.zip, 'zip'],
  ['Office of the older kind', samples.macroOffice, 'office'],
  ['program of Windows', samples.program, 'program'],
  ['program of Linux', 'f0VMRgIB', 'program'],
  ['picture', samples.png, 'png'],
  ['page', Buffer.from('\ufeff\n<!DOCTYPE html><p>').toString('base64'), 'page'],
  [
    'a word that begins as a program does',
    Buffer.from('MZ är två bokstäver. '.repeat(9)).toString('base64'),
    null,
  ],
  ['text', samples.text, null],
  ['nothing', '', null],
])('%s is known by its first octets', (_, base64, kind) => {
  expect(kindOf(octets(base64))).toBe(kind);
});

describe('names', () => {
  test.each([
    ['faktura.pdf', null, 'pdf'],
    ['Program hösten 2026 (v. 2).docx', null, 'docx'],
    ['faktura.pdf.exe', 'double', 'exe'],
    ['faktura.PDF .Scr', 'double', 'scr'],
    ['sommar.jpg.html', 'double', 'html'],
    ['protokoll.docx.pdf', null, 'pdf'],
    ['faktura\u202efdp.exe', 'direction', 'exe'],
    ['faktura.txt          .exe', 'double', 'exe'],
    ['faktura                  exe', 'blanks', ''],
    ['דוח.pdf\u200f', null, 'pdf'],
    ['utan', null, ''],
    ['punkt.pdf. ', null, 'pdf'],
    ['kort.exe. .', null, 'exe'],
    ['faktura.pdf.exe.', 'double', 'exe'],
    ['faktura.pdf\u200b.exe', 'double', 'exe'],
    ['kort.e\u00adxe', null, 'exe'],
    ['kort．exe', null, 'exe'],
    ['kort.exe\0.pdf', null, 'exe'],
    ['kort.exe::$DATA', null, 'exe'],
    ['faktura.pdf.vhd', 'double', 'vhd'],
    ['גרסה.pdf', null, 'pdf'],
    ['', null, ''],
  ])('%s', (name, deceit, ending) => {
    expect([deceitOf(name), endingOf(name)]).toEqual([deceit, ending]);
  });

  test('a name as long as a header costs no time', () => {
    const started = performance.now();
    for (const part of [' ', '.pdf ', 'a.', '\u202a', '.zip']) deceitOf(part.repeat(60_000));
    for (const part of [' ', '.pdf ', 'a.', '.']) endingOf(part.repeat(60_000));
    expect(performance.now() - started).toBeLessThan(200);
  });
});

describe('archives', () => {
  const insideOf = (bytes: Uint8Array) => readContents(bytes, 'zip', 'a.zip');
  const nothing = { encrypted: false, macros: false, acts: [], unread: [], inside: [] };
  const zip = octets(samples.zipWithProgram);
  const changed = (at: number, ...values: number[]) => {
    const copy = zip.slice();
    copy.set(values, at);
    return copy;
  };
  const end = zip.length - 22;
  const entry = Buffer.from(zip).indexOf(Buffer.from('PK\x01\x02', 'latin1'));

  test('tell what stands in them', async () => {
    expect(await insideOf(zip)).toEqual({
      ...nothing,
      inside: [{ ending: 'exe', name: 'kort.exe', kind: null }],
    });
    expect((await insideOf(octets(samples.lockedZip))).encrypted).toBe(true);
    expect((await insideOf(changed(entry + 10, 99, 0))).encrypted).toBe(true);
    expect((await insideOf(octets(samples.docm))).macros).toBe(true);
  });

  test('with a comment after their end are read all the same', async () => {
    const comment = new Uint8Array(60_000).fill(0x41);
    expect(await insideOf(new Uint8Array([...zip, ...comment]))).toMatchObject({
      inside: [{ name: 'kort.exe' }],
      unread: [],
    });
  });

  test('behind a program that unpacks them are read all the same', async () => {
    expect(await insideOf(new Uint8Array([...new Uint8Array(300), ...zip]))).toMatchObject({
      inside: [{ name: 'kort.exe' }],
      unread: [],
    });
  });

  test.each<[string, Uint8Array]>([
    ['cut', zip.slice(0, 60)],
    ['without an end', zip.slice(0, end)],
    ['of four octets', zip.slice(0, 4)],
    ['that is nothing', new Uint8Array()],
  ])('%s are not known, and break nothing', async (_, bytes) => {
    const { unread, ...rest } = await insideOf(bytes);
    expect(unread).toEqual(['files', 'code', 'lock']);
    expect(rest).toEqual({ encrypted: false, macros: false, acts: [], inside: [] });
  });

  test('whose names and lengths lie end where the file does', async () => {
    for (const at of [28, 30]) {
      const { inside, unread } = await insideOf(changed(entry + at, 0xff, 0xff));
      expect(inside.length).toBeLessThanOrEqual(1);
      expect(unread).toContain('files');
    }
  });

  test('say large sizes in vain', async () => {
    expect((await insideOf(changed(entry + 24, 0xff, 0xff, 0xff, 0x7f))).inside).toHaveLength(1);
  });

  test.each([
    ['far outside', [0xff, 0xff, 0xff, 0xff]],
    ['in the middle of nothing', [3, 0, 0, 0]],
  ])('whose table begins %s are read by its length, and nothing in them is', async (_, octetsOfPlace) => {
    const { inside, unread } = await insideOf(changed(end + 16, ...octetsOfPlace));
    expect(inside).toHaveLength(1);
    expect(unread).toContain('files');
  });

  test('that have more entries than their end says are not known', async () => {
    expect((await insideOf(changed(end + 10, 2, 0))).unread).toContain('files');
  });

  test('of nothing but entries are read in time', async () => {
    const count = 150_000;
    const one = Buffer.alloc(47);
    one.writeUInt32LE(0x02014b50, 0);
    one.writeUInt16LE(1, 28);
    const last = Buffer.alloc(22);
    last.writeUInt32LE(0x06054b50, 0);
    const bytes = new Uint8Array(Buffer.concat([...Array.from({ length: count }, () => one), last]));
    const started = performance.now();
    expect((await insideOf(bytes)).inside).toHaveLength(1);
    expect(performance.now() - started).toBeLessThan(2000);
  });
});

describe('invitations', () => {
  const invite = (...lines: string[]) =>
    readInvite(ascii(['BEGIN:VCALENDAR', ...lines, 'END:VCALENDAR'].join('\r\n')));

  test.each<[string, string[], number | null]>([
    ['in UTC', ['DTSTART:20261205T090000Z', 'DTEND:20261205T100000Z'], Date.UTC(2026, 11, 5, 10)],
    ['without a zone', ['DTSTART;TZID=Europe/Stockholm:20261205T090000'], Date.UTC(2026, 11, 5, 21)],
    ['a whole day', ['DTSTART;VALUE=DATE:20261205'], Date.UTC(2026, 11, 6, 12)],
    ['folded', ['DTEND:2026', ' 1205T100000Z'], Date.UTC(2026, 11, 5, 10)],
    ['again and again', ['DTSTART:20201205T090000Z', 'RRULE:FREQ=YEARLY'], null],
    ['no time', ['DTSTART:snart'], null],
  ])('%s', (_, lines, ends) => {
    expect(invite('BEGIN:VEVENT', ...lines, 'END:VEVENT')).toMatchObject({ whole: true, ends });
  });

  test('with a picture in it is whole, however long', () => {
    const picture = `ATTACH;ENCODING=BASE64;VALUE=BINARY:${'QUFB'.repeat(100_000)}`;
    const lines = ['BEGIN:VEVENT', 'DTEND:20261205T100000Z', picture, 'END:VEVENT'];
    expect(invite(...lines)).toMatchObject({ whole: true, ends: Date.UTC(2026, 11, 5, 10) });
  });

  test('without an event is none', () => {
    expect(invite('VERSION:2.0').whole).toBe(false);
  });
});

test('what is attached weighs more on its way', async () => {
  const { files, sent } = await filesOf(attached('a.txt', 'text/plain', 'QUFB'.repeat(19 * 1000)));
  expect(files[0]?.bytes).toBe(57_000);
  expect(sent).toBe(78_000);
});

test.each([
  ['named', '<img src="cid:bild@1" alt="">', false],
  ['named in other letters and percent signs', '<img src="CID:Bild%401" alt="">', false],
  ['named in a style', '<p style="background:url(cid:bild@1)">Hej</p>', false],
  ['not named', '<img src="cid:bild@10" alt="">', true],
])('a picture that is %s', async (_, html, unused) => {
  const { files } = await filesOf(attached('b.png', 'image/png', samples.png, 'Content-ID: <bild@1>', html));
  expect(files.map((file) => file.unused)).toEqual([unused]);
});

test('a name is shown without what nobody sees', async () => {
  const { files } = await filesOf(attached('fak\u202efdp.exe', 'text/plain', samples.text));
  expect(files[0]?.name).toBe('fak␣fdp.exe');
});
