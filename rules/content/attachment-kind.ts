import { defineRule, type Facts, notApplicable, problem } from '#rule';
import { attached, called, samples } from '../wordings/attached.ts';

type File = Facts['attachments']['files'][number];
type Kind = NonNullable<File['kind']>;

/** What a file of that ending begins as; Office files with a password are of the older kind, whatever they are named. */
const office: readonly Kind[] = ['zip', 'office'];
const kinds: Readonly<Record<string, readonly Kind[]>> = {
  pdf: ['pdf'],
  // Word opens these by what they are, and says nothing of the name.
  doc: ['office', 'rtf', 'zip'],
  xls: office,
  ppt: office,
  rtf: ['rtf'],
  docx: office,
  xlsx: office,
  pptx: office,
  odt: ['zip'],
  ods: ['zip'],
  odp: ['zip'],
  zip: ['zip'],
  rar: ['rar'],
  '7z': ['7z'],
  gz: ['gzip'],
  tgz: ['gzip'],
  png: ['png'],
  jpg: ['jpeg'],
  jpeg: ['jpeg'],
  gif: ['gif'],
  webp: ['webp'],
};
/** Mail programs and browsers show pictures by what they are. */
const pictures: readonly Kind[] = ['png', 'jpeg', 'gif', 'webp'];

/** As people call them; of one that is not here nothing is said but that it is another. */
const forms: Readonly<Record<string, { en: string; sv: string }>> = {
  pdf: { en: 'a PDF', sv: 'en PDF' },
  zip: { en: 'a ZIP archive', sv: 'ett zip-arkiv' },
  rar: { en: 'a RAR archive', sv: 'ett rar-arkiv' },
  '7z': { en: 'a 7z archive', sv: 'ett 7z-arkiv' },
  gzip: { en: 'a gzip archive', sv: 'ett gzip-arkiv' },
  office: { en: 'a file of older Office', sv: 'en fil från äldre Office' },
  png: { en: 'a PNG image', sv: 'en PNG-bild' },
  jpeg: { en: 'a JPEG image', sv: 'en JPEG-bild' },
  gif: { en: 'a GIF image', sv: 'en GIF-bild' },
  webp: { en: 'a WebP image', sv: 'en WebP-bild' },
  heic: { en: 'a HEIC image', sv: 'en HEIC-bild' },
  video: { en: 'a video', sv: 'en video' },
  rtf: { en: 'an RTF document', sv: 'ett RTF-dokument' },
  page: { en: 'a web page', sv: 'en webbsida' },
  drawing: { en: 'an SVG image', sv: 'en SVG-bild' },
  notebook: { en: 'a OneNote notebook', sv: 'en anteckningsbok från OneNote' },
  tar: { en: 'a tar archive', sv: 'ett tar-arkiv' },
  mail: { en: 'a mail', sv: 'ett mejl' },
  tnef: { en: 'a winmail.dat from Outlook', sv: 'en winmail.dat från Outlook' },
};

/** Text has no mark of its own; what has one is something else. */
const texts = /^(?:txt|csv|ics|vcf|md|json)$/;
const pages = /^(?:s?html?|xhtml|svg)$/;
/** The check of file types tells of these. */
const elsewhere: ReadonlySet<Kind | null> = new Set<Kind>(['program', 'shortcut', 'disk', 'help']);

function differs({ ending, kind }: File): boolean {
  if (texts.test(ending)) return kind !== null && kind !== 'mail' && !elsewhere.has(kind);
  if (pages.test(ending))
    return kind !== null && kind !== 'page' && kind !== 'drawing' && !elsewhere.has(kind);
  const expected = kinds[ending];
  if (!expected || elsewhere.has(kind) || (kind && expected.includes(kind))) return false;
  const alike = kind && pictures.includes(kind) && expected.some((one) => pictures.includes(one));
  return !alike;
}

export default defineRule({
  id: 'attachment-kind',
  severity: 'minor',
  reference:
    'WHATWG MIME Sniffing Standard, section 6 (first octets of types); PKWARE APPNOTE 6.3.10 section 4.3.7; ISO 32000-1 section 7.5.2',
  needs: ['attachments'],
  check({ attachments: { files } }) {
    if (files.length === 0) return notApplicable('nothing-attached');
    return files.flatMap((file) => [
      ...(file.bytes === 0 ? [problem('empty', { name: called(file) })] : []),
      ...(file.bytes > 0 && differs(file)
        ? [problem('other', { name: called(file), ending: file.ending, kind: file.kind ?? '' })]
        : []),
    ]);
  },
  words: {
    en: {
      title: 'Attached files that are what they say',
      heading: {
        empty: () => 'An attached file is empty',
        other: ({ ending }) => `An attached file is named .${ending} but is something else`,
      },
      mend: 'Attach the file again',
      why: 'Readers cannot open such a file, and filters take one that is not what its name says for an attempt at fraud.',
      fix: 'Open the file on your own computer. If it opens, save it again in the right format and attach that. Renaming a file does not change its format.',
      problems: {
        empty: ({ name }) => `${name} has no content.`,
        other: ({ name, kind }) =>
          forms[kind] ? `${name} is ${forms[kind].en}.` : `What ${name} holds is of another kind.`,
      },
    },
    sv: {
      title: 'Bifogade filer som är vad de heter',
      heading: {
        empty: () => 'En bifogad fil är tom',
        other: ({ ending }) => `En bifogad fil heter .${ending} men är något annat`,
      },
      mend: 'Bifoga filen på nytt',
      why: 'Läsarna kan inte öppna en sådan fil, och filter tar en fil som inte är vad namnet säger för ett försök till bedrägeri.',
      fix: 'Öppna filen på din egen dator. Går den att öppna, spara den på nytt i rätt format och bifoga den. En fil byter inte format när du döper om den.',
      problems: {
        empty: ({ name }) => `${name} saknar innehåll.`,
        other: ({ name, kind }) =>
          forms[kind] ? `${name} är ${forms[kind].sv}.` : `Innehållet i ${name} är av ett annat slag.`,
      },
    },
  },
  examples: {
    good: [
      { eml: attached('program.pdf', 'application/pdf', samples.pdf) },
      { eml: attached('brev.docx', 'application/octet-stream', samples.docx) },
      { eml: attached('brev.docx', 'application/octet-stream', samples.lockedOffice) },
      { eml: attached('bild.jpg', 'image/jpeg', samples.png) },
      { eml: attached('lista.csv', 'text/csv', samples.text) },
    ],
    bad: [
      { world: { eml: attached('program.pdf', 'application/pdf', '') }, finds: 'empty' },
      { world: { eml: attached('program.pdf', 'application/pdf', samples.text) }, finds: 'other' },
      { world: { eml: attached('program.pdf', 'application/pdf', samples.docx) }, finds: 'other' },
    ],
  },
});
