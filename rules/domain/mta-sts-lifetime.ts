import { defineRule, notApplicable, problem, unanswered } from '#rule';

const page = 'https://mta-sts.example.se/.well-known/mta-sts.txt';
const dayInSeconds = 86_400;

export default defineRule({
  id: 'mta-sts-lifetime',
  severity: 'advice',
  reference: 'RFC 8461 section 3.2 (max_age: weeks or more)',
  needs: ['mtaSts'],
  check({ mtaSts: { record, policy, url } }, { policy: { transport } }) {
    if (record.state === 'unanswered') return unanswered([`${record.name} TXT`]);
    if (record.state !== 'one' || policy.state !== 'read') return notApplicable('no-record');
    const { mode, maxAge } = policy;
    if (maxAge === null) return notApplicable('faulty-record');
    // Who is testing, or giving it up, wants it short (RFC 8461 section 8.3).
    if (mode !== 'enforce' || maxAge >= transport.policyDays * dayInSeconds) return [];
    return [problem('short', { url, seconds: maxAge })];
  },
  words: {
    en: {
      title: 'How long senders keep the MTA-STS policy',
      heading: { short: () => 'Senders soon forget the MTA-STS policy' },
      mend: { short: () => 'Let the policy live for weeks' },
      why: 'Senders that have no policy left must fetch it anew, and whoever can prevent that can have mail to you delivered in the clear.',
      fix: { short: ({ url }) => `Write max_age: 2592000 (30 days) in ${url} and give the record a new id.` },
      problems: { short: ({ url, seconds }) => `The policy at ${url} may be kept for ${seconds} seconds.` },
    },
    sv: {
      title: 'Hur länge avsändare minns regelfilen',
      heading: { short: () => 'Avsändare glömmer snart regelfilen för MTA-STS' },
      mend: { short: () => 'Låt regelfilen gälla i veckor' },
      why: 'Avsändare som inte har kvar regelfilen måste hämta den på nytt, och den som kan hindra det kan få mejl till dig levererat okrypterat.',
      fix: { short: ({ url }) => `Skriv max_age: 2592000 (30 dagar) i ${url} och ge posten ett nytt id.` },
      problems: { short: ({ url, seconds }) => `Regelfilen på ${url} får sparas i ${seconds} sekunder.` },
    },
  },
  examples: {
    good: [{}, { web: { [page]: 'version: STSv1\nmode: testing\nmx: in.example.se\nmax_age: 3600' } }],
    bad: [
      {
        world: { web: { [page]: 'version: STSv1\nmode: enforce\nmx: in.example.se\nmax_age: 86400' } },
        finds: 'short',
      },
    ],
  },
});
