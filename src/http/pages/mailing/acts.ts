/** Who did what with a mailing. */
import { html } from 'hono/html';
import type { CampaignAct } from '../../../ports.ts';
import type { Locale } from '../../../rule.ts';
import type { AppOptions } from '../../options.ts';
import type { Markup } from '../markup.ts';
import { moment } from '../moment.ts';
import { quoted } from '../quoted.ts';

const words = {
  en: {
    title: 'Who did what',
    acts: { ordered: 'Ordered', resumed: 'Let go', paused: 'Paused', cancelled: 'Cancelled' },
    by: 'by',
    key: 'the key',
    member: 'a member without a name',
    gone: 'somebody who is gone',
  },
  sv: {
    title: 'Vem gjorde vad',
    acts: { ordered: 'Beställt', resumed: 'Skickat vidare', paused: 'Pausat', cancelled: 'Avbrutet' },
    by: 'av',
    key: 'nyckeln',
    member: 'en medlem utan namn',
    gone: 'någon som inte är kvar',
  },
} as const satisfies Record<Locale, object>;

/** What people and keys are called, by their ids. */
export type Doers = ReadonlyMap<string, { name: string | null; isKey: boolean }>;

/** Those of an organisation. */
export async function doersOf(access: AppOptions['access'], organisation: string): Promise<Doers> {
  const [members, keys] = await Promise.all([access.members.list(organisation), access.keys(organisation)]);
  return new Map(
    [
      ...members.map(({ id, name }) => ({ id, name, isKey: false })),
      ...keys.map(({ id, name }) => ({ id, name, isKey: true })),
    ].map(({ id, ...one }) => [id, one]),
  );
}

/** As it stands in a sentence. */
export function doer(id: string, doers: Doers, locale: Locale): string {
  const word = words[locale];
  const known = doers.get(id);
  if (!known) return word.gone;
  if (known.isKey) return `${word.key} ${known.name}`;
  return known.name || word.member;
}

export function actsSection(acts: readonly CampaignAct[], doers: Doers, now: Date, locale: Locale): Markup {
  const word = words[locale];
  if (acts.length === 0) return html``;
  const items = acts
    .toReversed()
    .map(
      ({ act, by, at }) =>
        html`<li>${word.acts[act]} ${moment(at, locale, now)} ${word.by} ${quoted(doer(by, doers, locale))}</li>`,
    );
  return html`<section class="card" aria-labelledby="acts"><h2 id="acts">${word.title}</h2><ul class="in">${items}</ul></section>`;
}
