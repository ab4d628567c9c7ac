import { defineRule, notApplicable, problem } from '#rule';

export default defineRule({
  id: 'required-fields',
  severity: 'major',
  reference: 'What whoever hands in the mail has said that it must have',
  needs: ['message'],
  check({ message: { requiredFields } }) {
    if (requiredFields.count === 0) return notApplicable('no-required-fields');
    return requiredFields.lacking.map((field) => problem('absent', { field }));
  },
  words: {
    en: {
      title: 'Required merge fields',
      heading: {
        absent: ({ field }, count) =>
          count > 1
            ? `${count} required merge fields are missing`
            : `The required merge field ${field} is missing`,
      },
      mend: 'Put the required merge fields in the mail',
      why: 'Readers get a mail without what you said that each of them must have, such as their own link to unsubscribe.',
      fix: {
        absent: ({ field }) =>
          `Put ${field} in the mail as your sending tool writes it, or take it off the required fields. Then hand in the corrected version.`,
      },
      problems: {
        absent: ({ field }) => `${field} is neither in the mail nor in its subject.`,
      },
    },
    sv: {
      title: 'Obligatoriska kopplingsfält',
      heading: {
        absent: ({ field }, count) =>
          count > 1
            ? `${count} obligatoriska kopplingsfält saknas`
            : `Det obligatoriska kopplingsfältet ${field} saknas`,
      },
      mend: 'Lägg in de obligatoriska kopplingsfälten i mejlet',
      why: 'Läsarna får ett mejl utan det som du har sagt att var och en måste få, till exempel en egen avregistreringslänk.',
      fix: {
        absent: ({ field }) =>
          `Lägg in ${field} i mejlet så som ditt utskicksverktyg skriver det, eller ta bort det från de obligatoriska fälten. Lämna sedan in den rättade versionen.`,
      },
      problems: {
        absent: ({ field }) => `${field} finns varken i mejlet eller i ämnesraden.`,
      },
    },
  },
  examples: {
    good: [
      {
        html: '<p>Hej *|FNAME|*! <a href="{{unsubscribe_url}}">Avregistrera</a></p>',
        requiredFields: ['FNAME', '{{unsubscribe_url}}'],
      },
      { html: '<p>Hej {namn}!</p>', requiredFields: ['namn'] },
    ],
    bad: [
      {
        world: { html: '<p>Hej! <!-- *|FNAME|* --></p>', requiredFields: ['FNAME'] },
        finds: 'absent',
      },
    ],
  },
});
