import { defineRule, notApplicable, problem, unknown } from '#rule';
import { siteOf } from '../wordings/addresses.ts';
import { firstPlace, namedImage, nameOf } from '../wordings/image-names.ts';
import { shownAddress } from '../wordings/link-names.ts';

const keys = { gone: 'gone', absent: 'absent', certificate: 'certificate' } as const;

export default defineRule({
  id: 'image-file',
  severity: 'major',
  reference:
    'RFC 9110 sections 15.5.5 (404), 15.5.11 (410) and 4.3.4 (certificates); RFC 8020 (NXDOMAIN): no mail program gets the image either',
  needs: ['pictures'],
  check({ pictures: { pictures, unasked } }) {
    if (unasked) return notApplicable('none-answered');
    if (pictures.length === 0) return notApplicable('no-pictures');
    // One that gave no answer is told of by another check and holds no mail; where none did, nothing at all is known.
    const asked = pictures.filter(({ address }) => !address.startsWith('cid:'));
    if (asked.length > 0 && asked.every(({ status, state }) => status === null && !(state in keys))) {
      return unknown('sites-silent');
    }
    return pictures.flatMap((picture) => {
      const key = keys[picture.state as keyof typeof keys];
      if (!key) return [];
      const data = {
        name: nameOf(picture),
        address: shownAddress(picture.endUrl),
        site: siteOf(picture.endUrl),
        status: picture.status ?? 0,
      };
      return [problem(key, data, { at: firstPlace(picture) })];
    });
  },
  words: {
    en: {
      title: 'Files of the images',
      heading: {
        gone: ({ name }, count) => heading.en(name, count),
        absent: ({ name }, count) => heading.en(name, count),
        certificate: ({ name }, count) => heading.en(name, count),
      },
      mend: {
        gone: () => 'Upload the image again, and correct its address',
        absent: () => 'Correct the name of the site in the address',
        certificate: () => 'Put the image on a site with a valid certificate',
      },
      why: 'Readers see an empty box where the image should be, and the mail cannot be changed once it is sent.',
      fix: {
        gone: () =>
          'Upload the image to your site or your sending tool, and write the address that it gets there as src.',
        absent: () => 'Look for a slip of the pen in the address, or upload the image to a site of your own.',
        certificate: () =>
          'Have the certificate of that site renewed or corrected, or upload the image to another site and use its address there.',
      },
      problems: {
        gone: ({ name, address, status }) =>
          `${namedImage.en(name)} is not where the mail looks for it (${status}): ${address}`,
        // One line a site: it is the name of the site that is mended.
        absent: ({ site }) => `Images are to be fetched from ${site}, a site that does not exist.`,
        certificate: ({ site }) => `Images are to be fetched from ${site}, whose certificate is not valid.`,
      },
    },
    sv: {
      title: 'Bildernas filer',
      heading: {
        gone: ({ name }, count) => heading.sv(name, count),
        absent: ({ name }, count) => heading.sv(name, count),
        certificate: ({ name }, count) => heading.sv(name, count),
      },
      mend: {
        gone: () => 'Ladda upp bilden igen, och rätta adressen',
        absent: () => 'Rätta webbplatsens namn i adressen',
        certificate: () => 'Lägg bilden på en plats med giltigt certifikat',
      },
      why: 'Läsarna ser en tom ruta där bilden skulle ha varit, och mejlet går inte att ändra när det väl är skickat.',
      fix: {
        gone: () =>
          'Ladda upp bilden till din webbplats eller ditt utskicksverktyg, och skriv adressen den får där som src.',
        absent: () => 'Leta efter ett skrivfel i adressen, eller ladda upp bilden till en egen webbplats.',
        certificate: () =>
          'Se till att den webbplatsens certifikat förnyas eller rättas, eller ladda upp bilden någon annanstans och använd adressen där.',
      },
      problems: {
        gone: ({ name, address, status }) =>
          `${namedImage.sv(name)} finns inte där mejlet letar efter den (${status}): ${address}`,
        absent: ({ site }) => `Bilder ska hämtas från ${site}, en webbplats som inte finns.`,
        certificate: ({ site }) => `Bilder ska hämtas från ${site}, vars certifikat inte gäller.`,
      },
    },
  },
  examples: {
    good: [
      {
        html: '<p>Hej!</p><img src="https://example.se/a.png" alt="Höst">',
        web: { 'https://example.se/a.png': { type: 'image/png', body: 'x' } },
      },
      {
        // One that gave no answer is another check's matter.
        html: '<p>Hej!</p><img src="https://example.se/a.png" alt=""><img src="https://example.se/b.png" alt="">',
        web: {
          'https://example.se/a.png': { type: 'image/png', body: 'x' },
          'https://example.se/b.png': { failure: 'ETIMEDOUT' },
        },
      },
    ],
    bad: [
      {
        world: {
          html: '<p>Hej!</p><img src="https://example.se/a.png" alt="Höst">',
          web: { 'https://example.se/a.png': { status: 404 } },
        },
        finds: 'gone',
      },
      {
        world: {
          html: '<p>Hej!</p><table background="https://example.se/a.png"><tr><td>Hej</table>',
          web: { 'https://example.se/a.png': { status: 410 } },
        },
        finds: 'gone',
      },
      {
        world: { html: '<p>Hej!</p><img src="https://bilder.exampel.se/a.png" alt="Höst">' },
        finds: 'absent',
      },
      {
        world: {
          html: '<p>Hej!</p><img src="https://example.se/a.png" alt="Höst">',
          web: { 'https://example.se/a.png': { failure: 'CERT_HAS_EXPIRED' } },
        },
        finds: 'certificate',
      },
    ],
  },
});

const heading = {
  en: (name: string, count: number) =>
    count > 1 ? `${count} images will be missing` : `${namedImage.en(name)} will be missing`,
  sv: (name: string, count: number) =>
    count > 1 ? `${count} bilder kommer att saknas` : `${namedImage.sv(name)} kommer att saknas`,
};
