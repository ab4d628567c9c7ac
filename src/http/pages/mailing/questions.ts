/** What is asked before something that cannot be taken back, or that starts mail. */
import { html } from 'hono/html';
import type { Campaign } from '../../../campaigns/campaign.ts';
import type { Locale } from '../../../rule.ts';
import { figure } from '../figures.ts';
import { icon } from '../icons.ts';
import type { Markup } from '../markup.ts';
import { quoted } from '../quoted.ts';
import { lookOf } from './standing.ts';
import { mailingWords } from './words.ts';

/** What may be asked; each stands in the address of its page. */
export const questions = ['resume', 'cancel', 'return', 'unknown'] as const;
export type Question = (typeof questions)[number];

interface QuestionWords {
  title(campaign: Campaign, locale: Locale): string;
  lead(campaign: Campaign, locale: Locale): string;
  yes: string;
}

const waiting = ({ counts }: Campaign) => counts.pending + counts.sending;

const words: Record<
  Locale,
  Record<Exclude<Question, 'unknown'>, QuestionWords> & UnknownWords & CancelWords
> = {
  en: {
    keep: 'Leave it as it is',
    decide: 'Settle it so',
    sent: 'They count as sent',
    notSent: 'Send to them now',
    sentHint: 'Nothing more goes to them. Choose this if you are not sure: nobody gets the mail twice.',
    notSentHint: 'Only if you know that they got nothing, for instance from the log of the sending server.',
    resume: {
      title: () => 'Resume the mailing?',
      lead: (campaign, locale) =>
        `${waiting(campaign) === 1 ? 'The one that waits gets the mail.' : `The ${figure(waiting(campaign), locale)} that wait get the mail.`} Clearance, sender and DNS are checked again first.`,
      yes: 'Resume',
    },
    cancel: {
      title: () => 'Cancel the mailing for good?',
      lead: (campaign, locale) =>
        lookOf(campaign) === 'awaiting'
          ? 'It has no list yet, so nobody was to get anything.'
          : lookOf(campaign) === 'nobody'
            ? 'Nobody was to get anything by it.'
            : `${lookOf(campaign) === 'paused' ? 'The mailing is paused, so nothing goes while you read this. ' : ''}${waiting(campaign) === 1 ? 'The one that waits gets nothing.' : `The ${figure(waiting(campaign), locale)} that wait get nothing.`} What has been handed over cannot be called back.`,
      yes: 'Cancel the mailing',
    },
    goes: {
      title: 'Mail goes out while you read this',
      text: 'Pause first, and nothing more goes until you have decided.',
      pause: 'Pause first',
    },
    leave: 'Leave it paused',
    goOn: 'Resume it instead',
    return: {
      title: () => 'Return to the primary server?',
      lead: () =>
        'Those that wait go by the primary server again. Find out first why so many bounced. The same mailing is not switched for bounces a second time: over 8% it pauses.',
      yes: 'Return to the primary server',
    },
    unknown: {
      title: ({ counts }, locale) =>
        counts.unknown === 1
          ? 'What became of the one?'
          : `What became of the ${figure(counts.unknown, locale)}?`,
      lead: () =>
        'The line was cut when they had been handed over, or while they were. The server may have sent them or not, and nobody has reported. So they are held until you decide.',
    },
  },
  sv: {
    keep: 'Låt det vara',
    decide: 'Bestäm det',
    sent: 'De räknas som skickade',
    notSent: 'Skicka till dem nu',
    sentHint: 'Inget mer går till dem. Välj det här om du är osäker: då får ingen mejlet två gånger.',
    notSentHint: 'Bara om du vet att de inte fick något, till exempel från utskicksserverns logg.',
    resume: {
      title: () => 'Ska utskicket fortsätta?',
      lead: (campaign, locale) =>
        `${waiting(campaign) === 1 ? 'Den som väntar får mejlet.' : `De ${figure(waiting(campaign), locale)} som väntar får mejlet.`} Klarsignal, avsändare och DNS kontrolleras igen först.`,
      yes: 'Fortsätt',
    },
    cancel: {
      title: () => 'Ska utskicket avbrytas för gott?',
      lead: (campaign, locale) =>
        lookOf(campaign) === 'awaiting'
          ? 'Det har ingen lista än, så ingen skulle få något.'
          : lookOf(campaign) === 'nobody'
            ? 'Ingen skulle få något genom det.'
            : `${lookOf(campaign) === 'paused' ? 'Utskicket är pausat, så inget går iväg medan du läser. ' : ''}${waiting(campaign) === 1 ? 'Den som väntar får inget.' : `De ${figure(waiting(campaign), locale)} som väntar får inget.`} Det som har lämnats över går inte att ta tillbaka.`,
      yes: 'Avbryt utskicket',
    },
    goes: {
      title: 'Mejl går iväg medan du läser det här',
      text: 'Pausa först, så går inget mer iväg förrän du har bestämt dig.',
      pause: 'Pausa först',
    },
    leave: 'Låt det vara pausat',
    goOn: 'Fortsätt det i stället',
    return: {
      title: () => 'Ska utskicket tillbaka till ordinarie server?',
      lead: () =>
        'De som väntar går med ordinarie server igen. Ta först reda på varför så många studsade. För samma utskick byter vi inte server för studsar en gång till: blir de över 8 % pausas det.',
      yes: 'Byt tillbaka',
    },
    unknown: {
      title: ({ counts }, locale) =>
        counts.unknown === 1
          ? 'Vad hände med mottagaren?'
          : `Vad hände med de ${figure(counts.unknown, locale)}?`,
      lead: () =>
        'Förbindelsen bröts när de hade lämnats över, eller medan det pågick. Servern kan ha skickat dem eller inte, och ingen rapport har kommit. Därför hålls de kvar tills du bestämmer.',
    },
  },
};

interface CancelWords {
  /** Where mail still goes. */
  goes: { title: string; text: string; pause: string };
  leave: string;
  goOn: string;
}

interface UnknownWords {
  keep: string;
  decide: string;
  sent: string;
  notSent: string;
  sentHint: string;
  notSentHint: string;
  unknown: Pick<QuestionWords, 'title' | 'lead'>;
}

export function questionTitle(question: Question, campaign: Campaign, locale: Locale): string {
  return words[locale][question].title(campaign, locale);
}

export function questionPage(question: Question, campaign: Campaign, locale: Locale): Markup {
  const word = words[locale];
  const { id, subject } = campaign;
  const { title, lead } = word[question];
  const action = `/mailings/${id}/${question}`;
  const keep = html`<a class="btn" href="/mailings/${id}">${word.keep}</a>`;
  const answers =
    question === 'unknown'
      ? html`<form action="${action}" method="post" class="above"><fieldset class="choices"><legend class="vh">${title(campaign, locale)}</legend><label class="pick choice"><input type="radio" name="as" value="sent" checked><span>${word.sent}<span class="hint under">${word.sentHint}</span></span></label><label class="pick choice"><input type="radio" name="as" value="not-sent"><span>${word.notSent}<span class="hint under">${word.notSentHint}</span></span></label></fieldset><p class="row above"><button class="btn main">${word.decide}</button>${keep}</p></form>`
      : question === 'cancel'
        ? cancelling(campaign, keep, locale)
        : html`<form action="${action}" method="post" class="row above"><button class="btn main">${word[question].yes}</button>${keep}</form>`;
  return html`<div><p class="muted">${subject ? quoted(subject) : mailingWords[locale].nameless}</p><h1>${title(campaign, locale)}</h1><p class="lead">${lead(campaign, locale)}</p>${answers}</div>`;
}

/** While mail goes, pausing is the first thing to do. */
function cancelling(campaign: Campaign, keep: Markup, locale: Locale): Markup {
  const { goes, cancel, leave, goOn } = words[locale];
  const { id } = campaign;
  const look = lookOf(campaign);
  const goesOn = look === 'sending' || look === 'queued';
  const yes = html`<form action="/mailings/${id}/cancel" method="post"><button class="btn${goesOn ? '' : ' main'}">${cancel.yes}</button></form>`;
  if (goesOn)
    return html`<div class="note undecided above" role="alert"><h2 class="l">${icon('warn')} ${goes.title}</h2><p>${goes.text}</p><form class="row" action="/mailings/${id}/pause" method="post"><input type="hidden" name="next" value="cancel"><button class="btn main">${goes.pause}</button></form></div><div class="row above">${yes}${keep}</div>`;
  if (look === 'paused')
    return html`<div class="row above">${yes}<a class="btn" href="/mailings/${id}/resume">${goOn}</a><a href="/mailings/${id}">${leave}</a></div>`;
  return html`<div class="row above">${yes}${keep}</div>`;
}
