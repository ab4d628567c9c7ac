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
    return spfAlignment === 'aligned' ? [] : unknown('needs-dkim');
  },
  words: {
    en: {
      title: 'Whether the domains belong together (DMARC)',
      heading: 'The domains of the mail do not belong together',
      mend: 'Send from a subdomain of your domain',
      why: 'When the domains do not belong together, receivers may take the mail for a forgery, and much of it goes to spam or is turned away. DMARC compares the domain in From with the sending subdomain (MAIL FROM) and with the domain of the DKIM signature: one of them must belong with From. With aspf=s in the DMARC record a subdomain does not count, and the signature must do it alone.',
      fix: 'Use a subdomain of your From domain as MAIL FROM, or sign with DKIM for the From domain.',
      problems: {},
    },
    sv: {
      title: 'Om domänerna hör ihop (DMARC)',
      heading: 'Mejlets domäner hör inte ihop',
      mend: 'Skicka från en underdomän till din domän',
      why: 'Hör domänerna inte ihop kan mottagarna ta mejlet för en förfalskning, och mycket hamnar i skräpposten eller avvisas. DMARC jämför avsändardomänen (From) med underdomänen för utskick (MAIL FROM) och med domänen i DKIM-signaturen: en av dem måste höra ihop med avsändardomänen. Med aspf=s i DMARC-posten räknas inte en underdomän, och då måste signaturen klara det ensam.',
      fix: 'Använd en underdomän till avsändardomänen (From) som MAIL FROM, eller signera med DKIM för avsändardomänen.',
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
