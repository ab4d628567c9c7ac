import { defineRule, problem, unknown } from '#rule';

export default defineRule({
  id: 'dmarc-policy',
  severity: 'blocker',
  reference: 'RFC 9989 sections 4.7 and 4.10; Gmail and Outlook.com sender requirements, read 2026-11',
  needs: ['message', 'dmarc'],
  check({ message, dmarc }) {
    const { domain } = message.from;
    const [own, ...above] = dmarc.author.steps;
    const publish = (name: string, old: string | null) => ({
      change: {
        kind: 'dns',
        type: 'TXT',
        name: `_dmarc.${name}`,
        old,
        new: `v=DMARC1; p=none; rua=mailto:dmarc@${domain}`,
      } as const,
    });
    if (own?.state === 'several') return [problem('several', { domain })];
    if (dmarc.applied === 'unknown') return unknown('unanswered');
    if (dmarc.applied === 'none') {
      const several = above.find(({ state }) => state === 'several');
      if (several) return [problem('several', { domain: several.domain })];
      return [problem('missing', { domain }, publish(domain, null))];
    }
    const { record, policy } = dmarc.applied;
    if (policy !== null) return [];
    // Nobody but the registry can change the record of a public suffix.
    const change = record.psd === 'y' ? publish(domain, null) : publish(record.domain, record.text);
    return [problem('powerless', { domain: record.domain }, change)];
  },
  words: {
    en: {
      title: 'DMARC policy',
      why: 'Gmail, Yahoo and Outlook.com turn away mailings from domains that have no DMARC policy.',
      fix: {
        missing: ({ domain }) =>
          `Publish the record below. It changes nothing for your mail, but lets you collect reports. Make sure that dmarc@${domain} can receive mail, or write another address.`,
        several: ({ domain }) =>
          `Keep one TXT record at _dmarc.${domain} and take the others away: receivers ignore them all when there are several.`,
        powerless: () =>
          'Publish the record below in its place. p= must be there, and p=, sp= and np= must each be none, quarantine or reject.',
      },
      problems: {
        missing: ({ domain }) => `${domain} has no DMARC record.`,
        several: ({ domain }) => `${domain} has more than one DMARC record, so none of them counts.`,
        powerless: ({ domain }) =>
          `The DMARC record of ${domain} has no valid policy, so receivers ignore it.`,
      },
    },
    sv: {
      title: 'DMARC-policy',
      why: 'Gmail, Yahoo och Outlook.com avvisar utskick från domäner som saknar DMARC-policy.',
      fix: {
        missing: ({ domain }) =>
          `Publicera posten nedan. Den ändrar inget för era mejl, men gör att ni kan samla in rapporter. Se till att dmarc@${domain} kan ta emot mejl, eller ange en annan adress.`,
        several: ({ domain }) =>
          `Behåll en enda TXT-post på _dmarc.${domain} och ta bort de andra. Finns det flera bryr sig mottagarna inte om någon av dem.`,
        powerless: () =>
          'Publicera posten nedan i stället. p= måste finnas, och p=, sp= och np= måste vara none, quarantine eller reject.',
      },
      problems: {
        missing: ({ domain }) => `${domain} har ingen DMARC-post.`,
        several: ({ domain }) => `${domain} har mer än en DMARC-post, och då räknas ingen av dem.`,
        powerless: ({ domain }) =>
          `DMARC-posten för ${domain} saknar en giltig policy, så mottagarna bortser från den.`,
      },
    },
  },
  examples: {
    good: [
      { zone: { '_dmarc.example.se': { TXT: ['v=DMARC1; p=none; sp=reject'] } } },
      { zone: { '_dmarc.example.se': { TXT: ['v=DMARC1; rua=mailto:d@example.se'] } } },
    ],
    bad: [
      { world: { zone: { '_dmarc.example.se': 'NXDOMAIN' } }, finds: 'missing' },
      {
        world: { zone: { '_dmarc.example.se': { TXT: ['v=DMARC1; p=none', 'v=DMARC1; p=reject'] } } },
        finds: 'several',
      },
      {
        world: {
          from: 'a@news.example.se',
          zone: { '_dmarc.example.se': { TXT: ['v=DMARC1; p=none', 'v=DMARC1; p=reject'] } },
        },
        finds: 'several',
      },
      { world: { zone: { '_dmarc.example.se': { TXT: ['v=DMARC1; sp=reject'] } } }, finds: 'powerless' },
    ],
  },
});
