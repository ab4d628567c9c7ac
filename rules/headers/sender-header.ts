import { defineRule, notApplicable, problem } from '#rule';

export default defineRule({
  id: 'sender-header',
  severity: 'advice',
  reference:
    'RFC 5322 section 3.6.2 (Sender: only when it is not the author who sends); help.mail-list.com, “on behalf of” in the From header, read 2026-11 (Outlook and Gmail show who sent beside the author)',
  needs: ['message'],
  check({ message: { hasHeader, composed, from, sender, headerPlaces } }) {
    if (!hasHeader) return notApplicable('template');
    if (composed) return notApplicable('composed');
    return sender && !sender.related
      ? [
          problem(
            'other',
            { sender: sender.domain.slice(0, 60), from: from.domain },
            { at: headerPlaces.get('sender')?.[0] },
          ),
        ]
      : [];
  },
  words: {
    en: {
      title: 'Another sender beside From (Sender)',
      heading: { other: ({ sender }) => `Readers see ${sender.slice(0, 50)} beside your name` },
      mend: 'Send without the Sender header',
      why: 'Outlook shows both, with “on behalf of” between them, so readers see an address they do not know and wonder who sent the mail.',
      fix: 'Ask your sending service to leave the Sender header out, or to use an address in your own domain there.',
      problems: {
        other: ({ sender, from }) => `The domain of Sender is ${sender}, and that of From ${from}.`,
      },
    },
    sv: {
      title: 'En annan avsändare bredvid From (Sender)',
      heading: { other: ({ sender }) => `Läsarna ser ${sender.slice(0, 50)} bredvid ditt namn` },
      mend: 'Skicka utan huvudet Sender',
      why: 'Outlook visar båda, med ”på uppdrag av” emellan, så läsarna ser en adress som de inte känner igen och undrar vem som har skickat mejlet.',
      fix: 'Be din utskickstjänst att utelämna huvudet Sender eller att använda en adress på din egen domän där.',
      problems: { other: ({ sender, from }) => `Sender har domänen ${sender} och From har ${from}.` },
    },
  },
  examples: {
    good: [
      { eml: 'From: a@example.se\r\nSender: utskick@mejl.example.se\r\n\r\nHej!\r\n' },
      { eml: 'From: a@example.se\r\n\r\nHej!\r\n' },
    ],
    bad: [
      {
        world: { eml: 'From: a@example.se\r\nSender: <utskick@tjanst.example>\r\n\r\nHej!\r\n' },
        finds: 'other',
      },
    ],
  },
});
