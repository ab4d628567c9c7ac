import { defineRule, notApplicable, problem } from '#rule';
import { exampleJpeg } from '../repairs/example-pictures.ts';
import { firstPlace, namedImage, nameOf, weight } from '../wordings/image-names.ts';

export default defineRule({
  id: 'image-pixels',
  severity: 'advice',
  reference:
    'Mailchimp, “About Template Images” (none much larger than its place), read 2026-11-23; caniemail.com, max-width (Outlook for Windows: not on images)',
  needs: ['pictures'],
  check({ pictures: { pictures, unasked } }, { policy: { pictures: limits } }) {
    if (unasked) return notApplicable('none-answered');
    const seen = pictures.filter(
      ({ read, kind }) => read?.width && read.format !== 'svg' && kind === 'image',
    );
    if (seen.length === 0) return notApplicable(pictures.length === 0 ? 'no-pictures' : 'none-answered');
    return seen.flatMap((picture) => {
      const own = picture.read?.width ?? 0;
      const widths = picture.places.map(({ width }) => width);
      const shown = Math.round(Math.max(...widths.map((width) => width ?? own)));
      const bytes = picture.size ?? 0;
      // Of a heavier one another check says the same.
      if (own < shown * limits.wasted || bytes <= limits.wastedBytes || bytes > limits.bytes) return [];
      return [problem('many', { name: nameOf(picture), own, shown, bytes }, { at: firstPlace(picture) })];
    });
  },
  words: {
    en: {
      title: 'Pixels of the images',
      heading: {
        many: ({ name }, count) =>
          count > 1
            ? `${count} images have far more pixels than are shown`
            : `${namedImage.en(name)} is larger than it needs to be`,
      },
      mend: 'Save the image at twice its shown width',
      why: 'Readers wait, and pay with their data, for pixels that no screen shows.',
      fix: 'Scale the image down to twice the width it is shown at before you upload it. Nobody sees the difference, and it loads in a fraction of the time.',
      problems: {
        many: ({ name, own, shown, bytes }) =>
          `${namedImage.en(name)} is ${own} pixels wide and weighs ${weight.en(bytes)}, but is shown ${shown} pixels wide.`,
      },
    },
    sv: {
      title: 'Bildernas bildpunkter',
      heading: {
        many: ({ name }, count) =>
          count > 1
            ? `${count} bilder har långt fler bildpunkter än som visas`
            : `${namedImage.sv(name)} är större än den behöver vara`,
      },
      mend: 'Spara bilden dubbelt så bred som den visas',
      why: 'Läsarna väntar på bildpunkter som ingen skärm visar, och de drar av surfmängden.',
      fix: 'Skala ner bilden till dubbla den bredd som den visas med innan du laddar upp den. Ingen ser skillnaden, och bilden laddas på en bråkdel av tiden.',
      problems: {
        many: ({ name, own, shown, bytes }) =>
          `${namedImage.sv(name)} är ${own} bildpunkter bred och väger ${weight.sv(bytes)}, men visas ${shown} bildpunkter bred.`,
      },
    },
  },
  examples: {
    good: [
      {
        html: '<p>Hej!</p><img src="https://example.se/a.jpg" width="600" alt="Höst">',
        web: { 'https://example.se/a.jpg': { ...exampleJpeg(1800, 1200), size: 300_000 } },
      },
      {
        html: '<p>Hej!</p><img src="https://example.se/a.jpg" width="40" alt="Höst">',
        web: { 'https://example.se/a.jpg': { ...exampleJpeg(400, 400), size: 20_000 } },
      },
    ],
    bad: [
      {
        world: {
          html: '<p>Hej!</p><img src="https://example.se/a.jpg" width="300" alt="Höst">',
          web: { 'https://example.se/a.jpg': { ...exampleJpeg(4000, 3000), size: 900_000 } },
        },
        finds: 'many',
      },
    ],
  },
});
