import { defineRule, notApplicable, problem } from '#rule';

const fromRight =
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/gu;
const letter = /\p{L}/gu;
/** Enough of a text to tell by. */
const sample = 4000;
const leastLetters = 20;

export default defineRule({
  id: 'script-direction',
  severity: 'minor',
  reference:
    'WHATWG HTML section 3.2.6.4 (dir); Unicode Standard Annex 9 section 4.3 (higher-level protocols)',
  needs: ['html', 'structure'],
  check({ html, structure }) {
    if (!html || !structure) return notApplicable('no-html');
    const text = html.text.slice(0, sample);
    const letters = text.match(letter)?.length ?? 0;
    const right = text.match(fromRight)?.length ?? 0;
    if (letters < leastLetters) return [];
    const { written, at } = structure.direction;
    const told = written?.toLowerCase();
    if (right > letters / 2 && told !== 'rtl' && told !== 'auto') return [problem('left', {}, { at })];
    return right < letters / 10 && told === 'rtl' ? [problem('right', {}, { at })] : [];
  },
  words: {
    en: {
      title: 'Direction of the script',
      heading: {
        left: () => 'Text that runs from right to left is laid out the other way',
        right: () => 'The mail is laid out from right to left, but its text is not',
      },
      mend: {
        left: () => 'Write dir="rtl"',
        right: () => 'Write dir="ltr"',
      },
      why: 'Readers get full stops, numbers and lists on the wrong side, and sentences with names in Latin letters come in the wrong order.',
      fix: {
        left: () => 'Write dir="rtl" on the html element and on the outermost table or div in body.',
        right: () => 'Write dir="ltr" in place of dir="rtl" on the html element and on what holds the text.',
      },
      problems: {
        left: () =>
          'Most of the text is in letters that are read from right to left, and dir does not say so.',
        right: () => 'dir is rtl, but hardly any letter is read from right to left.',
      },
    },
    sv: {
      title: 'Skriftens riktning',
      heading: {
        left: () => 'Text som läses från höger läggs ut från vänster',
        right: () => 'Mejlet läggs ut från höger, men texten läses från vänster',
      },
      mend: {
        left: () => 'Ange riktningen dir="rtl"',
        right: () => 'Ange riktningen dir="ltr"',
      },
      why: 'Läsaren får punkter, siffror och listor på fel sida, och meningar med namn i latinska bokstäver kommer i fel ordning.',
      fix: {
        left: () => 'Skriv dir="rtl" på html-elementet och på den yttersta tabellen eller div:en i body.',
        right: () => 'Skriv dir="ltr" i stället för dir="rtl" på html-elementet och på det som omger texten.',
      },
      problems: {
        left: () =>
          'Det mesta av texten har bokstäver som läses från höger till vänster, men dir säger inte det.',
        right: () => 'dir är rtl, men nästan inga bokstäver läses från höger till vänster.',
      },
    },
  },
  examples: {
    good: [
      { html: '<p>Hej och välkommen till höstmötet på lördag!</p>' },
      { html: '<div dir="rtl"><p>مرحبا بكم في اجتماع الخريف يوم السبت</p></div>' },
      { html: '<div dir="auto"><p>مرحبا بكم في اجتماع الخريف يوم السبت</p></div>' },
      { html: '<p>Välkommen till höstmötet på lördag klockan tio!</p><p>مرحبا</p>' },
    ],
    bad: [
      { world: { html: '<p>مرحبا بكم في اجتماع الخريف يوم السبت</p>' }, finds: 'left' },
      { world: { html: '<div dir="rtl"><p>Hej och välkommen till höstmötet!</p></div>' }, finds: 'right' },
    ],
  },
});
