import { defineRule, notApplicable, problem } from '#rule';
import { eachPlace, namedLink, shownAddress } from '../wordings/link-names.ts';

/** As many as Google's crawler follows at once. */
const many = 5;

export default defineRule({
  id: 'link-redirects',
  severity: 'advice',
  reference:
    'Google’s John Mueller on redirect chains (fewer than 5 hops; each is slower for users), Search Engine Journal, read 2026-11-23',
  needs: ['linkAnswers'],
  check({ linkAnswers: { answers, unasked } }) {
    if (unasked) return notApplicable('none-answered');
    if (answers.length === 0) return notApplicable('no-links');
    if (answers.every(({ status }) => status === null)) return notApplicable('none-answered');
    return eachPlace(
      answers.filter(({ state, chain }) => state === 'answered' && chain.length > many),
      ({ chain, endUrl }, text, at) =>
        problem('long', { text, hops: chain.length - 1, address: shownAddress(endUrl) }, { at }),
    );
  },
  words: {
    en: {
      title: 'Redirects of the links',
      heading: {
        long: ({ text }, count) =>
          count > 1
            ? `${count} links go through many redirects`
            : `${namedLink.en(text)} goes through many redirects`,
      },
      mend: 'Link straight to the page',
      why: 'Each redirect makes readers wait, and if one of them breaks the link is dead. Filters follow them too, and trust long chains less.',
      fix: 'Open the link, copy the address of the page where it ends, and link to that. If your sending tool counts clicks, the first redirect is its own: change only the address that you give it.',
      problems: {
        long: ({ text, hops, address }) =>
          `${namedLink.en(text)} ends at ${address} after ${hops} redirects.`,
      },
    },
    sv: {
      title: 'Länkarnas omdirigeringar',
      heading: {
        long: ({ text }, count) =>
          count > 1
            ? `${count} länkar går genom många omdirigeringar`
            : `${namedLink.sv(text)} går genom många omdirigeringar`,
      },
      mend: 'Länka direkt till sidan',
      why: 'Läsarna får vänta på varje omdirigering, och går en av dem sönder är länken död. Filter följer dem också och litar mindre på långa kedjor.',
      fix: 'Öppna länken, kopiera adressen till sidan där den slutar och länka till den. Räknar utskicksverktyget klick är den första omdirigeringen dess egen: byt bara adressen som du ger verktyget.',
      problems: {
        long: ({ text, hops, address }) =>
          `${namedLink.sv(text)} slutar på ${address} efter ${hops} omdirigeringar.`,
      },
    },
  },
  examples: {
    good: [{ html: link(), web: hops(3) }],
    bad: [{ world: { html: link(), web: hops(6) }, finds: 'long' }],
  },
});

function link(): string {
  return '<p>Hej!</p><a href="https://example.se/steg-0">Läs mer</a>';
}

function hops(count: number) {
  const steps = Array.from({ length: count }, (_, i) => [
    `https://example.se/steg-${i}`,
    { location: `/steg-${i + 1}` },
  ]);
  return Object.fromEntries([...steps, [`https://example.se/steg-${count}`, 'Framme']]);
}
