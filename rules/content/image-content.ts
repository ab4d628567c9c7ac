import { defineRule, notApplicable, problem } from '#rule';
import { firstPlace, namedImage, nameOf } from '../wordings/image-names.ts';
import { shownAddress } from '../wordings/link-names.ts';

export default defineRule({
  id: 'image-content',
  severity: 'major',
  reference: 'WHATWG MIME Sniffing, section 7.1: what begins as HTML is no image, whatever its address says',
  needs: ['pictures'],
  check({ pictures: { pictures, unasked } }) {
    if (unasked) return notApplicable('none-answered');
    const seen = pictures.filter(({ state }) => state === 'answered');
    if (seen.length === 0) return notApplicable(pictures.length === 0 ? 'no-pictures' : 'none-answered');
    return seen.flatMap((picture) => {
      const data = { name: nameOf(picture), address: shownAddress(picture.endUrl) };
      const at = firstPlace(picture);
      const page = picture.read?.format === 'page' ? [problem('page', data, { at })] : [];
      const nothing = picture.read === null && picture.size === 0 ? [problem('nothing', data, { at })] : [];
      return [...page, ...nothing];
    });
  },
  words: {
    en: {
      title: 'What the image files are',
      heading: {
        page: ({ name }, count) => heading.en(name, count),
        nothing: ({ name }, count) => heading.en(name, count),
      },
      mend: {
        page: () => 'Use the address of the image itself',
        nothing: () => 'Upload the image again',
      },
      why: 'Readers see an empty box where the image should be.',
      fix: {
        page: () =>
          'The address leads to a page that shows the image, or to a sign-in page, as links to shared files in Google Drive, OneDrive or Dropbox do. Upload the image to your site or sending tool, and use the address that it gets there.',
        nothing: () =>
          'The file is empty. Upload the image once more, and open its address to see that it is there.',
      },
      problems: {
        page: ({ name, address }) => `${namedImage.en(name)} is a web page, not an image: ${address}`,
        nothing: ({ name, address }) => `${namedImage.en(name)} is an empty file: ${address}`,
      },
    },
    sv: {
      title: 'Vad bildfilerna är',
      heading: {
        page: ({ name }, count) => heading.sv(name, count),
        nothing: ({ name }, count) => heading.sv(name, count),
      },
      mend: {
        page: () => 'Använd adressen till själva bilden',
        nothing: () => 'Ladda upp bilden igen',
      },
      why: 'Läsarna ser en tom ruta där bilden skulle ha varit.',
      fix: {
        page: () =>
          'Adressen leder till en sida som visar bilden, eller till en inloggning, så som länkar till delade filer i Google Drive, OneDrive eller Dropbox gör. Ladda upp bilden till din webbplats eller ditt utskicksverktyg, och använd adressen den får där.',
        nothing: () =>
          'Filen är tom. Ladda upp bilden en gång till, och öppna adressen för att se att den finns där.',
      },
      problems: {
        page: ({ name, address }) => `${namedImage.sv(name)} är en webbsida, inte en bild: ${address}`,
        nothing: ({ name, address }) => `${namedImage.sv(name)} är en tom fil: ${address}`,
      },
    },
  },
  examples: {
    good: [
      {
        html: '<p>Hej!</p><img src="https://example.se/a.svg" alt="Höst">',
        web: {
          'https://example.se/a.svg': {
            type: 'text/plain',
            body: '<svg xmlns="http://www.w3.org/2000/svg"/>',
          },
        },
      },
    ],
    bad: [
      {
        world: {
          html: '<p>Hej!</p><img src="https://example.se/file/d/karta/view" alt="Höst">',
          web: {
            'https://example.se/file/d/karta/view': {
              type: 'text/html',
              body: '<!doctype html><title>karta.png</title>',
            },
          },
        },
        finds: 'page',
      },
      {
        world: {
          html: '<p>Hej!</p><img src="https://example.se/a.png" alt="Höst">',
          web: { 'https://example.se/a.png': { type: 'image/png', body: '' } },
        },
        finds: 'nothing',
      },
    ],
  },
});

const heading = {
  en: (name: string, count: number) =>
    count > 1 ? `${count} images are not images` : `${namedImage.en(name)} is not an image`,
  sv: (name: string, count: number) =>
    count > 1 ? `${count} bilder är inga bilder` : `${namedImage.sv(name)} är ingen bild`,
};
