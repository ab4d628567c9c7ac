import { defineRule, notApplicable, problem } from '#rule';

/** “5–15 characters”, the right-most of at most four. */
const senderId = { least: 5, most: 15 };

export default defineRule({
  id: 'feedback-id',
  severity: 'advice',
  reference:
    'Gmail, “Feedback Loop”, support.google.com/mail/answer/6254652 (Feedback-ID: a:b:c:SenderId), read 2026-11; Orange asks for it from 1,000 mails a day',
  needs: ['message'],
  check({ message }) {
    if (!message.hasHeader) return notApplicable('template');
    if (message.class === 'transactional') return notApplicable('transactional');
    const [written, ...more] = message.headers.filter(({ name }) => /^feedback-id$/i.test(name));
    if (!written) {
      // Sending services add it on the way, Amazon SES among them.
      const wasSent = message.headers.some(({ name }) => /^received$/i.test(name));
      return wasSent ? [problem('missing', {})] : notApplicable('unsent');
    }
    const [at, second] = message.headerPlaces.get('feedback-id') ?? [];
    if (more.length > 0) return [problem('several', { count: more.length + 1 }, { at: second })];
    const sender = written.value.trim().split(':').at(-1)?.trim() ?? '';
    const fits = sender.length >= senderId.least && sender.length <= senderId.most;
    return fits ? [] : [problem('sender', { sender: sender.slice(0, 60), ...senderId }, { at })];
  },
  words: {
    en: {
      title: 'Mark of the mailing (Feedback-ID)',
      heading: {
        missing: () => 'The mail has no Feedback-ID',
        several: () => 'The mail has several Feedback-ID headers',
        sender: () => 'Feedback-ID ends in a way that Gmail does not count',
      },
      mend: 'Mark each mailing with a Feedback-ID',
      why: 'Without it Gmail cannot tell you which of your mailings its users report as spam: it counts by this mark.',
      fix: 'Let the sending service write Feedback-ID: mailing:list:customer:sender, once in a mail. The last part is your own name for yourself, the same in all mail, 5 to 15 characters. None of the parts may point out a single reader.',
      problems: {
        missing: () =>
          'The mail has been sent (a server has written Received in it) without a Feedback-ID header.',
        several: ({ count }) => `Feedback-ID occurs ${count} times. Gmail wants one.`,
        sender: ({ sender, least, most }) =>
          sender === ''
            ? 'Nothing follows the last colon, so Gmail gathers no figures.'
            : `What follows the last colon is ${sender}, which should have ${least} to ${most} characters.`,
      },
    },
    sv: {
      title: 'Utskickets märke (Feedback-ID)',
      heading: {
        missing: () => 'Mejlet saknar Feedback-ID',
        several: () => 'Mejlet har flera Feedback-ID',
        sender: () => 'Feedback-ID slutar på ett sätt som Gmail inte räknar',
      },
      mend: 'Märk varje utskick med ett Feedback-ID',
      why: 'Utan det kan Gmail inte berätta vilket av dina utskick som läsarna spamanmäler: Gmail räknar efter det märket.',
      fix: 'Låt utskickstjänsten skriva Feedback-ID: utskick:lista:kund:avsändare, en gång per mejl. Den sista delen är ditt eget namn på dig själv, lika i alla mejl, 5 till 15 tecken. Ingen del får peka ut en enskild läsare.',
      problems: {
        missing: () => 'Mejlet har skickats (en server har skrivit Received i det) utan huvudet Feedback-ID.',
        several: ({ count }) => `Feedback-ID står ${count} gånger. Gmail vill ha ett.`,
        sender: ({ sender, least, most }) =>
          sender === ''
            ? 'Inget står efter det sista kolonet, så Gmail gör ingen statistik.'
            : `Efter det sista kolonet står ${sender}, som bör ha ${least} till ${most} tecken.`,
      },
    },
  },
  examples: {
    good: [
      { eml: 'From: a@example.se\r\nFeedback-ID: host26:medlemmar::forening\r\n\r\nHej!\r\n' },
      { eml: 'From: a@example.se\r\nFeedback-ID: ::1.eu-north-1.abc=:AmazonSES\r\n\r\nHej!\r\n' },
    ],
    bad: [
      {
        world: {
          eml: 'Received: from a by b; Sun, 22 Nov 2026 09:00:00 +0100\r\nFrom: a@example.se\r\n\r\nHej!\r\n',
        },
        finds: 'missing',
      },
      {
        world: {
          eml: 'From: a@example.se\r\nFeedback-ID: a:b:c:forening\r\nFeedback-ID: a:b:c:verktyg\r\n\r\nHej!\r\n',
        },
        finds: 'several',
      },
      { world: { eml: 'From: a@example.se\r\nFeedback-ID: a:b:c:\r\n\r\nHej!\r\n' }, finds: 'sender' },
      { world: { eml: 'From: a@example.se\r\nFeedback-ID: a:b:c:abc\r\n\r\nHej!\r\n' }, finds: 'sender' },
    ],
  },
});
