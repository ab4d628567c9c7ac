import { defineRule, notApplicable, problem } from '#rule';

/** A sentence or two; a footer alone has more. */
const enough = 120;
/** Narrower ones are logos and icons. A picture without a written width is as wide as its file. */
const wide = 250;
/** A background shows as far as its element reaches: without text only where a height is written. */
const high = 100;

export default defineRule({
  id: 'picture-text',
  severity: 'minor',
  reference:
    'SpamAssassin 4.0, HTML_IMAGE_ONLY_04 to _32 (pictures with little text); WCAG 2.2, success criterion 1.4.5',
  needs: ['html', 'css'],
  points: 1.5,
  check({ html, css }) {
    if (!html) return notApplicable('no-html');
    const images = html.images.filter(
      ({ hidden, decorative, width }) => !hidden && !decorative && (width ?? wide) >= wide,
    );
    const backgrounds = (css?.backgrounds ?? []).filter(
      ({ width, height }) => (width ?? wide) >= wide && (height ?? 0) >= high,
    );
    const pictures = [...images, ...backgrounds];
    const [first] = pictures;
    const alternative = images.reduce((sum, { alt }) => sum + (alt?.trim().length ?? 0), 0);
    if (!first || html.text.length + alternative >= enough) return [];
    return [problem('pictures', { pictures: pictures.length, letters: html.text.length }, { at: first.at })];
  },
  words: {
    en: {
      title: 'Text beside images',
      heading: { pictures: () => 'Nearly all of the mail is images' },
      mend: 'Write the message as text',
      why: 'Many mail programs show images only when the reader asks for them. Until then the mail is nearly empty, and filters take mail that is only images for spam.',
      fix: 'Write what the image says as text in the mail, at least the most important of it, and give every image an alt text.',
      problems: {
        pictures: ({ pictures, letters }) =>
          `The mail has ${pictures === 1 ? 'an image' : `${pictures} images`} but ${letters === 0 ? 'no text' : `only ${letters} characters of text`}.`,
      },
    },
    sv: {
      title: 'Text vid sidan av bilderna',
      heading: { pictures: () => 'Nästan hela mejlet är bilder' },
      mend: 'Skriv budskapet som text',
      why: 'Många mejlprogram visar bilder först när läsaren ber om det. Tills dess är mejlet nästan tomt, och filter tar mejl som bara är bilder för skräppost.',
      fix: 'Skriv det som bilden säger som text i mejlet, åtminstone det viktigaste, och ge varje bild en alt-text.',
      problems: {
        pictures: ({ pictures, letters }) =>
          `Mejlet har ${pictures === 1 ? 'en bild' : `${pictures} bilder`} men ${letters === 0 ? 'ingen text' : `bara ${letters} tecken text`}.`,
      },
    },
  },
  examples: {
    good: [
      { html: '<p>Hej!</p><img src="https://example.se/logo.png" width="120">' },
      {
        html: `<img src="https://example.se/a.png" width="600" alt="">${'<p>Höstmötet hålls på lördag.</p>'.repeat(6)}`,
      },
      {
        html: `<img src="https://example.se/a.png" alt="${'Höstmötet hålls på lördag klockan tio. '.repeat(4)}">`,
      },
      { html: '<p>Hej!</p>' },
      { html: '<body background="https://example.se/pattern.png"><p>Hej!</p>' },
    ],
    bad: [
      {
        world: {
          html: '<a href="https://example.se/"><img src="https://example.se/a.png" width="600"></a><p>Hej!</p>',
        },
        finds: 'pictures',
      },
      {
        world: {
          html: '<table><tr><td background="https://example.se/a.png" width="600" height="800"></table>',
        },
        finds: 'pictures',
      },
      {
        world: {
          html: '<p>Hej!</p><div style="background:#fff url(https://example.se/a.png);height:800px"></div>',
        },
        finds: 'pictures',
      },
    ],
  },
});
