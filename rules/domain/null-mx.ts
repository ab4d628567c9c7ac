import { defineRule, problem } from '#rule';
import { overServers } from '../repairs/mail-servers.ts';

export default defineRule({
  id: 'null-mx',
  severity: 'minor',
  reference: 'RFC 7505 section 3 (null MX stands alone, with preference 0)',
  needs: ['mailServers'],
  check: (facts) =>
    overServers(facts, ({ kind, preference }, { domain, count }) => {
      if (kind !== 'null' || count === 1) return [];
      const change = { kind: 'dns', type: 'MX', name: domain, old: `${preference} .`, new: null } as const;
      return [problem('beside', { domain }, { change })];
    }),
  words: {
    en: {
      title: 'MX records that agree',
      heading: { beside: ({ domain }) => `The MX records of ${domain} contradict each other` },
      mend: { beside: () => 'Take the “null MX” away' },
      why: 'Senders may take either record at its word: one says that the domain takes no mail, the other where to deliver it. Replies and bounces can be lost.',
      fix: { beside: () => 'Take the record with a dot in place of a name away, and keep the others.' },
      problems: {
        beside: ({ domain }) =>
          `${domain} has a “null MX”, which says that it takes no mail, beside other MX records.`,
      },
    },
    sv: {
      title: 'MX-poster som säger samma sak',
      heading: { beside: ({ domain }) => `MX-posterna för ${domain} säger emot varandra` },
      mend: { beside: () => 'Ta bort posten ”null MX”' },
      why: 'Avsändare kan ta vilken av posterna som helst på orden. Den ena säger att domänen inte tar emot mejl, den andra vart det ska. Svar och studsar kan gå förlorade.',
      fix: { beside: () => 'Ta bort posten som har en punkt i stället för ett namn, och behåll de andra.' },
      problems: {
        beside: ({ domain }) =>
          `${domain} har ”null MX”, som säger att den inte tar emot mejl, bredvid andra MX-poster.`,
      },
    },
  },
  examples: {
    good: [{}, { zone: { 'example.se': { MX: ['0 .'], TXT: ['v=spf1 -all'] } } }],
    bad: [{ world: { zone: { 'example.se': { MX: ['0 .', '10 in.example.se'] } } }, finds: 'beside' }],
  },
});
