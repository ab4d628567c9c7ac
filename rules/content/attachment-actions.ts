import { defineRule, type Facts, notApplicable, problem, unknown } from '#rule';
import { attached, called, samples } from '../wordings/attached.ts';

type Act = Facts['attachments']['files'][number]['acts'][number];

/** Scripts of a PDF are told of with macros: forms have them, and programs hold them back. */
const told = ['page', 'launch', 'template', 'object', 'notebook'] as const satisfies readonly Act[];

export default defineRule({
  id: 'attachment-actions',
  severity: 'major',
  reference:
    'MITRE ATT&CK T1027.006 (HTML smuggling), T1221 (template injection) and T1566.001 (attachments), read 2026-11; ISO 32000-1 section 12.6.4.5 (launch actions); RTF 1.9.1, “Objects”; [MS-ONESTORE] section 2.6.13',
  needs: ['attachments'],
  check({ attachments: { files } }) {
    if (files.length === 0) return notApplicable('nothing-attached');
    const found = files.flatMap((file) =>
      told.filter((act) => file.acts.includes(act)).map((act) => problem(act, { name: called(file) })),
    );
    const isOpen = files.every(({ unread }) => !unread.includes('code'));
    return found.length > 0 || isOpen ? found : unknown('file-closed');
  },
  words: {
    en: {
      title: 'Attached files that do something when opened',
      heading: {
        page: () => 'An attached web page runs scripts or asks for something',
        launch: () => 'An attached PDF starts another program',
        template: () => 'An attached document fetches a part from the web',
        object: () => 'An attached text starts another program',
        notebook: () => 'An attached notebook holds a file to open',
      },
      mend: {
        page: () => 'Put the page on your website and link to it',
        launch: () => 'Export the PDF again without such actions',
        template: () => 'Save the document with a template of its own',
        object: () => 'Send the text as a PDF',
        notebook: () => 'Send the page as a PDF',
      },
      why: 'Fraudsters send such files to get programs and false sign-in pages past the filters. So filters stop the mail, and readers who know what to look out for do not open it.',
      fix: {
        page: () =>
          'Publish the page on your website, and link to it from the mail. A document that is only to be read is best sent as a PDF.',
        launch: () => 'Print the document to a new PDF, or export it without buttons and actions.',
        template: () =>
          'In Word: File, Options, Add-ins, Manage Templates, and choose Normal. Then save the file again, or send it as a PDF.',
        object: () =>
          'Take out what comes from another program, or save the text as a PDF, in which it becomes a picture.',
        notebook: () => 'Export the page as a PDF, and link to the file or attach it by itself.',
      },
      problems: {
        page: ({ name }) => `${name} has a script, a form, or leads on to another page by itself.`,
        launch: ({ name }) => `${name} holds a command that starts a program or opens a file.`,
        template: ({ name }) => `${name} loads its template or an object from an address on the web.`,
        object: ({ name }) => `${name} holds an object that another program opens.`,
        notebook: ({ name }) => `${name} holds a file that is no picture.`,
      },
    },
    sv: {
      title: 'Bifogade filer som gör något när de öppnas',
      heading: {
        page: () => 'En bifogad webbsida kör skript eller ber om något',
        launch: () => 'En bifogad PDF startar ett annat program',
        template: () => 'Ett bifogat dokument hämtar en del från webben',
        object: () => 'En bifogad text startar ett annat program',
        notebook: () => 'En bifogad anteckningsbok innehåller en fil att öppna',
      },
      mend: {
        page: () => 'Lägg sidan på webbplatsen och länka till den',
        launch: () => 'Exportera PDF-filen på nytt utan sådana åtgärder',
        template: () => 'Spara dokumentet med en egen mall',
        object: () => 'Skicka texten som PDF',
        notebook: () => 'Skicka sidan som PDF',
      },
      why: 'Bedragare skickar sådana filer för att få program och falska inloggningssidor förbi filtren. Därför stoppar filter mejlet, och läsare som vet vad de ska se upp med öppnar det inte.',
      fix: {
        page: () =>
          'Publicera sidan på din webbplats och länka till den från mejlet. Ett dokument som bara ska läsas skickas bäst som PDF.',
        launch: () => 'Skriv ut dokumentet till en ny PDF, eller exportera det utan knappar och åtgärder.',
        template: () =>
          'I Word: Arkiv, Alternativ, Tillägg, Hantera mallar, och välj Normal. Spara sedan filen igen, eller skicka den som PDF.',
        object: () =>
          'Ta bort det som kommer från ett annat program, eller spara texten som PDF, där det blir en bild.',
        notebook: () => 'Exportera sidan som PDF, och länka till filen eller bifoga den för sig.',
      },
      problems: {
        page: ({ name }) =>
          `${name} har ett skript eller ett formulär, eller leder själv vidare till en annan sida.`,
        launch: ({ name }) => `${name} har ett kommando som startar ett program eller öppnar en fil.`,
        template: ({ name }) => `${name} hämtar sin mall eller ett objekt från en adress på webben.`,
        object: ({ name }) => `${name} innehåller ett objekt som ett annat program öppnar.`,
        notebook: ({ name }) => `${name} innehåller en fil som inte är en bild.`,
      },
    },
  },
  examples: {
    good: [
      { eml: attached('program.pdf', 'application/pdf', samples.pdf) },
      { eml: attached('program.html', 'text/html', samples.plainPage) },
      { eml: attached('brev.docx', 'application/octet-stream', samples.docx) },
    ],
    bad: [
      { world: { eml: attached('faktura.html', 'text/html', samples.page) }, finds: 'page' },
      { world: { eml: attached('program.pdf', 'application/pdf', samples.launchPdf) }, finds: 'launch' },
      {
        world: { eml: attached('brev.docx', 'application/octet-stream', samples.templateDocx) },
        finds: 'template',
      },
      { world: { eml: attached('brev.rtf', 'application/rtf', samples.objectRtf) }, finds: 'object' },
      { world: { eml: attached('bok.one', 'application/onenote', samples.notebook) }, finds: 'notebook' },
    ],
  },
});
