import { defineRule, problem } from '#rule';
import { placeAt } from '../wordings/phrases.ts';

/** Bitcoin (bech32, and the older form, which has letters of both sizes and digits), Ethereum and Tron. */
const address =
  /(?<![\w/=.#-])(?:bc1[02-9ac-hj-np-z]{25,60}|(?=[1-9]{0,34}[A-HJ-NP-Z])(?=[A-Z\d]{0,34}[a-km-z])[13][1-9A-HJ-NP-Za-km-z]{25,34}|0x[\dA-Fa-f]{40}|T[1-9A-HJ-NP-Za-km-z]{33})(?![\w/=-])/;

/** Looked for first, since few mails have any run of letters so long. */
const long = /\w{26}/;

export default defineRule({
  id: 'wallet-address',
  severity: 'minor',
  reference: 'SpamAssassin 4.0, BITCOIN_* and __BITCOIN_ID; BIP 173 (bech32) and EIP-55 (form of addresses)',
  needs: ['wording'],
  points: 2.5,
  check({ wording: { passages } }) {
    const found = passages.flatMap((passage) => {
      const [wallet] = long.test(passage.text) ? (address.exec(passage.text) ?? []) : [];
      if (!wallet) return [];
      const at = placeAt(passage, passage.text.indexOf(wallet));
      return [problem('wallet', { wallet }, { at })];
    });
    return found.slice(0, 1);
  },
  words: {
    en: {
      title: 'Addresses of crypto wallets',
      heading: { wallet: () => 'There is the address of a crypto wallet in the text' },
      mend: 'Put the address of the wallet on your site',
      why: 'Blackmail and false investments are paid to such addresses, and they are what filters look for in them.',
      fix: 'If you take gifts or payments in cryptocurrency, publish the address on your site and link to that page.',
      problems: { wallet: ({ wallet }) => `The text has the wallet address ${wallet}.` },
    },
    sv: {
      title: 'Adresser till kryptoplånböcker',
      heading: { wallet: () => 'I texten står adressen till en kryptoplånbok' },
      mend: 'Lägg plånbokens adress på webbplatsen',
      why: 'Utpressning och falska investeringar betalas till sådana adresser, och det är dem filter letar efter.',
      fix: 'Tar du emot gåvor eller betalningar i kryptovaluta, publicera adressen på din webbplats och länka dit.',
      problems: { wallet: ({ wallet }) => `I texten står plånboksadressen ${wallet}.` },
    },
  },
  examples: {
    good: [
      { html: '<p>Vi tar emot gåvor i bitcoin: <a href="https://example.se/gava">så ger du</a>.</p>' },
      { html: '<p>Ordernummer 1234567890123456789012345678901234</p>' },
    ],
    bad: [
      {
        world: { html: '<p>Send it to bc1qxy2kgdygjrsqtzq2n0yrf2493p83kkfjhx0wlh now.</p>' },
        finds: 'wallet',
      },
      {
        world: { html: '<p>Plånbok: 0x52908400098527886E0F7030069857D2E4169EE7</p>' },
        finds: 'wallet',
      },
    ],
  },
});
