import { defineRule } from '#rule';
import { blackmail } from '../wordings/spam/blackmail.ts';
import { offerOf } from '../wordings/spam/families.ts';
import { quoted, said } from '../wordings/spam/said.ts';

export default defineRule({
  id: 'blackmail',
  severity: 'minor',
  reference:
    'SpamAssassin 4.0, BITCOIN_EXTORT_* and MONEY_EXTORT; Polisen on sextortion by mail, read 2026-11',
  needs: ['wording'],
  points: 2.5,
  check: ({ wording: { passages } }) => quoted(offerOf(passages, blackmail)),
  words: {
    en: {
      title: 'Words of blackmail',
      heading: { said: () => 'The mail sounds like blackmail' },
      mend: 'Rewrite what sounds like blackmail',
      why: 'Filters refuse or hide letters that tell of a hacked camera and ask for bitcoin. A warning about such letters must not read like one.',
      fix: 'If you write about such letters, describe them in your own words instead of quoting them, and name no sums and no wallets.',
      problems: { said: (mention) => said.en(mention) },
    },
    sv: {
      title: 'Ord ur utpressning',
      heading: { said: () => 'Mejlet låter som utpressning' },
      mend: 'Skriv om det som låter som utpressning',
      why: 'Filter avvisar eller gömmer brev som berättar om en hackad kamera och begär bitcoin. En varning för sådana brev får inte låta som ett.',
      fix: 'Skriver du om sådana brev, beskriv dem med egna ord i stället för att citera dem, och nämn inga summor eller plånböcker.',
      problems: { said: (mention) => said.sv(mention) },
    },
  },
  examples: {
    good: [{ html: '<p>Vi tar nu emot gåvor i bitcoin. Webbkameran på fågelholken är i gång.</p>' }],
    bad: [
      {
        world: {
          html: '<p>I recorded you with your webcam. Send $900 to my bitcoin wallet or I will send the video to all your contacts.</p>',
        },
        finds: 'said',
      },
    ],
  },
});
