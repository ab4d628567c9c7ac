/** Audits to try that need nothing at hand and no network. */
import { html } from 'hono/html';
import type { ExampleName } from '../../audits.ts';
import type { Locale } from '../../rule.ts';
import { type Icon, icon, type State } from './icons.ts';
import type { Markup } from './markup.ts';

const words = {
  en: {
    title: 'Try an example',
    lead: 'Nothing to hand? Borrow one of ours and see a finished report.',
    clear: ['A newsletter that passes', 'Every check passes. As an example it is only a trial.'],
    faults: ['A newsletter with faults', 'What stops it, why, and how each fault is fixed.'],
    silent: ['A domain that does not answer', 'DNS does not answer, so nobody can say.'],
  },
  sv: {
    title: 'Prova ett exempel',
    lead: 'Har du inget till hands? Låna ett av våra och se en färdig rapport.',
    clear: [
      'Ett nyhetsbrev som går igenom',
      'Alla kontroller är godkända. Som exempel är det bara en provkörning.',
    ],
    faults: ['Ett nyhetsbrev med fel', 'Vad som stoppar det, varför, och hur varje fel rättas.'],
    silent: ['En domän som inte svarar', 'DNS svarar inte, så ingen kan säga hur det är.'],
  },
} as const satisfies Record<
  Locale,
  Record<ExampleName, readonly [string, string]> & Record<'title' | 'lead', string>
>;

const looks: Record<ExampleName, [State, Icon]> = {
  clear: ['clear', 'pass'],
  faults: ['blocked', 'fail'],
  silent: ['undecided', 'unknown'],
};

/** Those that this host has; nothing where it has none. */
export function examples(names: readonly ExampleName[], locale: Locale): Markup | string {
  if (names.length === 0) return '';
  const word = words[locale];
  const items = names.map((name) => {
    const [state, shape] = looks[name];
    const [title, hint] = word[name];
    return html`<li class="example"><span class="state ${state}">${icon(shape)}</span><form action="/audits/example" method="post"><input type="hidden" name="name" value="${name}"><button class="link">${title}</button><p class="small muted">${hint}</p></form></li>`;
  });
  return html`<aside class="card" aria-labelledby="examples"><h2 id="examples">${word.title}</h2><p class="muted small">${word.lead}</p><ul class="plain">${items}</ul></aside>`;
}
