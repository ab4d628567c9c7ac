import { defineRule, notApplicable, problem, unanswered, unknown } from '#rule';
import { foreign } from '../repairs/foreign.ts';
import { offer, partWords, shorterOf } from '../repairs/spf-shorter.ts';

/** A hostile record has terms of 64 KB. */
const short = (text: string) => text.slice(0, 120);
/** Of the terms that lead nowhere. */
const named = 6;

/** For the examples. */
const includes = (count: number, label: string) =>
  Array.from({ length: count }, (_, i) => `include:${label}${i}.example`).join(' ');
const numbered = (count: number, entry: (i: number) => [string, unknown]) =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => entry(i)));

export default defineRule({
  id: 'spf-lookup-limit',
  severity: 'blocker',
  reference: 'RFC 7208 section 4.6.4',
  needs: ['spf', 'mailFrom'],
  check({ spf, mailFrom: { place, organisation } }, { policy }) {
    if (spf.mailFrom === null) return notApplicable('no-mail-from');
    const { root, lookups, voidTerms, unanswered: silent, breaks, unread, terms } = spf.mailFrom;
    const { domain } = root;
    if (root.state === 'none') return notApplicable('no-record');
    if (root.state === 'several') return notApplicable('faulty-record');
    const limits = policy.spf;
    const { box, flattened, change, parts } = shorterOf({ tree: spf.mailFrom, place, isFrom: false });
    const added = parts.map((part) => problem('part', part.data, { change: part.change }));
    if (lookups > limits.lookups) {
      const more = silent.length > 0 || unread.length > 0;
      const dearest = terms
        .filter((note) => note.lookups > 0)
        .toSorted((one, other) => other.lookups - one.lookups)
        .map((note) => `${short(note.term)} (${note.lookups})`);
      const spent = dearest.slice(0, named).join(', ') + (dearest.length > named ? ' …' : '');
      const data = { domain, place, lookups, more, limit: limits.lookups, spent, box, flattened };
      return [problem('tooMany', data, { change }), ...added];
    }
    if (voidTerms.length > limits.voids) {
      const dead = voidTerms.slice(0, named).map(({ term, domain: holder }) => {
        return holder === domain ? short(term) : `${short(term)} (${holder})`;
      });
      const more = voidTerms.length > named;
      const data = {
        domain,
        place,
        voids: voidTerms.length,
        terms: dead.join(', '),
        more,
        limit: limits.voids,
        box,
        flattened,
      };
      return [problem('tooManyVoid', data, { change }), ...added];
    }
    const crowded = breaks.filter(({ cause }) => cause === 'crowded');
    if (crowded.length > 0) {
      return crowded.map(({ term, target, domain: holder, via }) => {
        const own = place !== 'foreign' && (holder === domain || holder.endsWith(`.${organisation}`));
        return problem('tooManyMx', {
          domain,
          place,
          term: short(term),
          target,
          holder,
          own,
          via: short(via),
        });
      });
    }
    if (silent.length > 0) return unanswered(silent);
    // An include by a macro counts as one; what a redirect by a macro needs depends on the mail.
    if (unread.some(({ state }) => state === 'cut')) return unknown('cut-short');
    return unread.some(({ kind }) => kind === 'redirect') ? unknown('each-mail') : [];
  },
  words: {
    en: {
      title: 'SPF look-up limit',
      heading: {
        tooMany: ({ domain }) => `The SPF record of ${domain} needs too many look-ups`,
        part: (data) => partWords.en.heading(data),
        tooManyVoid: ({ domain }) => `The SPF record of ${domain} has too many dead ends`,
        tooManyMx: ({ target }) => `The domain ${target} has too many mail servers for SPF`,
      },
      mend: {
        tooMany: () => 'Shorten the SPF record',
        part: () => partWords.en.mend,
        tooManyVoid: () => 'Remove the dead ends from the SPF record',
        tooManyMx: () => 'Name the servers by address instead',
      },
      why: 'Mail that no earlier part lets through goes to spam or bounces: receivers stop reading an SPF record after 10 look-ups, or after the third that finds nothing, and treat it as broken. A look-up is a question to DNS, and every include, redirect, a and mx costs one.',
      fix: {
        tooMany: ({ domain, place, limit, box, flattened }) =>
          place === 'foreign'
            ? foreign.en(domain)
            : `${box ? offer.en(flattened) : ''}Shorten the SPF record of ${domain} until it needs at most ${limit} look-ups: take away every include for a service you no longer use, and “mx” and “a” if those servers send no mail. A sending subdomain of its own needs only the include of the service that sends.`,
        part: (data) => partWords.en.fix(data),
        tooManyVoid: ({ domain, place, box, flattened }) =>
          place === 'foreign'
            ? foreign.en(domain)
            : `${box ? offer.en(flattened) : ''}Take those parts out of the SPF record of ${domain}, or the part that leads to the record which holds them.`,
        tooManyMx: ({ domain, place, term, target, own, via }) =>
          place === 'foreign'
            ? foreign.en(domain)
            : own
              ? `Write the addresses of the servers that send as ip4 and ip6 in place of ${term}, or give ${target} at most 10 MX records.`
              : `Ask the service that ${via} leads to, or take ${via} out of the SPF record of ${domain} if you no longer use it.`,
      },
      problems: {
        tooMany: ({ domain, lookups, more, limit, spent }) =>
          `The SPF record of ${domain} needs ${more ? 'at least ' : ''}${lookups} DNS look-ups. At most ${limit} are allowed.${spent ? ` They are spent on: ${spent}.` : ''}`,
        part: (data) => partWords.en.problem(data),
        tooManyVoid: ({ domain, voids, terms, more, limit }) =>
          `${voids} look-ups in the SPF record of ${domain} find nothing: ${terms}${more ? ' …' : ''}. At most ${limit} such are allowed.`,
        tooManyMx: ({ term, target, holder }) =>
          `The SPF record of ${holder} has ${term}, but ${target} has more than 10 mail servers. Receivers then treat SPF as broken.`,
      },
    },
    sv: {
      title: 'Gränsen för SPF-uppslag',
      heading: {
        tooMany: ({ domain }) => `SPF-posten för ${domain} kräver för många uppslag`,
        part: (data) => partWords.sv.heading(data),
        tooManyVoid: ({ domain }) => `SPF-posten för ${domain} har för många återvändsgränder`,
        tooManyMx: ({ target }) => `Domänen ${target} har för många mejlservrar för SPF`,
      },
      mend: {
        tooMany: () => 'Korta SPF-posten',
        part: () => partWords.sv.mend,
        tooManyVoid: () => 'Ta bort återvändsgränderna ur SPF-posten',
        tooManyMx: () => 'Ange servrarnas adresser i stället',
      },
      why: 'Mejl som ingen tidigare del släpper igenom hamnar i skräpposten eller studsar. Mottagarna slutar läsa en SPF-post efter 10 uppslag, eller efter det tredje som inte hittar något, och räknar den som trasig. Ett uppslag är en fråga till DNS, och varje include, redirect, a och mx kostar ett.',
      fix: {
        tooMany: ({ domain, place, limit, box, flattened }) =>
          place === 'foreign'
            ? foreign.sv(domain)
            : `${box ? offer.sv(flattened) : ''}Korta SPF-posten för ${domain} så att den kräver högst ${limit} uppslag. Ta bort varje include för tjänster du inte längre använder, och ”mx” och ”a” om de servrarna inte skickar mejl. En egen underdomän för utskick behöver bara ha med tjänsten som skickar.`,
        part: (data) => partWords.sv.fix(data),
        tooManyVoid: ({ domain, place, box, flattened }) =>
          place === 'foreign'
            ? foreign.sv(domain)
            : `${box ? offer.sv(flattened) : ''}Ta bort de delarna ur SPF-posten för ${domain}, eller den del som leder till posten där de står.`,
        tooManyMx: ({ domain, place, term, target, own, via }) =>
          place === 'foreign'
            ? foreign.sv(domain)
            : own
              ? `Skriv adresserna till servrarna som skickar som ip4 och ip6 i stället för ${term}, eller ge ${target} högst 10 MX-poster.`
              : `Fråga tjänsten som ${via} leder till, eller ta bort ${via} ur SPF-posten för ${domain} om du inte längre använder den.`,
      },
      problems: {
        tooMany: ({ domain, lookups, more, limit, spent }) =>
          `SPF-posten för ${domain} kräver ${more ? 'minst ' : ''}${lookups} DNS-uppslag. Högst ${limit} är tillåtna.${spent ? ` De går åt till: ${spent}.` : ''}`,
        part: (data) => partWords.sv.problem(data),
        tooManyVoid: ({ domain, voids, terms, more, limit }) =>
          `${voids} uppslag i SPF-posten för ${domain} hittar ingenting: ${terms}${more ? ' …' : ''}. Högst ${limit} sådana är tillåtna.`,
        tooManyMx: ({ term, target, holder }) =>
          `SPF-posten för ${holder} innehåller ${term}, men ${target} har fler än 10 mejlservrar. Då räknar mottagarna SPF-posten som trasig.`,
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
            'mejl.example.se': { TXT: [`v=spf1 include:big.example ${includes(8, 'i')} -all`] },
            'big.example': { TXT: [`v=spf1 ${includes(5, 'b')} -all`] },
            ...numbered(8, (i) => [`i${i}.example`, { TXT: [`v=spf1 ip4:203.0.113.${i} -all`] }]),
            ...numbered(5, (i) => [
              `b${i}.example`,
              {
                TXT: [`v=spf1 ${[1, 3, 5, 7, 9, 11, 13].map((j) => `ip4:198.51.${i}.${j}`).join(' ')} -all`],
              },
            ]),
          },
        },
        finds: 'part',
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
