/** DNS records to publish, each part ready to be copied. */
import { html } from 'hono/html';
import type { Locale } from '../../../rule.ts';
import type { RecordToPublish } from '../../../senders/sender.ts';
import { senderWords } from '../../../senders/words.ts';
import type { Markup } from '../markup.ts';

const words = {
  en: { type: 'Type', name: 'Name', value: 'Value', copy: 'Copy', copied: 'Copied' },
  sv: { type: 'Typ', name: 'Namn', value: 'Värde', copy: 'Kopiera', copied: 'Kopierat' },
} as const satisfies Record<Locale, object>;

export function recordBoxes(records: readonly RecordToPublish[], locale: Locale): Markup {
  const word = words[locale];
  // klarsignal.js adds the button, with these words.
  const copied = html` data-copy="${word.copy}" data-copied="${word.copied}"`;
  const boxes = records.map(
    ({ name, type, data, why }) =>
      html`<li><p class="small muted">${senderWords[locale].records[why]}</p><div class="change"><div><b>${word.type}</b><code>${type}</code></div><div${copied}><b>${word.name}</b><code class="whole">${name}</code></div><ins${copied}><b>${word.value}</b><code class="whole">${data}</code></ins></div></li>`,
  );
  return html`<ul class="plain records">${boxes}</ul>`;
}
