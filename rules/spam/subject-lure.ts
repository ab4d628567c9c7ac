import { defineRule, problem } from '#rule';

const sum = /[$£€] ?\d[\d.,]{0,12}/;

export default defineRule({
  id: 'subject-lure',
  severity: 'advice',
  reference:
    'SpamAssassin 4.0, SUBJ_DOLLARS and PLING_QUERY (sums of money and exclamation marks in the subject)',
  needs: ['message'],
  points: 0.5,
  check({ message: { subject } }) {
    const [money] = sum.exec(subject ?? '') ?? [];
    if (money) return [problem('money', { money })];
    return subject?.includes('!') ? [problem('cry', {})] : [];
  },
  words: {
    en: {
      title: 'Lures in the subject',
      heading: {
        cry: () => 'The subject cries out',
        money: ({ money }) => `The subject names a sum, ${money}`,
      },
      mend: {
        cry: () => 'Write the subject without exclamation marks',
        money: () => 'Leave the sum to the text',
      },
      why: 'Alone it weighs little, but filters add it to what else is in the mail, since spam often does it and letters seldom do.',
      fix: {
        cry: () => 'Let the words do it: end the subject without a mark.',
        money: () => 'Say in the subject what it is about, and the sum in the text.',
      },
      problems: {
        cry: () => 'There is an exclamation mark in the subject.',
        money: ({ money }) => `The subject says ${money}.`,
      },
    },
    sv: {
      title: 'Lockrop i ämnesraden',
      heading: {
        cry: () => 'Ämnesraden ropar',
        money: ({ money }) => `Ämnesraden nämner en summa, ${money}`,
      },
      mend: {
        cry: () => 'Skriv ämnesraden utan utropstecken',
        money: () => 'Spara summan till texten',
      },
      why: 'För sig väger det lätt, men filter lägger det till vad som annars finns i mejlet, eftersom skräppost ofta gör så och vanliga brev sällan.',
      fix: {
        cry: () => 'Låt orden göra det: avsluta ämnesraden utan tecken.',
        money: () => 'Säg i ämnesraden vad det handlar om, och summan i texten.',
      },
      problems: {
        cry: () => 'Det finns ett utropstecken i ämnesraden.',
        money: ({ money }) => `Ämnesraden säger ${money}.`,
      },
    },
  },
  examples: {
    good: [{ subject: 'Höstmöte 5 december' }, { subject: 'Kursen kostar 200 kr' }],
    bad: [
      { world: { subject: 'Nu är det dags!' }, finds: 'cry' },
      { world: { subject: '$500 waiting for you' }, finds: 'money' },
    ],
  },
});
