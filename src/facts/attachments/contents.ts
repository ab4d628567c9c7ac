/** What stands in a file, as far as it can be told without opening it: whether it is locked, what it does, what it holds. */
import { readMessage } from '../../submission/message.ts';
import { type Budget, unpacked } from './budget.ts';
import { type Kind, kindOf, kindsOf } from './kind.ts';
import { type Act, type Held, type Look, newLook, noteInside, type Unread } from './look.ts';
import { endingOf } from './name.ts';
import { lookIntoNotebook } from './notebook.ts';
import { lookIntoOffice } from './office.ts';
import { lookIntoDocument } from './opened.ts';
import { lookIntoPage } from './page.ts';
import { lookIntoPdf } from './pdf.ts';
import { lookIntoRar } from './rar.ts';
import { lookIntoRtf } from './rtf.ts';
import { lookIntoSevenZip } from './sevenzip.ts';
import { filesOfTar } from './tar.ts';
import { lookIntoWinmail } from './winmail.ts';
import { readZip, unzipped, type ZipEntry } from './zip.ts';

export interface Contents {
  encrypted: boolean;
  macros: boolean;
  acts: readonly Act[];
  /** What nobody could look for. */
  unread: readonly Unread[];
  /** Each ending and kind of the files in it, with the first that has both. */
  inside: readonly Held[];
}

/** A file in a file in a file is as deep as people pack. */
const depthAtMost = 4;
const headOctets = 2048;
const fileAtMost = 16 * 1024 * 1024;
/** What may hold more than its first octets tell. */
const holders: ReadonlySet<Kind> = new Set(
  'pdf zip office rar 7z gzip rtf tnef page drawing notebook tar archive mail'.split(' ') as Kind[],
);
const mailLimits = { headerBytes: 64 * 1024, mimeDepth: 20, attachments: 200 };
/** As these are named, a file is one of Office’s, also where its first octets are of no kind that is known here. */
const packed = /^(?:svgz|zipx?|rar|7z|tar|t?gz|t?bz2|t?xz|z|cab|arj|lzh|lha|ace|docx|xlsx|pptx|odt|ods|odp)$/;
const ofOffice = /^(?:doc|dot|xls|xlt|xla|ppt|pot|pps)$/;
const pages = /^(?:s?html?|xhtml?|xht|svg|mht|mhtml)$/;
const inXml = /^(?:xhtml?|xht|svg)$/;
/** What their readers find in them by a mark of their own, whatever else they begin as. */
const marked: Readonly<Record<string, Kind>> = {
  pdf: 'pdf',
  rtf: 'rtf',
  doc: 'rtf',
  dot: 'rtf',
  one: 'notebook',
};

/**
 * @param kind by its first octets. Its name decides as well: a program that opens it by its name takes no notice of them.
 * @param budget of all that is attached to one mail.
 */
export async function readContents(
  bytes: Uint8Array,
  kind: Kind | null,
  name: string,
  budget?: Budget,
): Promise<Contents> {
  const look = newLook(budget);
  await lookInto(bytes, kind, name, look, 1);
  const { encrypted, macros, acts, unread, inside } = look;
  return { encrypted, macros, acts: [...acts], unread: [...unread], inside: [...inside.values()] };
}

async function lookInto(
  bytes: Uint8Array,
  kind: Kind | null,
  name: string,
  look: Look,
  depth: number,
): Promise<void> {
  const ending = endingOf(name);
  if (depth > depthAtMost) {
    if (kind !== null && holders.has(kind)) look.unread.add('files').add('code').add('lock');
    return;
  }
  await lookByKind(bytes, kind, name, look, depth);
  if (kind !== null) await lookOtherwise(bytes, kind, ending, look, depth);
}

async function lookByKind(
  bytes: Uint8Array,
  kind: Kind | null,
  name: string,
  look: Look,
  depth: number,
): Promise<void> {
  const ending = endingOf(name);
  switch (kind) {
    case 'zip':
      return lookIntoZip(bytes, look, depth);
    case 'gzip':
      return lookIntoGzip(bytes, name, look, depth);
    case 'tar':
      return lookIntoTar(bytes, true, look, depth);
    case 'pdf':
      return lookIntoPdf(bytes, look);
    case 'office':
      return lookIntoOffice(bytes, look);
    case 'rar':
      return lookIntoRar(bytes, look);
    case '7z':
      return lookIntoSevenZip(bytes, look);
    case 'rtf':
      return lookIntoRtf(bytes, look);
    case 'tnef':
      return lookIntoWinmail(bytes, look);
    case 'notebook':
      return lookIntoNotebook(bytes, look);
    case 'page':
      return lookIntoPage(bytes, look, inXml.test(ending));
    case 'drawing':
      return lookIntoPage(bytes, look, true);
    case 'archive':
      // One file packed alone is named for what it is: kort.exe.bz2.
      noteAlone(name, look);
      look.unread.add('files').add('lock');
      return;
    case 'mail':
      return lookIntoMail(bytes, look, depth);
    case null:
      return lookByName(bytes, ending, look, depth);
    default:
  }
}

/** A file may begin as one thing and be opened as another, by its name. */
async function lookOtherwise(
  bytes: Uint8Array,
  kind: Kind,
  ending: string,
  look: Look,
  depth: number,
): Promise<void> {
  const other = marked[ending];
  if (pages.test(ending) && kind !== 'page' && kind !== 'drawing')
    lookIntoPage(bytes, look, inXml.test(ending));
  else if (ending === 'eml' && kind !== 'mail') await lookIntoMail(bytes, look, depth);
  else if (packed.test(ending) && kind !== 'zip' && readZip(bytes).entries.length > 0)
    await lookIntoZip(bytes, look, depth);
  else if (other && other !== kind && kindsOf(bytes).includes(other))
    await lookByKind(bytes, other, '', look, depth);
}

/** Of a file whose first octets are of no kind that is known here, its name says what its reader takes it for. */
async function lookByName(bytes: Uint8Array, ending: string, look: Look, depth: number): Promise<void> {
  if (bytes.length === 0) return;
  if (pages.test(ending)) lookIntoPage(bytes, look, inXml.test(ending));
  else if (ofOffice.test(ending)) look.unread.add('code');
  else if (ending === 'eml') await lookIntoMail(bytes, look, depth);
  else if (packed.test(ending)) {
    // An archive may stand behind other octets.
    const { entries } = readZip(bytes);
    if (entries.length > 0) await lookIntoZip(bytes, look, depth);
    else look.unread.add('files').add('lock');
  }
}

/** By a name alone it is opened as something that may hold more. */
function isOpened(ending: string): boolean {
  return pages.test(ending) || packed.test(ending) || ending === 'eml' || marked[ending] !== undefined;
}

/** A file in another: its name, what it is, and what stands in it in turn. */
async function lookIntoHeld(bytes: Uint8Array, name: string, look: Look, depth: number): Promise<void> {
  const kind = kindOf(bytes);
  noteInside(look, name, kind);
  await lookInto(bytes, kind, name, look, depth + 1);
}

async function lookIntoZip(bytes: Uint8Array, look: Look, depth: number): Promise<void> {
  const { entries, whole } = readZip(bytes);
  if (!whole) look.unread.add('files').add('code').add('lock');
  for (const { name, encrypted } of entries) {
    noteInside(look, name);
    if (encrypted) look.encrypted = true;
    if (/(?:^|\/)vbaProject\.bin$/i.test(name)) look.macros = true;
  }
  const open = (entry: ZipEntry, most: number) => unzipped(bytes, entry, look.budget, most);
  const held = (content: Uint8Array, name: string) => lookIntoHeld(content, name, look, depth);
  if (await lookIntoDocument(entries, open, look, held)) return;
  for (const entry of entries) {
    if (entry.name.endsWith('/') || entry.encrypted || entry.packed === 0) continue;
    look.budget.files -= 1;
    const head = look.budget.files < 0 ? undefined : await open(entry, headOctets);
    const kind = head && kindOf(head.bytes);
    if (head === undefined) look.unread.add('files');
    else if ((kind && holders.has(kind)) || isOpened(endingOf(entry.name))) {
      const content = await open(entry, fileAtMost);
      if (!content?.whole) look.unread.add('files').add('code');
      if (content) await held(content.bytes, entry.name);
    } else noteInside(look, entry.name, kind ?? null);
  }
}

async function lookIntoGzip(bytes: Uint8Array, name: string, look: Look, depth: number): Promise<void> {
  noteAlone(name, look);
  const content = await unpacked(bytes, 'gzip', look.budget, fileAtMost);
  if (!content.whole) look.unread.add('files');
  const kind = kindOf(content.bytes);
  if (kind === 'tar') return lookIntoTar(content.bytes, content.whole, look, depth);
  const inner = name.replace(/\.(?:gz|gzip|z)[\s.]{0,99}$/i, '');
  noteInside(look, inner, kind);
  await lookInto(content.bytes, kind, inner, look, depth + 1);
}

async function lookIntoTar(bytes: Uint8Array, whole: boolean, look: Look, depth: number): Promise<void> {
  for (const [name, content] of filesOfTar(bytes, whole, look)) {
    look.budget.files -= 1;
    if (look.budget.files < 0) {
      noteInside(look, name);
      look.unread.add('files');
    } else await lookIntoHeld(content, name, look, depth);
  }
}

async function lookIntoMail(bytes: Uint8Array, look: Look, depth: number): Promise<void> {
  const mail = await readMessage(bytes, mailLimits);
  if (mail === undefined) look.unread.add('files').add('code').add('lock');
  for (const { filename, bytes: content } of mail?.attachments ?? []) {
    await lookIntoHeld(content, filename ?? '', look, depth);
  }
}

function noteAlone(name: string, look: Look): void {
  const inner = /^(.*\.[^.]{1,20})\.(?:gz|gzip|bz2|bzip2|xz|lzma|z|zst)[\s.]{0,99}$/i.exec(name)?.[1];
  if (inner) noteInside(look, inner);
}
