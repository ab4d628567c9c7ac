import { defineRule, notApplicable, problem, unknown } from '#rule';
import { firstPlace, namedImage, nameOf } from '../wordings/image-names.ts';
import { shownAddress } from '../wordings/link-names.ts';

/** As with links it gates nothing: a site that is down for a moment would hold the mail for ever. None of them passes. */
export default defineRule({
  id: 'image-silence',
  severity: 'minor',
  reference:
    'RFC 9110 sections 15.5.4 (403) and 15.6 (5xx); Gmail’s help on images, December 2013: all of them go through Google’s own servers',
  needs: ['pictures'],
  check({ pictures: { pictures, unasked } }) {
    if (unasked === 'dns-alone') return notApplicable('dns-alone');
    if (unasked) return unknown(unasked);
    if (pictures.length === 0) return notApplicable('no-pictures');
    return pictures.flatMap((picture) => {
      const { state, status, endUrl } = picture;
      const data = { name: nameOf(picture), address: shownAddress(endUrl), status: status ?? 0 };
      const at = firstPlace(picture);
      const silent = state === 'silent' ? [problem('silent', data, { at })] : [];
      // Gmail and others let a program of theirs fetch images, which a site that turns programs away turns away too.
      const refuses = state === 'closed' || state === 'error';
      return [...silent, ...(refuses ? [problem('refused', data, { at })] : [])];
    });
  },
  words: {
    en: {
      title: 'Images that could not be fetched',
      heading: {
        silent: ({ name }, count) => heading.en(name, count),
        refused: ({ name }, count) => heading.en(name, count),
      },
      mend: {
        silent: () => 'Open the image by hand before you send',
        refused: () => 'Put the image where programs may fetch it',
      },
      why: 'Gmail and other mail programs fetch images by themselves, and meet the same: then readers see an empty box. The site may also have been slow just then.',
      fix: {
        silent: () =>
          'Open the address of the image in a browser. If it is slow or does not come, upload the image to your sending tool and use the address that it gets there.',
        refused: () =>
          'Upload the image to your sending tool or your own site, and use the address that it gets there. Some sites show their images on their own pages alone.',
      },
      problems: {
        silent: ({ name, address }) =>
          `${namedImage.en(name)} could not be fetched: no answer from ${address}`,
        refused: ({ name, address, status }) =>
          `${namedImage.en(name)} could not be fetched: ${address} refuses it${code(status)}.`,
      },
    },
    sv: {
      title: 'Bilder som inte gick att hämta',
      heading: {
        silent: ({ name }, count) => heading.sv(name, count),
        refused: ({ name }, count) => heading.sv(name, count),
      },
      mend: {
        silent: () => 'Öppna bilden för hand innan du skickar',
        refused: () => 'Lägg bilden där program får hämta den',
      },
      why: 'Gmail och andra mejlprogram hämtar bilder på egen hand och möts av samma sak: då ser läsarna en tom ruta. Webbplatsen kan också ha varit trög just då.',
      fix: {
        silent: () =>
          'Öppna bildens adress i en webbläsare. Är den trög, eller kommer den inte alls, ladda upp bilden till utskicksverktyget och använd adressen den får där.',
        refused: () =>
          'Ladda upp bilden till utskicksverktyget eller din egen webbplats, och använd adressen den får där. En del webbplatser visar sina bilder bara på de egna sidorna.',
      },
      problems: {
        silent: ({ name, address }) =>
          `${namedImage.sv(name)} gick inte att hämta: inget svar från ${address}`,
        refused: ({ name, address, status }) =>
          `${namedImage.sv(name)} gick inte att hämta: ${address} nekar${code(status)}.`,
      },
    },
  },
  examples: {
    good: [
      {
        html: '<p>Hej!</p><img src="https://example.se/a.png" alt="Höst">',
        web: { 'https://example.se/a.png': { type: 'image/png', body: 'x' } },
      },
    ],
    bad: [
      {
        world: {
          html: '<p>Hej!</p><img src="https://example.se/a.png" alt="Höst">',
          web: { 'https://example.se/a.png': { failure: 'ECONNREFUSED' } },
        },
        finds: 'silent',
      },
      {
        world: {
          html: '<p>Hej!</p><img src="https://example.se/a.png" alt="Höst">',
          web: { 'https://example.se/a.png': { status: 403 } },
        },
        finds: 'refused',
      },
    ],
  },
});

const heading = {
  en: (name: string, count: number) =>
    count > 1 ? `${count} images could not be fetched` : `${namedImage.en(name)} could not be fetched`,
  sv: (name: string, count: number) =>
    count > 1 ? `${count} bilder gick inte att hämta` : `${namedImage.sv(name)} gick inte att hämta`,
};

function code(status: number): string {
  return status > 0 ? ` (${status})` : '';
}
