import { defineRule } from '#rule';
import { offerOf } from '../wordings/spam/families.ts';
import { newAccounts } from '../wordings/spam/new-accounts.ts';
import { quoted, said } from '../wordings/spam/said.ts';

export default defineRule({
  id: 'new-account',
  severity: 'minor',
  reference: 'FBI IC3, “Business Email Compromise”; Polisen on false invoices, read 2026-11',
  needs: ['wording'],
  points: 2.5,
  check: ({ wording: { passages } }) => quoted(offerOf(passages, newAccounts)),
  words: {
    en: {
      title: 'Words of false invoices',
      heading: { said: () => 'The mail sounds like an invoice fraud: pay to a new account' },
      mend: 'Tell of the new account where it can be checked',
      why: 'Fraudsters write in a supplier’s name that the bank account is new and that all invoices go there. Careful payers and filters stop such mail.',
      fix: 'Publish the new account on your site, link to it, and ask readers to call a number they already have. Leave out what is urgent.',
      problems: { said: (mention) => said.en(mention) },
    },
    sv: {
      title: 'Ord ur falska fakturor',
      heading: { said: () => 'Mejlet låter som ett fakturabedrägeri: betala till ett nytt konto' },
      mend: 'Berätta om det nya kontot där det kan kontrolleras',
      why: 'Bedragare skriver i en leverantörs namn att bankkontot är nytt och att alla fakturor ska betalas dit. Försiktiga betalare och filter stoppar sådana mejl.',
      fix: 'Publicera det nya kontot på din webbplats, länka dit och be läsarna ringa ett nummer som de redan har. Stryk det som är brådskande.',
      problems: { said: (mention) => said.sv(mention) },
    },
  },
  examples: {
    good: [
      { html: '<p>Vi har bytt bank. Det nya bankgirot finns på webbplatsen och på nästa faktura.</p>' },
      { html: '<p>Your invoice is due. Please pay to our usual account as soon as possible.</p>' },
    ],
    bad: [
      {
        world: {
          html: '<p>Our bank account is under audit. Kindly make all outstanding payments to our new bank account.</p>',
        },
        finds: 'said',
      },
      {
        world: {
          html: '<p>Vi har bytt bank. Betala alla fakturor till vårt nya kontonummer. Ärendet är brådskande.</p>',
        },
        finds: 'said',
      },
    ],
  },
});
