import { defineRule, notApplicable, problem, unknown } from '#rule';

export default defineRule({
  id: 'blank-page',
  severity: 'blocker',
  reference: 'Measured in the drawing itself',
  needs: ['html', 'rendering'],
  check({ html, rendering }) {
    if (!html) return notApplicable('no-html');
    const pictures = html.images.some(({ hidden }) => !hidden);
    const blank = rendering.views.filter(({ visibleText }) => visibleText === 0 && !pictures);
    if (blank.length > 0) return [problem('blank', { views: blank.map(({ id }) => id).join(', ') })];
    const [failed] = rendering.failed;
    return failed ? unknown(failed.reason) : [];
  },
  words: {
    en: {
      title: 'Visible content',
      why: 'Readers with this client would open an empty mail.',
      fix: 'Look for styles that hide everything, such as display:none or a height of 0, and for an element that is never closed.',
      problems: { blank: ({ views }) => `Nothing is visible when the mail is drawn (${views}).` },
    },
    sv: {
      title: 'Synligt innehåll',
      why: 'Läsare med det här mejlprogrammet skulle öppna ett tomt mejl.',
      fix: 'Leta efter stilar som döljer allt, till exempel display:none eller höjden 0, och efter element som aldrig avslutas.',
      problems: { blank: ({ views }) => `Inget syns när mejlet ritas upp (${views}).` },
    },
  },
  examples: {
    good: [{ html: '<p>Hej!</p>' }],
    bad: [{ world: { html: '<div style="display:none"><p>Hej!</p></div>' }, finds: 'blank' }],
  },
});
