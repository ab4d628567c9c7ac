import { defineRule, notApplicable, problem } from '#rule';
import { ownPolicy, waitingBox } from '../repairs/dmarc-record.ts';
import { dmarcLacks, lacking } from '../repairs/dmarc-steps.ts';
import { byHand } from '../repairs/dmarc-words.ts';

export default defineRule({
  id: 'dmarc-strength',
  severity: 'advice',
  reference: 'RFC 9989 sections 4.7 (p), 5.1.4 to 5.1.7 and 7.4, May 2026',
  needs: ['dmarc', 'dmarcPassing', 'dmarcReports'],
  check(facts) {
    const { dmarc } = facts;
    const own = ownPolicy(dmarc);
    if ('otherwise' in own) return own.otherwise;
    const { record, policy } = own.applied;
    if (policy !== 'none') return [];
    // A policy that cannot be read is dmarc-tags' matter: what was meant may be more than the next step.
    if (record.wrong.length > 0) return notApplicable('faulty-record');
    // The plan holds the step back for the same.
    const lacks = dmarcLacks(facts, 'quarantine');
    const watched = record.rua.length > 0;
    const { data, more } = waitingBox(facts, record, { barred: lacks.length > 0 || !watched });
    const waits = !watched && lacks.join() === 'reports' ? '' : lacks.join(' ');
    return [problem('none', { ...data, author: dmarc.domain, watched, waits }, more)];
  },
  words: {
    en: {
      title: 'What DMARC asks receivers to do',
      heading: { none: ({ author }) => `DMARC does not yet protect ${author} (policy none)` },
      mend: 'Raise the DMARC policy step by step',
      why: 'Your mail arrives as before, but so does mail that others forge in your name: none asks receivers to do nothing about it. That is the right place to start, and enough for what Gmail, Yahoo and Outlook.com demand.',
      fix: {
        none: ({ domain, box, watched, waits }) =>
          waits
            ? `${lacking.en({ lacks: waits })} Then, when the reports of at least four weeks show that all your own mail passes, go to quarantine, and from there to reject.`
            : watched
              ? `Read the reports for at least four weeks. When all your own mail passes, go to quarantine, which sends forgeries to spam${box === 'shown' ? ' (the record below).' : `. ${byHand.en(domain, box, 'write quarantine in place of none')}`} Go on to reject, which turns them away, when nothing of yours has suffered; but stay at quarantine if people at your domain write to mailing lists.`
              : 'First let reports come to you (rua): without them nobody can see whether your own mail would suffer. Then, after at least four weeks without surprises, go to quarantine, and last to reject.',
      },
      problems: {
        none: ({ author, domain }) =>
          author === domain
            ? `The DMARC policy of ${author} is none: it only watches.`
            : `The DMARC policy for ${author}, which stands at ${domain}, is none: it only watches.`,
      },
    },
    sv: {
      title: 'Vad DMARC ber mottagarna göra',
      heading: { none: ({ author }) => `DMARC skyddar inte ${author} ännu (policyn är none)` },
      mend: 'Höj DMARC-policyn steg för steg',
      why: 'Dina mejl kommer fram som förut, men det gör också mejl som andra förfalskar i ditt namn: none ber mottagarna att inte göra något åt dem. Det är rätt att börja så, och det räcker för det som Gmail, Yahoo och Outlook.com kräver.',
      fix: {
        none: ({ domain, box, watched, waits }) =>
          waits
            ? `${lacking.sv({ lacks: waits })} Sedan, när rapporterna i minst fyra veckor har visat att alla dina egna mejl godkänns, går du till quarantine och därifrån till reject.`
            : watched
              ? `Läs rapporterna i minst fyra veckor. När alla dina egna mejl godkänns: gå till quarantine, som lägger förfalskningar i skräpposten${box === 'shown' ? ' (posten nedan).' : `. ${byHand.sv(domain, box, 'skriv quarantine i stället för none')}`} Gå vidare till reject, som avvisar dem, när inget av ditt har tagit skada. Stanna på quarantine om folk på din domän skriver till mejllistor.`
              : 'Låt först rapporter komma till dig (rua): utan dem kan ingen se om dina egna mejl skulle ta skada. Gå sedan, efter minst fyra veckor utan överraskningar, till quarantine och sist till reject.',
      },
      problems: {
        none: ({ author, domain }) =>
          author === domain
            ? `DMARC-policyn för ${author} är none: den bara iakttar.`
            : `DMARC-policyn för ${author}, som står på ${domain}, är none: den bara iakttar.`,
      },
    },
  },
  examples: {
    good: [{}, { zone: { '_dmarc.example.se': { TXT: ['v=DMARC1; sp=none; p=reject'] } } }],
    bad: [
      {
        world: { zone: { '_dmarc.example.se': { TXT: ['v=DMARC1; p=none; rua=mailto:d@example.se'] } } },
        finds: 'none',
      },
      { world: { zone: { '_dmarc.example.se': { TXT: ['v=DMARC1; p=none'] } } }, finds: 'none' },
      {
        world: {
          from: 'a@news.example.se',
          zone: {
            'news.example.se': { A: ['192.0.2.1'] },
            '_dmarc.example.se': { TXT: ['v=DMARC1; p=reject; sp=none; rua=mailto:d@example.se'] },
          },
        },
        finds: 'none',
      },
    ],
  },
});
