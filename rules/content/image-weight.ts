import { defineRule, notApplicable, problem } from '#rule';
import { firstPlace, namedImage, nameOf, weight } from '../wordings/image-names.ts';

export default defineRule({
  id: 'image-weight',
  severity: 'minor',
  reference:
    'Mailchimp, “About Template Images” (at most 1 MB each), read 2026-11-23; Suped, “optimal image file size for emails”, 2026-05-28 (all near 1–2 MB)',
  needs: ['pictures'],
  check({ pictures: { pictures, unasked } }, { policy: { pictures: limits } }) {
    if (unasked) return notApplicable('none-answered');
    const seen = pictures.filter(({ size }) => size !== null);
    if (seen.length === 0) return notApplicable(pictures.length === 0 ? 'no-pictures' : 'none-answered');
    const heavy = seen.flatMap((picture) => {
      const bytes = picture.size ?? 0;
      const data = { name: nameOf(picture), bytes, images: 1 };
      return bytes > limits.bytes ? [problem('one', data, { at: firstPlace(picture) })] : [];
    });
    const bytes = seen.reduce((sum, { size }) => sum + (size ?? 0), 0);
    if (heavy.length > 0 || bytes <= limits.bytesOfAll) return heavy;
    return [problem('all', { name: '', bytes, images: seen.length })];
  },
  words: {
    en: {
      title: 'Weight of the images',
      heading: {
        one: ({ name }, count) =>
          count > 1 ? `${count} images are heavy` : `${namedImage.en(name)} is heavy`,
        all: () => 'The images are heavy together',
      },
      mend: 'Save the images smaller',
      why: 'On a phone the images load slowly, and many readers leave before they are there. They also use up the reader’s data.',
      fix: 'Save photographs as JPEG at quality 70 to 80, no wider than twice the width they are shown at. An image under 200 kB is light. A moving one should have few frames.',
      problems: {
        one: ({ name, bytes }) => `${namedImage.en(name)} weighs ${weight.en(bytes)}.`,
        all: ({ images, bytes }) => `The ${images} images of the mail weigh ${weight.en(bytes)} together.`,
      },
    },
    sv: {
      title: 'Bildernas vikt',
      heading: {
        one: ({ name }, count) => (count > 1 ? `${count} bilder är tunga` : `${namedImage.sv(name)} är tung`),
        all: () => 'Bilderna är tunga tillsammans',
      },
      mend: 'Spara bilderna mindre',
      why: 'I en telefon laddas bilderna långsamt, och många läsare har lämnat mejlet innan de syns. De drar också av läsarens surfmängd.',
      fix: 'Spara foton som JPEG med kvalitet 70 till 80, och högst dubbelt så breda som de visas. En bild under 200 kB är lätt. En rörlig bild bör ha få bildrutor.',
      problems: {
        one: ({ name, bytes }) => `${namedImage.sv(name)} väger ${weight.sv(bytes)}.`,
        all: ({ images, bytes }) => `Mejlets ${images} bilder väger ${weight.sv(bytes)} tillsammans.`,
      },
    },
  },
  examples: {
    good: [
      {
        html: '<p>Hej!</p><img src="https://example.se/a.jpg" alt="Höst">',
        web: { 'https://example.se/a.jpg': { type: 'image/jpeg', body: 'x', size: 180_000 } },
      },
    ],
    bad: [
      {
        world: {
          html: '<p>Hej!</p><img src="https://example.se/a.jpg" alt="Höst">',
          web: { 'https://example.se/a.jpg': { type: 'image/jpeg', body: 'x', size: 2_400_000 } },
        },
        finds: 'one',
      },
      {
        world: {
          html: '<p>Hej!</p><img src="https://example.se/a.jpg" alt=""><img src="https://example.se/b.jpg" alt=""><img src="https://example.se/c.jpg" alt="">',
          web: Object.fromEntries(
            ['a', 'b', 'c'].map((name) => [
              `https://example.se/${name}.jpg`,
              { type: 'image/jpeg', body: 'x', size: 900_000 },
            ]),
          ),
        },
        finds: 'all',
      },
    ],
  },
});
