import { defineRule, notApplicable, problem } from '#rule';
import { shortened } from '../wordings/shortening.ts';
import { foreignIn, tongueNames } from '../wordings/tongues.ts';

const name = (code: string) => tongueNames[code.toLowerCase().split('-')[0] ?? ''];

const swedish =
  'Hej och välkommen till höstmötet på lördag! Vi börjar med fika klockan tio och sedan är det årsmöte. Ta med dig din egen kopp, för det är vår sista träff i den gamla lokalen, och anmäl dig gärna här.';
const english =
  'Welcome to the autumn meeting on Saturday! We begin with coffee at ten and then it is time for the annual meeting. Bring your own cup, for this is our last gathering in the old place, and tell us that you will be there.';

export default defineRule({
  id: 'language-match',
  severity: 'minor',
  reference: 'WCAG 2.2, success criteria 3.1.1 and 3.1.2 (language of page, language of parts)',
  needs: ['structure'],
  check({ structure }) {
    if (!structure) return notApplicable('no-html');
    const told = structure.tongues.flatMap(({ tag, passages, at }) => {
      const texts = passages.map(({ text }) => text);
      return tag ? [{ tag: tag.slice(0, 20), passages, at, foreign: foreignIn(tag, texts) }] : [];
    });
    const others = told.flatMap(({ tag, at, foreign }) =>
      'whole' in foreign ? [problem('other', { tag, heard: foreign.whole }, { at })] : [],
    );
    const parts = told.flatMap(({ tag, passages, foreign }) =>
      ('whole' in foreign ? [] : foreign.passages).map(({ heard, first, count }) => {
        const { begins = '', at } = passages[first] ?? {};
        return problem('part', { tag, heard, text: shortened(begins, 60), after: count - 1 }, { at });
      }),
    );
    return [...others, ...parts];
  },
  words: {
    en: {
      title: 'Language of the words',
      heading: {
        other: ({ tag, heard }) => `The text is in ${name(heard)?.en}, but lang says ${tag}`,
        part: ({ tag, heard }, count) =>
          count > 1
            ? `${count} passages are in another language than lang says`
            : `A passage is in ${name(heard)?.en}, but lang says ${tag}`,
      },
      mend: {
        other: () => 'Correct the language code',
        part: () => 'Mark the passage with its language',
      },
      why: 'Whoever has the mail read aloud hears it in the voice of another language, which can hardly be understood. Mail programs offer to translate it.',
      fix: {
        other: ({ heard }) =>
          `Write lang="${heard}" in its place; in MJML, on mjml itself. A part in another language gets a lang of its own.`,
        part: ({ heard }) =>
          `Write lang="${heard}" on the element that holds the passage, such as <p lang="${heard}"> or the table cell around it. In MJML, write it on an element inside mj-text.`,
      },
      problems: {
        other: ({ tag, heard }) =>
          `The words under lang="${tag}" are in ${name(heard)?.en}: the code should be ${heard}.`,
        part: ({ tag, heard, text, after }) =>
          `“${text}”${after > 0 ? ` and ${after > 1 ? `the ${after} passages` : 'the passage'} after it are` : ' is'} in ${name(heard)?.en}, but lang says ${tag}.`,
      },
    },
    sv: {
      title: 'Ordens språk',
      heading: {
        other: ({ tag, heard }) => `Texten är på ${name(heard)?.sv}, men lang säger ${tag}`,
        part: ({ tag, heard }, count) =>
          count > 1
            ? `${count} stycken är på ett annat språk än lang säger`
            : `Ett stycke är på ${name(heard)?.sv}, men lang säger ${tag}`,
      },
      mend: {
        other: () => 'Rätta språkkoden',
        part: () => 'Märk stycket med dess språk',
      },
      why: 'Den som får mejlet uppläst hör det med ett annat språks röst, och det går knappt att förstå. Mejlprogram vill översätta det.',
      fix: {
        other: ({ heard }) =>
          `Skriv lang="${heard}" i stället; i MJML på mjml självt. En del på ett annat språk får ett eget lang.`,
        part: ({ heard }) =>
          `Skriv lang="${heard}" på elementet som omger stycket, till exempel <p lang="${heard}"> eller tabellcellen runt det. I MJML skriver du det på ett element inne i mj-text.`,
      },
      problems: {
        other: ({ tag, heard }) =>
          `Orden under lang="${tag}" är på ${name(heard)?.sv}: koden ska vara ${heard}.`,
        part: ({ tag, heard, text, after }) =>
          `”${text}”${after > 0 ? ` och ${after > 1 ? `de ${after} styckena` : 'stycket'} efter` : ''} är på ${name(heard)?.sv}, men lang säger ${tag}.`,
      },
    },
  },
  examples: {
    good: [
      {
        html: `<html lang="sv"><p>${swedish}</p>`,
      },
      {
        html: `<html lang="sv"><p>Hej!</p><div lang="en"><p>${english}</p></div>`,
      },
      // Too few words to tell by.
      { html: `<html lang="sv"><p>${swedish}</p><p>Unsubscribe from this list</p>` },
      { html: '<html lang="en"><p>Lorem ipsum dolor sit amet</p>' },
      { html: '<html lang="sv"><p>Annual report 2026</p>' },
    ],
    bad: [
      {
        world: {
          html: `<html lang="en"><p>${swedish}</p>`,
        },
        finds: 'other',
      },
      {
        world: { html: `<html lang="en"><p>${swedish} ${swedish}</p><p>${english.slice(0, 120)}</p>` },
        finds: 'other',
      },
      {
        world: { html: `<html lang="sv"><h1>Höstmöte på lördag</h1><p>${swedish}</p><p>${english}</p>` },
        finds: 'part',
      },
      {
        world: {
          html: `<html lang="sv"><p>Vi ses på lördag och det är kul att så många av oss kommer dit.</p><p>${english} ${english}</p>`,
        },
        finds: 'part',
      },
    ],
  },
});
