import { defineRule, notApplicable, problem, unknown } from '#rule';

export default defineRule({
  id: 'blank-page',
  severity: 'blocker',
  reference: 'Measured in the drawing itself',
  needs: ['html', 'rendering'],
  check({ html, rendering }, { clients }) {
    if (!html) return notApplicable('no-html');
    const pictures = html.images.some(({ hidden }) => !hidden);
    const blank = rendering.views.filter(
      ({ visibleText, undrawn }) => visibleText === 0 && undrawn === 0 && !pictures,
    );
    const blankIn = new Set(
      blank.map(({ client }) => clients.find(({ id }) => id === client)?.name ?? client),
    );
    if (blank.length > 0) return [problem('blank', { clients: [...blankIn].join('; ') })];
    const [failed] = rendering.failed;
    return failed ? unknown(failed.reason) : [];
  },
  words: {
    en: {
      title: 'Visible content',
      heading: 'Nothing shows when the mail is opened',
      mend: 'Show what the styles hide',
      why: 'Readers with this mail program would open an empty mail.',
      fix: 'Look for styles that hide everything, such as display:none or a height of 0, and for an element that is never closed. If only Outlook is empty: look for comments such as <!--[if !mso]>, which hide what they hold from it.',
      problems: { blank: ({ clients }) => `Nothing is visible when the mail is opened in ${clients}.` },
    },
    sv: {
      title: 'Synligt innehåll',
      heading: 'Inget syns när mejlet öppnas',
      mend: 'Visa det som stilarna döljer',
      why: 'Läsare med det här mejlprogrammet skulle öppna ett tomt mejl.',
      fix: 'Leta efter stilar som döljer allt, till exempel display:none eller höjden 0, och efter element som aldrig avslutas. Om det bara är tomt i Outlook: leta efter kommentarer som <!--[if !mso]>, som döljer sitt innehåll där.',
      problems: { blank: ({ clients }) => `Inget syns när mejlet öppnas i ${clients}.` },
    },
  },
  examples: {
    good: [
      { html: '<p>Hej!</p>' },
      // The shape's picture cannot be drawn here, and Outlook shows it.
      {
        html: '<!--[if mso]><v:rect><v:fill src="https://example.se/a.png" /></v:rect><![endif]--><!--[if !mso]><!--><p>Hej!</p><!--<![endif]-->',
      },
    ],
    bad: [
      { world: { html: '<div style="display:none"><p>Hej!</p></div>' }, finds: 'blank' },
      { world: { html: '<!--[if !mso]><!--><p>Hej!</p><!--<![endif]-->' }, finds: 'blank' },
    ],
  },
});
