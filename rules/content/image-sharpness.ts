import { defineRule, notApplicable, problem } from '#rule';
import { exampleJpeg } from '../repairs/example-pictures.ts';
import { firstPlace, namedImage, nameOf } from '../wordings/image-names.ts';

export default defineRule({
  id: 'image-sharpness',
  severity: 'minor',
  reference:
    'WHATWG HTML, section 4.8.4.4 (density of images); Mailchimp, “About Template Images” (twice the size for sharp screens), read 2026-11-23',
  needs: ['pictures'],
  check({ pictures: { pictures, unasked } }, { policy: { pictures: limits } }) {
    if (unasked) return notApplicable('none-answered');
    const seen = pictures.filter(({ read }) => read?.width && read.format !== 'svg');
    if (seen.length === 0) return notApplicable(pictures.length === 0 ? 'no-pictures' : 'none-answered');
    return seen.flatMap((picture) => {
      const own = picture.read?.width ?? 0;
      const place = picture.places.find(({ width }) => width !== null && own < width * limits.sharp);
      // A picture of one colour or a line may be drawn out without anybody seeing it.
      if (!place?.width || own <= smallest || (picture.read?.height ?? 0) <= smallest) return [];
      const data = { name: nameOf(picture), own, shown: Math.round(place.width) };
      return [problem('few', data, { at: place.at ?? firstPlace(picture) })];
    });
  },
  words: {
    en: {
      title: 'Sharpness of the images',
      heading: {
        few: ({ name }, count) =>
          count > 1 ? `${count} images are blurred` : `${namedImage.en(name)} is blurred`,
      },
      mend: 'Use a larger original',
      why: 'The image is drawn out over more pixels than it has, so readers see it blurred, most of all on phones with sharp screens.',
      fix: 'Save the image again from its original, twice as wide as it is shown, or show it smaller.',
      problems: {
        few: ({ name, own, shown }) =>
          `${namedImage.en(name)} is ${own} pixels wide but is shown ${shown} pixels wide.`,
      },
    },
    sv: {
      title: 'Bildernas skärpa',
      heading: {
        few: ({ name }, count) =>
          count > 1 ? `${count} bilder blir suddiga` : `${namedImage.sv(name)} blir suddig`,
      },
      mend: 'Använd ett större original',
      why: 'Bilden dras ut över fler bildpunkter än den har, så läsarna ser den suddig, allra mest i telefoner med skarp skärm.',
      fix: 'Spara om bilden från originalet, dubbelt så bred som den visas, eller visa den mindre.',
      problems: {
        few: ({ name, own, shown }) =>
          `${namedImage.sv(name)} är ${own} bildpunkter bred men visas ${shown} bildpunkter bred.`,
      },
    },
  },
  examples: {
    good: [
      {
        html: '<p>Hej!</p><img src="https://example.se/a.jpg" width="600" alt="Höst">',
        web: { 'https://example.se/a.jpg': exampleJpeg(1200, 800) },
      },
      {
        html: '<p>Hej!</p><img src="https://example.se/linje.jpg" width="600" height="4" alt="">',
        web: { 'https://example.se/linje.jpg': exampleJpeg(4, 4) },
      },
    ],
    bad: [
      {
        world: {
          html: '<p>Hej!</p><img src="https://example.se/a.jpg" width="600" alt="Höst">',
          web: { 'https://example.se/a.jpg': exampleJpeg(300, 200) },
        },
        finds: 'few',
      },
    ],
  },
});

/** Pixels to a side. */
const smallest = 16;
