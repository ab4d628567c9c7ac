/** DNS records to publish, each part ready to be copied, and whether it stands there. */
import { html } from 'hono/html';
import type { Locale } from '../../../rule.ts';
import type { RecordState, RecordToPublish } from '../../../senders/sender.ts';
import { senderWords } from '../../../senders/words.ts';
import { type Icon, icon, type State } from '../icons.ts';
import type { Markup } from '../markup.ts';

const words = {
  en: {
    type: 'Type',
    name: 'Name',
    value: 'Value',
    copy: 'Copy',
    copied: 'Copied',
    states: {
      found: 'Found',
      missing: 'Not found yet',
      other: 'Something else stands there',
      unanswered: 'DNS did not answer',
    },
  },
  sv: {
    type: 'Typ',
    name: 'Namn',
    value: 'Värde',
    copy: 'Kopiera',
    copied: 'Kopierat',
    states: {
      found: 'Finns',
      missing: 'Finns inte än',
      other: 'Där står något annat',
      unanswered: 'DNS svarade inte',
    },
  },
} as const satisfies Record<Locale, object>;

const looks: Record<RecordState, [State, Icon]> = {
  found: ['clear', 'pass'],
  missing: ['undecided', 'warn'],
  other: ['undecided', 'warn'],
  unanswered: ['quiet', 'unknown'],
};

/** What a look at DNS found; undefined: nobody has looked. */
export type Published = readonly { record: RecordToPublish; state: RecordState }[];

export function publishedState(
  published: Published | undefined,
  one: RecordToPublish,
): RecordState | undefined {
  const same = published?.find(
    ({ record }) => record.name === one.name && record.type === one.type && record.why === one.why,
  );
  return same?.state;
}

export function recordBoxes(
  records: readonly RecordToPublish[],
  locale: Locale,
  published?: Published,
): Markup {
  const word = words[locale];
  // klarsignal.js adds the button, with these words.
  const copied = html` data-copy="${word.copy}" data-copied="${word.copied}"`;
  const boxes = records.map((record) => {
    const { name, type, data, why } = record;
    const state = publishedState(published, record);
    const [look, shape] = looks[state ?? 'unanswered'];
    const told = state ? html`<span class="state ${look}">${icon(shape)} ${word.states[state]}</span> ` : '';
    const about = html`<span class="small muted">${senderWords[locale].records[why]}</span>`;
    const box = html`<div class="change"><div><b>${word.type}</b><code>${type}</code></div><div${copied}><b>${word.name}</b><code class="whole">${name}</code></div><ins${copied}><b>${word.value}</b><code class="whole">${data}</code></ins></div>`;
    // What is there already needs no more than its name.
    return state === 'found'
      ? html`<li><details><summary>${told}<span class="small">${type} <span class="mono">${name}</span></span></summary><p>${about}</p>${box}</details></li>`
      : html`<li><p class="row near">${told}${about}</p>${box}</li>`;
  });
  return html`<ul class="plain records">${boxes}</ul>`;
}
