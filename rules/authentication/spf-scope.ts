import { defineRule, notApplicable, problem, unknown } from '#rule';

export default defineRule({
  id: 'spf-scope',
  severity: 'blocker',
  reference: 'RFC 7208 sections 5.1, 6.1 and 11.2',
  needs: ['spf'],
  check({ spf }) {
    const { root, all, everyone, unanswered } = spf.mailFrom ?? spf.author;
    const { domain, records, state } = root;
    if (state === 'none' || state === 'several') return notApplicable('no-record');
    if (!everyone) {
      if (unanswered.length > 0) return unknown('unanswered');
      return all === 'unknown' ? unknown('not-given', 'sent-message') : [];
    }
    const { domain: holder, term } = everyone;
    const [old = ''] = records;
    const mended = old.split(' ').map((word) => (word === term ? '~all' : word));
    const own = holder === domain && /^\+?all$/i.test(term);
    const change = { kind: 'dns', type: 'TXT', name: domain, old, new: mended.join(' ') } as const;
    return [problem('everyone', { domain, holder, term: term.slice(0, 120) }, own ? { change } : {})];
  },
  words: {
    en: {
      title: 'Who may send, by SPF',
      why: 'Anyone can then send fraud in your name and pass the check. Filters know such records and trust no mail from them.',
      fix: {
        everyone: ({ domain, holder, term }) =>
          holder === domain
            ? `Take ${term} out of the record, and end it with ~all.`
            : `Take away the part that leads to ${holder}: its record holds ${term}.`,
      },
      problems: {
        everyone: ({ domain, term }) =>
          `The SPF record of ${domain} lets anyone in the world send in its name (${term}).`,
      },
    },
    sv: {
      title: 'Vilka som får skicka enligt SPF',
      why: 'Då kan vem som helst skicka bedrägerier i ert namn och klara kontrollen. Filter känner igen sådana poster och litar inte på något mejl därifrån.',
      fix: {
        everyone: ({ domain, holder, term }) =>
          holder === domain
            ? `Ta bort ${term} ur posten och avsluta den med ~all.`
            : `Ta bort den del som leder till ${holder}. Posten där innehåller ${term}.`,
      },
      problems: {
        everyone: ({ domain, term }) =>
          `SPF-posten för ${domain} låter vem som helst skicka i dess namn (${term}).`,
      },
    },
  },
  examples: {
    good: [{}, { zone: { 'mejl.example.se': { TXT: ['v=spf1 ip4:192.0.2.0/24 ?all'] } } }],
    bad: [
      { world: { zone: { 'mejl.example.se': { TXT: ['v=spf1 mx +all'] } } }, finds: 'everyone' },
      {
        world: {
          zone: {
            'mejl.example.se': { TXT: ['v=spf1 include:open.example -all'] },
            'open.example': { TXT: ['v=spf1 ip4:0.0.0.0/0 -all'] },
          },
        },
        finds: 'everyone',
      },
    ],
  },
});
