import { defineRule, notApplicable, problem } from '#rule';
import { audienceSource } from '../clients/audience.ts';
import { lostBy, namesOf, shareOf } from '../clients/reach.ts';
import { supportSource } from '../clients/support.ts';
import { linesOf } from '../wordings/support.ts';

/** By caniemail's slug; GIF, JPEG and PNG are shown everywhere. A moving WebP or PNG falls back by itself. */
const formats: Record<string, string> = {
  'image-base64': 'data:',
  'image-svg': 'SVG',
  'image-webp': 'WebP',
  'image-avif': 'AVIF',
  'image-heif': 'HEIF',
  'image-tiff': 'TIFF',
  'image-ico': 'ICO',
  'image-mp4': 'MP4',
  'image-bmp': 'BMP',
  'image-hdr': 'HDR',
};

/** The reader sees the picture all the same: a moving one stands still. */
const shownAnyway = /^Partial: Converts file to jpg|^Partial\. Does not support animation/;

const kinds = Object.entries(formats).map(([slug, format]) => ({ slugs: [slug] as const, format }));

export default defineRule({
  id: 'image-format',
  severity: 'minor',
  reference: `${supportSource}, image formats; ${audienceSource}`,
  needs: ['css'],
  check({ css }, { policy: { audience } }) {
    if (!css) return notApplicable('no-html');
    return lostBy(css, kinds, audience).flatMap(({ feature: { format }, reach }) => {
      const clients = namesOf(reach.lost, audience.shares);
      const partly = namesOf(
        reach.partly.filter(({ tested }) => !isShown(tested?.notes)),
        audience.shares,
      );
      const [at] = reach.places;
      const lines = linesOf(reach.places);
      return [
        problem(
          'unshown',
          { format, clients, partly, share: shareOf(reach.lost), images: reach.count, lines },
          { at },
        ),
      ];
    });
  },
  words: {
    en: {
      title: 'Image formats',
      heading: { unshown: ({ format }) => `${kind(format).en} are not shown in every mail program` },
      mend: { unshown: () => 'Use JPEG, PNG or GIF' },
      why: 'Readers with that mail program see an empty box, or the image’s text, where the picture should be.',
      fix: {
        unshown: ({ format }) =>
          format === 'data:'
            ? 'Put the image on your site or in your mailing tool, and write its web address as src instead of the code that starts with data:.'
            : `Save the image as JPEG or PNG, and use that file instead of the one in ${format}.`,
      },
      problems: {
        unshown: ({ format, clients, partly, share, images, lines }) =>
          `${kind(format).en} are not shown in ${clients}, for about ${share} of 100 readers.${partly && ` They are shown only partly in ${partly}.`}${images > 1 ? ` There are ${images} of them${lines ? `, the others on line ${lines}` : ''}.` : ''}`,
      },
    },
    sv: {
      title: 'Bildformat',
      heading: { unshown: ({ format }) => `${kind(format).sv} visas inte i alla mejlprogram` },
      mend: { unshown: () => 'Använd JPEG, PNG eller GIF' },
      why: 'Den som läser i det mejlprogrammet ser en tom ruta, eller bildens text, där bilden skulle ha varit.',
      fix: {
        unshown: ({ format }) =>
          format === 'data:'
            ? 'Lägg bilden på din webbplats eller i utskicksverktyget, och skriv dess webbadress som src i stället för koden som börjar med data:.'
            : `Spara bilden som JPEG eller PNG, och använd den filen i stället för den i ${format}.`,
      },
      problems: {
        unshown: ({ format, clients, partly, share, images, lines }) =>
          `${kind(format).sv} visas inte i ${clients}, för ungefär ${share} av 100 läsare.${partly && ` De visas bara delvis i ${partly}.`}${images > 1 ? ` Det finns ${images}${lines ? `, de andra på rad ${lines}` : ''}.` : ''}`,
      },
    },
  },
  examples: {
    good: [
      { html: '<img src="https://example.se/a.png" alt="Logga"><img src="cid:a" alt="Bild">' },
      { html: '<img src="https://example.se/a.jpg?format=webp" alt="Logga">' },
    ],
    bad: [
      { world: { html: '<img src="https://example.se/a.webp" alt="Logga">' }, finds: 'unshown' },
      { world: { html: '<img src="data:image/png;base64,AAAA" alt="Logga">' }, finds: 'unshown' },
    ],
  },
});

function isShown(notes: readonly string[] = []): boolean {
  return notes.length > 0 && notes.every((note) => shownAnyway.test(note));
}

function kind(format: string): { en: string; sv: string } {
  return format === 'data:'
    ? { en: 'Images written into the code', sv: 'Bilder som är inskrivna i koden' }
    : { en: `Images in ${format}`, sv: `Bilder i ${format}` };
}
