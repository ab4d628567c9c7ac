import { defineRule, notApplicable, problem } from '#rule';
import { attached, called, samples } from '../wordings/attached.ts';

export default defineRule({
  id: 'inline-image-use',
  severity: 'advice',
  reference:
    'RFC 2392 section 2 (cid: in HTML names a part by its Content-ID); RFC 2183 section 2.1 (inline)',
  needs: ['attachments'],
  check({ attachments: { files } }) {
    if (files.length === 0) return notApplicable('nothing-attached');
    return files
      .filter(({ unused }) => unused)
      .map((file) => problem('unused', { name: called(file), bytes: file.bytes }));
  },
  words: {
    en: {
      title: 'Pictures that are sent along in the mail',
      heading: { unused: () => 'A picture is sent along that the mail does not show' },
      mend: 'Take the picture out of the mail',
      why: 'It makes each mail heavier, and many mail programs show it as an attached file that readers open in vain.',
      fix: 'Take it away in your sending tool. If it is meant to be seen, the HTML must name it, as in src="cid:…" with its Content-ID.',
      problems: {
        unused: ({ name, bytes }) => `${name} (${bytes} bytes) has a Content-ID that the HTML names nowhere.`,
      },
    },
    sv: {
      title: 'Bilder som skickas med i mejlet',
      heading: { unused: () => 'En bild skickas med som mejlet inte visar' },
      mend: 'Ta bort bilden ur mejlet',
      why: 'Den gör varje mejl tyngre, och många mejlprogram visar den som en bifogad fil som läsarna öppnar i onödan.',
      fix: 'Ta bort den i utskicksverktyget. Är det meningen att den ska synas måste HTML-koden ange den, som i src="cid:…" med dess Content-ID.',
      problems: {
        unused: ({ name, bytes }) =>
          `${name} (${bytes} byte) har ett Content-ID som HTML-koden inte anger någonstans.`,
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
    ],
    bad: [
      {
        world: { eml: attached('bild.png', 'image/png', samples.png, 'Content-ID: <bild@1>') },
        finds: 'unused',
      },
    ],
  },
});
