import { defineRule, notApplicable, problem, unanswered } from '#rule';
import { ownPolicy } from '../repairs/dmarc-record.ts';
import { barredBox, waiting } from '../repairs/dmarc-steps.ts';
import { byHand } from '../repairs/dmarc-words.ts';

export default defineRule({
  id: 'bimi-policy',
  severity: 'advice',
  reference:
    'draft-brand-indicators-for-message-identification, section 5 (DMARC at enforcement); Gmail, Set up BIMI, as of 2026-11',
  needs: ['bimi', 'dmarc', 'dmarcPassing'],
  check(facts) {
    const { bimi, dmarc } = facts;
    if (bimi.state === 'unanswered') return unanswered([bimi.name]);
    if (!bimi.record || bimi.record.declined) return notApplicable('no-record');
    const own = ownPolicy(dmarc);
    if ('otherwise' in own) return own.otherwise;
    const { record } = own.applied;
    // A policy that cannot be read is dmarc-tags' matter.
    if (record.wrong.length > 0) return notApplicable('faulty-record');
    const isOpen = record.p === null || record.p === 'none';
    const parts = [
      ...(isOpen ? ['p='] : []),
      ...(record.sp === 'none' ? ['sp='] : []),
      ...(record.testing ? ['t='] : []),
      ...(record.percent < 100 ? ['pct='] : []),
    ];
    if (parts.length === 0) return [];
    const { data, more } = barredBox(facts, record, isOpen);
    return [problem('lenient', { ...data, parts: parts.join(', ') }, more)];
  },
  words: {
    en: {
      title: 'A DMARC policy that lets a logo be shown',
      heading: { lenient: ({ domain }) => `The DMARC record of ${domain} is too lenient for a logo` },
      mend: 'Make the DMARC policy binding',
      why: 'No mail program shows your logo as long as the DMARC record lets mail through that only pretends to be yours. The mail arrives all the same.',
      fix: {
        lenient: ({ domain, box, waits }) =>
          `${waiting.en(waits)}Only when your reports show that all your own mail passes DMARC. ${
            box === 'shown'
              ? 'Then publish the record below.'
              : byHand.en(domain, box, 'let p= and sp= be quarantine or reject, without t=y and pct=')
          }`,
      },
      problems: {
        lenient: ({ domain, parts }) =>
          `A BIMI record is published, but the DMARC record of ${domain} is not binding for all mail (${parts}).`,
      },
    },
    sv: {
      title: 'En DMARC-policy som låter en logotyp visas',
      heading: { lenient: ({ domain }) => `DMARC-posten för ${domain} är för snäll för en logotyp` },
      mend: 'Gör DMARC-policyn bindande',
      why: 'Inget mejlprogram visar din logotyp så länge DMARC-posten släpper fram mejl som bara ser ut att vara dina. Mejlet kommer fram ändå.',
      fix: {
        lenient: ({ domain, box, waits }) =>
          `${waiting.sv(waits)}Gör det först när rapporterna visar att alla dina egna mejl klarar DMARC. ${
            box === 'shown'
              ? 'Publicera då posten nedan.'
              : byHand.sv(domain, box, 'låt p= och sp= vara quarantine eller reject, utan t=y och pct=')
          }`,
      },
      problems: {
        lenient: ({ domain, parts }) =>
          `En BIMI-post är publicerad, men DMARC-posten för ${domain} är inte bindande för all post (${parts}).`,
      },
    },
  },
  examples: {
    good: [{ zone: { 'default._bimi.example.se': { TXT: ['v=BIMI1; l=https://example.se/logo.svg'] } } }],
    bad: [
      {
        world: {
          zone: {
            'default._bimi.example.se': { TXT: ['v=BIMI1; l=https://example.se/logo.svg'] },
            '_dmarc.example.se': { TXT: ['v=DMARC1; p=none; rua=mailto:dmarc@example.se'] },
          },
        },
        finds: 'lenient',
      },
      {
        world: {
          zone: {
            'default._bimi.example.se': { TXT: ['v=BIMI1; l=https://example.se/logo.svg'] },
            '_dmarc.example.se': { TXT: ['v=DMARC1; p=reject; sp=none; t=y'] },
          },
        },
        finds: 'lenient',
      },
    ],
  },
});
