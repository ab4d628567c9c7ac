import { defineRule, problem } from '#rule';

/** Names and titles are spelled out as well; in the text only what spam sells is meant. */
const selling =
  /^(?:v\W?i\W?a\W?g\W?r\W?a|c\W?i\W?a\W?l\W?i\W?s|c\W?a\W?s\W?i\W?n\W?o|f\W?r\W?e\W?e|m\W?o\W?n\W?e\W?y|p\W?o\W?r\W?n|g\W?r\W?a\W?t\W?i\W?s|r\W?o\W?l\W?e\W?x|x\W?a\W?n\W?a\W?x|l\W?o\W?a\W?n\W?s?)$/i;

export default defineRule({
  id: 'disguised-words',
  severity: 'minor',
  reference:
    'SpamAssassin 4.0, FUZZY_* and UNICODE_OBFU_*; rspamd, R_MIXED_CHARSET and zero-width characters; Unicode UTS 39 section 5.1 (mixed scripts)',
  needs: ['wording'],
  points: 1.5,
  check({ wording }) {
    const meant = wording.disguises.filter(
      ({ kind, word, part }) => kind !== 'spaced' || part === 'subject' || selling.test(word),
    );
    return meant.slice(0, 5).map(({ kind, word, at }) => {
      if (kind === 'invisible') return problem('invisible', { word }, { at });
      return kind === 'alphabets'
        ? problem('alphabets', { word }, { at })
        : problem('spaced', { word }, { at });
    });
  },
  words: {
    en: {
      title: 'Disguised words',
      heading: {
        invisible: ({ word }) => `There are invisible characters in “${word.slice(0, 40)}”`,
        alphabets: ({ word }) => `The word “${word.slice(0, 40)}” mixes two alphabets`,
        spaced: ({ word }) => `The word “${word.slice(0, 40)}” is spelled with marks between its letters`,
      },
      mend: {
        invisible: () => 'Write the word anew',
        alphabets: () => 'Write the word anew, in one alphabet',
        spaced: () => 'Write the word without the marks',
      },
      why: 'Spammers disguise words so that people read them and filters do not. Filters look for the disguise, and count it more than the word.',
      fix: {
        invisible: () =>
          'Delete the word and type it again by hand: the characters come along when text is pasted.',
        alphabets: () =>
          'Delete the word and type it again by hand, so that all letters are of one alphabet.',
        spaced: () =>
          'Write the word as usual. Where letters shall stand wide apart, use letter-spacing in CSS.',
      },
      problems: {
        invisible: ({ word }) => `Within “${word}” there are characters that nobody sees.`,
        alphabets: ({ word }) => `In “${word}” some letters are Cyrillic or Greek and only look Latin.`,
        spaced: ({ word }) => `“${word}” is spelled out with marks between the letters.`,
      },
    },
    sv: {
      title: 'Förklädda ord',
      heading: {
        invisible: ({ word }) => `Det finns osynliga tecken i ”${word.slice(0, 40)}”`,
        alphabets: ({ word }) => `Ordet ”${word.slice(0, 40)}” blandar två alfabet`,
        spaced: ({ word }) => `Ordet ”${word.slice(0, 40)}” är skrivet med tecken mellan bokstäverna`,
      },
      mend: {
        invisible: () => 'Skriv ordet på nytt',
        alphabets: () => 'Skriv ordet på nytt, i ett alfabet',
        spaced: () => 'Skriv ordet utan tecknen',
      },
      why: 'Skräppostare förkläder ord så att människor läser dem men inte filter. Filter letar efter förklädnaden och räknar den mer än ordet.',
      fix: {
        invisible: () =>
          'Ta bort ordet och skriv det igen för hand: tecknen följer med när text klistras in.',
        alphabets: () =>
          'Ta bort ordet och skriv det igen för hand, så att alla bokstäver är ur ett alfabet.',
        spaced: () => 'Skriv ordet som vanligt. Ska bokstäverna stå glest, använd letter-spacing i CSS.',
      },
      problems: {
        invisible: ({ word }) => `I ”${word}” finns tecken som ingen ser.`,
        alphabets: ({ word }) =>
          `I ”${word}” är en del bokstäver kyrilliska eller grekiska och ser bara latinska ut.`,
        spaced: ({ word }) => `”${word}” är utskrivet med tecken mellan bokstäverna.`,
      },
    },
  },
  examples: {
    good: [
      { html: '<p>Sam&shy;manträde, S.t. Erik, U.S.A., A B C, a&zwnj; b</p>' },
      { html: '<p>می‌خواهم Москва Αθήνα</p>' },
      { html: '<h1>N Y H E T S B R E V</h1><p>M.o.X.i.e, add&zwnj;ress</p>' },
    ],
    bad: [
      { world: { html: '<p>Köp via&#8203;gra nu</p>' }, finds: 'invisible' },
      { world: { html: '<p>Köp ca\u200bsi\u200bno nu</p>' }, finds: 'invisible' },
      { world: { html: '<p>Logga in på Раypаl</p>' }, finds: 'alphabets' },
      { world: { html: '<p>V.i.a.g.r.a till salu</p>' }, finds: 'spaced' },
      { world: { subject: 'F R E E S T U F F' }, finds: 'spaced' },
    ],
  },
});
