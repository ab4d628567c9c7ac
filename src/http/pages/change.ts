/**
 * What to publish or write instead, ready to be copied: one click selects a whole value. A DNS record stands as a
 * control panel asks for it, and folded as lines of a zone file and as Terraform.
 */
import { html } from 'hono/html';
import type { ReportChange } from '../../report/report.ts';
import type { Locale } from '../../rule.ts';
import type { Markup } from './markup.ts';

const words = {
  en: {
    type: 'Type',
    name: 'Name',
    host: 'Short name',
    priority: 'Priority',
    line: 'Line',
    now: 'Now',
    next: 'Change to',
    add: 'Add',
    remove: 'Remove',
    none: { dns: '(no record)', source: '(nothing)' },
    forms: 'As a zone file or Terraform',
    bind: 'Zone file (BIND)',
    terraform: 'Terraform',
    copy: 'Copy',
    copied: 'Copied',
  },
  sv: {
    type: 'Typ',
    name: 'Namn',
    host: 'Kort namn',
    priority: 'Prioritet',
    line: 'Rad',
    now: 'Nu',
    next: 'Ändra till',
    add: 'Lägg till',
    remove: 'Ta bort',
    none: { dns: '(ingen post)', source: '(inget)' },
    forms: 'Som zonfil eller Terraform',
    bind: 'Zonfil (BIND)',
    terraform: 'Terraform',
    copy: 'Kopiera',
    copied: 'Kopierat',
  },
} as const satisfies Record<Locale, object>;

export function changeBox(change: ReportChange, locale: Locale): Markup {
  const word = words[locale];
  const none = word.none[change.kind];
  const plain = change.forms?.plain;
  // klarsignal.js adds the button, with these words.
  const copied = html` data-copy="${word.copy}" data-copied="${word.copied}"`;
  const whole = (label: string, value: string) =>
    html`<div${copied}><b>${label}</b><code class="whole">${value}</code></div>`;
  const place =
    change.kind === 'dns'
      ? html`<div><b>${word.type}</b><code>${change.type}</code></div>${whole(word.name, change.name)}${plain?.host ? whole(word.host, plain.host) : ''}`
      : html`<div><b>${word.line}</b><code>${change.line}</code></div>`;
  const forms = formsBox(change.forms, copied, locale);
  if (change.new === null) {
    return html`<div class="change">${place}<del><b>${word.remove}</b><code>${change.old ?? none}</code></del>${forms}</div>`;
  }
  const next = change.old === null ? word.add : word.next;
  const priority = plain?.priority ?? null;
  const first = priority === null ? '' : html`<div><b>${word.priority}</b><code>${priority}</code></div>`;
  return html`<div class="change">${place}<del><b>${word.now}</b><code>${change.old ?? none}</code></del>${first}<ins${copied}><b>${next}</b><code class="whole">${plain?.value ?? change.new}</code></ins>${forms}</div>`;
}

/** The same record for programs: folded, and there without script. */
function formsBox(forms: ReportChange['forms'], copied: Markup, locale: Locale): Markup | string {
  const word = words[locale];
  const written = (['bind', 'terraform'] as const).flatMap((form) => {
    const text = forms?.[form];
    return text ? [html`<b>${word[form]}</b><div${copied}><code class="whole">${text}</code></div>`] : [];
  });
  return written.length > 0
    ? html`<details class="form noprint"><summary>${word.forms}</summary>${written}</details>`
    : '';
}
