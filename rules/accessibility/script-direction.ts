import { defineRule, notApplicable, problem } from '#rule';
import { shortened } from '../wordings/shortening.ts';

const fromRight =
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/gu;
const letter = /\p{L}/gu;
/** Enough of a text to tell by. */
const sample = 4000;
const leastLetters = 20;
/** A hostile page has thousands. */
const passagesAtMost = 500;
const runsRight = new Set(['rtl', 'auto']);

function lettersIn(text: string): { letters: number; right: number } {
  return { letters: text.match(letter)?.length ?? 0, right: text.match(fromRight)?.length ?? 0 };
}

export default defineRule({
  id: 'script-direction',
  severity: 'minor',
  reference:
    'WHATWG HTML section 3.2.6.4 (dir); Unicode Standard Annex 9 section 4.3 (higher-level protocols)',
  needs: ['html', 'structure'],
  check({ html, structure }) {
    if (!html || !structure) return notApplicable('no-html');
    const { letters, right } = lettersIn(html.text.slice(0, sample));
    const { written, at } = structure.direction;
    const told = written?.toLowerCase() ?? '';
    const enough = letters >= leastLetters;
    if (enough && right > letters / 2 && !runsRight.has(told)) return [problem('left', {}, { at })];
    if (enough && right < letters / 10 && told === 'rtl') return [problem('right', {}, { at })];
    const passages = structure.tongues.flatMap((tongue) => tongue.passages);
    return passages.slice(0, passagesAtMost).flatMap(({ text, begins, dir, at }) => {
      const own = lettersIn(text.slice(0, sample));
      const other = own.letters >= leastLetters && own.right > own.letters / 2 && !runsRight.has(dir ?? '');
      return other ? [problem('part', { text: shortened(begins, 60) }, { at })] : [];
    });
  },
  words: {
    en: {
      title: 'Direction of the script',
      heading: {
        left: () => 'Text that runs from right to left is laid out the other way',
        right: () => 'The mail is laid out from right to left, but its text is not',
        part: (_, count) =>
          count > 1
            ? `${count} passages run from right to left and are laid out the other way`
            : 'A passage runs from right to left and is laid out the other way',
      },
      mend: {
        left: () => 'Write dir="rtl"',
        right: () => 'Write dir="ltr"',
        part: () => 'Write dir="rtl" on the passage',
      },
      why: 'Readers get full stops, numbers and lists on the wrong side, and sentences with names in Latin letters come in the wrong order.',
      fix: {
        left: () => 'Write dir="rtl" on the html element and on the outermost table or div in body.',
        right: () => 'Write dir="ltr" in place of dir="rtl" on the html element and on what holds the text.',
        part: () =>
          'Write dir="rtl" on the element that holds the passage, and its language beside it: <p lang="ar" dir="rtl"> for Arabic.',
      },
      problems: {
        left: () =>
          'Most of the text is in letters that are read from right to left, and dir does not say so.',
        right: () => 'dir is rtl, but hardly any letter is read from right to left.',
        part: ({ text }) => `“${text}” is read from right to left, and no dir="rtl" says so.`,
      },
    },
    sv: {
      title: 'Skriftens riktning',
      heading: {
        left: () => 'Text som läses från höger läggs ut från vänster',
        right: () => 'Mejlet läggs ut från höger, men texten läses från vänster',
        part: (_, count) =>
          count > 1
            ? `${count} stycken läses från höger men läggs ut från vänster`
            : 'Ett stycke läses från höger men läggs ut från vänster',
      },
      mend: {
        left: () => 'Ange riktningen dir="rtl"',
        right: () => 'Ange riktningen dir="ltr"',
        part: () => 'Skriv dir="rtl" på stycket',
      },
      why: 'Läsaren får punkter, siffror och listor på fel sida, och meningar med namn i latinska bokstäver kommer i fel ordning.',
      fix: {
        left: () => 'Skriv dir="rtl" på html-elementet och på den yttersta tabellen eller div:en i body.',
        right: () => 'Skriv dir="ltr" i stället för dir="rtl" på html-elementet och på det som omger texten.',
        part: () =>
          'Skriv dir="rtl" på elementet som omger stycket, med språket bredvid: <p lang="ar" dir="rtl"> för arabiska.',
      },
      problems: {
        left: () =>
          'Det mesta av texten har bokstäver som läses från höger till vänster, men dir säger inte det.',
        right: () => 'dir är rtl, men nästan inga bokstäver läses från höger till vänster.',
        part: ({ text }) => `”${text}” läses från höger, men inget dir="rtl" säger det.`,
      },
    },
  },
  examples: {
    good: [
      { html: '<p>Hej och välkommen till höstmötet på lördag!</p>' },
      { html: '<div dir="rtl"><p>مرحبا بكم في اجتماع الخريف يوم السبت</p></div>' },
      { html: '<div dir="auto"><p>مرحبا بكم في اجتماع الخريف يوم السبت</p></div>' },
      { html: '<p>Välkommen till höstmötet på lördag klockan tio!</p><p>مرحبا</p>' },
      {
        html: '<div dir="ltr"><p>Välkommen till höstmötet på lördag klockan tio, i den gamla lokalen vid torget!</p><p dir="rtl">مرحبا بكم في اجتماع الخريف يوم السبت</p></div>',
      },
    ],
    bad: [
      { world: { html: '<p>مرحبا بكم في اجتماع الخريف يوم السبت</p>' }, finds: 'left' },
      {
        world: {
          html: '<div dir="ltr"><p>Välkommen till höstmötet på lördag klockan tio!</p><p>مرحبا بكم في اجتماع الخريف يوم السبت</p><p>Vi ses i den gamla lokalen vid torget, och fika finns.</p></div>',
        },
        finds: 'part',
      },
      { world: { html: '<div dir="rtl"><p>Hej och välkommen till höstmötet!</p></div>' }, finds: 'right' },
    ],
  },
});
