import { defineRule, notApplicable, problem } from '#rule';
import { supportSource } from '../clients/support.ts';
import { fileName } from '../wordings/addresses.ts';
import { shortened } from '../wordings/shortening.ts';

export default defineRule({
  id: 'link-name',
  severity: 'minor',
  reference: `WCAG 2.2, success criteria 2.4.4 and 4.1.2; Email Markup Consortium, Accessibility Report 2026 (2026-05-21), issue 5; aria-labelledby: ${supportSource}`,
  needs: ['structure'],
  check({ structure }) {
    if (!structure) return notApplicable('no-html');
    return structure.nameless.map(({ src, href, pointed, at }) => {
      if (pointed) return problem('pointed', { href: shortened(href, 60) }, { at });
      return src === null
        ? problem('empty', { href: shortened(href, 60) }, { at })
        : problem('picture', { image: fileName(src).slice(0, 60) }, { at });
    });
  },
  words: {
    en: {
      title: 'Names of links',
      heading: {
        picture: ({ image }, count) =>
          count > 1
            ? `${count} linked images say nothing of where they lead`
            : `The linked image ${image || 'without a name'} says nothing of where it leads`,
        empty: (_, count) => `${count > 1 ? `${count} links have` : 'A link has'} no text`,
        pointed: (_, count) =>
          `${count > 1 ? `${count} links lose their names` : 'A link loses its name'} in many mail programs`,
      },
      mend: {
        picture: () => 'Write an alt text on linked images',
        empty: () => 'Give every link a text',
        pointed: () => 'Write the name in the link itself',
      },
      why: 'Whoever has the mail read aloud hears only “link”, or its address letter by letter. Without images there is nothing to tap at all.',
      fix: {
        picture: () =>
          'Write where the link leads in the image’s alt text: alt="Our page on Facebook". An empty alt suits only decoration, and a linked image is none.',
        empty: () =>
          'Write a text in the link that says where it leads, or remove it. In an area of a picture, write it as alt="…".',
        pointed: () =>
          'Write a text in the link, or in its image’s alt text. In place of aria-labelledby, aria-label="…" with the words themselves works in Gmail too.',
      },
      problems: {
        pointed: ({ href }) =>
          `The link to ${href} has its name only from aria-labelledby. Gmail, Yahoo Mail and Outlook on Windows remove or change the id that it points at.`,
        picture: ({ image }) => `The image${image ? ` ${image}` : ''} is a link, but its alt text is empty.`,
        empty: ({ href }) => `The link to ${href} has no text.`,
      },
    },
    sv: {
      title: 'Länkarnas namn',
      heading: {
        picture: ({ image }, count) =>
          count > 1
            ? `${count} länkade bilder säger inte vart de leder`
            : `Den länkade bilden ${image || 'utan namn'} säger inte vart den leder`,
        empty: (_, count) => `${count > 1 ? `${count} länkar` : 'En länk'} saknar text`,
        pointed: (_, count) =>
          `${count > 1 ? `${count} länkar förlorar sina namn` : 'En länk förlorar sitt namn'} i många mejlprogram`,
      },
      mend: {
        picture: () => 'Skriv en alt-text på länkade bilder',
        empty: () => 'Ge varje länk en text',
        pointed: () => 'Skriv namnet i själva länken',
      },
      why: 'Den som får mejlet uppläst hör bara ”länk”, eller adressen bokstav för bokstav. Utan bilder finns inget alls att trycka på.',
      fix: {
        picture: () =>
          'Skriv i bildens alt-text vart länken leder: alt="Vår sida på Facebook". Ett tomt alt passar bara dekoration, och det är en länkad bild inte.',
        empty: () =>
          'Skriv en text i länken som säger vart den leder, eller ta bort den. Är den en yta på en bild (area), skriv den som alt="…".',
        pointed: () =>
          'Skriv en text i länken, eller i bildens alt-text. I stället för aria-labelledby fungerar aria-label="…" med själva orden även i Gmail.',
      },
      problems: {
        pointed: ({ href }) =>
          `Länken till ${href} får sitt namn bara genom aria-labelledby. Gmail, Yahoo Mail och Outlook för Windows tar bort eller ändrar det id som den pekar på.`,
        picture: ({ image }) => `Bilden${image ? ` ${image}` : ''} är en länk, men dess alt-text är tom.`,
        empty: ({ href }) => `Länken till ${href} har ingen text.`,
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
      // A link beside it, with words, leads to the same; those who listen are spared the second.
      {
        html: '<a href="https://example.se/" aria-hidden="true" tabindex="-1"><img src="a.png" alt=""></a> <a href="https://example.se/">Läs om mötet</a>',
      },
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
          html: '<h2 id="m">Mötet</h2><a href="https://example.se/" aria-labelledby="m"><img src="a.png" alt=""></a>',
        },
        finds: 'pointed',
      },
      // It points at nothing; and hidden alone, the keyboard still stops at it.
      {
        world: {
          html: '<p>Hej!</p><a href="https://example.se/" aria-labelledby="m"><img src="a.png" alt=""></a>',
        },
        finds: 'picture',
      },
      {
        world: {
          html: '<p>Hej!</p><a href="https://example.se/" aria-hidden="true"><img src="a.png" alt=""></a>',
        },
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
