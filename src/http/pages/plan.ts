/** The plan for a domain: what to do in which order, with the records of each step; what is done is folded. */
import { html } from 'hono/html';
import { type NumberedStep, openSteps } from '../../report/open-steps.ts';
import type { StepState, WrittenPlan, WrittenStep } from '../../report/plan.ts';
import type { Locale } from '../../rule.ts';
import { changeBox } from './change.ts';
import { findingId } from './finding.ts';
import { type Icon, type State, tag } from './icons.ts';
import type { Markup } from './markup.ts';

const words = {
  en: {
    title: 'The whole plan, in order',
    lead: 'Take the steps from the top. A step that waits begins when those before it are done.',
    states: {
      now: 'Do now',
      later: 'Later',
      unknown: 'Cannot be said yet',
      done: 'Done',
      idle: '',
    } satisfies Record<StepState, string>,
    optional: 'not required',
    until: 'Before the next step',
    when: 'When it is time',
    mend: 'It stands in DNS, but it does not work as it should. Mend what these checks say:',
    laterSteps: (count: number) => (count === 1 ? '1 step comes later' : `${count} steps come later`),
    done: (count: number) => (count === 1 ? '1 step is done' : `${count} steps are done`),
  },
  sv: {
    title: 'Hela planen, i ordning',
    lead: 'Ta stegen uppifrån. Ett steg som väntar börjar när de före är klara.',
    states: {
      now: 'Gör nu',
      later: 'Senare',
      unknown: 'Går inte att säga än',
      done: 'Klart',
      idle: '',
    } satisfies Record<StepState, string>,
    optional: 'krävs inte',
    until: 'Före nästa steg',
    when: 'När det är dags',
    mend: 'Det finns i DNS men fungerar inte som det ska. Rätta det som de här kontrollerna säger:',
    laterSteps: (count: number) => `${count} steg kommer senare`,
    done: (count: number) => (count === 1 ? '1 steg är klart' : `${count} steg är klara`),
  },
} as const satisfies Record<Locale, object>;

const looks: Record<StepState, [State, Icon]> = {
  now: ['advice', 'run'],
  later: ['quiet', 'wait'],
  unknown: ['undecided', 'unknown'],
  done: ['clear', 'pass'],
  idle: ['quiet', 'wait'],
};

/** Nothing where no plan was made, or all of it is done. */
export function planSection(plan: WrittenPlan | undefined, locale: Locale): Markup | string {
  const word = words[locale];
  const done = (plan?.steps ?? []).filter(({ state }) => state === 'done');
  const { soon, later } = openSteps(plan);
  if (soon.length + later.length === 0) return '';
  const items = (some: readonly NumberedStep[], first: boolean, look: string) =>
    html`<ol class="plain ${look}">${some.map(({ step, number }, i) => html`<li${first ? html` class="card"` : ''}>${stepOf(step, number, first && i === 0, locale)}</li>`)}</ol>`;
  return html`<section aria-labelledby="plan"><h2 id="plan">${word.title}</h2><p>${word.lead}</p>
${soon.length === 0 ? '' : items(soon, true, 'steps-now')}
${later.length === 0 ? '' : html`<details class="card fold above"><summary>${tag('quiet', 'wait', word.laterSteps(later.length))}</summary>${items(later, false, 'steps-later')}</details>`}
${done.length === 0 ? '' : html`<details class="card fold above"><summary>${tag('clear', 'pass', word.done(done.length))}</summary><ul class="in">${done.map(({ title, route }) => html`<li>${title}${route ? html` <span class="muted">(${route})</span>` : ''}</li>`)}</ul></details>`}</section>`;
}

/** `first`: it stands open, since it is what to do next. */
function stepOf(step: WrittenStep, number: number, first: boolean, locale: Locale): Markup {
  const word = words[locale];
  const { title, route, state, optional, why, how, until, when, changes, faults } = step;
  const [look, shape] = looks[state];
  const beside = [...(route ? [route] : []), ...(optional ? [word.optional] : [])].join(', ');
  const links =
    faults.length === 0
      ? ''
      : html`<p>${word.mend}</p><ul class="in">${faults.map((one) => html`<li><a href="#${findingId(one)}">${one.heading}</a></li>`)}</ul>`;
  const details = html`<p>${why}</p>${how && faults.length === 0 ? html`<p>${how}</p>` : ''}${links}${when ? html`<p><strong>${word.when}:</strong> ${when}</p>` : ''}${changes.map((change) => html`${changeBox(change, locale)}<p class="small muted">${change.where}</p>`)}${until ? html`<p><strong>${word.until}:</strong> ${until}</p>` : ''}`;
  const tags = html`${tag(look, shape, word.states[state])}${beside ? html` <span class="small muted">${beside}</span>` : ''}`;
  return first
    ? html`<p class="row near">${tags}</p><h3>${number}. ${title}</h3>${details}`
    : html`<details><summary>${number}. ${title} ${tags}</summary>${details}</details>`;
}
