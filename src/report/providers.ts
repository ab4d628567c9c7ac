/** How what the mailbox providers ask stands, in words. A requirement that is no longer listed is left out. */
import type { Locale, MailboxProvider, ProviderRequirement } from '../rule.ts';
import type { Finding, ProviderStanding, ProviderState, RequirementState } from '../verdict.ts';
import { sharedWords } from '../words.ts';

export interface ReportRequirement {
  id: string;
  state: RequirementState;
  /** The state in a few words. */
  word: string;
  /** What the provider asks, in one sentence. */
  text: string;
  force: ProviderRequirement['force'];
  from: ProviderRequirement['from'];
  /** Whom it is asked of, or advised to, in words: a clause. */
  asked: string;
  /** Why it is not known, cannot be seen or is not asked. */
  note: string | null;
  /** The checks that it rests on: those that stand against it, where it is not met or not known. */
  rules: readonly string[];
  /** What the provider's servers answer where it is not met; null: it publishes no code. */
  code: string | null;
}

export interface ReportProvider {
  id: string;
  name: string;
  mailboxes: readonly string[];
  state: ProviderState;
  word: string;
  /** How it stands, in one sentence. */
  text: string;
  /** When the sources were read. */
  date: string;
  confidence: MailboxProvider['confidence'];
  sources: MailboxProvider['sources'];
  requirements: readonly ReportRequirement[];
}

interface Words {
  states: Record<RequirementState, string>;
  overall: Record<Exclude<ProviderState, 'met'>, string>;
  /** Of `met`: how many there are beside those that cannot be seen. */
  seen(met: number, unseen: number): string;
  notMet(count: number, name: string): string;
  bulkNotMet(count: number, whom: string): string;
  unknown(count: number): string;
  met(met: number, all: number): string;
  notObservable: string;
  asked(whom: string): string;
  advised(whom: string): string;
  everyone: string;
  bulk(name: string): string;
  perDay(count: number): string;
  needsMail: string;
  notAsked: string;
}

const words: Record<Locale, Words> = {
  en: {
    states: {
      met: 'Met',
      'not-met': 'Not met',
      unknown: 'Not known yet',
      'not-observable': 'Cannot be seen from here',
      'not-asked': 'Not asked of this mail',
    },
    overall: {
      'not-met': 'Not met',
      'bulk-not-met': 'Not met for large mailings',
      unknown: 'Not known yet',
      'not-observable': 'Cannot be seen from here',
    },
    seen: (met, unseen) => (unseen === 0 ? `${met} of ${met} met` : `${met} met, ${unseen} cannot be seen`),
    notMet: (count, name) =>
      `${count === 1 ? '1 requirement is' : `${count} requirements are`} not met, so ${name} may turn the mail away or put it with the spam.`,
    bulkNotMet: (count, whom) =>
      `${count === 1 ? '1 requirement is' : `${count} requirements are`} not met, but only for ${whom}.`,
    unknown: (count) =>
      `Nothing that could be checked falls short, but ${count === 1 ? '1 requirement has' : `${count} requirements have`} no answer yet.`,
    met: (met, all) =>
      met === all
        ? 'What it requires is met, as far as shows before sending.'
        : `The ${met} of ${all} requirements that can be seen before sending are met. The rest cannot be seen from here.`,
    notObservable: 'None of what is required can be seen from here.',
    asked: (whom) => `asked of ${whom}`,
    advised: (whom) => `advised to ${whom}`,
    everyone: 'everyone who sends',
    bulk: (name) => `those who send much, of which ${name} gives no number`,
    perDay: (count) => `those who send more than ${count.toLocaleString('en')} mails a day`,
    needsMail: 'The domain alone does not tell: it takes a mail.',
    notAsked: 'It is asked of newsletters and marketing alone, and this mail is neither.',
  },
  sv: {
    states: {
      met: 'Uppfyllt',
      'not-met': 'Inte uppfyllt',
      unknown: 'Inte känt än',
      'not-observable': 'Syns inte härifrån',
      'not-asked': 'Krävs inte av det här mejlet',
    },
    overall: {
      'not-met': 'Inte uppfyllt',
      'bulk-not-met': 'Inte uppfyllt för stora utskick',
      unknown: 'Inte känt än',
      'not-observable': 'Syns inte härifrån',
    },
    seen: (met, unseen) =>
      unseen === 0 ? `${met} av ${met} uppfyllda` : `${met} uppfyllda, ${unseen} syns inte`,
    notMet: (count, name) =>
      `${count} krav är inte ${count === 1 ? 'uppfyllt' : 'uppfyllda'}, så ${name} kan avvisa mejlet eller lägga det i skräpposten.`,
    bulkNotMet: (count, whom) =>
      `${count} krav är inte ${count === 1 ? 'uppfyllt' : 'uppfyllda'}, men bara för ${whom}.`,
    unknown: (count) => `Inget som gick att kontrollera brister, men ${count} krav saknar svar.`,
    met: (met, all) =>
      met === all
        ? 'Det den kräver är uppfyllt, så långt det syns före utskicket.'
        : `De ${met} av ${all} krav som syns före utskicket är uppfyllda. Resten syns inte härifrån.`,
    notObservable: 'Inget av det som krävs syns härifrån.',
    asked: (whom) => `krävs av ${whom}`,
    advised: (whom) => `råd till ${whom}`,
    everyone: 'alla som skickar',
    bulk: (name) => `den som skickar mycket, utan att ${name} säger hur mycket`,
    perDay: (count) => `den som skickar fler än ${count.toLocaleString('sv')} mejl om dagen`,
    needsMail: 'Domänen ensam räcker inte: det krävs ett mejl för att se det.',
    notAsked: 'Det krävs bara av nyhetsbrev och marknadsföring, och det här mejlet är inget av dem.',
  },
};

/** What has to be said wherever this is shown: that unseen is not passed, and that nothing promises the inbox. */
export const providerCaution: Record<Locale, { title: string; intro: string; caution: string }> = {
  en: {
    title: 'What the mailbox providers ask',
    intro:
      'Each mailbox provider has published what it asks of those who send to it. Here is how your mail and your domain stand against that.',
    caution:
      'What cannot be seen from here has not passed: nobody has checked it. And whoever meets everything is still not promised the inbox, since the providers also look at your reputation and at what readers do with your mail.',
  },
  sv: {
    title: 'Vad mejltjänsterna kräver',
    intro:
      'Varje mejltjänst har talat om vad den kräver av den som skickar dit. Så här står sig ditt mejl och din domän mot det.',
    caution:
      'Det som inte syns härifrån är inte godkänt: ingen har kontrollerat det. Och den som uppfyller allt är ändå inte lovad inkorgen, för tjänsterna ser också på ditt rykte och på vad läsarna gör med dina mejl.',
  },
};

/** Adds the words to how the providers' requirements stand. */
export function writeProviders(
  standings: readonly ProviderStanding[],
  providers: readonly MailboxProvider[],
  locale: Locale,
): ReportProvider[] {
  const known = new Map(providers.map((provider) => [provider.id, provider]));
  return standings.flatMap((standing) => {
    const provider = known.get(standing.provider);
    return provider ? [writeProvider(standing, provider, locale)] : [];
  });
}

function writeProvider(
  { state, requirements }: ProviderStanding,
  provider: MailboxProvider,
  locale: Locale,
): ReportProvider {
  const { id, name, mailboxes, date, confidence, sources } = provider;
  const listed = new Map(provider.requirements.map((one) => [one.id, one]));
  const written = requirements.flatMap((standing) => {
    const requirement = listed.get(standing.id);
    return requirement ? [writeRequirement(standing, requirement, name, locale)] : [];
  });
  return {
    id,
    name,
    mailboxes,
    state,
    ...sayOverall(state, written, name, locale),
    date,
    confidence,
    sources,
    requirements: written,
  };
}

function writeRequirement(
  { state, reason, rules }: ProviderStanding['requirements'][number],
  { id, from, force, judged, code, words: said }: ProviderRequirement,
  name: string,
  locale: Locale,
): ReportRequirement {
  const word = words[locale];
  const asked = word[force === 'advised' ? 'advised' : 'asked'](whomOf(from, name, locale));
  const unseen = 'unseen' in judged ? judged.unseen[locale] : null;
  const notes: Partial<Record<RequirementState, string | null>> = {
    unknown: reason ? whyUnknown(reason, locale) : null,
    'not-observable': unseen,
    'not-asked': word.notAsked,
  };
  const note = notes[state] ?? null;
  return { id, state, word: word.states[state], text: said[locale], force, from, asked, note, rules, code };
}

function whomOf(from: ProviderRequirement['from'], name: string, locale: Locale): string {
  const { everyone, bulk, perDay } = words[locale];
  return from === 'everyone' ? everyone : from === 'bulk' ? bulk(name) : perDay(from.perDay);
}

function whyUnknown(reason: NonNullable<Finding['reason']> | 'needs-mail', locale: Locale): string {
  return reason === 'needs-mail' ? words[locale].needsMail : sharedWords[locale].reasons[reason];
}

function sayOverall(
  state: ProviderState,
  requirements: readonly ReportRequirement[],
  name: string,
  locale: Locale,
): Pick<ReportProvider, 'word' | 'text'> {
  const say = words[locale];
  const required = requirements.filter(({ force, state: of }) => force === 'required' && of !== 'not-asked');
  const count = (of: RequirementState) => required.filter((one) => one.state === of).length;
  const broken = required.find((one) => one.state === 'not-met');
  const met = count('met');
  const texts: Record<ProviderState, () => string> = {
    met: () => say.met(met, required.length),
    'not-met': () => say.notMet(count('not-met'), name),
    'bulk-not-met': () => say.bulkNotMet(count('not-met'), broken ? whomOf(broken.from, name, locale) : ''),
    unknown: () => say.unknown(count('unknown')),
    'not-observable': () => say.notObservable,
  };
  const word = state === 'met' ? say.seen(met, required.length - met) : say.overall[state];
  return { word, text: texts[state]() };
}
