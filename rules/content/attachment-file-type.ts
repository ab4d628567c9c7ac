import { defineRule, type Facts, notApplicable, problem, unknown } from '#rule';
import { attached, called, samples } from '../wordings/attached.ts';
import { refusedByGmail, refusedByMicrosoft } from '../wordings/file-endings.ts';

type File = Facts['attachments']['files'][number];
type Kind = NonNullable<File['kind']>;

/** By what they are, whatever they are named. */
const runs: ReadonlySet<Kind | null> = new Set<Kind>(['program', 'shortcut', 'help']);
const archives = /^(?:zip|zipx|rar|7z|tar|t?gz|bz2|xz|z|cab|arj|lzh|lha|ace)$/;

/** What receivers look for in archives, as Gmail says of itself. */
function refusedWithin({ inside }: File): string | undefined {
  const found = inside.find(
    ({ ending, kind }) => refusedByGmail.has(ending) || runs.has(kind) || kind === 'disk',
  );
  return found?.name.slice(-60);
}

function faultOf(file: File) {
  const { ending, kind, encrypted, inside } = file;
  const name = called(file);
  if (refusedByGmail.has(ending) || refusedByMicrosoft.has(ending))
    return problem('blocked', { name, ending });
  if (runs.has(kind)) return problem('program', { name });
  if (kind === 'disk') return problem('disk', { name });
  const within = refusedWithin(file);
  if (within !== undefined) return problem('inside', { name, inside: within });
  const packed = encrypted ? inside.find((one) => archives.test(one.ending)) : undefined;
  return packed && problem('archive', { name, inside: packed.name.slice(-60) });
}

const many = {
  en: (count: number) => `${count} attached files are turned away`,
  sv: (count: number) => `${count} bifogade filer avvisas`,
};

export default defineRule({
  id: 'attachment-file-type',
  severity: 'major',
  reference:
    'Gmail, “File types blocked in Gmail”, support.google.com/mail/answer/6590 (in archives too); Microsoft 365, “Common attachments filter”, learn.microsoft.com/defender-office-365/anti-malware-protection-about; read 2026-11',
  needs: ['attachments'],
  check({ attachments: { files } }) {
    if (files.length === 0) return notApplicable('nothing-attached');
    const faults = files.flatMap((file) => faultOf(file) ?? []);
    const isOpen = files.every(({ unread }) => !unread.includes('files'));
    return faults.length > 0 || isOpen ? faults : unknown('file-closed');
  },
  words: {
    en: {
      title: 'Attached files that receivers refuse',
      heading: {
        blocked: ({ ending }, count) =>
          count > 1 ? many.en(count) : `Files of the type .${ending} are turned away`,
        program: (_, count) => (count > 1 ? many.en(count) : 'An attached file is a program'),
        inside: (_, count) =>
          count > 1 ? many.en(count) : 'An attached file holds another that is turned away',
        disk: (_, count) => (count > 1 ? many.en(count) : 'An attached file opens as a disk'),
        archive: (_, count) => (count > 1 ? many.en(count) : 'A locked archive holds another archive'),
      },
      mend: 'Link to the file instead of attaching it',
      why: 'Gmail or Microsoft 365 turns the whole mail away because of such a file, and so do most companies: your readers get nothing. Viruses are spread in such files.',
      fix: 'Put the file on your website and link to the page. A document is best sent as a PDF.',
      problems: {
        blocked: ({ name }) => `${name} is attached.`,
        program: ({ name }) => `${name} begins as programs do, whatever its name says.`,
        disk: ({ name }) => `${name} opens as a disk of its own, whatever its name says.`,
        inside: ({ name, inside }) => `${name} holds ${inside}.`,
        archive: ({ name, inside }) => `${name} has a password and holds ${inside}.`,
      },
    },
    sv: {
      title: 'Bifogade filer som mottagare vägrar',
      heading: {
        blocked: ({ ending }, count) => (count > 1 ? many.sv(count) : `Filer av typen .${ending} avvisas`),
        program: (_, count) => (count > 1 ? many.sv(count) : 'En bifogad fil är ett program'),
        inside: (_, count) => (count > 1 ? many.sv(count) : 'En bifogad fil innehåller en annan som avvisas'),
        disk: (_, count) => (count > 1 ? many.sv(count) : 'En bifogad fil öppnas som en disk'),
        archive: (_, count) => (count > 1 ? many.sv(count) : 'Ett låst arkiv innehåller ett annat arkiv'),
      },
      mend: 'Länka till filen i stället för att bifoga den',
      why: 'Gmail eller Microsoft 365 avvisar hela mejlet för en sådan fil, och det gör de flesta företag: läsarna får ingenting. Virus sprids i sådana filer.',
      fix: 'Lägg filen på din webbplats och länka till sidan. Ett dokument skickas bäst som PDF.',
      problems: {
        blocked: ({ name }) => `${name} är bifogad.`,
        program: ({ name }) => `${name} börjar så som program gör, vad namnet än säger.`,
        disk: ({ name }) => `${name} öppnas som en egen disk, vad namnet än säger.`,
        inside: ({ name, inside }) => `${name} innehåller ${inside}.`,
        archive: ({ name, inside }) => `${name} har lösenord och innehåller ${inside}.`,
      },
    },
  },
  examples: {
    good: [
      { eml: attached('program.pdf', 'application/pdf', samples.pdf) },
      { eml: attached('program.zip', 'application/zip', samples.zip) },
      { eml: attached('brev.docx', 'application/octet-stream', samples.docx) },
    ],
    bad: [
      { world: { eml: attached('kort.EXE', 'application/octet-stream', samples.text) }, finds: 'blocked' },
      { world: { eml: attached('kort.js', 'text/plain', samples.text) }, finds: 'blocked' },
      { world: { eml: attached('kort.pdf', 'application/pdf', samples.program) }, finds: 'program' },
      { world: { eml: attached('kort.zip', 'application/zip', samples.zipWithProgram) }, finds: 'inside' },
      { world: { eml: attached('kort.docm', 'application/zip', samples.docm) }, finds: 'blocked' },
      { world: { eml: attached('kort.txt', 'text/plain', samples.disk) }, finds: 'disk' },
      { world: { eml: attached('a.zip', 'application/zip', samples.lockedArchive) }, finds: 'archive' },
    ],
  },
});
