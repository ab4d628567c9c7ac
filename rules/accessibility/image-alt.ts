import { defineRule, notApplicable, problem } from '#rule';
import { fileName } from '../wordings/addresses.ts';

export default defineRule({
  id: 'image-alt',
  severity: 'major',
  reference:
    'WHATWG HTML section 4.8.4.4: alt is what stands there where images are not shown, and title or ARIA are not; WCAG 2.2, success criterion 1.1.1',
  needs: ['html'],
  check({ html }) {
    if (!html) return notApplicable('no-html');
    const silent = html.images.filter(
      ({ alt, decorative, hidden }) => alt === null && !decorative && !hidden,
    );
    return silent.map(({ src, at }) =>
      problem('missing', { image: fileName(src ?? '').slice(0, 60) }, { at }),
    );
  },
  words: {
    en: {
      title: 'Text for images',
      heading: {
        missing: ({ image }, count) =>
          count > 1
            ? `${count} images have no alt text`
            : `${image ? `The image ${image}` : 'An image'} has no alt text`,
      },
      mend: 'Write an alt text for each image',
      why: 'Many mail programs show no images until the reader asks for them. The alt text then stands in the picture’s place, and neither title nor aria-label does that. Whoever has the mail read aloud gets nothing, or a file name.',
      fix: 'Give the image an alt text, the words that stand in for it: alt="…" with what it tells. If it is only decoration, write alt="" so that it is passed over.',
      problems: { missing: ({ image }) => `${image ? `The image ${image}` : 'An image'} has no alt text.` },
    },
    sv: {
      title: 'Text till bilder',
      heading: {
        missing: ({ image }, count) =>
          count > 1
            ? `${count} bilder saknar alt-text`
            : `${image ? `Bilden ${image}` : 'En bild'} saknar alt-text`,
      },
      mend: 'Skriv en alt-text till varje bild',
      why: 'Många mejlprogram visar inga bilder förrän läsaren ber om det. Då står alt-texten i bildens ställe, och det gör varken title eller aria-label. Den som får mejlet uppläst hör ingenting, eller bara ett filnamn.',
      fix: 'Ge bilden en alt-text, orden som står i dess ställe: alt="…" med det som bilden berättar. Är den bara dekoration, skriv alt="", så hoppar uppläsningen över den.',
      problems: { missing: ({ image }) => `${image ? `Bilden ${image}` : 'En bild'} saknar alt-text.` },
    },
  },
  examples: {
    good: [
      { html: '<p>Hej!</p><img src="a.png" alt="Fröpåsar"><img src="b.png" alt="">' },
      { html: '<p>Hej!</p><img src="https://example.se/open" height="1">' },
      { html: '<p>Hej!</p><div style="display:none"><img src="a.png"></div>' },
    ],
    bad: [
      { world: { html: '<p>Hej!</p><img src="https://example.se/frobyte.jpg">' }, finds: 'missing' },
      // Named for those who listen, and nothing to see while images are off.
      {
        world: { html: '<p>Hej!</p><img src="https://example.se/a.jpg" aria-label="Fröpåsar">' },
        finds: 'missing',
      },
      { world: { html: '<p>Hej!</p><img src="data:image/png;base64,AAAA">' }, finds: 'missing' },
    ],
  },
});
