import { defineRule, notApplicable, problem } from '#rule';
import { shortened } from '../wordings/shortening.ts';

export default defineRule({
  id: 'image-alt-repetition',
  severity: 'advice',
  reference: 'W3C technique H2 (adjacent image and text links); axe-core 4.14, image-redundant-alt',
  needs: ['structure'],
  check({ structure }) {
    if (!structure) return notApplicable('no-html');
    return structure.pictures.flatMap(({ alt, repeated, at }) =>
      repeated ? [problem('same', { alt: shortened(alt, 60) }, { at })] : [],
    );
  },
  words: {
    en: {
      title: 'Images beside the same words',
      heading: {
        same: ({ alt }, count) =>
          count > 1
            ? `${count} images repeat the words beside them`
            : `The words “${shortened(alt, 40)}” are read out twice`,
      },
      mend: 'Empty the alt text that repeats the words',
      why: 'Whoever has the mail read aloud hears the same words twice, and those who have images turned off see them twice.',
      fix: 'Write alt="" on the image, since the words beside it say the same already. Keep the alt text if the image is a link of its own.',
      problems: { same: ({ alt }) => `The alt text “${alt}” also stands beside the image.` },
    },
    sv: {
      title: 'Bilder bredvid samma ord',
      heading: {
        same: ({ alt }, count) =>
          count > 1
            ? `${count} bilder upprepar orden bredvid`
            : `Orden ”${shortened(alt, 40)}” läses upp två gånger`,
      },
      mend: 'Töm alt-texten som upprepar orden',
      why: 'Den som får mejlet uppläst hör samma ord två gånger, och den som har bilder avstängda ser dem två gånger.',
      fix: 'Skriv alt="" på bilden, för orden bredvid säger redan samma sak. Behåll alt-texten om bilden är en egen länk.',
      problems: { same: ({ alt }) => `Alt-texten ”${alt}” står också bredvid bilden.` },
    },
  },
  examples: {
    good: [
      { html: '<a href="https://example.se/"><img src="a.png" alt=""> Facebook</a>' },
      { html: '<img src="a.png" alt="Styrelsen"><p>Styrelsens förslag</p>' },
      { html: '<img src="a.png" alt="Ja"><p>Jag kommer</p>' },
    ],
    bad: [
      {
        world: { html: '<a href="https://example.se/"><img src="a.png" alt="Facebook"> Facebook</a>' },
        finds: 'same',
      },
      {
        world: { html: '<h2>Årets fröbyte</h2><img src="a.png" alt="Årets fröbyte"><p>Hej!</p>' },
        finds: 'same',
      },
    ],
  },
});
