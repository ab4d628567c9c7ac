import { defineRule, problem, unknown } from '#rule';

/**
 * How mail programs mark an answer or a forwarded mail. Marks that are words or usual abbreviations as well are not
 * here: VS (versus), AW (after work), WG, TR, RV, R, I.
 */
const mark = /^\s*((?:re|fwd?|sv|vb|antw|odp|ynt)(?:\[\d{1,3}\])?\s?:)/i;

export default defineRule({
  id: 'subject-line',
  severity: 'minor',
  reference:
    'RFC 5322 section 3.6.5: “Re:” is for replies; CAN-SPAM Act, 15 U.S.C. 7704(a)(2), misleading subjects',
  needs: ['message'],
  points: 0.3,
  check({ message }) {
    const { subject, hasHeader, headers, headerPlaces } = message;
    const [at] = headerPlaces.get('subject') ?? [];
    // The subject of a template is written when it is sent.
    if (subject === null && !hasHeader) return unknown('not-given', 'subject');
    if (!subject?.trim()) return [problem('empty', {}, { at })];
    const [, marked] = mark.exec(subject) ?? [];
    const answers = headers.some(({ name }) => /^(?:in-reply-to|references)$/i.test(name));
    return marked && !answers && message.class === 'marketing'
      ? [problem('reply', { mark: marked }, { at })]
      : [];
  },
  words: {
    en: {
      title: 'Subject line',
      heading: {
        empty: () => 'The mail has no subject',
        reply: ({ mark }) => `The subject begins with ${mark} though the mail is no reply`,
      },
      mend: {
        empty: () => 'Write a subject',
        reply: ({ mark }) => `Remove ${mark} from the subject`,
      },
      why: 'The subject is the first thing that readers and filters judge a mail by. One that is missing, or pretends to belong to an old conversation, looks like spam.',
      fix: {
        empty: () => 'Say what the mail is about in a few words, the most important first.',
        reply: ({ mark }) =>
          `Begin with what the mail is about. Keep ${mark} for answers to mail that you have received.`,
      },
      problems: {
        empty: () => 'There is no subject, so readers see “(no subject)”.',
        reply: () => 'No header says that the mail answers another (In-Reply-To, References).',
      },
    },
    sv: {
      title: 'Ämnesrad',
      heading: {
        empty: () => 'Mejlet har ingen ämnesrad',
        reply: ({ mark }) => `Ämnesraden börjar med ${mark} fast mejlet inte är ett svar`,
      },
      mend: {
        empty: () => 'Skriv en ämnesrad',
        reply: ({ mark }) => `Ta bort ${mark} från ämnesraden`,
      },
      why: 'Ämnesraden är det första som läsare och filter bedömer ett mejl efter. En som saknas, eller låtsas höra till en gammal konversation, ser ut som skräppost.',
      fix: {
        empty: () => 'Säg vad mejlet handlar om med några få ord, det viktigaste först.',
        reply: ({ mark }) =>
          `Börja med det som mejlet handlar om. Spara ${mark} till svar på mejl som du har fått.`,
      },
      problems: {
        empty: () => 'Ämnesrad saknas, så läsarna ser ”(inget ämne)”.',
        reply: () => 'Inget huvud säger att mejlet svarar på ett annat (In-Reply-To, References).',
      },
    },
  },
  examples: {
    good: [
      { subject: 'Höstmöte 5 december' },
      { subject: 'Svar på era frågor: så blir hösten' },
      { subject: 'VS: Malmö mot Lund' },
      { subject: 'I: hösten, II: vintern' },
      { subject: 'AW: på fredag klockan fem' },
      { subject: 'Re: din bokning', class: 'transactional' },
      { eml: 'From: a@example.se\r\nSubject: Re: Hej\r\nIn-Reply-To: <1@example.se>\r\n\r\nHej!\r\n' },
    ],
    bad: [
      { world: { eml: 'From: a@example.se\r\n\r\nHej!\r\n' }, finds: 'empty' },
      { world: { eml: 'From: a@example.se\r\nSubject:  \r\n\r\nHej!\r\n' }, finds: 'empty' },
      { world: { subject: 'Sv: Vårt samtal' }, finds: 'reply' },
      { world: { subject: 'FWD: Sista chansen' }, finds: 'reply' },
    ],
  },
});
