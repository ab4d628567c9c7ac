import { defineRule, notApplicable, problem } from '#rule';

/** Preview texts are hidden too: with their padding they have two or three hundred letters. */
const long = 500;

export default defineRule({
  id: 'hidden-text',
  severity: 'minor',
  reference:
    'SpamAssassin 4.0, HTML_TINY_FONT and MIME_HTML_… with invisible text; Google Search Central, “Hidden text”; rspamd, ZERO_FONT',
  needs: ['html', 'wording'],
  points: 1.5,
  check({ html, wording: { faint, unshown } }) {
    if (!html) return notApplicable('no-html');
    const found = faint.slice(0, 5).map(({ text, kind, at }) => {
      return kind === 'colour' ? problem('colour', { text }, { at }) : problem('size', { text }, { at });
    });
    if (found.length > 0) return found;
    return unshown.length > long ? [problem('unshown', { letters: unshown.length }, { at: unshown.at })] : [];
  },
  words: {
    en: {
      title: 'Hidden text',
      heading: {
        colour: () => 'Text has the colour of its background',
        size: () => 'Text is too small to be seen',
        unshown: () => 'The mail carries much text that is never shown',
      },
      mend: {
        colour: () => 'Show the text, or take it away',
        size: () => 'Make the text readable, or take it away',
        unshown: () => 'Take the hidden text away',
      },
      why: 'Text that readers do not see but filters read is an old trick of spammers, so it counts against the mail.',
      fix: {
        colour: () => 'Give the text a colour that stands out from the background, or delete it.',
        size: () => 'Give the text a size of at least 12 px, or delete it.',
        unshown: () =>
          'Delete what is hidden with display:none and the like; a preview text of up to 150 letters may stay.',
      },
      problems: {
        colour: ({ text }) => `“${text}” has the same colour as what is behind it.`,
        size: ({ text }) => `“${text}” is set in letters of 2 px or less.`,
        unshown: ({ letters }) => `${letters} letters are shown by no mail program.`,
      },
    },
    sv: {
      title: 'Dold text',
      heading: {
        colour: () => 'Text har samma färg som sin bakgrund',
        size: () => 'Text är för liten för att synas',
        unshown: () => 'Mejlet bär med sig mycket text som aldrig visas',
      },
      mend: {
        colour: () => 'Visa texten, eller ta bort den',
        size: () => 'Gör texten läsbar, eller ta bort den',
        unshown: () => 'Ta bort den dolda texten',
      },
      why: 'Text som läsarna inte ser men filter läser är ett gammalt knep hos skräppostare, så den räknas mejlet till last.',
      fix: {
        colour: () => 'Ge texten en färg som syns mot bakgrunden, eller ta bort den.',
        size: () => 'Ge texten en storlek på minst 12 px, eller ta bort den.',
        unshown: () =>
          'Ta bort det som döljs med display:none och liknande; en förhandstext på upp till 150 bokstäver får vara kvar.',
      },
      problems: {
        colour: ({ text }) => `”${text}” har samma färg som det som ligger bakom.`,
        size: ({ text }) => `”${text}” är satt med bokstäver på högst 2 px.`,
        unshown: ({ letters }) => `${letters} bokstäver visas inte av något mejlprogram.`,
      },
    },
  },
  examples: {
    good: [
      {
        html: '<div style="display:none">Höstmötet är på lördag.</div><p style="color:#999;background:#fff">Hej!</p>',
      },
      {
        html: '<td style="background:#fff url(https://example.se/a.png)"><p style="color:#fff">Hej!</p></td>',
      },
      { html: '<td style="font-size:0"><p style="font-size:16px">Hej!</p></td>' },
      {
        html: '<td style="font-size:0px">&lt;!--[if !mso]&gt;&lt;\\!--&gt;<p style="font-size:16px">Hej!</p>&lt;\\!--&lt;![endif]--&gt;</td>',
      },
    ],
    bad: [
      {
        world: { html: '<body bgcolor="white"><p>Hej</p><font color="#FFFFFF">gratis pengar</font>' },
        finds: 'colour',
      },
      { world: { html: '<p>Hej</p><p style="font-size:1px">gratis pengar</p>' }, finds: 'size' },
      {
        world: {
          html: `<p>Hej</p><div style="display:none">${'ett vanligt brev om vädret '.repeat(30)}</div>`,
        },
        finds: 'unshown',
      },
    ],
  },
});
