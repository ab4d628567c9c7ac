import { defineRule, problem } from '#rule';
import { answers, listed } from '../repairs/listings.ts';

export default defineRule({
  id: 'domain-listing',
  severity: 'major',
  reference: 'RFC 5782; the pages of each list, as rules/blocklists/ names them, as of 2026-11',
  needs: ['listings'],
  check({ listings }, { policy }) {
    const { domains } = listings;
    const found = listed(listings, policy, true).filter(({ data }) => domains.includes(data.subject));
    if (found.length > 0) {
      return found.map(({ data }) => problem('listed', { ...data, own: data.subject === domains[0] }));
    }
    return answers(listings, policy, domains, true) ?? [];
  },
  words: {
    en: {
      title: 'Sender domains on blocklists',
      heading: { listed: ({ subject }) => `The domain ${subject} is on a blocklist` },
      mend: 'Mend the cause, then ask to be taken off',
      why: 'Many receivers turn away or hide mail that comes from, or links to, a domain on such a list.',
      fix: {
        listed: ({ subject, list, delisting, own }) =>
          own
            ? `Find out why: a hacked website or form, mail to people who never asked for it, or somebody who sends in your name. Mend that first, then ask ${list} to take the domain off at ${delisting}.`
            : `Tell the service that ${subject} belongs to, or send by a domain of your own. ${list} takes domains off at ${delisting}.`,
      },
      problems: {
        listed: ({ subject, list, parts }) => `${subject} is on the blocklist ${list} (${parts}).`,
      },
    },
    sv: {
      title: 'Avsändarens domäner på spärrlistor',
      heading: { listed: ({ subject }) => `Domänen ${subject} står på en spärrlista` },
      mend: 'Åtgärda orsaken och be sedan om att strykas',
      why: 'Många mottagare avvisar eller gömmer mejl som kommer från, eller länkar till, en domän på en sådan lista.',
      fix: {
        listed: ({ subject, list, delisting, own }) =>
          own
            ? `Ta reda på varför: en kapad webbplats eller ett kapat formulär, mejl till dem som aldrig har bett om det, eller någon som skickar i ditt namn. Åtgärda det först, och be sedan ${list} att stryka domänen på ${delisting}.`
            : `Säg till tjänsten som ${subject} hör till, eller skicka från en egen domän. ${list} stryker domäner på ${delisting}.`,
      },
      problems: {
        listed: ({ subject, list, parts }) => `${subject} står på spärrlistan ${list} (${parts}).`,
      },
    },
  },
  examples: {
    good: [
      {},
      // Sound domains that somebody else abuses are told of, and hold no mail back.
      { zone: { 'example.se.dbl.spamhaus.org': { A: ['127.0.1.102'] } } },
      // URIBL refuses to answer: no listing.
      { zone: { 'example.se.multi.uribl.com': { A: ['127.0.0.1'] } } },
    ],
    bad: [
      { world: { zone: { 'example.se.dbl.spamhaus.org': { A: ['127.0.1.2'] } } }, finds: 'listed' },
      { world: { zone: { 'example.se.multi.surbl.org': { A: ['127.0.0.80'] } } }, finds: 'listed' },
      {
        world: {
          mailFrom: 'bounce.example.net',
          zone: { 'example.net.dbl.spamhaus.org': { A: ['127.0.1.4'] } },
        },
        finds: 'listed',
      },
    ],
  },
});
