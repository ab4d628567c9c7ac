import { defineRule, notApplicable, problem } from '#rule';

/** What editors write by themselves. */
const nobodys =
  /^(?:untitled(?: document)?|document|new document|title|page title|email|e-mail|mail|newsletter|template|email template|newsletter template|html email|index|namnlös|dokument|titel|mejl|nyhetsbrev|mall)$/i;

export default defineRule({
  id: 'document-title',
  severity: 'advice',
  reference:
    'WCAG 2.2, success criterion 2.4.2; Email Markup Consortium, Accessibility Report 2026 (2026-05-21), issue 9',
  needs: ['structure'],
  check({ structure }) {
    if (!structure) return notApplicable('no-html');
    const { title } = structure;
    if (!title || title.text === '') return [problem('missing', {}, { at: title?.at })];
    return nobodys.test(title.text) ? [problem('empty', { text: title.text }, { at: title.at })] : [];
  },
  words: {
    en: {
      title: 'Title of the page',
      heading: {
        missing: () => 'The mail has no page title',
        empty: ({ text }) => `The title “${text}” says nothing about the mail`,
      },
      mend: 'Write a title element',
      why: 'Whoever opens the mail in a web browser, or has it read aloud, meets the title first. Without one they hear a file name or nothing.',
      fix: 'Write what the mail is about in a title element within head, for example the subject line: <title>Autumn meeting on Saturday</title>. In MJML: <mj-title> within mj-head.',
      problems: {
        missing: () => 'There is no title element with words in it.',
        empty: ({ text }) => `The title element holds only “${text}”.`,
      },
    },
    sv: {
      title: 'Sidans titel',
      heading: {
        missing: () => 'Mejlet saknar sidtitel',
        empty: ({ text }) => `Titeln ”${text}” säger inget om mejlet`,
      },
      mend: 'Skriv ett title-element',
      why: 'Den som öppnar mejlet i en webbläsare, eller får det uppläst, möter titeln först. Utan titel blir det ett filnamn eller ingenting.',
      fix: 'Skriv vad mejlet handlar om i ett title-element i head, till exempel ämnesraden: <title>Höstmöte på lördag</title>. I MJML: <mj-title> i mj-head.',
      problems: {
        missing: () => 'Det finns inget title-element med ord i.',
        empty: ({ text }) => `I title-elementet står bara ”${text}”.`,
      },
    },
  },
  examples: {
    good: [
      { html: '<title>Höstmöte på lördag</title><p>Hej!</p>' },
      {
        mjml: '<mjml><mj-head><mj-title>Höstmöte</mj-title></mj-head><mj-body><mj-section><mj-column><mj-text>Hej</mj-text></mj-column></mj-section></mj-body></mjml>',
      },
    ],
    bad: [
      { world: { html: '<p>Hej!</p>' }, finds: 'missing' },
      { world: { html: '<title> </title><svg><title>Karta</title></svg><p>Hej!</p>' }, finds: 'missing' },
      { world: { html: '<title>Untitled Document</title><p>Hej!</p>' }, finds: 'empty' },
    ],
  },
});
