import { defineRule, notApplicable, problem, unknown } from '#rule';
import { audienceSource } from '../clients/audience.ts';
import { nameOf, visibleFeatures } from '../clients/losses.ts';
import { type Hit, namesOf, reachOf, shareOf } from '../clients/reach.ts';
import { supportSource } from '../clients/support.ts';

const atMost = 4;
/** The source's notes about whose account the reader has: nobody can see which. */
const ofAccounts = /\baccounts?\b/i;
const noteLength = 160;

/** Apart from what is missing altogether: what is partly there is not missing. */
export default defineRule({
  id: 'partial-support',
  severity: 'advice',
  reference: `${supportSource}, with its notes; ${audienceSource}`,
  needs: ['css'],
  check({ css }, { policy: { audience } }) {
    if (!css) return notApplicable('no-html');
    const { shares, leastShare } = audience;
    const enough = (hits: readonly Hit[]) => shareOf(hits) >= leastShare;
    const used = visibleFeatures
      .map((feature) => ({ feature: feature.slugs[0], reach: reachOf(css, feature, shares) }))
      // What is missing elsewhere says there where it is partly there, and where nobody knows.
      .filter(({ reach }) => !enough(reach.lost));
    const partly = used.flatMap(({ feature, reach }) => {
      const hits = reach.partly.filter(({ tested }) => !isOfAccounts(tested?.notes));
      return enough(hits) ? [{ feature, hits, at: reach.places[0] }] : [];
    });
    const accounts = used.flatMap(({ feature, reach }) => {
      const hits = reach.partly.filter(({ tested }) => isOfAccounts(tested?.notes));
      return enough(hits) ? [{ feature, hits, at: reach.places[0] }] : [];
    });
    const problems = [
      ...partly
        .sort((a, b) => shareOf(b.hits) - shareOf(a.hits))
        .slice(0, atMost)
        .map(({ feature, hits, at }) => {
          const data = { feature, clients: namesOf(hits, shares), share: shareOf(hits), note: noteOf(hits) };
          return problem('partly', data, { at });
        }),
      ...together(accounts, shares).map(({ at, ...data }) => problem('accounts', data, { at })),
    ];
    return problems.length === 0 && !css.complete ? unknown('too-much') : problems;
  },
  words: {
    en: {
      title: 'What works only partly',
      heading: {
        partly: ({ feature }, count) =>
          count > 1
            ? `${count} things to know about how mail programs show the design`
            : `${nameOf(feature, 'en')}: works only partly`,
        accounts: () => 'Some readers of mail apps see a simpler mail',
      },
      mend: {
        partly: () => 'Look at the mail in that program',
        accounts: () => 'Check that the mail reads well without it',
      },
      why: 'Most readers see the mail as you made it. A few may see parts of it differently, and you will not hear of it unless you look.',
      fix: {
        partly: () =>
          'Read the note, and see whether it is about what you do. If it is, give the simple value first and the newer one after it, or build that part with table cells.',
        accounts: () =>
          'Look at the preview of Outlook for Windows: a mail that reads well there does so without these styles too. Then nothing needs to change.',
      },
      problems: {
        partly: ({ feature, clients, share, note }) =>
          `${nameOf(feature, 'en')}: works only partly in ${clients}, for about ${share} of 100 readers.${note && ` caniemail.com notes: “${note}”`}`,
        accounts: ({ features, clients }) =>
          `In ${clients} this depends on which account the reader has in the app: ${features.map((one) => nameOf(one, 'en')).join('; ')}.`,
      },
    },
    sv: {
      title: 'Sådant som bara delvis fungerar',
      heading: {
        partly: ({ feature }, count) =>
          count > 1
            ? `${count} saker att veta om hur mejlprogrammen visar formgivningen`
            : `${nameOf(feature, 'sv')}: fungerar bara delvis`,
        accounts: () => 'En del läsare i mejlappar ser ett enklare mejl',
      },
      mend: {
        partly: () => 'Se på mejlet i det programmet',
        accounts: () => 'Se till att mejlet går att läsa utan det',
      },
      why: 'De flesta läsare ser mejlet som du gjorde det. Några kan se delar av det på ett annat sätt, och det får du inte veta om du inte ser efter.',
      fix: {
        partly: () =>
          'Läs anmärkningen och se om den gäller det du gör. Gör den det, ange det enkla värdet först och det nyare efter, eller bygg den delen med tabellceller.',
        accounts: () =>
          'Se på förhandsvisningen av Outlook för Windows: ett mejl som går bra att läsa där gör det också utan de här stilarna. Då behöver inget ändras.',
      },
      problems: {
        partly: ({ feature, clients, share, note }) =>
          `${nameOf(feature, 'sv')}: fungerar bara delvis i ${clients}, för ungefär ${share} av 100 läsare.${note && ` caniemail.com anmärker: ”${note}”`}`,
        accounts: ({ features, clients }) =>
          `I ${clients} beror det här på vilket konto läsaren har i appen: ${features.map((one) => nameOf(one, 'sv')).join('; ')}.`,
      },
    },
  },
  examples: {
    good: [
      { html: '<p style="color:#123456;border-radius:4px">Hej!</p>' },
      // Missing in Outlook, which is another finding; and what stands in a media query is made up for.
      { html: '<style>@media (min-width:600px){p{float:left}}</style><p>Hej!</p>' },
      { html: '<p style="font-size:16px;font-size:1rem">Hej!</p>' },
    ],
    bad: [
      // Word does not see it, and everybody else knows it: but for the size that an iPhone makes nothing of.
      {
        world: { html: '<!--[if !mso]><!--><div style="height:50vh">Hej!</div><!--<![endif]-->' },
        finds: 'partly',
      },
      {
        world: { html: '<!--[if !mso]><!--><div style="display:flex">Hej!</div><!--<![endif]-->' },
        finds: 'accounts',
      },
    ],
  },
});

interface Found {
  feature: string;
  hits: readonly Hit[];
  at: Parameters<typeof problem>[2] extends { at?: infer P } | undefined ? P : never;
}

function isOfAccounts(notes: readonly string[] = []): boolean {
  return notes.some((note) => ofAccounts.test(note));
}

/** One problem for all of them, or none. */
function together(found: readonly Found[], shares: Readonly<Record<string, number>>) {
  const [first] = found;
  if (!first) return [];
  const hits = [
    ...new Map(found.flatMap((one) => one.hits.map((hit) => [hit.program.id, hit] as const))).values(),
  ];
  return [
    {
      features: found.map(({ feature }) => feature),
      clients: namesOf(hits, shares),
      share: shareOf(hits),
      at: first.at,
    },
  ];
}

/** Of the program that most readers have; the source's own words, without its marks. */
function noteOf(hits: readonly Hit[]): string {
  const most = hits.toSorted((a, b) => b.share - a.share).find(({ tested }) => tested?.notes.length);
  const note = most?.tested?.notes[0] ?? '';
  const plain = note
    .replace(/\[([^\]]{0,200})\]\([^)]{0,300}\)/g, '$1')
    .replaceAll('`', '')
    .replace(/^Partial(?:ly supported)?[.:]? /, '');
  return plain.length > noteLength ? `${plain.slice(0, noteLength - 1).toWellFormed()}…` : plain;
}
