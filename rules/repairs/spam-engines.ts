/** What a spam engine says of the mail, as the rule of each engine tells it. */
import { type Facts, type Locale, notApplicable, problem, unknown } from '#rule';

/** Of its rules those that are told in the finding; all of them stand beside the score. */
const told = 5;

/** One that does not answer has not said 0. */
export function judged({ opinions }: Facts['spamEngines'], id: string) {
  const opinion = opinions.find((one) => one.id === id)?.opinion;
  if (!opinion) return notApplicable('no-spam-engine');
  if (!opinion.known) return unknown('engine-silent');
  if (!opinion.spam) return [];
  const { engine, score, threshold, action, symbols } = opinion;
  const rules = symbols.filter(({ points }) => points > 0).slice(0, told);
  return [problem('spam', { engine, score, threshold, action: action ?? '', rules })];
}

type Data = Extract<ReturnType<typeof judged>, readonly unknown[]>[number]['data'];

/** rspamd’s own actions (rspamd.com/doc/configuration/metrics.html, read 2026-11-23). */
const actions: Record<Locale, Readonly<Record<string, string>>> = {
  en: {
    reject: 'refuse the mail',
    'add header': 'mark the mail as spam',
    'rewrite subject': 'say in the subject that it is spam',
  },
  sv: {
    reject: 'vägra ta emot mejlet',
    'add header': 'märka mejlet som skräppost',
    'rewrite subject': 'skriva i ämnesraden att det är skräppost',
  },
};

/** Words of the rule of one engine. `name`: as people know it. */
export function wordsOf(name: string) {
  return {
    en: {
      title: `Spam filter: ${name}`,
      heading: `Counted as spam by ${name}`,
      mend: 'Change what the filter reacts to',
      why: `Receivers with the same filter put the mail among junk, or refuse it. Whoever runs this server has set up ${name} to try each mail. It says nothing of Gmail or Outlook, which have filters of their own.`,
      fix: 'Begin with the rule that gives the most points. Its description is the filter’s own and says what it reacts to: a word, the subject, or how the mail is built. Change that and audit again. If the filter is wrong about your mail, an owner can make an exception.',
    },
    sv: {
      title: `Skräppostfilter: ${name}`,
      heading: `Räknas som skräppost av ${name}`,
      mend: 'Ändra det som filtret reagerar på',
      why: `Mottagare med samma filter lägger mejlet bland skräppost eller vägrar ta emot det. Den som sköter servern låter ${name} pröva varje mejl. Det säger inget om Gmail eller Outlook, som har egna filter.`,
      fix: 'Börja med den regel som ger flest poäng. Beskrivningen är filtrets egen, på engelska, och säger vad det reagerar på: ett ord, ämnesraden eller hur mejlet är byggt. Ändra det och granska igen. Har filtret fel om ditt mejl kan en ägare göra ett undantag.',
    },
  };
}

/** The score, what the engine makes of it, and the rules that weigh most. */
export function sentence({ engine, score, threshold, action, rules }: Data, locale: Locale): string {
  const number = (value: number) => points(value, locale);
  const listed = rules
    .map((one) => `${one.name} +${number(one.points)}${described(one.description, locale)}`)
    .join('; ');
  const does = actions[locale][action];
  if (locale === 'en') {
    const from = threshold === null ? '' : `; spam begins at ${number(threshold)}`;
    const would = does === undefined ? '' : ` It would ${does}.`;
    const most = listed === '' ? '' : ` Most of it comes from ${listed}.`;
    return `${engine} gives the mail ${number(score)} points${from}.${would}${most}`;
  }
  const from = threshold === null ? '' : `; skräppost är det från ${number(threshold)}`;
  const would = does === undefined ? '' : ` Filtret skulle ${does}.`;
  const most = listed === '' ? '' : ` Det mesta kommer från ${listed}.`;
  return `${engine} ger mejlet ${number(score)} poäng${from}.${would}${most}`;
}

function described(description: string, locale: Locale): string {
  if (description === '') return '';
  return locale === 'en' ? ` (“${description}”)` : ` (”${description}”)`;
}

function points(value: number, locale: Locale): string {
  const written = String(Math.round(value * 10) / 10).replace('-', '−');
  return locale === 'en' ? written : written.replace('.', ',');
}
