import { defineRule, type Facts, notApplicable, problem, unknown } from '#rule';
import { dmarcBox } from '../repairs/dmarc-record.ts';

type Dmarc = Facts['dmarc'];
type Older = Exclude<Dmarc['older'], 'unknown'>;

/** Domains in use that belong with From for receivers of the one kind and not for those of the other. */
function parted({ dmarc, dkim }: Pick<Facts, 'dmarc' | 'dkim'>, older: Older, by: 'older' | 'newer') {
  const { mailFrom, spfAlignment, signers } = dmarc;
  const isParted = (newer: string | null, elder: string | null) =>
    by === 'older'
      ? newer === 'not-aligned' && elder === 'aligned'
      : newer === 'aligned' && elder === 'not-aligned';
  const used = new Set([
    ...dkim.signatures.filter(({ result }) => result !== 'fail').map(({ domain }) => domain),
    ...(dkim.signatures.length > 0 ? [] : dkim.keys.filter(({ state }) => state === 'usable')).map(
      ({ domain }) => domain,
    ),
  ]);
  const signing = signers.filter(
    ({ domain, alignment }, i) =>
      used.has(domain) && isParted(alignment, older.signers[i]?.alignment ?? null),
  );
  const bounces = isParted(spfAlignment, older.spfAlignment) && mailFrom !== null ? [mailFrom] : [];
  return [...new Set([...bounces, ...signing.map(({ domain }) => domain)])].join(', ');
}

/** A record for the registered domain, where there is none: then both kinds of receivers put its names together. */
function joining({ author, registeredDomain, applied }: Dmarc) {
  const policy = typeof applied === 'object' ? applied.policy : null;
  const isEmpty = author.steps.some(
    ({ domain, state, misspelt }) => domain === registeredDomain && state === 'none' && misspelt === null,
  );
  const next = isEmpty ? `v=DMARC1; p=${policy}; rua=mailto:dmarc@${registeredDomain}` : null;
  return dmarcBox({ author }, registeredDomain, null, next);
}

export default defineRule({
  id: 'dmarc-older-alignment',
  severity: 'advice',
  reference: 'RFC 7489 sections 3.1 and 3.2 (public suffix list) against RFC 9989 section 4.10.2, May 2026',
  needs: ['dmarc', 'dkim'],
  check({ dmarc, dkim }) {
    const { applied, older, domain: author } = dmarc;
    if (applied === 'none') return notApplicable('no-record');
    if (applied === 'unknown' || older === 'unknown') return unknown('unanswered');
    if (applied.policy === null) return notApplicable('faulty-record');
    // Where they see no record at all they compare nothing, as other checks say.
    if (!older.record || older.policy === null) return [];
    const found = [];
    const olderAlone = parted({ dmarc, dkim }, older, 'older');
    if (olderAlone) {
      const { data, more } = joining(dmarc);
      found.push(problem('olderAlone', { ...data, author, domains: olderAlone }, more));
    }
    const newerAlone = parted({ dmarc, dkim }, older, 'newer');
    if (newerAlone) found.push(problem('newerAlone', { author, domains: newerAlone }));
    return found;
  },
  words: {
    en: {
      title: 'Domains that belong together, old and new',
      heading: {
        olderAlone: () => 'Only the older DMARC takes the domains of the mail together',
        newerAlone: () => 'The older DMARC does not take the domains of the mail together',
      },
      mend: {
        olderAlone: ({ box }) =>
          box === 'shown'
            ? 'Publish DMARC at the registered domain'
            : 'Let the mail be signed for the From domain',
        newerAlone: () => 'Let the mail be signed for the From domain',
      },
      why: 'The same mail may pass DMARC with some receivers and fail with others: those that follow the DMARC of 2026 (RFC 9989) find out by DNS records which domains are one organisation, those that follow that of 2015 (RFC 7489) by a list of where domains are registered.',
      fix: {
        olderAlone: ({ box, author }) =>
          box === 'shown'
            ? 'Publish the record below too. It joins all names under the registered domain for receivers with the newer DMARC.'
            : `Sign the mail for ${author} itself; that counts with all receivers. A record with psd=n between the names keeps them apart on purpose.`,
        newerAlone: ({ author }) =>
          `Let the sending service sign for ${author} itself: that counts with all receivers.`,
      },
      problems: {
        olderAlone: ({ author, domains }) =>
          `Newer receivers do not count ${domains} as belonging with ${author}; older ones do.`,
        newerAlone: ({ author, domains }) =>
          `Newer receivers count ${domains} as belonging with ${author}; older ones do not.`,
      },
    },
    sv: {
      title: 'Domäner som hör ihop, nytt och gammalt',
      heading: {
        olderAlone: () => 'Bara äldre DMARC räknar ihop mejlets domäner',
        newerAlone: () => 'Äldre DMARC räknar inte ihop mejlets domäner',
      },
      mend: {
        olderAlone: ({ box }) =>
          box === 'shown'
            ? 'Publicera DMARC på den registrerade domänen'
            : 'Låt mejlen signeras för avsändardomänen',
        newerAlone: () => 'Låt mejlen signeras för avsändardomänen',
      },
      why: 'Samma mejl kan klara DMARC hos en del mottagare och inte hos andra: de som följer DMARC från 2026 (RFC 9989) ser i DNS vilka domäner som är en och samma organisation, de som följer den från 2015 (RFC 7489) i en lista över var domäner registreras.',
      fix: {
        olderAlone: ({ box, author }) =>
          box === 'shown'
            ? 'Publicera posten nedan också. Den förenar alla namn under den registrerade domänen för mottagare med nyare DMARC.'
            : `Låt mejlet signeras för själva ${author}, det räknas hos alla mottagare. En post med psd=n mellan namnen skiljer dem åt med avsikt.`,
        newerAlone: ({ author }) =>
          `Låt utskickstjänsten signera för själva ${author}: det räknas hos alla mottagare.`,
      },
      problems: {
        olderAlone: ({ author, domains }) =>
          `Nyare mottagare räknar inte ${domains} till ${author}, men äldre gör det.`,
        newerAlone: ({ author, domains }) =>
          `Nyare mottagare räknar ${domains} till ${author}, men äldre gör det inte.`,
      },
    },
  },
  examples: {
    good: [{}, { from: 'a@news.example.se' }],
    bad: [
      {
        world: {
          from: 'a@news.example.se',
          zone: {
            '_dmarc.example.se': 'NXDOMAIN',
            '_dmarc.news.example.se': { TXT: ['v=DMARC1; p=reject'] },
          },
        },
        finds: 'olderAlone',
      },
      {
        world: { zone: { '_dmarc.mejl.example.se': { TXT: ['v=DMARC1; p=reject; psd=n'] } } },
        finds: 'olderAlone',
      },
      {
        world: {
          from: 'a@one.github.io',
          mailFrom: 'mejl.two.github.io',
          zone: {
            '_dmarc.one.github.io': { TXT: ['v=DMARC1; p=reject'] },
            '_dmarc.github.io': { TXT: ['v=DMARC1; p=reject'] },
          },
        },
        finds: 'newerAlone',
      },
    ],
  },
});
