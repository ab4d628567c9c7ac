import { defineRule, notApplicable, problem } from '#rule';
import { exampleJpeg } from '../repairs/example-pictures.ts';
import { firstPlace, namedImage, nameOf } from '../wordings/image-names.ts';

export default defineRule({
  id: 'image-proportions',
  severity: 'minor',
  reference:
    'WHATWG HTML, section 15.4.3: width and height on an image are followed both, whatever its own form is',
  needs: ['pictures'],
  check({ pictures: { pictures, unasked } }, { policy: { pictures: limits } }) {
    if (unasked) return notApplicable('none-answered');
    const seen = pictures.filter(({ read }) => read?.width && read.height && read.format !== 'svg');
    if (seen.length === 0) return notApplicable(pictures.length === 0 ? 'no-pictures' : 'none-answered');
    return seen.flatMap((picture) => {
      const [own, high] = [picture.read?.width ?? 1, picture.read?.height ?? 1];
      const place = picture.places.find(({ width, height }) => {
        // Lines and pictures of one colour are drawn out on purpose.
        if (!width || !height || Math.min(width, height, own, high) <= smallest) return false;
        return Math.abs(width / height / (own / high) - 1) > limits.askew;
      });
      if (!place?.width || !place.height) return [];
      const shown = `${Math.round(place.width)} × ${Math.round(place.height)}`;
      const data = { name: nameOf(picture), own: `${own} × ${high}`, shown };
      return [problem('askew', data, { at: place.at ?? firstPlace(picture) })];
    });
  },
  words: {
    en: {
      title: 'Proportions of the images',
      heading: {
        askew: ({ name }, count) =>
          count > 1
            ? `${count} images are shown out of shape`
            : `${namedImage.en(name)} is shown out of shape`,
      },
      mend: 'Give the image its own proportions',
      why: 'The image is drawn out or pressed together, so that faces and logos look wrong. Outlook for Windows follows both numbers even where a style says otherwise.',
      fix: 'Keep the width, and write a height in the same proportion as the image’s own, or crop the image to the shape it should have.',
      problems: {
        askew: ({ name, own, shown }) => `${namedImage.en(name)} is ${own} pixels but is shown at ${shown}.`,
      },
    },
    sv: {
      title: 'Bildernas proportioner',
      heading: {
        askew: ({ name }, count) =>
          count > 1 ? `${count} bilder visas förvrängda` : `${namedImage.sv(name)} visas förvrängd`,
      },
      mend: 'Ge bilden dess egna proportioner',
      why: 'Bilden dras ut eller trycks ihop, så att ansikten och logotyper ser fel ut. Outlook för Windows följer båda talen även där en stil säger något annat.',
      fix: 'Behåll bredden och skriv en höjd i samma proportion som bildens egen, eller beskär bilden till den form den ska ha.',
      problems: {
        askew: ({ name, own, shown }) =>
          `${namedImage.sv(name)} är ${own} bildpunkter men visas som ${shown}.`,
      },
    },
  },
  examples: {
    good: [
      {
        html: '<p>Hej!</p><img src="https://example.se/a.jpg" width="600" height="401" alt="Höst">',
        web: { 'https://example.se/a.jpg': exampleJpeg(1200, 800) },
      },
      {
        html: '<p>Hej!</p><img src="https://example.se/linje.jpg" width="600" height="2" alt="">',
        web: { 'https://example.se/linje.jpg': exampleJpeg(20, 20) },
      },
    ],
    bad: [
      {
        world: {
          html: '<p>Hej!</p><img src="https://example.se/a.jpg" width="600" height="600" alt="Höst">',
          web: { 'https://example.se/a.jpg': exampleJpeg(1200, 800) },
        },
        finds: 'askew',
      },
    ],
  },
});

/** Pixels to a side. */
const smallest = 16;
