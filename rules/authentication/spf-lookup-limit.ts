import { defineRule, notApplicable, problem, unknown } from '#rule';

export default defineRule({
  id: 'spf-lookup-limit',
  severity: 'blocker',
  reference: 'RFC 7208 section 4.6.4',
  needs: ['spf'],
  check({ spf }, { policy }) {
    if (spf.mailFrom === null) return notApplicable('no-mail-from');
    const { root, lookups, voids, unanswered, breaks, unread } = spf.mailFrom;
    const { domain } = root;
    if (root.state === 'none') return notApplicable('no-record');
    if (lookups > policy.spf.lookups) {
      const more = unanswered.length > 0 || unread.length > 0;
      return [problem('tooMany', { domain, lookups, more, limit: policy.spf.lookups })];
    }
    if (voids > policy.spf.voids) return [problem('tooManyVoid', { domain, voids, limit: policy.spf.voids })];
    const crowded = breaks.filter(({ cause }) => cause === 'crowded');
    if (crowded.length > 0) return crowded.map(({ term, target }) => problem('tooManyMx', { term, target }));
    if (unanswered.length > 0) return unknown('unanswered');
    // An include by a macro counts as one; what a redirect by a macro needs depends on the mail.
    const open = unread.some(({ kind, state }) => kind === 'redirect' || state === 'cut');
    return open ? unknown('not-given', 'sent-message') : [];
  },
  words: {
    en: {
      title: 'SPF look-up limit',
      heading: {
        tooMany: ({ domain }) => `The SPF record of ${domain} needs too many look-ups`,
        tooManyVoid: ({ domain }) => `The SPF record of ${domain} has too many dead ends`,
        tooManyMx: ({ target }) => `The domain ${target} has too many mail servers for SPF`,
      },
      mend: {
        tooMany: () => 'Shorten the SPF record',
        tooManyVoid: () => 'Remove the dead ends from the SPF record',
        tooManyMx: () => 'Name the servers by address instead',
      },
      why: 'Much of the mail goes to spam or bounces: receivers stop reading an SPF record after 10 look-ups and treat it as broken. A look-up is a question to DNS, and every include, redirect, a and mx costs one.',
      fix: {
        tooMany: ({ domain, limit }) =>
          `Shorten the SPF record of ${domain} until it needs at most ${limit} look-ups: take away every include for a service you no longer use, and “mx” and “a” if those servers send no mail. A sending subdomain of its own needs only the include of the service that sends.`,
        tooManyVoid: ({ domain }) =>
          `Take away the parts of the SPF record of ${domain} that point at names which are gone, or which have no record of the right kind. The evidence below shows which names gave no answer.`,
        tooManyMx: ({ term, target }) =>
          `Write the addresses of the servers that send as ip4 and ip6 in place of ${term}, or give ${target} at most 10 MX records.`,
      },
      problems: {
        tooMany: ({ domain, lookups, more, limit }) =>
          `The SPF record of ${domain} needs ${more ? 'at least ' : ''}${lookups} DNS look-ups. At most ${limit} are allowed.`,
        tooManyVoid: ({ domain, voids, limit }) =>
          `${voids} look-ups in the SPF record of ${domain} gave no record of the right kind. At most ${limit} such are allowed.`,
        tooManyMx: ({ term, target }) =>
          `The SPF record has ${term}, but ${target} has more than 10 mail servers. Receivers then treat SPF as broken.`,
      },
    },
    sv: {
      title: 'Gränsen för SPF-uppslag',
      heading: {
        tooMany: ({ domain }) => `SPF-posten för ${domain} kräver för många uppslag`,
        tooManyVoid: ({ domain }) => `SPF-posten för ${domain} har för många återvändsgränder`,
        tooManyMx: ({ target }) => `Domänen ${target} har för många mejlservrar för SPF`,
      },
      mend: {
        tooMany: () => 'Korta SPF-posten',
        tooManyVoid: () => 'Ta bort återvändsgränderna ur SPF-posten',
        tooManyMx: () => 'Ange servrarnas adresser i stället',
      },
      why: 'Många av mejlen hamnar i skräpposten eller studsar: mottagarna slutar läsa en SPF-post efter 10 uppslag och räknar den som trasig. Ett uppslag är en fråga till DNS, och varje include, redirect, a och mx kostar ett.',
      fix: {
        tooMany: ({ domain, limit }) =>
          `Korta SPF-posten för ${domain} så att den kräver högst ${limit} uppslag. Ta bort varje include för tjänster du inte längre använder, och ”mx” och ”a” om de servrarna inte skickar mejl. En egen underdomän för utskick behöver bara ha med tjänsten som skickar.`,
        tooManyVoid: ({ domain }) =>
          `Ta bort de delar av SPF-posten för ${domain} som pekar på namn som inte finns, eller som saknar en post av rätt slag. I underlaget ser du vilka namn det gäller.`,
        tooManyMx: ({ term, target }) =>
          `Skriv adresserna till servrarna som skickar som ip4 och ip6 i stället för ${term}, eller ge ${target} högst 10 MX-poster.`,
      },
      problems: {
        tooMany: ({ domain, lookups, more, limit }) =>
          `SPF-posten för ${domain} kräver ${more ? 'minst ' : ''}${lookups} DNS-uppslag. Högst ${limit} är tillåtna.`,
        tooManyVoid: ({ domain, voids, limit }) =>
          `${voids} uppslag i SPF-posten för ${domain} gav ingen post av rätt slag. Högst ${limit} sådana är tillåtna.`,
        tooManyMx: ({ term, target }) =>
          `SPF-posten innehåller ${term}, men ${target} har fler än 10 mejlservrar. Då räknar mottagarna SPF som trasigt.`,
      },
    },
  },
  examples: {
    good: [
      {
        zone: {
          'mejl.example.se': {
            TXT: ['v=spf1 a mx ip4:192.0.2.0/24 -all'],
            A: ['192.0.2.1'],
            MX: ['10 in.example.se'],
          },
        },
      },
    ],
    bad: [
      {
        world: {
          zone: { 'mejl.example.se': { TXT: [`v=spf1 ${'exists:%{i}.a.example '.repeat(11)}-all`] } },
        },
        finds: 'tooMany',
      },
      {
        world: {
          zone: { 'mejl.example.se': { TXT: ['v=spf1 a:one.invalid a:two.invalid mx:three.invalid -all'] } },
        },
        finds: 'tooManyVoid',
      },
      {
        world: {
          zone: {
            'mejl.example.se': {
              TXT: ['v=spf1 mx -all'],
              MX: Array.from({ length: 11 }, (_, i) => `10 in${i}.example.se`),
            },
          },
        },
        finds: 'tooManyMx',
      },
    ],
  },
});
