import { defineRule, notApplicable, problem, unknown } from '#rule';

export default defineRule({
  id: 'dmarc-place',
  severity: 'minor',
  reference: 'RFC 9989 section 4.10 against RFC 7489 sections 3.2 and 6.6.3',
  needs: ['dmarc'],
  check({ dmarc: { domain, applied, author, registeredDomain } }) {
    if (applied === 'unknown') return unknown('unanswered');
    if (applied === 'none') return notApplicable('no-record');
    // A record without any power is the matter of dmarc-policy.
    if (applied.policy === null) return notApplicable('faulty-record');
    const { record, policy, isSuffix } = applied;
    // That there is none but the registry's is the matter of dmarc-policy.
    if (isSuffix && record.domain !== domain) return notApplicable('no-record');
    // RFC 7489 asks at the From domain and at the registered one; RFC 9989 at every name upward.
    if (record.domain === domain || record.domain === registeredDomain) return [];
    const copy = [
      `v=DMARC1; p=${policy}`,
      ...(record.adkim === 's' ? ['adkim=s'] : []),
      ...(record.aspf === 's' ? ['aspf=s'] : []),
      ...(record.rua.length > 0 ? [`rua=${record.rua.join(',')}`] : []),
    ].join('; ');
    const isAlias = author.steps.some((step) => step.domain === domain && step.isAlias);
    const change = { kind: 'dns', type: 'TXT', name: `_dmarc.${domain}`, old: null, new: copy } as const;
    const data = { domain, registeredDomain, at: record.domain, boxed: !isAlias };
    return [problem('between', data, isAlias ? {} : { change })];
  },
  words: {
    en: {
      title: 'Where the DMARC record stands',
      heading: { between: ({ at }) => `Some receivers do not see the DMARC record of ${at}` },
      mend: 'Publish the DMARC record at the From domain too',
      why: 'Receivers that still follow the older DMARC (RFC 7489) look at the From domain and at the registered domain, and at no name between. To them the mail has no DMARC policy, and large mailings without one are turned away or go to spam.',
      fix: {
        between: ({ domain, boxed }) =>
          boxed
            ? 'Publish the record below. It asks for the same at the From domain itself, where all receivers look.'
            : `_dmarc.${domain} is an alias (CNAME). Ask the service that it leads to for a DMARC record there.`,
      },
      problems: {
        between: ({ at, domain, registeredDomain }) =>
          domain === registeredDomain
            ? `The record stands at ${at}, but older receivers look only at ${domain}.`
            : `The record stands at ${at}, but older receivers look only at ${domain} and ${registeredDomain}.`,
      },
    },
    sv: {
      title: 'Var DMARC-posten finns',
      heading: { between: ({ at }) => `En del mottagare ser inte DMARC-posten på ${at}` },
      mend: 'Publicera DMARC-posten på avsändardomänen också',
      why: 'Mottagare som fortfarande följer äldre DMARC (RFC 7489) tittar på avsändardomänen (From) och på den registrerade domänen, men inte på namnen däremellan. För dem saknar mejlet DMARC-policy, och då avvisas stora utskick eller hamnar i skräpposten.',
      fix: {
        between: ({ domain, boxed }) =>
          boxed
            ? 'Publicera posten nedan. Den begär samma sak på själva avsändardomänen, där alla mottagare tittar.'
            : `_dmarc.${domain} är ett alias (CNAME). Be tjänsten som det leder till om en DMARC-post där.`,
      },
      problems: {
        between: ({ at, domain, registeredDomain }) =>
          domain === registeredDomain
            ? `Posten finns på ${at}, men äldre mottagare tittar bara på ${domain}.`
            : `Posten finns på ${at}, men äldre mottagare tittar bara på ${domain} och ${registeredDomain}.`,
      },
    },
  },
  examples: {
    good: [{}, { from: 'a@news.example.se' }, { from: 'a@b.news.example.se' }],
    bad: [
      {
        world: {
          from: 'x@a.b.example.se',
          zone: { '_dmarc.example.se': 'NXDOMAIN', '_dmarc.b.example.se': { TXT: ['v=DMARC1; p=none'] } },
        },
        finds: 'between',
      },
    ],
  },
});
