import { defineRule, notApplicable, unknown } from '#rule';

export default defineRule({
  id: 'dmarc-alignment',
  severity: 'major',
  reference: 'RFC 9989 sections 4.4 and 4.10.2',
  needs: ['dmarc'],
  check({ dmarc: { applied, spfAlignment } }) {
    // Without a record nothing is compared; that there is none is the matter of dmarc-policy.
    if (applied === 'none') return notApplicable('no-record');
    if (spfAlignment === null) return notApplicable('no-mail-from');
    if (spfAlignment === 'unknown') return unknown('unanswered');
    // A DKIM signature of the From domain can carry DMARC by itself, so this is no failure yet.
    return spfAlignment === 'aligned' ? [] : unknown('not-given', 'dkim-selector');
  },
  words: {
    en: {
      title: 'Matching domains for DMARC',
      heading: 'The domains of the mail do not belong together',
      mend: 'Send from a subdomain of your domain',
      why: 'When the domains do not belong together, receivers take the mail for a forgery, and much of it goes to spam or is turned away. DMARC compares the domain in From with the sending subdomain (MAIL FROM) and with the domain of the DKIM signature: one of them must belong with From. With aspf=s in the DMARC record a subdomain does not count, and the signature must do it alone.',
      fix: 'Use a subdomain of your From domain as MAIL FROM, without aspf=s, or sign with DKIM for the From domain.',
      problems: {},
    },
    sv: {
      title: 'Matchande domäner för DMARC',
      heading: 'Mejlets domäner hör inte ihop',
      mend: 'Skicka från en underdomän till din domän',
      why: 'Hör domänerna inte ihop tar mottagarna mejlet för en förfalskning, och mycket hamnar i skräpposten eller avvisas. DMARC jämför domänen i From med underdomänen för utskick (MAIL FROM) och med domänen i DKIM-signaturen: en av dem måste höra ihop med From. Med aspf=s i DMARC-posten räknas inte en underdomän, och då måste signaturen klara det ensam.',
      fix: 'Använd en underdomän till domänen i From som MAIL FROM, utan aspf=s, eller signera med DKIM för domänen i From.',
      problems: {},
    },
  },
  examples: {
    good: [
      {},
      { from: 'a@news.example.se', mailFrom: 'mejl.example.se' },
      { mailFrom: 'example.se', zone: { '_dmarc.example.se': { TXT: ['v=DMARC1; p=reject; aspf=s'] } } },
    ],
    bad: [],
  },
});
