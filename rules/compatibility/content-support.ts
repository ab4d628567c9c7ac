import { defineRule, notApplicable, problem, unknown } from '#rule';
import { audienceSource } from '../clients/audience.ts';
import { fixOf, mendOf, nameOf, visibleFeatures } from '../clients/losses.ts';
import { supportSource } from '../clients/support.ts';
import { lossesIn, lossInEnglish, lossInSwedish } from '../wordings/support.ts';

const atMost = 6;
// Forms have a check of their own, which says more.
const features = visibleFeatures.filter(({ loss, slugs }) => loss === 'content' && slugs[0] !== 'html-form');

export default defineRule({
  id: 'content-support',
  severity: 'minor',
  reference: `${supportSource}; ${audienceSource}`,
  needs: ['css'],
  check({ css }, { policy: { audience } }) {
    if (!css) return notApplicable('no-html');
    const lost = lossesIn(css, features, audience);
    if (lost.length === 0 && !css.complete) return unknown('too-much');
    return lost.slice(0, atMost).map(({ data, at }) => problem('gone', data, { at }));
  },
  words: {
    en: {
      title: 'Content that mail programs show',
      heading: {
        gone: ({ feature }, count) =>
          count > 1
            ? `${count} kinds of content do not work in some mail programs`
            : `${nameOf(feature, 'en')}: does not work for some readers`,
      },
      mend: { gone: ({ feature }) => mendOf(feature)?.en ?? 'Put a picture or a link in its place' },
      why: 'Some readers never see this part of the mail, or see it and nothing happens when they tap. If it holds what the mail is about, they miss it.',
      fix: {
        gone: ({ feature }) =>
          fixOf(feature)?.en ??
          'Put the content on a web page, and in the mail a picture of it, or a plain sentence, with a link there. Everybody can open a link.',
      },
      problems: { gone: (data) => lossInEnglish(data) },
    },
    sv: {
      title: 'Innehåll som mejlprogrammen visar',
      heading: {
        gone: ({ feature }, count) =>
          count > 1
            ? `${count} slags innehåll fungerar inte i en del mejlprogram`
            : `${nameOf(feature, 'sv')}: fungerar inte för en del läsare`,
      },
      mend: { gone: ({ feature }) => mendOf(feature)?.sv ?? 'Sätt en bild eller en länk i stället' },
      why: 'En del läsare ser aldrig den här delen av mejlet, eller ser den utan att något händer när de trycker. Är det den som mejlet handlar om går de miste om den.',
      fix: {
        gone: ({ feature }) =>
          fixOf(feature)?.sv ??
          'Lägg innehållet på en webbsida, och i mejlet en bild av det, eller en vanlig mening, med en länk dit. En länk kan alla öppna.',
      },
      problems: { gone: (data) => lossInSwedish(data) },
    },
  },
  examples: {
    good: [
      {
        html: '<p>Hej!</p><a href="https://example.se/film"><img src="https://example.se/a.png" alt="Filmen"></a>',
      },
      // Where it does not play, the picture in it shows.
      {
        html: '<video poster="https://example.se/a.jpg" controls><source src="https://example.se/a.mp4"><a href="https://example.se/film"><img src="https://example.se/a.jpg" alt="Se filmen"></a></video><p>Hej!</p>',
      },
      { html: '<style>.a::after{content:"";clear:both}</style><p class="a">Hej!</p>' },
      { html: '<p id="a">Hej!</p><a href="#">Läs mer</a>' },
      // Told of by itself.
      { html: '<form action="https://example.se"><input type="text" name="a"></form><p>Hej!</p>' },
    ],
    bad: [
      {
        world: { html: '<video src="https://example.se/a.mp4" controls></video><p>Hej!</p>' },
        finds: 'gone',
      },
      {
        world: { html: '<video><source src="https://example.se/a.mp4"><img alt="Film"></video><p>Hej!</p>' },
        finds: 'gone',
      },
      { world: { html: '<style>.a::before{content:"Nyhet: "}</style><p class="a">Hej!</p>' }, finds: 'gone' },
    ],
  },
});
