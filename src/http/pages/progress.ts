/** An audit under way. klarsignal.js renews what has `data-live`; without it the page loads itself again. */
import { html } from 'hono/html';
import type { Audit } from '../../audits.ts';
import type { Locale } from '../../rule.ts';
import { sharedWords } from '../../words.ts';
import { type Icon, icon, type State } from './icons.ts';
import type { Markup } from './markup.ts';
import { seconds } from './moment.ts';

const words = {
  en: {
    title: 'Audit under way',
    done: (done: number, of: number) => `${done} of ${of} steps done`,
    whole: 'The whole audit',
    queued: 'Waiting for its turn',
    elsewhere: 'Under way',
    so: 'so far',
    close: 'You may close this page. The report will be waiting under Reports.',
    steps: 'Steps',
    states: {
      waiting: 'Waiting',
      running: 'Under way',
      known: 'Done',
      unknown: 'No answer',
      'left-out': 'Left out',
    },
    part: (done: number, of: number) => `${done} of ${of}`,
    update: 'Update now',
    silent: 'If a step gets no answer',
    silence:
      'The report says so, and what to do. A check without an answer never counts as passed, so the signal then stays at “Cannot tell yet”.',
  },
  sv: {
    title: 'Granskning pågår',
    done: (done: number, of: number) => `${done} av ${of} steg klara`,
    whole: 'Hela granskningen',
    queued: 'Väntar på sin tur',
    elsewhere: 'Pågår',
    so: 'hittills',
    close: 'Du kan stänga sidan. Rapporten finns sedan under Rapporter.',
    steps: 'Steg',
    states: {
      waiting: 'Väntar',
      running: 'Pågår',
      known: 'Klart',
      unknown: 'Inget svar',
      'left-out': 'Bortvalt',
    },
    part: (done: number, of: number) => `${done} av ${of}`,
    update: 'Uppdatera nu',
    silent: 'Om ett steg inte får något svar',
    silence:
      'Då står det i rapporten, med vad du kan göra. En kontroll utan svar räknas aldrig som godkänd, så signalen stannar då på ”Kan inte avgöras ännu”.',
  },
} as const satisfies Record<Locale, object>;

type Step = Audit['progress'][number];

const looks: Record<Step['state'], [State, Icon]> = {
  waiting: ['quiet', 'wait'],
  running: ['advice', 'run'],
  known: ['clear', 'pass'],
  unknown: ['undecided', 'unknown'],
  'left-out': ['quiet', 'wait'],
};

export function progressTitle(locale: Locale): string {
  return words[locale].title;
}

/** `about`: what is audited, above the heading. */
export function progressPage(audit: Audit, about: Markup, now: Date, locale: Locale): Markup {
  const word = words[locale];
  const steps = stepsOf(audit, locale);
  const done = steps.filter(({ state }) => ended(state)).length;
  const status = audit.state === 'queued' ? word.queued : word.done(done, steps.length);
  const spent = Math.max(0, Math.round((now.getTime() - Date.parse(audit.createdAt)) / 1000));
  return html`<div>${about}<h1>${word.title}</h1>
<div class="card above" data-events="/v1/audits/${audit.id}/events">
<p class="row"><strong class="lead" role="status" id="status" data-live>${steps.length === 0 ? word.elsewhere : status}</strong><span class="muted"><span id="spent" data-live data-seconds="${spent}">${seconds(spent, locale)}</span> ${word.so}</span></p>
<progress id="whole" data-live aria-label="${word.whole}"${steps.length === 0 ? '' : html` value="${done}" max="${steps.length}"`}></progress>
<p class="small muted above">${word.close}</p></div></div>
<div id="steps" data-live>${steps.length === 0 ? '' : html`<section aria-labelledby="steps-h"><h2 id="steps-h">${word.steps}</h2><ol class="plain steps card">${steps.map((step) => row(step, locale))}</ol></section>`}</div>
<p class="row"><a class="btn main" href="/audits/${audit.id}">${word.update}</a></p>
<div class="note undecided"><h2 class="l">${icon('unknown')} ${word.silent}</h2><p>${word.silence}</p></div>`;
}

/** Always in the order of the words: what is done must not jump about while it is watched. */
function stepsOf({ progress, state }: Audit, locale: Locale): Step[] {
  const order = Object.keys(sharedWords[locale].facts) as Step['fact'][];
  if (state === 'queued') return order.map((fact) => ({ fact, state: 'waiting' }));
  return [...progress].sort((one, two) => order.indexOf(one.fact) - order.indexOf(two.fact));
}

function ended(state: Step['state']): boolean {
  return state === 'known' || state === 'unknown' || state === 'left-out';
}

function row(step: Step, locale: Locale): Markup {
  const word = words[locale];
  const [state, shape] = looks[step.state];
  const name = sharedWords[locale].facts[step.fact];
  const [done, of] = 'of' in step ? [step.done, step.of] : [ended(step.state) ? 1 : 0, 1];
  return html`<li class="${state}">${icon(shape)}<h3>${name}</h3><div><span class="state">${word.states[step.state]}${'of' in step ? `, ${word.part(done, of)}` : ''}</span><progress value="${done}" max="${of}" aria-label="${name}"></progress></div></li>`;
}
