import { defineRule, problem } from '#rule';
import { lessens, mendedBox, ownPolicy } from '../repairs/dmarc-record.ts';
import { barredBox, waiting } from '../repairs/dmarc-steps.ts';
import { byHand, changes } from '../repairs/dmarc-words.ts';

export default defineRule({
  id: 'dmarc-testing',
  severity: 'advice',
  reference: 'RFC 9989 section 4.7 (t) and appendix A.6, May 2026',
  needs: ['dmarc', 'dmarcPassing'],
  check(facts) {
    const { dmarc } = facts;
    const own = ownPolicy(dmarc);
    if ('otherwise' in own) return own.otherwise;
    const { record, policy, effective } = own.applied;
    if (!record.testing) return [];
    // Where there is nothing to test, nothing has to be waited for.
    const idle = !lessens(record).testing;
    const { data, more } = idle ? mendedBox(facts, record) : barredBox(facts, record);
    const told = { policy: policy ?? 'none', effective: effective ?? 'none', idle };
    return [problem('testing', { ...data, ...told }, more)];
  },
  words: {
    en: {
      title: 'DMARC in earnest',
      heading: { testing: ({ policy }) => `DMARC is only tested: ${policy} is not applied in full (t=y)` },
      mend: 'Take t=y away when the test is over',
      why: 'Your own mail is not hurt, but forged mail gets through more easily than the policy says: t=y asks receivers to go one step lower, from reject to quarantine and from quarantine to none. That is right for a time, while you read the reports.',
      fix: {
        testing: ({ domain, box, idle, changed, wakes, lowered, waits }) => {
          const without =
            box === 'shown'
              ? `${idle ? 'Publish' : 'Then publish'} the record below, without t=y.${changes.en({ changed, wakes, lowered })}`
              : byHand.en(domain, box, 'take t=y away');
          return idle
            ? without
            : `${waiting.en(waits)}Wait until the reports show that all your own mail passes. ${without}`;
        },
      },
      problems: {
        testing: ({ domain, policy, effective }) =>
          policy === 'none'
            ? `The DMARC record of ${domain} has t=y. With the policy none it does nothing.`
            : `The DMARC record of ${domain} says ${policy}, but because of t=y receivers treat forged mail by ${effective}.`,
      },
    },
    sv: {
      title: 'DMARC på allvar',
      heading: { testing: ({ policy }) => `DMARC är bara på prov: ${policy} gäller inte fullt ut (t=y)` },
      mend: 'Ta bort t=y när provet är över',
      why: 'Dina egna mejl skadas inte, men förfalskade mejl kommer lättare igenom än policyn säger: t=y ber mottagarna gå ett steg lägre, från reject till quarantine och från quarantine till none. Det är rätt en tid, medan du läser rapporterna.',
      fix: {
        testing: ({ domain, box, idle, changed, wakes, lowered, waits }) => {
          const without =
            box === 'shown'
              ? `Publicera ${idle ? '' : 'sedan '}posten nedan, utan t=y.${changes.sv({ changed, wakes, lowered })}`
              : byHand.sv(domain, box, 'ta bort t=y');
          return idle
            ? without
            : `${waiting.sv(waits)}Vänta tills rapporterna visar att alla dina egna mejl godkänns. ${without}`;
        },
      },
      problems: {
        testing: ({ domain, policy, effective }) =>
          policy === 'none'
            ? `DMARC-posten för ${domain} har t=y. Med policyn none gör det ingenting.`
            : `DMARC-posten för ${domain} säger ${policy}, men på grund av t=y behandlar mottagarna förfalskade mejl enligt ${effective}.`,
      },
    },
  },
  examples: {
    good: [{}, { zone: { '_dmarc.example.se': { TXT: ['v=DMARC1; p=reject; t=n'] } } }],
    bad: [
      { world: { zone: { '_dmarc.example.se': { TXT: ['v=DMARC1; p=reject; t=y'] } } }, finds: 'testing' },
      { world: { zone: { '_dmarc.example.se': { TXT: ['v=DMARC1; p=none; t=Y'] } } }, finds: 'testing' },
    ],
  },
});
