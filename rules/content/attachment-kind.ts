import { defineRule, type Facts, notApplicable, problem } from '#rule';
import { attached, called, samples } from '../wordings/attached.ts';

type File = Facts['attachments']['files'][number];
type Kind = NonNullable<File['kind']>;

/** What a file of that ending begins as; Office files with a password are of the older kind, whatever they are named. */
const office: readonly Kind[] = ['zip', 'office'];
const kinds: Readonly<Record<string, readonly Kind[]>> = {
  pdf: ['pdf'],
  docx: office,
  xlsx: office,
  pptx: office,
  odt: ['zip'],
  ods: ['zip'],
  odp: ['zip'],
  zip: ['zip'],
  rar: ['rar'],
  '7z': ['7z'],
  png: ['png'],
  jpg: ['jpeg'],
  jpeg: ['jpeg'],
  gif: ['gif'],
  webp: ['webp'],
};
/** Mail programs and browsers show pictures by what they are. */
const pictures: readonly Kind[] = ['png', 'jpeg', 'gif', 'webp'];

/** A program is told of by the check of file types. */
function differs({ ending, kind }: File): boolean {
  const expected = kinds[ending];
  if (!expected || kind === 'program' || (kind && expected.includes(kind))) return false;
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
        other: ({ ending }) => `An attached file says .${ending}, but is not`,
      },
      mend: 'Attach the file anew',
      why: 'Readers cannot open it, and filters take a file that is not what it says for an attempt at fraud.',
      fix: 'Open the file where it lies. If it opens there, save it anew in the right format and attach it again; renaming a file does not change its format.',
      problems: {
        empty: ({ name }) => `${name} has no content.`,
        other: ({ name, kind }) =>
          `${name} begins as ${kind ? `a file of the kind ${kind}` : 'no such file'} does.`,
      },
    },
    sv: {
      title: 'Bifogade filer som är vad de heter',
      heading: {
        empty: () => 'En bifogad fil är tom',
        other: ({ ending }) => `En bifogad fil heter .${ending} men är något annat`,
      },
      mend: 'Bifoga filen på nytt',
      why: 'Läsarna kan inte öppna den, och filter tar en fil som inte är vad den säger för ett försök till bedrägeri.',
      fix: 'Öppna filen där den ligger. Går den att öppna, spara den på nytt i rätt format och bifoga den igen; ett nytt namn ändrar inte en fils format.',
      problems: {
        empty: ({ name }) => `${name} saknar innehåll.`,
        other: ({ name, kind }) =>
          kind
            ? `${name} börjar så som en fil av slaget ${kind} gör.`
            : `${name} börjar inte så som en sådan fil gör.`,
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
