import { defineRule, notApplicable, problem } from '#rule';
import { fileName, mergeField } from '../wordings/addresses.ts';
import { namedImage } from '../wordings/image-names.ts';

const web = /^https?:\/\//i;
/** RFC 3986 has no place for any of them; HTML takes a line break away before it is read. */
const unwritten = /[ \\^`{}|"<>]/;

export default defineRule({
  id: 'image-address',
  severity: 'minor',
  reference:
    'RFC 3986 section 2 (which signs an address may have); Mailchimp, “About Template Images” (no spaces in file names), read 2026-11-23',
  needs: ['html'],
  check({ html }) {
    if (!html) return notApplicable('no-html');
    return html.images.flatMap(({ hidden, src, at }) => {
      const address = src?.trim() ?? '';
      if (hidden || !web.test(address) || mergeField.test(address) || !unwritten.test(address)) return [];
      return [problem('sign', { name: fileName(address).slice(0, 40) }, { at })];
    });
  },
  words: {
    en: {
      title: 'Signs in the addresses of images',
      heading: {
        sign: ({ name }, count) =>
          count > 1
            ? `${count} images have spaces in their addresses`
            : `${namedImage.en(name)} has a space or such in its address`,
      },
      mend: 'Give the file a name without spaces',
      why: 'Some mail programs, Gmail among them, do not show an image whose address has a space or a sign that does not belong there.',
      fix: 'Name the file with a to z, digits and hyphens, upload it again, and use its new address. In the address a space can also be written %20.',
      problems: {
        sign: ({ name }) => `${namedImage.en(name)} has a space, or a sign such as \\ or |, in its address.`,
      },
    },
    sv: {
      title: 'Tecken i bildernas adresser',
      heading: {
        sign: ({ name }, count) =>
          count > 1
            ? `${count} bilder har mellanslag i adressen`
            : `${namedImage.sv(name)} har mellanslag eller liknande i adressen`,
      },
      mend: 'Ge filen ett namn utan mellanslag',
      why: 'Några mejlprogram, däribland Gmail, visar inte en bild vars adress har mellanslag eller tecken som inte hör hemma där.',
      fix: 'Döp filen med a till z, siffror och bindestreck, ladda upp den igen, och använd dess nya adress. I adressen går ett mellanslag också att skriva %20.',
      problems: {
        sign: ({ name }) =>
          `${namedImage.sv(name)} har mellanslag, eller ett tecken som \\ eller |, i adressen.`,
      },
    },
  },
  examples: {
    good: [
      { html: '<p>Hej!</p><img src="https://example.se/host%20bild.png" alt="Höst">' },
      { html: '<p>Hej!</p><img src="https://example.se/{{bild}}.png" alt="Höst">' },
    ],
    bad: [
      {
        world: { html: '<p>Hej!</p><img src="https://example.se/host bild.png" alt="Höst">' },
        finds: 'sign',
      },
    ],
  },
});
