import { defineRule } from '#rule';
import { offerOf } from '../wordings/spam/families.ts';
import { moneyLures } from '../wordings/spam/money-lures.ts';
import { quoted, said } from '../wordings/spam/said.ts';

export default defineRule({
  id: 'money-lure',
  severity: 'minor',
  reference: 'Skatteverket, Swish and HMRC on false refunds; FTC, “Fake prize scams”, read 2026-11',
  needs: ['wording'],
  points: 2.5,
  check: ({ wording: { passages } }) => quoted(offerOf(passages, moneyLures)),
  words: {
    en: {
      title: 'Words of false refunds and prizes',
      heading: { said: () => 'The mail sounds like money or a prize that waits for the reader' },
      mend: 'Say plainly what readers get, and ask for nothing in return',
      why: 'Fraudsters promise a refund, a payment or a prize and ask for card numbers or a small fee first. Filters know the letter by these phrases together.',
      fix: 'Say who gets what, by which rules and when. Where readers have to do something, let them do it on your site, and ask for no card and no fee in the mail.',
      problems: { said: (mention) => said.en(mention) },
    },
    sv: {
      title: 'Ord ur falska återbetalningar och vinster',
      heading: { said: () => 'Mejlet låter som pengar eller en vinst som väntar på läsaren' },
      mend: 'Säg rakt ut vad läsarna får, och be inte om något i utbyte',
      why: 'Bedragare lovar en återbetalning, en betalning eller en vinst och vill först ha kortnummer eller en liten avgift. Filter känner igen brevet på de här fraserna tillsammans.',
      fix: 'Säg vem som får vad, enligt vilka regler och när. Behöver läsarna göra något, låt dem göra det på din webbplats, och be inte om kort eller avgift i mejlet.',
      problems: { said: (mention) => said.sv(mention) },
    },
  },
  examples: {
    good: [
      { html: '<p>Ditt besked om skatteåterbäring är klart. Läs det på Mina sidor.</p>' },
      { html: '<p>Congratulations to last year’s winners! Answer the survey before Friday.</p>' },
    ],
    bad: [
      {
        world: {
          html: '<p>You are eligible to receive a tax refund of £684. Submit the tax refund request to claim your refund.</p>',
        },
        finds: 'said',
      },
      {
        world: { html: '<p>Du har blivit utvald! Hämta ditt presentkort, betala bara 19 kr i frakt.</p>' },
        finds: 'said',
      },
    ],
  },
});
