/** What to publish or write instead, ready to be copied: one click selects a whole value. */
import { html } from 'hono/html';
import type { Change, Locale } from '../../rule.ts';
import type { Markup } from './markup.ts';

const words = {
  en: {
    type: 'Type',
    name: 'Name',
    line: 'Line',
    now: 'Now',
    next: 'Change to',
    add: 'Add',
    remove: 'Remove',
    none: { dns: '(no record)', source: '(nothing)' },
    copy: 'Copy',
    copied: 'Copied',
  },
  sv: {
    type: 'Typ',
    name: 'Namn',
    line: 'Rad',
    now: 'Nu',
    next: 'Ändra till',
    add: 'Lägg till',
    remove: 'Ta bort',
    none: { dns: '(ingen post)', source: '(inget)' },
    copy: 'Kopiera',
    copied: 'Kopierat',
  },
} as const satisfies Record<Locale, object>;

export function changeBox(change: Change, locale: Locale): Markup {
  const word = words[locale];
  const none = word.none[change.kind];
  // klarsignal.js adds the button, with these words.
  const copied = html` data-copy="${word.copy}" data-copied="${word.copied}"`;
  const place =
    change.kind === 'dns'
      ? html`<div><b>${word.type}</b><code>${change.type}</code></div><div${copied}><b>${word.name}</b><code class="whole">${change.name}</code></div>`
      : html`<div><b>${word.line}</b><code>${change.line}</code></div>`;
  if (change.new === null) {
    return html`<div class="change">${place}<del><b>${word.remove}</b><code>${change.old ?? none}</code></del></div>`;
  }
  const next = change.old === null ? word.add : word.next;
  return html`<div class="change">${place}<del><b>${word.now}</b><code>${change.old ?? none}</code></del><ins${copied}><b>${next}</b><code class="whole">${change.new}</code></ins></div>`;
}
