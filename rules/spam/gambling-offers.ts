import { defineRule } from '#rule';
import { offerOf } from '../wordings/spam/families.ts';
import { gambling } from '../wordings/spam/gambling.ts';
import { quoted, rewrite, said } from '../wordings/spam/said.ts';

export default defineRule({
  id: 'gambling-offers',
  severity: 'minor',
  reference:
    'SpamAssassin 4.0, phrases on casinos (ONLINE_CASINO, JACKPOT); spellagen (2018:1138), chapter 15, on marketing of games',
  needs: ['wording'],
  points: 2,
  check: ({ wording: { passages } }) => quoted(offerOf(passages, gambling)),
  words: {
    en: {
      title: 'Offers of gambling',
      heading: { said: () => 'The mail offers gambling' },
      mend: 'Leave out the lures of gambling offers',
      why: 'Filters put casino and betting offers in the spam folder, and in Sweden marketing of games has rules of its own.',
      fix: rewrite.en,
      problems: { said: (mention) => said.en(mention) },
    },
    sv: {
      title: 'Erbjudanden om spel',
      heading: { said: () => 'Mejlet erbjuder spel om pengar' },
      mend: 'Stryk lockropen om spel',
      why: 'Filter lägger erbjudanden om kasino och vadslagning i skräpposten, och i Sverige har marknadsföring av spel egna regler.',
      fix: rewrite.sv,
      problems: { said: (mention) => said.sv(mention) },
    },
  },
  examples: {
    good: [{ html: '<p>Bingo i föreningslokalen på onsdag, fika ingår.</p>' }],
    bad: [
      {
        world: { html: '<p>Online casino: 100 free spins and a deposit bonus. No deposit!</p>' },
        finds: 'said',
      },
      { world: { html: '<p>Nätkasino med välkomstbonus och gratissnurr.</p>' }, finds: 'said' },
    ],
  },
});
