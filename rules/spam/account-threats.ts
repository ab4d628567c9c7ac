import { defineRule } from '#rule';
import { accountThreats } from '../wordings/spam/account-threats.ts';
import { offerOf } from '../wordings/spam/families.ts';
import { quoted, said } from '../wordings/spam/said.ts';

export default defineRule({
  id: 'account-threats',
  severity: 'minor',
  reference:
    'SpamAssassin 4.0, PHISH_* and ACCT_PHISHING; CERT-SE and Polisen on phishing (nätfiske), read 2026-11',
  needs: ['wording'],
  points: 2.5,
  check: ({ wording: { passages } }) => quoted(offerOf(passages, accountThreats)),
  words: {
    en: {
      title: 'Words of phishing',
      heading: { said: () => 'The mail sounds like phishing: an account in danger, and a demand' },
      mend: 'Inform without threat and without a demand to log in',
      why: 'Filters and readers take a mail that says an account is in danger and demands a confirmation for fraud, so it goes to spam or is reported.',
      fix: 'Say what has happened and let readers go to your site by themselves. Do not ask them to verify, confirm or log in through a link in the mail, and set no deadline in hours.',
      problems: { said: (mention) => said.en(mention) },
    },
    sv: {
      title: 'Ord ur nätfiske',
      heading: { said: () => 'Mejlet låter som nätfiske: ett konto i fara och ett krav' },
      mend: 'Informera utan hot och utan krav på att logga in',
      why: 'Filter och läsare tar ett mejl som säger att ett konto är i fara och kräver en bekräftelse för bedrägeri, så det hamnar i skräpposten eller blir anmält.',
      fix: 'Berätta vad som har hänt och låt läsarna själva gå till din webbplats. Be dem inte verifiera, bekräfta eller logga in via en länk i mejlet, och sätt ingen tidsgräns i timmar.',
      problems: { said: (mention) => said.sv(mention) },
    },
  },
  examples: {
    good: [
      { html: '<p>Bekräfta din e-postadress: <a href="https://example.se/b">Bekräfta</a></p>' },
      {
        html: '<p>Your order has shipped. You can update your payment card in your account at any time.</p>',
      },
    ],
    bad: [
      {
        world: { html: '<p>Your account has been suspended. Verify your account within 24 hours.</p>' },
        finds: 'said',
      },
      {
        world: { html: '<p>Ditt konto har spärrats. Bekräfta dina uppgifter inom 24 timmar.</p>' },
        finds: 'said',
      },
    ],
  },
});
