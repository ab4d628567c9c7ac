import { defineRule, problem } from '#rule';
import { lureWords } from '../providers/lure-words.ts';
import { linksOf } from '../wordings/link-names.ts';

export default defineRule({
  id: 'lure-domain',
  severity: 'minor',
  reference:
    'Interisle, “Phishing Landscape 2024”, domains registered for phishing; SpamAssassin 4.0, PDS_* (words in the names of domains)',
  needs: ['message', 'html'],
  points: 1.5,
  check(facts) {
    const { from } = facts.message;
    const own = lureWords(from.domain);
    if (own) return [problem('sender', { domain: from.domain, words: own.join(', ') })];
    const links = (linksOf(facts) ?? []).flatMap(({ target, at }) => {
      const words = lureWords(target?.domain ?? '');
      return words
        ? [problem('target', { host: target?.domain ?? '', words: words.join(', ') }, { at })]
        : [];
    });
    return links.slice(0, 5);
  },
  words: {
    en: {
      title: 'Domains named like phishing',
      heading: {
        sender: ({ domain }) => `The sender’s domain ${domain} is named as phishing is`,
        target: ({ host }) => `A link leads to ${host}, which is named as phishing is`,
      },
      mend: {
        sender: () => 'Send from a domain with your own name',
        target: () => 'Link to a domain with a name',
      },
      why: 'Fraudsters register domains that are made of words such as “account”, “pay” and “verify”, so filters trust such names less.',
      fix: {
        sender: () => 'Send from a domain with the name of your organisation.',
        target: () =>
          'Link to a page under the domain of your organisation, or of the one the mail is about.',
      },
      problems: {
        sender: ({ domain, words }) => `The name ${domain} is made of the words ${words}.`,
        target: ({ host, words }) => `A link leads to ${host}, made of the words ${words}.`,
      },
    },
    sv: {
      title: 'Domäner med namn som i nätfiske',
      heading: {
        sender: ({ domain }) => `Avsändardomänen ${domain} har ett namn som i nätfiske`,
        target: ({ host }) => `En länk leder till ${host}, som har ett namn som i nätfiske`,
      },
      mend: {
        sender: () => 'Skicka från en domän med ditt eget namn',
        target: () => 'Länka till en domän med ett namn',
      },
      why: 'Bedragare registrerar domäner som är gjorda av ord som ”konto”, ”betala” och ”verifiera”, så filter litar mindre på sådana namn.',
      fix: {
        sender: () => 'Skicka från en domän med din organisations namn.',
        target: () => 'Länka till en sida på din organisations domän, eller på den som mejlet handlar om.',
      },
      problems: {
        sender: ({ domain, words }) => `Namnet ${domain} är gjort av orden ${words}.`,
        target: ({ host, words }) => `En länk leder till ${host}, som är gjort av orden ${words}.`,
      },
    },
  },
  examples: {
    good: [
      {},
      { from: 'Betaltjänsten <info@betaltjansten.se>' },
      { html: '<p>Hej!</p><a href="https://support.example.se/login">Logga in</a>' },
    ],
    bad: [
      { world: { from: 'Support <info@account-verify.com>' }, finds: 'sender' },
      {
        world: { html: '<p>Hej!</p><a href="https://www.konto-betalning.com/">Betala</a>' },
        finds: 'target',
      },
    ],
  },
});
