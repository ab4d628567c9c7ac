import { defineRule, notApplicable, problem } from '#rule';
import { mergeField } from '../wordings/addresses.ts';
import { emptiness, webAddress } from '../wordings/picture-words.ts';
import { shortened } from '../wordings/shortening.ts';

const mjml = (inside: string) =>
  `<mjml><mj-body><mj-section><mj-column><mj-text>Hej!</mj-text>${inside}</mj-column></mj-section></mj-body></mjml>`;

export default defineRule({
  id: 'image-alt-words',
  severity: 'minor',
  reference:
    'WCAG 2.2, success criterion 1.1.1 and failures F30 (alternatives that are not alternatives) and F39; axe-core 4.14, alt-space-value',
  needs: ['html', 'structure'],
  check({ html, structure }) {
    if (!html || !structure) return notApplicable('no-html');
    const kindOf = (alt: string, src: string) =>
      alt === '' ? 'blank' : mergeField.test(alt) ? undefined : emptiness(alt, src);
    const empty = structure.pictures.flatMap(({ src, alt, at }) => {
      const kind = kindOf(alt, src);
      return kind ? [problem(kind, { alt: shortened(alt, 60) }, { at })] : [];
    });
    // A linked one says nothing of where it leads, which is told of by itself.
    const isUnsaid = (written = '') =>
      /^<mj-image\b[^>]*>$/i.test(written) && !/\s(?:alt|href)\s*=/i.test(written);
    const unsaid = html.images.filter(
      ({ alt, hidden, decorative, at }) => alt === '' && !hidden && !decorative && isUnsaid(at?.snippet),
    );
    return [...empty, ...unsaid.map(({ at }) => problem('unsaid', { alt: '' }, { at }))];
  },
  words: {
    en: {
      title: 'Words for images',
      heading: {
        nothing: ({ alt }, count) =>
          count > 1 ? `${count} images have a text that tells nothing` : `An image has the text “${alt}”`,
        file: ({ alt }, count) =>
          `${count > 1 ? `${count} images have` : 'An image has'} ${webAddress.test(alt) ? 'an address' : 'a file name'} as ${count > 1 ? 'their' : 'its'} text`,
        blank: (_, count) => `${count > 1 ? `${count} alt texts are` : 'An alt text is'} only a space`,
        unsaid: (_, count) =>
          `${count > 1 ? `${count} images have` : 'An image has'} no alt text in the MJML`,
      },
      mend: {
        nothing: () => 'Write what each image tells',
        file: () => 'Write words in place of file names',
        blank: () => 'Write alt="", or what the image tells',
        unsaid: () => 'Write alt on mj-image',
      },
      why: 'Readers who have images turned off, or have the mail read aloud, do not learn what the image shows.',
      fix: {
        nothing: () =>
          'Write in alt what the image tells, as you would over the phone: alt="The board outside the new clubhouse". If it is only decoration, write alt="".',
        file: () =>
          'Replace what stands in alt with what the image tells: alt="The board outside the new clubhouse". If it is only decoration, write alt="".',
        unsaid: () =>
          'Write alt="…" on <mj-image> with what the image tells, or alt="" if it is only decoration.',
        blank: () =>
          'If the image is only decoration, write alt="" without a space: then it is passed over by every program. Otherwise write what it tells.',
      },
      problems: {
        nothing: ({ alt }) => `The alt text is “${alt}”.`,
        file: ({ alt }) =>
          `The alt text “${alt}” is ${webAddress.test(alt) ? 'a web address' : 'the name of a file'}.`,
        unsaid: () => 'This <mj-image> has no alt, and MJML then makes it a decoration that says nothing.',
        blank: () => 'alt holds a space and nothing else. Some programs then read the file name aloud.',
      },
    },
    sv: {
      title: 'Ord i stället för bilder',
      heading: {
        nothing: ({ alt }, count) =>
          count > 1 ? `${count} bilder har en text som inte säger något` : `En bild har texten ”${alt}”`,
        file: ({ alt }, count) =>
          `${count > 1 ? `${count} bilder` : 'En bild'} har ${webAddress.test(alt) ? 'en webbadress' : 'ett filnamn'} som text`,
        blank: (_, count) => `${count > 1 ? `${count} alt-texter` : 'En alt-text'} är bara ett mellanslag`,
        unsaid: (_, count) => `${count > 1 ? `${count} bilder` : 'En bild'} saknar alt-text i MJML-koden`,
      },
      mend: {
        nothing: () => 'Skriv vad varje bild berättar',
        file: () => 'Skriv ord i stället för filnamn',
        blank: () => 'Skriv alt="", eller vad bilden berättar',
        unsaid: () => 'Skriv alt på mj-image',
      },
      why: 'Den som läser med bilder avstängda, eller får mejlet uppläst, får inte veta vad bilden visar.',
      fix: {
        nothing: () =>
          'Skriv i alt vad bilden berättar, som om du sa det i telefon: alt="Styrelsen utanför den nya klubbstugan". Är den bara dekoration, skriv alt="".',
        file: () =>
          'Byt det som står i alt mot det som bilden berättar: alt="Styrelsen utanför den nya klubbstugan". Är den bara dekoration, skriv alt="".',
        unsaid: () =>
          'Skriv alt="…" på <mj-image> med det som bilden berättar, eller alt="" om den bara är dekoration.',
        blank: () =>
          'Är bilden bara dekoration, skriv alt="" utan mellanslag, så hoppar alla program över den. Skriv annars vad den berättar.',
      },
      problems: {
        nothing: ({ alt }) => `Alt-texten är ”${alt}”.`,
        file: ({ alt }) =>
          `Alt-texten ”${alt}” är ${webAddress.test(alt) ? 'en webbadress' : 'namnet på en fil'}.`,
        unsaid: () =>
          'Denna <mj-image> saknar alt, och då gör MJML den till dekoration som inte säger något.',
        blank: () => 'I alt står ett mellanslag och inget mer. En del program läser då upp filnamnet.',
      },
    },
  },
  examples: {
    good: [
      {
        html: '<p>Hej!</p><img src="a.png" alt="Styrelsen"><img src="b.png" alt=""><img src="c.png" alt="Föreningens logotyp"><img src="d.png" alt="{{image}}"><img src="e.png" alt="1 000 kr">',
      },
      { html: '<p>Hej!</p><img src="open.gif" width="1" height="1" alt="image">' },
      { mjml: mjml('<mj-image src="https://example.se/a.png" alt="" />') },
      // As Gmail sends its emoji.
      { html: '<p>Hej! <img src="a.png" alt="🎉"></p>' },
      // A link without words is told of by itself.
      { html: '<p>Hej!</p><a href="https://example.se/"><img src="a.png" alt=" "></a>' },
    ],
    bad: [
      { world: { mjml: mjml('<mj-image src="https://example.se/a.png" />') }, finds: 'unsaid' },
      { world: { html: '<p>Hej!</p><img src="a.png" alt=" ">' }, finds: 'blank' },
      { world: { html: '<p>Hej!</p><img src="a.png" alt="https://example.se/a.png">' }, finds: 'file' },
      { world: { html: '<p>Hej!</p><img src="a.png" alt="Image">' }, finds: 'nothing' },
      { world: { html: '<p>Hej!</p><img src="a.png" alt="[Bild]">' }, finds: 'nothing' },
      { world: { html: '<p>Hej!</p><img src="a.png" alt="logo.png">' }, finds: 'file' },
      { world: { html: '<p>Hej!</p><img src="a.png" alt="IMG_2041">' }, finds: 'file' },
      {
        world: { html: '<p>Hej!</p><img src="https://example.se/illustr1.jpg" alt="illustr1">' },
        finds: 'file',
      },
      { world: { html: '<p>Hej!</p><img src="a.png" alt="Skärmavbild 2026-11-02">' }, finds: 'file' },
    ],
  },
});
