import { defineRule, notApplicable, problem } from '#rule';
import { fileName, isOpenTemplate, mergeField } from '../wordings/addresses.ts';
import { namedImage } from '../wordings/image-names.ts';

const web = /^https?:\/\//i;
/** RFC 3986 has no place for any of them; HTML takes a line break away before it is read. */
const unwritten = /[ \\^`{}|"<>]/;

export default defineRule({
  id: 'image-address',
  severity: 'minor',
  reference:
    'RFC 3986 section 2 (which characters an address may have); Mailchimp, “About Template Images” (no spaces in file names); mauserrifle.nl, “Gmail not showing HTML image”, and stackoverflow.com/questions/15091758 (Gmail does not load them); read 2026-11-23',
  needs: ['html', 'message'],
  check({ html, message }) {
    if (!html) return notApplicable('no-html');
    return html.images.flatMap(({ hidden, src, at }) => {
      const address = src?.trim() ?? '';
      // In a template {bild} is filled in, by some tool.
      const read = isOpenTemplate(message) ? address.replace(/\{[\w.-]{1,60}\}/g, '') : address;
      const [sign] = unwritten.exec(read) ?? [];
      if (hidden || !web.test(address) || mergeField.test(address) || sign === undefined) return [];
      return [problem('sign', { name: fileName(address).slice(0, 40), sign }, { at })];
    });
  },
  words: {
    en: {
      title: 'Characters in image addresses',
      heading: {
        sign: ({ name }, count) =>
          count > 1
            ? `${count} images have addresses that Gmail may not open`
            : `${namedImage.en(name)} has an address that Gmail may not open`,
      },
      mend: 'Name the file with letters, digits and hyphens',
      why: 'Some mail programs, Gmail among them, leave an empty box where the image should be when its address has a character that does not belong there.',
      fix: 'Name the file with a to z, digits and hyphens, upload it again, and use its new address. If you cannot rename it, write %20 for each space in the address.',
      problems: {
        sign: ({ name, sign }) =>
          `${namedImage.en(name)} has ${sign === ' ' ? 'a space' : `the character ${sign}`} in its address.`,
      },
    },
    sv: {
      title: 'Tecken i bildernas adresser',
      heading: {
        sign: ({ name }, count) =>
          count > 1
            ? `${count} bilder har adresser som Gmail kanske inte öppnar`
            : `${namedImage.sv(name)} har en adress som Gmail kanske inte öppnar`,
      },
      mend: 'Döp filen med bokstäver, siffror och bindestreck',
      why: 'I en del mejlprogram, däribland Gmail, blir det en tom ruta i stället för bilden när adressen har ett tecken som inte hör hemma där.',
      fix: 'Döp om filen med a till z, siffror och bindestreck, ladda upp den igen och använd den nya adressen. Går det inte att döpa om den, skriv %20 för varje mellanslag i adressen.',
      problems: {
        sign: ({ name, sign }) =>
          `${namedImage.sv(name)} har ${sign === ' ' ? 'ett mellanslag' : `tecknet ${sign}`} i adressen.`,
      },
    },
  },
  examples: {
    good: [
      { html: '<p>Hej!</p><img src="https://example.se/host%20bild.png" alt="Höst">' },
      { html: '<p>Hej!</p><img src="https://example.se/{{bild}}.png" alt="Höst">' },
      { html: '<p>Hej!</p><img src="https://example.se/{bild}.png" alt="Höst">' },
    ],
    bad: [
      { world: { html: '<p>Hej!</p><img src="https://example.se/a|b.png" alt="Höst">' }, finds: 'sign' },
      {
        world: { html: '<p>Hej!</p><img src="https://example.se/host bild.png" alt="Höst">' },
        finds: 'sign',
      },
    ],
  },
});
