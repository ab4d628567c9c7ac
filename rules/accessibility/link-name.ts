import { defineRule, notApplicable, problem } from '#rule';
import { fileName } from '../wordings/addresses.ts';
import { shortened } from '../wordings/shortening.ts';

export default defineRule({
  id: 'link-name',
  severity: 'minor',
  reference:
    'WCAG 2.2, success criteria 2.4.4 and 4.1.2; Email Markup Consortium, Accessibility Report 2026 (2026-05-21), issue 5',
  needs: ['structure'],
  check({ structure }) {
    if (!structure) return notApplicable('no-html');
    return structure.nameless.map(({ src, href, at }) =>
      src === null
        ? problem('empty', { href: shortened(href, 60) }, { at })
        : problem('picture', { image: fileName(src).slice(0, 60) }, { at }),
    );
  },
  words: {
    en: {
      title: 'Names of links',
      heading: {
        picture: ({ image }, count) =>
          count > 1
            ? `${count} linked images say nothing of where they lead`
            : `The linked image ${image || 'without a name'} says nothing of where it leads`,
        empty: (_, count) => `${count > 1 ? `${count} links have` : 'A link has'} no words`,
      },
      mend: {
        picture: () => 'Write an alt text on linked images',
        empty: () => 'Give every link words',
      },
      why: 'Whoever has the mail read aloud hears only “link”, or its address letter by letter. Without images there is nothing to tap at all.',
      fix: {
        picture: () =>
          'Write where the link leads in the image’s alt text: alt="Our page on Facebook". An empty alt suits only decoration, and a linked image is none.',
        empty: () =>
          'Write words in the link that say where it leads, or take it away. In an area of a picture, write them as alt="…".',
      },
      problems: {
        picture: ({ image }) => `The image${image ? ` ${image}` : ''} is a link, but its alt text is empty.`,
        empty: ({ href }) => `The link to ${href} holds no words.`,
      },
    },
    sv: {
      title: 'Länkarnas namn',
      heading: {
        picture: ({ image }, count) =>
          count > 1
            ? `${count} länkade bilder säger inte vart de leder`
            : `Den länkade bilden ${image || 'utan namn'} säger inte vart den leder`,
        empty: (_, count) => `${count > 1 ? `${count} länkar` : 'En länk'} saknar ord`,
      },
      mend: {
        picture: () => 'Skriv en alt-text på länkade bilder',
        empty: () => 'Ge varje länk ord',
      },
      why: 'Den som får mejlet uppläst hör bara ”länk”, eller adressen bokstav för bokstav. Utan bilder finns inget alls att trycka på.',
      fix: {
        picture: () =>
          'Skriv i bildens alt-text vart länken leder: alt="Vår sida på Facebook". Ett tomt alt passar bara dekoration, och det är en länkad bild inte.',
        empty: () =>
          'Skriv ord i länken som säger vart den leder, eller ta bort den. Är den en yta på en bild (area), skriv dem som alt="…".',
      },
      problems: {
        picture: ({ image }) => `Bilden${image ? ` ${image}` : ''} är en länk, men dess alt-text är tom.`,
        empty: ({ href }) => `I länken till ${href} finns inga ord.`,
      },
    },
  },
  examples: {
    good: [
      {
        html: '<a href="https://example.se/"><img src="a.png" alt="Till vår sida"></a> <a href="https://example.se/a"><img src="b.png" alt=""> Läs om mötet</a> <a name="x"></a>',
      },
      {
        html: '<p>Hej!</p><a href="https://example.se/" aria-label="Till vår sida"><img src="a.png" alt=""></a>',
      },
      { html: '<p>Hej!</p><a href="https://example.se/"></a>' },
      // Told of by itself.
      { html: '<p>Hej!</p><a href="https://example.se/"><img src="a.png"></a>' },
    ],
    bad: [
      {
        world: { html: '<p>Hej!</p><a href="https://example.se/"><img src="hero.jpg" alt=""></a>' },
        finds: 'picture',
      },
      {
        world: {
          html: '<p>Hej!</p><a href="https://example.se/" style="display:block;height:40px;background:url(https://example.se/a.png)"></a>',
        },
        finds: 'empty',
      },
    ],
  },
});
