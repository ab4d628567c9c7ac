import { defineRule, type Facts, notApplicable, problem, unknown } from '#rule';

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

/** The domain whose record says psd=n: below the registered domain it parts what stands there from the rest. */
function partingAt({ author, registeredDomain, partedBy }: Dmarc): string {
  const ends = ({ domain, record }: Dmarc['author']['steps'][number]) =>
    record?.psd === 'n' && domain !== registeredDomain;
  return [...author.steps, ...(partedBy ? [partedBy] : [])].find(ends)?.domain ?? '';
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
      // To join them takes a record further up, and its policy would hold for mail that is not asked about here.
      found.push(problem('olderAlone', { author, domains: olderAlone, parting: partingAt(dmarc) }));
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
      mend: 'Let the mail be signed for the From domain',
      why: 'The same mail may pass DMARC with some receivers and fail with others: those that follow the DMARC of 2026 (RFC 9989) find out by DNS records which domains are one organisation, those that follow that of 2015 (RFC 7489) by a list of where domains are registered.',
      fix: {
        olderAlone: ({ author, parting }) =>
          `Sign the mail for ${author} itself; that counts with all receivers.${parting ? ` The DMARC record of ${parting} has psd=n: to newer receivers an organisation of its own begins there. If that is not so, take psd=n away; names below it may then get the policy of the domain above.` : ''}`,
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
      mend: 'Låt mejlen signeras för avsändardomänen',
      why: 'Samma mejl kan klara DMARC hos en del mottagare och inte hos andra: de som följer DMARC från 2026 (RFC 9989) ser i DNS vilka domäner som är en och samma organisation, de som följer den från 2015 (RFC 7489) i en lista över var domäner registreras.',
      fix: {
        olderAlone: ({ author, parting }) =>
          `Låt mejlet signeras för själva ${author}, det räknas hos alla mottagare.${parting ? ` DMARC-posten för ${parting} har psd=n: för nyare mottagare börjar en egen organisation där. Är det inte så, ta bort psd=n. Namnen därunder kan då få policyn för domänen ovanför.` : ''}`,
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
