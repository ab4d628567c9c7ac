import { defineRule, notApplicable, problem } from '#rule';
import { otherTongue, tongueNames } from '../wordings/tongues.ts';

const name = (code: string) => tongueNames[code.toLowerCase().split('-')[0] ?? ''];

export default defineRule({
  id: 'language-match',
  severity: 'minor',
  reference: 'WCAG 2.2, success criteria 3.1.1 and 3.1.2 (language of page, language of parts)',
  needs: ['structure'],
  check({ structure }) {
    if (!structure) return notApplicable('no-html');
    return structure.tongues.flatMap(({ tag, text, at }) => {
      const heard = tag === null ? undefined : otherTongue(tag, text);
      return heard && tag ? [problem('other', { tag: tag.slice(0, 20), heard }, { at })] : [];
    });
  },
  words: {
    en: {
      title: 'Language of the words',
      heading: {
        other: ({ tag, heard }) => `The text is in ${name(heard)?.en}, but lang says ${tag}`,
      },
      mend: 'Correct the language code',
      why: 'Whoever has the mail read aloud hears it in the voice of another language, which can hardly be understood. Mail programs offer to translate it.',
      fix: 'Write the code of the language that the text is in: lang="sv" for Swedish, lang="en" for English. A part in another language gets a lang of its own. In MJML lang stands on mjml itself.',
      problems: {
        other: ({ tag, heard }) =>
          `The words under lang="${tag}" are in ${name(heard)?.en}: the code should be ${heard}.`,
      },
    },
    sv: {
      title: 'Ordens språk',
      heading: { other: ({ tag, heard }) => `Texten är på ${name(heard)?.sv}, men lang säger ${tag}` },
      mend: 'Rätta språkkoden',
      why: 'Den som får mejlet uppläst hör det med ett annat språks röst, och det går knappt att förstå. Mejlprogram vill översätta det.',
      fix: 'Skriv koden för det språk som texten är på: lang="sv" för svenska, lang="en" för engelska. En del på ett annat språk får ett eget lang. I MJML står lang på mjml självt.',
      problems: {
        other: ({ tag, heard }) =>
          `Orden under lang="${tag}" är på ${name(heard)?.sv}: koden ska vara ${heard}.`,
      },
    },
  },
  examples: {
    good: [
      {
        html: '<html lang="sv"><p>Hej och välkommen till höstmötet på lördag! Vi börjar med fika klockan tio och sedan är det årsmöte. Ta med dig din egen kopp, för det är vår sista träff i den gamla lokalen, och anmäl dig gärna här.</p>',
      },
      {
        html: '<html lang="sv"><p>Hej!</p><div lang="en"><p>Welcome to the autumn meeting on Saturday! We begin with coffee at ten and then it is time for the annual meeting. Bring your own cup, for this is our last gathering in the old place, and tell us that you will be there.</p></div>',
      },
      { html: '<html lang="en"><p>Lorem ipsum dolor sit amet</p>' },
      { html: '<html lang="sv"><p>Annual report 2026</p>' },
    ],
    bad: [
      {
        world: {
          html: '<html lang="en"><p>Hej och välkommen till höstmötet på lördag! Vi börjar med fika klockan tio och sedan är det årsmöte. Ta med dig din egen kopp, för det är vår sista träff i den gamla lokalen, och anmäl dig gärna här.</p>',
        },
        finds: 'other',
      },
    ],
  },
});
