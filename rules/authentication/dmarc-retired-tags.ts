import { defineRule, problem } from '#rule';
import { byHand, dmarcBox, ownPolicy, rewritten } from '../repairs/dmarc-record.ts';

export default defineRule({
  id: 'dmarc-retired-tags',
  severity: 'advice',
  reference: 'RFC 9989 appendices A.6 and C.5.2 (pct, rf and ri removed), May 2026',
  needs: ['dmarc'],
  check({ dmarc }) {
    const own = ownPolicy(dmarc);
    if ('otherwise' in own) return own.otherwise;
    const { record } = own.applied;
    const { retired, percent, domain, text } = record;
    if (retired.length === 0) return [];
    const next = rewritten(record, Object.fromEntries(retired.map((name) => [name, null])));
    const { data, more } = dmarcBox(dmarc, domain, text, next);
    return [problem('retired', { ...data, tags: retired.join(', '), percent }, more)];
  },
  words: {
    en: {
      title: 'Retired parts of the DMARC record',
      heading: { retired: ({ tags }) => `Tags that DMARC no longer has: ${tags}` },
      mend: 'Take the retired tags out of the DMARC record',
      why: 'Nothing happens to your mail. But whoever reads the record may think that it does something which it no longer does: DMARC of 2026 has no tags pct, rf and ri, and receivers that follow it pass over them.',
      fix: {
        retired: ({ domain, box, tags, percent }) =>
          `${box === 'shown' ? 'Publish the record below in its place.' : byHand.en(domain, box, `take ${tags} away`)}${percent < 100 ? ` With pct=${percent} you asked for the policy on a part of the mail alone: receivers of today apply it to all mail that fails, or to none.` : ''}`,
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
        retired: ({ domain, box, tags, percent }) =>
          `${box === 'shown' ? 'Publicera posten nedan i stället.' : byHand.sv(domain, box, `ta bort ${tags}`)}${percent < 100 ? ` Med pct=${percent} bad du om policyn för bara en del av mejlen. Dagens mottagare använder den på alla mejl som underkänns, eller på inga.` : ''}`,
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
