import { type Client, defineRule, type Facts, notApplicable, type Place, problem, unknown } from '#rule';
import { type VisibleFeature, visibleFeatures } from '../clients/visible-features.ts';

const atMost = 10;

export default defineRule({
  id: 'css-support',
  severity: 'advice',
  reference: 'caniemail.com, data of 2026-06-29; github.com/hteumeuleu/caniemail',
  needs: ['css'],
  check({ css }, { clients }) {
    if (!css) return notApplicable('no-html');
    const found = visibleFeatures.flatMap((feature) => {
      const lost = clients.filter((client) => usesLost(css, client, feature, 'no').length > 0);
      if (lost.length === 0) return [];
      const uses = lost.flatMap((client) => usesLost(css, client, feature, 'no'));
      const others = (level: 'partly' | 'unknown') =>
        namesOf(
          clients.filter((one) => !lost.includes(one) && usesLost(css, one, feature, level).length > 0),
        );
      const data = {
        feature: feature.slugs[0],
        clients: namesOf(lost),
        partly: others('partly'),
        untested: others('unknown'),
        places: Math.max(...uses.map(({ count }) => count)),
      };
      return [problem('lost', data, { at: uses.find(({ at }) => at)?.at })];
    });
    if (found.length === 0 && !css.complete) return unknown('too-much');
    return found.slice(0, atMost);
  },
  words: {
    en: {
      title: 'Styles that mail programs know',
      heading: {
        lost: ({ feature }, count) =>
          count > 1
            ? `${count} things in the design are missing in some mail programs`
            : `${nameOf(feature, 'en')}: not in every mail program`,
      },
      mend: { lost: () => 'Check the previews, and build it another way' },
      why: 'Some readers see the mail in another form than you made it: parts can be missing, or stand below each other. Nothing is wrong if it reads well all the same.',
      fix: {
        lost: () =>
          'Look at the previews of the mail programs named here. If the mail reads badly there, use tables for layout, plain colours and fixed sizes, and give the simple value first and the newer one after it.',
      },
      problems: {
        lost: ({ feature, clients, partly, untested, places }) =>
          [
            `${nameOf(feature, 'en')} does not work in ${clients}${places > 1 ? ` (${places} places)` : ''}.`,
            partly && ` It works only partly in ${partly}.`,
            untested && ` Nobody has tested it in ${untested}.`,
          ].join(''),
      },
    },
    sv: {
      title: 'Stilar som mejlprogrammen kan',
      heading: {
        lost: ({ feature }, count) =>
          count > 1
            ? `${count} saker i formgivningen saknas i en del mejlprogram`
            : `${nameOf(feature, 'sv')}: inte i alla mejlprogram`,
      },
      mend: { lost: () => 'Se på förhandsvisningarna och bygg på ett annat sätt' },
      why: 'En del läsare ser mejlet i en annan form än du gjorde det: delar kan saknas eller hamna under varandra. Går det att läsa bra ändå är inget fel.',
      fix: {
        lost: () =>
          'Se på förhandsvisningarna för de mejlprogram som nämns här. Är mejlet svårt att läsa där, använd tabeller för layout, enkla färger och fasta mått, och skriv det enkla värdet först och det nyare efter.',
      },
      problems: {
        lost: ({ feature, clients, partly, untested, places }) =>
          [
            `${nameOf(feature, 'sv')} fungerar inte i ${clients}${places > 1 ? ` (${places} ställen)` : ''}.`,
            partly && ` Det fungerar bara delvis i ${partly}.`,
            untested && ` Ingen har testat det i ${untested}.`,
          ].join(''),
      },
    },
  },
  examples: {
    good: [
      { html: '<p style="color:#123456;border-radius:4px">Hej!</p>' },
      { html: '<p style="background:#123456;background:rgba(1,2,3,.5)">Hej!</p>' },
      { html: '<div style="position:relative;float:none;transform:none">Hej!</div>' },
      { html: '<style>@media (min-width:600px){p{display:flex}} .unused{display:grid}</style><p>Hej!</p>' },
      { html: '<p style="color:rgb(1, 2, 3)">Hej!</p>' },
      { html: '<!--[if !mso]><!--><p style="display:flex">Hej!</p><!--<![endif]-->' },
      { html: '<table bgcolor="#123456" style="background-image:url(a.png)"><tr><td>Hej!</table>' },
    ],
    bad: [
      { world: { html: '<div style="display:flex"><p>Hej</p><p>du!</p></div>' }, finds: 'lost' },
      {
        world: { html: '<p style="color:#123456;color:rgb(0 0 0 / 50%);padding:10px">Hej!</p>' },
        finds: 'lost',
      },
      { world: { html: '<style>p{position:absolute}</style><p>Hej!</p>' }, finds: 'lost' },
      {
        world: { html: '<video src="https://example.se/a.mp4" controls></video><p>Hej!</p>' },
        finds: 'lost',
      },
    ],
  },
});

type Css = NonNullable<Facts['css']>;

/** How often a client is at that level for the feature, and where first; one entry a slug. */
function usesLost(css: Css, client: Client, { slugs, drawable }: VisibleFeature, level: string) {
  if (drawable && css.vml && client.reading.shapes) return [];
  return slugs.flatMap((slug): { count: number; at: Place | undefined }[] => {
    const use = css.features.get(slug);
    const tally = client.reading.conditions ? use?.bareInWord : use?.bare;
    // What takes its style element along is not made up for by what stands beside it.
    const count = client.reading.spoils.element.includes(slug) ? use?.count : tally?.count;
    if (!count || (client.support[slug]?.level ?? 'unknown') !== level) return [];
    return [{ count, at: tally?.places[0] }];
  });
}

function namesOf(clients: readonly Client[]): string {
  return clients.map(({ name }) => name).join(', ');
}

function nameOf(slug: string, locale: 'en' | 'sv'): string {
  return visibleFeatures.find(({ slugs: [first] }) => first === slug)?.[locale] ?? slug;
}
