import { defineRule, problem, unknown } from '#rule';

/** A hostile record has terms of 64 KB. */
const short = (text: string) => text.slice(0, 120);

export default defineRule({
  id: 'mail-from-spf',
  severity: 'blocker',
  reference: 'RFC 7208 sections 4.5, 4.6 and 5.1; Outlook.com sender requirements, read 2026-11',
  needs: ['spf'],
  check({ spf }) {
    const { domain, records, branches, faults, state } = (spf.mailFrom ?? spf.author).root;
    const publish = (old: string | null) => ({
      change: {
        kind: 'dns',
        type: 'TXT',
        name: domain,
        old,
        new: 'v=spf1 include:amazonses.com ~all',
      } as const,
    });
    if (state === 'unanswered') return unknown('unanswered');
    if (state === 'none') return [problem('missing', { domain }, publish(null))];
    if (state === 'several') return [problem('several', { domain, count: records.length })];
    if (faults.length > 0) return [problem('invalid', { domain, term: short(faults.join(' ')) })];
    const closed = branches.every(({ kind, qualifier }) => kind === 'all' && qualifier !== '+');
    return closed ? [problem('nobody', { domain }, publish(records[0] ?? null))] : [];
  },
  words: {
    en: {
      title: 'SPF record',
      why: 'It names the servers that may send in your name. Without a sound one, Outlook.com and others turn the mail away, and Gmail puts it in spam.',
      fix: {
        missing: () =>
          'Publish the TXT record below if you send through Amazon SES. With another sender, use the include it gives you.',
        several: ({ domain }) =>
          `Join the SPF records of ${domain} into one: a single v=spf1, then all include and ip parts, then ~all.`,
        nobody: () =>
          'If you send through Amazon SES, change the record to the one below. With another sender, put its include before the end.',
        invalid: () => 'Correct or take away the part named above. The rest can stay as it is.',
      },
      problems: {
        missing: ({ domain }) => `${domain} has no SPF record, so nobody is authorised to send for it.`,
        several: ({ domain, count }) =>
          `${domain} has ${count} SPF records. Receivers then treat SPF as broken.`,
        nobody: ({ domain }) => `The SPF record of ${domain} says that no server at all may send for it.`,
        invalid: ({ domain, term }) => `The SPF record of ${domain} has a part that cannot be read: ${term}`,
      },
    },
    sv: {
      title: 'SPF-post',
      why: 'Den räknar upp vilka servrar som får skicka i ert namn. Utan en som fungerar avvisas mejlet av bland andra Outlook.com, och Gmail lägger det i skräpposten.',
      fix: {
        missing: () =>
          'Publicera TXT-posten nedan om ni skickar med Amazon SES. Skickar ni på annat sätt, använd den include som leverantören anger.',
        several: ({ domain }) =>
          `Slå ihop SPF-posterna för ${domain} till en: ett enda v=spf1, sedan alla include- och ip-delar, sist ~all.`,
        nobody: () =>
          'Skickar ni med Amazon SES, ändra posten till den nedan. Skickar ni på annat sätt, lägg in leverantörens include före slutet.',
        invalid: () => 'Rätta eller ta bort den del som nämns ovan. Resten kan vara som den är.',
      },
      problems: {
        missing: ({ domain }) =>
          `${domain} har ingen SPF-post, så ingen har tillstånd att skicka i dess namn.`,
        several: ({ domain, count }) =>
          `${domain} har ${count} SPF-poster. Då räknar mottagarna SPF som trasigt.`,
        nobody: ({ domain }) =>
          `SPF-posten för ${domain} säger att ingen server alls får skicka i dess namn.`,
        invalid: ({ domain, term }) => `SPF-posten för ${domain} har en del som inte går att läsa: ${term}`,
      },
    },
  },
  examples: {
    good: [{}, { mailFrom: null }],
    bad: [
      { world: { zone: { 'mejl.example.se': { TXT: ['other text'] } } }, finds: 'missing' },
      {
        world: { zone: { 'mejl.example.se': { TXT: ['v=spf1 -all', 'v=spf1 mx ~all'] } } },
        finds: 'several',
      },
      { world: { zone: { 'mejl.example.se': { TXT: ['v=spf1 ipv4:192.0.2.1 -all'] } } }, finds: 'invalid' },
      { world: { zone: { 'mejl.example.se': { TXT: ['v=spf1 -all'] } } }, finds: 'nobody' },
    ],
  },
});
