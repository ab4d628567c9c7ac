import { defineRule, problem } from '#rule';

/** Pictures, check marks and stars, but not what names of companies have: © ® ™. */
const sign = /(?![©®™])\p{Extended_Pictographic}|[✓✗✘☆★☐☑☒√]/u;
/** They show nothing, or turn the text round. */
const hidden = /[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\u00ad\ufeff]/u;
/** As mail programs count a conversation, or mark a reply. */
const thread = /^\s*(?:re|fwd?|sv|vb|aw)\s?:|\(\d{1,3}\)\s*$|^\s*\[\d{1,3}\]|\s\[\d{1,3}\]\s*$/i;

export default defineRule({
  id: 'from-name-signs',
  severity: 'minor',
  reference:
    'Gmail, Email sender guidelines, “Guidelines for email display names” (April 2025): no emoji or other graphics, no sign of a reply; suped.com, 2025 (550 5.7.1, “unicode character in a disallowed header”)',
  needs: ['message'],
  check({ message: { from } }) {
    const found = sign.exec(from.name)?.[0];
    return [
      ...(found === undefined ? [] : [problem('sign', { sign: found })]),
      ...(hidden.test(from.name) ? [problem('hidden', {})] : []),
      ...(thread.test(from.name)
        ? [problem('thread', { name: from.name.replace(hidden, '').slice(0, 60) })]
        : []),
    ];
  },
  words: {
    en: {
      title: 'Signs in the sender’s name',
      heading: {
        sign: ({ sign }) => `The sender’s name has the sign ${sign}`,
        hidden: () => 'The sender’s name has signs that nobody sees',
        thread: () => 'The sender’s name looks like a conversation',
      },
      mend: {
        sign: () => 'Take the sign out of the name',
        hidden: () => 'Write the name anew',
        thread: () => 'Write the name alone',
      },
      why: 'Gmail lets the name say who sends and nothing else. Pictures and check marks look like a mark of approval, hidden signs like fraud: such mail is turned away or ends up in spam.',
      fix: {
        sign: () => 'Keep the name in letters. An emoji may stand in the subject.',
        hidden: () =>
          'Delete the name and write it by hand; it was pasted with marks that steer the text or take no room.',
        thread: () => 'Take away what looks like a reply or a count of mails: only answers have that.',
      },
      problems: {
        sign: ({ sign }) => `The name has ${sign}.`,
        hidden: () => 'The name has marks without width, or marks that turn the text round.',
        thread: ({ name }) => `The name reads ${name}`,
      },
    },
    sv: {
      title: 'Tecken i avsändarens namn',
      heading: {
        sign: ({ sign }) => `Avsändarens namn har tecknet ${sign}`,
        hidden: () => 'Avsändarens namn har tecken som ingen ser',
        thread: () => 'Avsändarens namn ser ut som en konversation',
      },
      mend: {
        sign: () => 'Ta bort tecknet ur namnet',
        hidden: () => 'Skriv om namnet för hand',
        thread: () => 'Skriv bara namnet',
      },
      why: 'Gmail låter namnet säga vem som skickar och inget annat. Bilder och bockar ser ut som ett godkännande, dolda tecken som bedrägeri: sådana mejl avvisas eller hamnar i skräpposten.',
      fix: {
        sign: () => 'Låt namnet bestå av bokstäver. En emoji får stå i ämnesraden.',
        hidden: () =>
          'Radera namnet och skriv det för hand; det klistrades in med märken som styr texten eller inte tar plats.',
        thread: () => 'Ta bort det som ser ut som ett svar eller ett antal mejl: bara svar har sådant.',
      },
      problems: {
        sign: ({ sign }) => `Namnet har ${sign}.`,
        hidden: () => 'Namnet har märken utan bredd, eller märken som vänder på texten.',
        thread: ({ name }) => `Namnet lyder ${name}`,
      },
    },
  },
  examples: {
    good: [
      {},
      { from: '"Bolaget™ & Söner #1 * A/B" <a@example.se>' },
      { from: '"Kunskapsförbundet (KF)" <a@example.se>' },
    ],
    bad: [
      { world: { from: '"Föreningen ✅" <a@example.se>' }, finds: 'sign' },
      { world: { from: '"✓ Banken" <a@example.se>' }, finds: 'sign' },
      { world: { from: '"Före\u200bningen" <a@example.se>' }, finds: 'hidden' },
      { world: { from: '"Anna (2)" <a@example.se>' }, finds: 'thread' },
      { world: { from: '"Re: Anna" <a@example.se>' }, finds: 'thread' },
    ],
  },
});
