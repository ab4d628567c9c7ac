import { defineRule, notApplicable, problem } from '#rule';
import { exampleGif } from '../repairs/example-pictures.ts';
import { firstPlace, namedImage, nameOf } from '../wordings/image-names.ts';

export default defineRule({
  id: 'image-animation',
  severity: 'advice',
  reference:
    'caniemail.com, image-gif, note 1 (Outlook 2007 to 2019 for Windows show the first frame alone), tested 2020-02-06',
  needs: ['pictures'],
  check({ pictures: { pictures, unasked } }) {
    if (unasked) return notApplicable('none-answered');
    const seen = pictures.filter(({ read }) => read !== null);
    if (seen.length === 0) return notApplicable(pictures.length === 0 ? 'no-pictures' : 'none-answered');
    return seen.flatMap((picture) => {
      const { frames } = picture.read ?? {};
      return frames
        ? [problem('moving', { name: nameOf(picture), frames }, { at: firstPlace(picture) })]
        : [];
    });
  },
  words: {
    en: {
      title: 'Moving images',
      heading: {
        moving: ({ name }, count) =>
          count > 1
            ? `${count} images stand still in older Outlook`
            : `${namedImage.en(name)} stands still in older Outlook`,
      },
      mend: 'Let the first frame say what matters',
      why: 'Outlook 2007 to 2019 for Windows shows only the first frame. If that is empty, or says half of the message, those readers see no more.',
      fix: 'Open the image in an image editor and make sure that its first frame makes sense by itself. If it does, nothing needs to be done.',
      problems: {
        moving: ({ name, frames }) =>
          `${namedImage.en(name)} has ${frames} frames, of which some readers see only the first.`,
      },
    },
    sv: {
      title: 'Rörliga bilder',
      heading: {
        moving: ({ name }, count) =>
          count > 1
            ? `${count} bilder står stilla i äldre Outlook`
            : `${namedImage.sv(name)} står stilla i äldre Outlook`,
      },
      mend: 'Låt första bildrutan säga det viktiga',
      why: 'Outlook 2007 till 2019 för Windows visar bara den första bildrutan. Är den tom, eller säger den bara halva budskapet, ser de läsarna inget mer.',
      fix: 'Öppna bilden i ett bildprogram och se till att första bildrutan går att förstå för sig själv. Gör den det behöver du inte ändra något.',
      problems: {
        moving: ({ name, frames }) =>
          `${namedImage.sv(name)} har ${frames} bildrutor, och en del läsare ser bara den första.`,
      },
    },
  },
  examples: {
    good: [
      {
        html: '<p>Hej!</p><img src="https://example.se/a.gif" alt="Höst">',
        web: { 'https://example.se/a.gif': exampleGif(20, 20, 1) },
      },
    ],
    bad: [
      {
        world: {
          html: '<p>Hej!</p><img src="https://example.se/a.gif" alt="Höst">',
          web: { 'https://example.se/a.gif': exampleGif(20, 20, 3) },
        },
        finds: 'moving',
      },
    ],
  },
});
