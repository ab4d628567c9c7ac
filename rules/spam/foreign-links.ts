import { defineRule, notApplicable, problem } from '#rule';
import { brandDomains } from '../providers/brands.ts';
import { linksOf } from '../wordings/link-names.ts';
import { mentionsOf } from '../wordings/phrases.ts';
import { accountThreats } from '../wordings/spam/account-threats.ts';
import { documentLures } from '../wordings/spam/document-lures.ts';
import { moneyLures } from '../wordings/spam/money-lures.ts';
import { warns } from '../wordings/spam/warnings.ts';

/** Where documents and forms are shared without harm; brands' own domains are no disguise either. */
const shared = new Set([
  'forms.gle',
  'goo.gl',
  'sharepoint.com',
  'surveymonkey.com',
  'typeform.com',
  'wa.me',
  'youtu.be',
]);
const usual = (domain: string) => shared.has(domain) || brandDomains.has(domain);

export default defineRule({
  id: 'foreign-links',
  severity: 'minor',
  reference:
    'Rspamd’s phishing module and SpamAssassin 4.0, PHISH_* (a demand, and links to another’s site); NCSC on spotting phishing, read 2026-11',
  needs: ['html', 'message', 'wording'],
  points: 2,
  check(facts) {
    const links = linksOf(facts);
    if (!links) return notApplicable('no-links');
    const { from } = facts.message;
    const { passages } = facts.wording;
    const led = links.flatMap(({ target, at }) =>
      target && !usual(target.domain) ? [{ ...target, at }] : [],
    );
    const own = led.some(({ domain }) => from.domain === domain || from.domain.endsWith(`.${domain}`));
    const [first] = led;
    if (!first || own) return [];
    const demands = [
      ...mentionsOf(passages, accountThreats).filter(({ kind }) => kind === 'ask'),
      ...mentionsOf(passages, moneyLures).filter(({ kind }) => kind === 'claim'),
      ...mentionsOf(passages, documentLures),
    ];
    const [demand] = demands;
    if (!demand || warns(passages)) return [];
    return [
      problem(
        'elsewhere',
        { quote: demand.quote, host: first.host.slice(0, 80), domain: from.domain },
        { at: first.at },
      ),
    ];
  },
  words: {
    en: {
      title: 'A demand with links to another’s site',
      heading: { elsewhere: ({ host }) => `The mail asks readers to act, and leads them to ${host}` },
      mend: 'Link to a page on the sender’s own domain',
      why: 'Phishing asks readers to log in, confirm or pay, on a site that is not the sender’s. Where no link leads to the domain of From, filters take a mail for that.',
      fix: 'Put the page under the domain that the mail is from, or link to the start page of your own site and lead readers on from there.',
      problems: {
        elsewhere: ({ quote, host, domain }) =>
          `The mail says “${quote}” and is from ${domain}, but the link leads to ${host} and none leads to ${domain}.`,
      },
    },
    sv: {
      title: 'Ett krav med länkar till någon annans webbplats',
      heading: { elsewhere: ({ host }) => `Mejlet ber läsarna att göra något, och leder dem till ${host}` },
      mend: 'Länka till en sida på avsändarens egen domän',
      why: 'Nätfiske ber läsarna att logga in, bekräfta eller betala på en webbplats som inte är avsändarens. Leder ingen länk till avsändarens domän tar filter mejlet för det.',
      fix: 'Lägg sidan på den domän som mejlet kommer från, eller länka till din egen webbplats startsida och led läsarna vidare därifrån.',
      problems: {
        elsewhere: ({ quote, host, domain }) =>
          `Mejlet säger ”${quote}” och kommer från ${domain}, men länken leder till ${host} och ingen till ${domain}.`,
      },
    },
  },
  examples: {
    good: [
      { html: '<p>Uppdatera ditt betalkort: <a href="https://www.example.se/konto">Mitt konto</a></p>' },
      { html: '<p>Anna shared a document with you: <a href="https://docs.google.com/d/1">Open</a></p>' },
      { html: '<p>Läs mer: <a href="https://other.example/">Till sidan</a></p>' },
    ],
    bad: [
      {
        world: { html: '<p>Verify your account: <a href="https://login.other.example/">here</a></p>' },
        finds: 'elsewhere',
      },
      {
        world: {
          eml: 'From: a@example.se\r\nSubject: Paket\r\n\r\nBetala avgiften: https://other.example/b\r\n',
        },
        finds: 'elsewhere',
      },
    ],
  },
});
