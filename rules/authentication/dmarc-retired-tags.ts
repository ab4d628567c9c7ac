import { defineRule, problem } from '#rule';
import { lessens, mendedBox, ownPolicy } from '../repairs/dmarc-record.ts';
import { barredBox, waiting } from '../repairs/dmarc-steps.ts';
import { byHand, changes } from '../repairs/dmarc-words.ts';

export default defineRule({
  id: 'dmarc-retired-tags',
  severity: 'advice',
  reference: 'RFC 9989 appendices A.6 and C.5.2 (pct, rf and ri removed), May 2026',
  needs: ['dmarc', 'dmarcPassing'],
  check(facts) {
    const { dmarc } = facts;
    const own = ownPolicy(dmarc);
    if ('otherwise' in own) return own.otherwise;
    const { record } = own.applied;
    const { retired, percent } = record;
    if (retired.length === 0) return [];
    // To older receivers a share still lessens the policy: its end waits, and what else is retired does not.
    const lessened = lessens(record).percent;
    const now = retired.filter((tag) => tag !== 'pct' || !lessened);
    const { data, more } = now.length > 0 ? mendedBox(facts, record) : barredBox(facts, record);
    const told = { tags: retired.join(', '), now: now.join(', '), percent, lessened };
    return [problem('retired', { ...data, ...told }, more)];
  },
  words: {
    en: {
      title: 'Retired parts of the DMARC record',
      heading: { retired: ({ tags }) => `Tags that DMARC no longer has: ${tags}` },
      mend: 'Take the retired tags out of the DMARC record',
      why: 'Nothing happens to your mail. But whoever reads the record may think that it does something which it no longer does: DMARC of 2026 has no tags pct, rf and ri, and receivers that follow it pass over them.',
      fix: {
        retired: ({ domain, box, tags, now, percent, lessened, changed, wakes, lowered, waits }) => {
          const first =
            box === 'shown'
              ? `${now ? 'Publish the record below in its place.' : 'Then publish the record below in its place.'}${changes.en({ changed, wakes, lowered })}`
              : byHand.en(domain, box, `take ${now || tags} away`);
          if (!lessened) return first;
          const share = `With pct=${percent} you ask for the policy on a part of the mail alone. Receivers of today apply it to all mail that fails; older ones still go by the share, so take pct away when the reports show that all your own mail passes.`;
          if (now) return `${first} ${share}`;
          return box === 'none' ? `${waiting.en(waits)}${share}` : `${share} ${first}`;
        },
      },
      problems: {
        retired: ({ domain, tags }) => `The DMARC record of ${domain} has tags that are no more: ${tags}.`,
      },
    },
    sv: {
      title: 'Avskaffade delar av DMARC-posten',
      heading: { retired: ({ tags }) => `Taggar som DMARC inte längre har: ${tags}` },
      mend: 'Ta bort de avskaffade taggarna ur DMARC-posten',
      why: 'Inget händer med dina mejl. Men den som läser posten kan tro att den gör något som den inte längre gör: DMARC från 2026 har inte taggarna pct, rf och ri, och mottagare som följer den hoppar över dem.',
      fix: {
        retired: ({ domain, box, tags, now, percent, lessened, changed, wakes, lowered, waits }) => {
          const first =
            box === 'shown'
              ? `${now ? 'Publicera posten nedan i stället.' : 'Publicera då posten nedan i stället.'}${changes.sv({ changed, wakes, lowered })}`
              : byHand.sv(domain, box, `ta bort ${now || tags}`);
          if (!lessened) return first;
          const share = `Med pct=${percent} ber du om policyn för bara en del av mejlen. Dagens mottagare använder den på alla mejl som underkänns, men äldre går fortfarande efter andelen. Ta därför bort pct när rapporterna visar att alla dina egna mejl godkänns.`;
          if (now) return `${first} ${share}`;
          return box === 'none' ? `${waiting.sv(waits)}${share}` : `${share} ${first}`;
        },
      },
      problems: {
        retired: ({ domain, tags }) =>
          `DMARC-posten för ${domain} har taggar som inte finns längre: ${tags}.`,
      },
    },
  },
  examples: {
    good: [{}, { zone: { '_dmarc.example.se': { TXT: ['v=DMARC1; p=none; fo=1; x=1'] } } }],
    bad: [
      {
        world: { zone: { '_dmarc.example.se': { TXT: ['v=DMARC1; p=quarantine; pct=20; ri=86400'] } } },
        finds: 'retired',
      },
      {
        world: {
          zone: {
            '_dmarc.example.se': { CNAME: ['d.example'] },
            'd.example': { TXT: ['v=DMARC1; p=none; rf=afrf'] },
          },
        },
        finds: 'retired',
      },
    ],
  },
});
