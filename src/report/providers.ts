/** How what the mailbox providers ask stands, in words. A requirement that is no longer listed is left out. */
import type { Locale, MailboxProvider, ProviderRequirement } from '../rule.ts';
import type { Finding, ProviderStanding, ProviderState, RequirementState } from '../verdict.ts';
import { sharedWords } from '../words.ts';
import { words } from './providers/words.ts';

export { providerCaution } from './providers/words.ts';

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
  /** What is asked of the domain is met as far as it can be seen, and the rest takes a mail. Never of a mail. */
  awaitsMail: boolean;
  /** How it stands, in one sentence. */
  text: string;
  /** When the sources were read. */
  date: string;
  confidence: MailboxProvider['confidence'];
  sources: MailboxProvider['sources'];
  requirements: readonly ReportRequirement[];
}

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
  // Advice counts for nothing, as in the state itself.
  const open = requirements.filter(
    (one) => one.state === 'unknown' && listed.get(one.id)?.force === 'required',
  );
  const awaitsMail =
    state === 'unknown' &&
    open.every(({ reason }) => reason === 'needs-mail') &&
    written.some((one) => one.force === 'required' && one.state === 'met');
  return {
    id,
    name,
    mailboxes,
    state,
    awaitsMail,
    ...sayOverall(state, awaitsMail, written, name, locale),
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
  const inWord = reason === 'needs-mail' ? word.needsMail.word : word.states[state];
  return { id, state, word: inWord, text: said[locale], force, from, asked, note, rules, code };
}

function whomOf(from: ProviderRequirement['from'], name: string, locale: Locale): string {
  const { everyone, bulk, perDay } = words[locale];
  return from === 'everyone' ? everyone : from === 'bulk' ? bulk(name) : perDay(from.perDay);
}

function whyUnknown(reason: NonNullable<Finding['reason']> | 'needs-mail', locale: Locale): string {
  return reason === 'needs-mail' ? words[locale].needsMail.note : sharedWords[locale].reasons[reason];
}

function sayOverall(
  state: ProviderState,
  awaitsMail: boolean,
  requirements: readonly ReportRequirement[],
  name: string,
  locale: Locale,
): Pick<ReportProvider, 'word' | 'text'> {
  const say = words[locale];
  const required = requirements.filter(({ force, state: of }) => force === 'required' && of !== 'not-asked');
  const count = (of: RequirementState) => required.filter((one) => one.state === of).length;
  const broken = required.find((one) => one.state === 'not-met');
  const met = count('met');
  if (awaitsMail) return { word: say.awaits.word, text: say.awaits.text(met, count('unknown')) };
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
