import { defineRule, notApplicable, problem } from '#rule';
import { fileName, siteOf } from '../wordings/addresses.ts';
import { namedImage } from '../wordings/image-names.ts';

export default defineRule({
  id: 'image-encryption',
  severity: 'minor',
  reference:
    'W3C Mixed Content, section 4.1 (images are asked for under https instead); MDN, “Mixed content”, read 2026-11-23',
  needs: ['html'],
  check({ html }) {
    if (!html) return notApplicable('no-html');
    const shown = [
      ...html.images.flatMap(({ hidden, src, at }) => (hidden || !src ? [] : [{ address: src.trim(), at }])),
      ...html.backgrounds,
    ];
    return shown.flatMap(({ address, at }) => {
      if (!/^http:\/\//i.test(address)) return [];
      const data = { name: fileName(address).slice(0, 40), site: siteOf(address) };
      return [problem('plain', data, { at })];
    });
  },
  words: {
    en: {
      title: 'Encryption of the images',
      heading: {
        plain: ({ name }, count) =>
          count > 1
            ? `${count} images are fetched without encryption`
            : `${namedImage.en(name)} is fetched without encryption`,
      },
      mend: 'Write https:// in the address of the image',
      why: 'A mail program in a browser shows the image only if its site answers over https as well. In other programs, anyone on the same network can see which mail is being read.',
      fix: 'Open the address of the image in a browser with https:// in place of http://. If the image is shown, write https:// in the mail. If not, upload the image to your sending tool or a site that has https.',
      problems: { plain: ({ site }) => `The address of images from ${site} begins with http://.` },
    },
    sv: {
      title: 'Bildernas kryptering',
      heading: {
        plain: ({ name }, count) =>
          count > 1
            ? `${count} bilder hämtas utan kryptering`
            : `${namedImage.sv(name)} hämtas utan kryptering`,
      },
      mend: 'Skriv https:// i bildens adress',
      why: 'Ett mejlprogram i webbläsaren visar bilden bara om dess webbplats svarar även över https. I andra program kan alla på samma nätverk se vilket mejl som läses.',
      fix: 'Öppna bildens adress i en webbläsare med https:// i stället för http://. Visas bilden, skriv https:// i mejlet. Annars: ladda upp bilden till utskicksverktyget eller en webbplats som har https.',
      problems: { plain: ({ site }) => `Adressen till bilder från ${site} börjar med http://.` },
    },
  },
  examples: {
    good: [
      { html: '<p>Hej!</p><img src="https://example.se/a.png" alt="Höst"><img src="{{bild}}" alt="">' },
      { html: '<p>Hej!</p><img src="http://example.se/o.gif" width="1" height="1" alt="">' },
    ],
    bad: [
      { world: { html: '<p>Hej!</p><img src="http://example.se/a.png" alt="Höst">' }, finds: 'plain' },
      {
        world: { html: '<table background="http://example.se/a.png"><tr><td>Hej</td></tr></table>' },
        finds: 'plain',
      },
    ],
  },
});
