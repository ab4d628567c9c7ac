import { defineRule, notApplicable, problem } from '#rule';

export default defineRule({
  id: 'image-alt',
  severity: 'major',
  reference: 'WCAG 2.2, success criterion 1.1.1; WHATWG HTML section 4.8.4.4',
  needs: ['html'],
  check({ html }) {
    if (!html) return notApplicable('no-html');
    const silent = html.images.filter(
      ({ alt, decorative, hidden }) => alt === null && !decorative && !hidden,
    );
    return silent.map(({ src, at }) =>
      problem('missing', { image: (src ?? '').split('/').at(-1)?.slice(0, 60) ?? '' }, { at }),
    );
  },
  words: {
    en: {
      title: 'Text for images',
      why: 'Many read with images turned off, and some have the mail read aloud. Without a text they get nothing, or a file name.',
      fix: 'Add alt="…" with what the image tells. If it is only decoration, write alt="" so that it is passed over.',
      problems: { missing: ({ image }) => `The image ${image} has no alt text.` },
    },
    sv: {
      title: 'Text till bilder',
      why: 'Många läser med bilder avstängda, och en del får mejlet uppläst. Utan text får de ingenting, eller ett filnamn.',
      fix: 'Lägg till alt="…" med det som bilden berättar. Är den bara dekoration, skriv alt="" så hoppas den över.',
      problems: { missing: ({ image }) => `Bilden ${image} saknar alt-text.` },
    },
  },
  examples: {
    good: [
      { html: '<p>Hej!</p><img src="a.png" alt="Fröpåsar"><img src="b.png" alt="">' },
      { html: '<p>Hej!</p><img src="https://example.se/open" height="1">' },
      { html: '<p>Hej!</p><div style="display:none"><img src="a.png"></div>' },
    ],
    bad: [{ world: { html: '<p>Hej!</p><img src="https://example.se/frobyte.jpg">' }, finds: 'missing' }],
  },
});
