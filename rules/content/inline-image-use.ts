import { defineRule, notApplicable, problem } from '#rule';
import { attached, called, samples } from '../wordings/attached.ts';
import { weight } from '../wordings/image-names.ts';

export default defineRule({
  id: 'inline-image-use',
  severity: 'advice',
  reference:
    'RFC 2392 section 2 (cid: in HTML names a part by its Content-ID); RFC 2557 section 4.2 (Content-Location, an address that HTML may name too); RFC 2183 section 2.1 (inline)',
  needs: ['attachments'],
  check({ attachments: { files } }) {
    if (files.length === 0) return notApplicable('nothing-attached');
    return files
      .filter(({ unused }) => unused)
      .map((file) => problem('unused', { name: called(file), bytes: file.bytes }));
  },
  words: {
    en: {
      title: 'Images that are sent along in the mail',
      heading: {
        unused: (_, count) =>
          count > 1
            ? `${count} images are sent along that the mail does not show`
            : 'An image is sent along that the mail does not show',
      },
      mend: 'Remove the image from the mail',
      why: 'It makes each mail heavier, and many mail programs show it as an attached file that readers open in vain.',
      fix: 'Remove it in your sending tool. If it is meant to be seen, the HTML must name it, as in src="cid:…" with its Content-ID.',
      problems: {
        unused: ({ name, bytes }) =>
          `${name} (${weight.en(bytes)}) has a Content-ID that the HTML names nowhere.`,
      },
    },
    sv: {
      title: 'Bilder som skickas med i mejlet',
      heading: {
        unused: (_, count) =>
          count > 1
            ? `${count} bilder skickas med utan att mejlet visar dem`
            : 'En bild skickas med utan att mejlet visar den',
      },
      mend: 'Ta bort bilden ur mejlet',
      why: 'Den gör varje mejl tyngre, och många mejlprogram visar den som en bifogad fil som läsarna öppnar i onödan.',
      fix: 'Ta bort den i utskicksverktyget. Är det meningen att den ska synas måste HTML-koden ange den, som i src="cid:…" med dess Content-ID.',
      problems: {
        unused: ({ name, bytes }) =>
          `${name} (${weight.sv(bytes)}) har ett Content-ID som HTML-koden inte anger någonstans.`,
      },
    },
  },
  examples: {
    good: [
      {
        eml: attached(
          'bild.png',
          'image/png',
          samples.png,
          'Content-ID: <Bild@1>',
          '<img src="cid:bild%401" alt="Hej">',
        ),
      },
      { eml: attached('bild.png', 'image/png', samples.png) },
      {
        eml: attached(
          'bild.png',
          'image/png',
          samples.png,
          'Content-ID: <bild@1>\r\nContent-Location: https://example.se/bild.png?a&b',
          '<img src="https://example.se/bild.png?a&amp;b" alt="Hej">',
        ),
      },
    ],
    bad: [
      {
        world: { eml: attached('bild.png', 'image/png', samples.png, 'Content-ID: <bild@1>') },
        finds: 'unused',
      },
    ],
  },
});
