import { defineRule, notApplicable, problem } from '#rule';
import { shortened } from '../wordings/shortening.ts';

/** Ours, and generous: no standard has a number, and guides say 125 to 150 characters. */
const most = 250;
/** Programs that read aloud say by themselves that it is an image. */
const announced =
  /^(?:(?:en |ett )?(?:bild|foto|fotografi|illustration|ikon) (?:på|av|med|som föreställer)\s|(?:bild|foto|image|photo|picture): |(?:an? )?(?:image|photo|photograph|picture|icon|graphic|illustration) (?:of|showing)\s)/i;

export default defineRule({
  id: 'image-alt-brevity',
  severity: 'advice',
  reference:
    'W3C WAI, Images Tutorial, Tips and Tricks (no “image of”, what matters first); github.com/w3c/wcag, issue 2126 (no limit in any standard), both read 2026-11-23',
  needs: ['structure'],
  check({ structure }) {
    if (!structure) return notApplicable('no-html');
    const isLong = ({ length }: { length: number }) => length > most;
    return [
      ...structure.pictures
        .filter(isLong)
        .map(({ alt, length, at }) =>
          problem('long', { alt: shortened(alt.slice(0, 60), 60), length }, { at }),
        ),
      ...structure.pictures
        .filter((picture) => !isLong(picture) && announced.test(picture.alt))
        .map(({ alt, at }) => problem('announced', { alt: shortened(alt, 60) }, { at })),
    ];
  },
  words: {
    en: {
      title: 'Length of alt texts',
      heading: {
        long: ({ length }, count) =>
          count > 1 ? `${count} images have very long alt texts` : `An alt text has ${length} characters`,
        announced: (_, count) =>
          count > 1
            ? `${count} alt texts begin by saying that it is an image`
            : 'An alt text begins by saying that it is an image',
      },
      mend: {
        long: () => 'Say it in a sentence, and the rest in the mail',
        announced: () => 'Begin with what the image shows',
      },
      why: 'An alt text is read aloud in one go: whoever listens cannot stop in it, go back or skip to the next sentence.',
      fix: {
        long: () =>
          'Write in alt what the image tells in a sentence or two, at most about 150 characters. Put the rest as text in the mail, under the image. If the image is a picture of text, write that text in the mail instead.',
        announced: () =>
          'Take those words away: the program says “image” by itself. Keep them where the kind matters, a drawing or a map for instance.',
      },
      problems: {
        long: ({ alt, length }) => `“${alt}” goes on for ${length} characters.`,
        announced: ({ alt }) => `The alt text is “${alt}”.`,
      },
    },
    sv: {
      title: 'Alt-texternas längd',
      heading: {
        long: ({ length }, count) =>
          count > 1 ? `${count} bilder har mycket långa alt-texter` : `En alt-text har ${length} tecken`,
        announced: (_, count) =>
          count > 1
            ? `${count} alt-texter börjar med att det är en bild`
            : 'En alt-text börjar med att det är en bild',
      },
      mend: {
        long: () => 'Säg det i en mening, och resten i mejlet',
        announced: () => 'Börja med det som bilden visar',
      },
      why: 'En alt-text läses upp i ett svep: den som lyssnar kan inte stanna upp, gå tillbaka eller hoppa till nästa mening.',
      fix: {
        long: () =>
          'Skriv i alt vad bilden berättar med en mening eller två, högst ungefär 150 tecken. Lägg resten som text i mejlet, under bilden. Är det en bild av text, skriv den texten i mejlet i stället.',
        announced: () =>
          'Ta bort de orden: uppläsningsprogrammet säger självt att det är en bild. Behåll dem där sorten är viktig, till exempel en teckning eller en karta.',
      },
      problems: {
        long: ({ alt, length }) => `”${alt}” fortsätter i ${length} tecken.`,
        announced: ({ alt }) => `Alt-texten är ”${alt}”.`,
      },
    },
  },
  examples: {
    good: [
      {
        html: `<p>Hej!</p><img src="a.png" alt="${'Styrelsen står utanför den nya klubbstugan. '.repeat(4)}">`,
      },
      { html: '<p>Hej!</p><img src="a.png" alt="Bildstudion"><img src="b.png" alt="Karta över vägen hit">' },
    ],
    bad: [
      {
        world: {
          html: `<p>Hej!</p><img src="a.png" alt="${'Styrelsen står utanför klubbstugan. '.repeat(9)}">`,
        },
        finds: 'long',
      },
      { world: { html: '<p>Hej!</p><img src="a.png" alt="Bild på styrelsen">' }, finds: 'announced' },
      { world: { html: '<p>Hello!</p><img src="a.png" alt="Photo of the board">' }, finds: 'announced' },
    ],
  },
});
