import { defineRule, notApplicable, problem } from '#rule';
import { mergeField } from '../wordings/addresses.ts';
import { emptiness } from '../wordings/picture-words.ts';
import { shortened } from '../wordings/shortening.ts';

export default defineRule({
  id: 'image-alt-words',
  severity: 'minor',
  reference: 'WCAG 2.2, success criterion 1.1.1 and failure F30 (alternatives that are not alternatives)',
  needs: ['structure'],
  check({ structure }) {
    if (!structure) return notApplicable('no-html');
    return structure.pictures.flatMap(({ src, alt, at }) => {
      const kind = mergeField.test(alt) ? undefined : emptiness(alt, src);
      return kind ? [problem(kind, { alt: shortened(alt, 60) }, { at })] : [];
    });
  },
  words: {
    en: {
      title: 'Words for images',
      heading: {
        nothing: ({ alt }, count) =>
          count > 1 ? `${count} images have a text that tells nothing` : `An image has the text “${alt}”`,
        file: (_, count) => `${count > 1 ? `${count} images have` : 'An image has'} a file name as its text`,
      },
      mend: {
        nothing: () => 'Write what each image tells',
        file: () => 'Write words in place of file names',
      },
      why: 'Readers who have images turned off, or have the mail read aloud, get this word in place of the picture, and learn nothing.',
      fix: {
        nothing: () =>
          'Write in alt what the image tells, as you would over the phone: alt="The board outside the new clubhouse". If it is only decoration, write alt="".',
        file: () =>
          'Replace the file name in alt with what the image tells: alt="The board outside the new clubhouse". If it is only decoration, write alt="".',
      },
      problems: {
        nothing: ({ alt }) => `The alt text is “${alt}”.`,
        file: ({ alt }) => `The alt text “${alt}” is the name of a file.`,
      },
    },
    sv: {
      title: 'Ord i stället för bilder',
      heading: {
        nothing: ({ alt }, count) =>
          count > 1 ? `${count} bilder har en text som inte säger något` : `En bild har texten ”${alt}”`,
        file: (_, count) => `${count > 1 ? `${count} bilder` : 'En bild'} har ett filnamn som text`,
      },
      mend: {
        nothing: () => 'Skriv vad varje bild berättar',
        file: () => 'Skriv ord i stället för filnamn',
      },
      why: 'Den som läser med bilder avstängda, eller får mejlet uppläst, får det här ordet i stället för bilden och blir inte klokare.',
      fix: {
        nothing: () =>
          'Skriv i alt vad bilden berättar, som om du sa det i telefon: alt="Styrelsen utanför den nya klubbstugan". Är den bara dekoration, skriv alt="".',
        file: () =>
          'Byt filnamnet i alt mot det som bilden berättar: alt="Styrelsen utanför den nya klubbstugan". Är den bara dekoration, skriv alt="".',
      },
      problems: {
        nothing: ({ alt }) => `Alt-texten är ”${alt}”.`,
        file: ({ alt }) => `Alt-texten ”${alt}” är namnet på en fil.`,
      },
    },
  },
  examples: {
    good: [
      {
        html: '<p>Hej!</p><img src="a.png" alt="Styrelsen"><img src="b.png" alt=""><img src="c.png" alt="Föreningens logotyp"><img src="d.png" alt="{{image}}"><img src="e.png" alt="1 000 kr">',
      },
      { html: '<p>Hej!</p><img src="open.gif" width="1" height="1" alt="image">' },
    ],
    bad: [
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
