import { defineRule, notApplicable, problem } from '#rule';
import { exampleJpeg, examplePng, exampleWebp } from '../repairs/example-pictures.ts';
import { fileName } from '../wordings/addresses.ts';
import { firstPlace, namedImage, nameOf } from '../wordings/image-names.ts';

/** By what the bytes are: caniemail's slug, and how an address tells of it, which another check goes by. */
const formats: Record<string, { slug: string; name: string; told: RegExp }> = {
  webp: { slug: 'image-webp', name: 'WebP', told: /\.webp$/i },
  avif: { slug: 'image-avif', name: 'AVIF', told: /\.avifs?$/i },
  heic: { slug: 'image-heif', name: 'HEIC', told: /\.hei[cf]$/i },
  svg: { slug: 'image-svg', name: 'SVG', told: /\.svgz?$/i },
  tiff: { slug: 'image-tiff', name: 'TIFF', told: /\.tiff?$/i },
  ico: { slug: 'image-ico', name: 'ICO', told: /\.ico$/i },
  mp4: { slug: 'image-mp4', name: 'MP4', told: /\.(?:mp4|m4v|mov)$/i },
};

export default defineRule({
  id: 'image-encoding',
  severity: 'minor',
  reference:
    'caniemail.com, image formats, data of 2026-06-29; Mailchimp, “About Template Images” (RGB, since CMYK is not shown everywhere), read 2026-11-23',
  needs: ['pictures'],
  check({ pictures: { pictures, unasked } }, { clients }) {
    if (unasked) return notApplicable('none-answered');
    const seen = pictures.filter(({ read }) => read !== null);
    if (seen.length === 0) return notApplicable(pictures.length === 0 ? 'no-pictures' : 'none-answered');
    return seen.flatMap((picture) => {
      const name = nameOf(picture);
      const at = firstPlace(picture);
      const print = picture.read?.print
        ? [problem('print', { name, format: 'CMYK', clients: '' }, { at })]
        : [];
      const found = formats[picture.read?.format ?? ''];
      const hidden = found && !found.told.test(fileName(picture.address)) ? found : null;
      const lost = clients.filter(({ support }) => hidden && support[hidden.slug]?.level === 'no');
      const data = {
        name,
        format: hidden?.name ?? '',
        clients: lost.map((client) => client.name).join('; '),
      };
      return [...print, ...(lost.length > 0 ? [problem('unshown', data, { at })] : [])];
    });
  },
  words: {
    en: {
      title: 'Format of the image files',
      heading: {
        unshown: ({ name }, count) => heading.en(name, count),
        print: ({ name }, count) => heading.en(name, count),
      },
      mend: { unshown: () => 'Save the image as JPEG or PNG', print: () => 'Save the image in RGB' },
      why: 'Readers with those mail programs see an empty box, or wrong colours, where the image should be.',
      fix: {
        unshown: () =>
          'Save the image as JPEG or PNG. If an image service chooses the format for each visitor, ask it for JPEG or PNG in the address.',
        print: () =>
          'Open the image in an image editor, change its colours from CMYK to RGB, and save it again.',
      },
      problems: {
        unshown: ({ name, format, clients }) =>
          `${namedImage.en(name)} is in ${format}, whatever its name says. It is not shown in: ${clients}.`,
        print: ({ name }) => `${namedImage.en(name)} is saved in colours for print (CMYK).`,
      },
    },
    sv: {
      title: 'Bildfilernas format',
      heading: {
        unshown: ({ name }, count) => heading.sv(name, count),
        print: ({ name }, count) => heading.sv(name, count),
      },
      mend: { unshown: () => 'Spara bilden som JPEG eller PNG', print: () => 'Spara bilden i RGB' },
      why: 'Den som läser i de mejlprogrammen ser en tom ruta, eller fel färger, där bilden skulle ha varit.',
      fix: {
        unshown: () =>
          'Spara bilden som JPEG eller PNG. Väljer en bildtjänst format efter besökaren, be den om JPEG eller PNG i adressen.',
        print: () => 'Öppna bilden i ett bildprogram, ändra färgerna från CMYK till RGB, och spara om den.',
      },
      problems: {
        unshown: ({ name, format, clients }) =>
          `${namedImage.sv(name)} är i ${format}, vad namnet än säger. Den visas inte i: ${clients}.`,
        print: ({ name }) => `${namedImage.sv(name)} är sparad i färger för tryck (CMYK).`,
      },
    },
  },
  examples: {
    good: [
      {
        html: '<p>Hej!</p><img src="https://example.se/a.jpg" alt="Höst">',
        web: { 'https://example.se/a.jpg': exampleJpeg(600, 400) },
      },
      {
        // Saved under another name, and shown all the same.
        html: '<p>Hej!</p><img src="https://example.se/a.jpg" alt="Höst">',
        web: { 'https://example.se/a.jpg': examplePng(600, 400) },
      },
    ],
    bad: [
      {
        world: {
          html: '<p>Hej!</p><img src="https://example.se/a.jpg" alt="Höst">',
          web: { 'https://example.se/a.jpg': exampleWebp(600, 400) },
        },
        finds: 'unshown',
      },
      {
        world: {
          html: '<p>Hej!</p><img src="https://example.se/a.jpg" alt="Höst">',
          web: { 'https://example.se/a.jpg': exampleJpeg(600, 400, 4) },
        },
        finds: 'print',
      },
    ],
  },
});

const heading = {
  en: (name: string, count: number) =>
    count > 1
      ? `${count} images do not show as they should everywhere`
      : `${namedImage.en(name)} does not show as it should everywhere`,
  sv: (name: string, count: number) =>
    count > 1
      ? `${count} bilder visas inte rätt överallt`
      : `${namedImage.sv(name)} visas inte rätt överallt`,
};
