/** The words of how what the mailbox providers ask stands. */
import type { Locale } from '../../rule.ts';
import type { ProviderState, RequirementState } from '../../verdict.ts';

interface Words {
  states: Record<RequirementState, string>;
  overall: Record<Exclude<ProviderState, 'met'>, string>;
  /** Of `met`: how many there are beside those that cannot be seen. */
  seen(met: number, unseen: number): string;
  notMet(count: number, name: string): string;
  bulkNotMet(count: number, whom: string): string;
  unknown(count: number): string;
  met(met: number, all: number): string;
  /** Of a domain by itself: its part is met, and `open` take a mail. */
  awaits: { word: string; text(met: number, open: number): string };
  notObservable: string;
  asked(whom: string): string;
  advised(whom: string): string;
  everyone: string;
  bulk(name: string): string;
  perDay(count: number): string;
  needsMail: { word: string; note: string };
  notAsked: string;
}

export const words: Record<Locale, Words> = {
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
    awaits: {
      word: 'The domain’s part is met',
      text: (met, open) =>
        `${met === 1 ? 'The one requirement' : `The ${met} requirements`} on the domain that can be seen before sending ${met === 1 ? 'is' : 'are'} met. ${open === 1 ? '1 more is' : `${open} more are`} judged when a mail is audited.`,
    },
    notObservable: 'None of what is required can be seen from here.',
    asked: (whom) => `asked of ${whom}`,
    advised: (whom) => `advised to ${whom}`,
    everyone: 'everyone who sends',
    bulk: (name) => `those who send much, of which ${name} gives no number`,
    perDay: (count) => `those who send more than ${count.toLocaleString('en')} mails a day`,
    needsMail: {
      word: 'Judged with a mail',
      note: 'The domain alone does not tell: it takes a mail.',
    },
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
    awaits: {
      word: 'Domänens del är uppfylld',
      text: (met, open) =>
        `${met === 1 ? 'Det enda krav' : `De ${met} krav`} på domänen som syns före utskicket är ${met === 1 ? 'uppfyllt' : 'uppfyllda'}. ${open} krav till avgörs när ett mejl granskas.`,
    },
    notObservable: 'Inget av det som krävs syns härifrån.',
    asked: (whom) => `krävs av ${whom}`,
    advised: (whom) => `råd till ${whom}`,
    everyone: 'alla som skickar',
    bulk: (name) => `den som skickar mycket, utan att ${name} säger hur mycket`,
    perDay: (count) => `den som skickar fler än ${count.toLocaleString('sv')} mejl om dagen`,
    needsMail: {
      word: 'Avgörs med ett mejl',
      note: 'Domänen ensam räcker inte: det krävs ett mejl för att se det.',
    },
    notAsked: 'Det krävs bara av nyhetsbrev och marknadsföring, och det här mejlet är inget av dem.',
  },
};

/** What has to be said wherever this is shown: that unseen is not passed, and that nothing promises the inbox. */
export const providerCaution: Record<
  Locale,
  { title: string; intro: string; ofDomain: string; caution: string }
> = {
  en: {
    title: 'What the mailbox providers ask',
    intro:
      'Each mailbox provider has published what it asks of those who send to it. Here is how your mail and your domain stand against that.',
    ofDomain:
      'Each mailbox provider has published what it asks of those who send to it. Here is how your domain stands against that. What is asked of the mail itself is judged when a mail is audited.',
    caution:
      'What cannot be seen from here has not passed: nobody has checked it. And whoever meets everything is still not promised the inbox, since the providers also look at your reputation and at what readers do with your mail.',
  },
  sv: {
    title: 'Vad mejltjänsterna kräver',
    intro:
      'Varje mejltjänst har talat om vad den kräver av den som skickar dit. Så här står sig ditt mejl och din domän mot det.',
    ofDomain:
      'Varje mejltjänst har talat om vad den kräver av den som skickar dit. Så här står sig din domän mot det. Det som krävs av själva mejlet avgörs när ett mejl granskas.',
    caution:
      'Det som inte syns härifrån är inte godkänt: ingen har kontrollerat det. Och den som uppfyller allt är ändå inte lovad inkorgen, för tjänsterna ser också på ditt rykte och på vad läsarna gör med dina mejl.',
  },
};
