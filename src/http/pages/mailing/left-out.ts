/** Lines of the list that nobody is mailed for, by reason. */
import { html } from 'hono/html';
import type { Campaign } from '../../../campaigns/campaign.ts';
import { leftOutAtMost } from '../../../campaigns/left-out.ts';
import type { Locale } from '../../../rule.ts';
import { figure } from '../figures.ts';
import type { Markup } from '../markup.ts';
import { mailingWords } from './words.ts';

const words = {
  en: {
    whole: 'No line was left out.',
    left: (count: string, one: boolean) => (one ? 'One line was left out:' : `${count} lines were left out:`),
    file: 'All of them with their lines (CSV)',
    part: (count: string) => `The first ${count} of them with their lines (CSV)`,
  },
  sv: {
    whole: 'Ingen rad utelämnades.',
    left: (count: string, one: boolean) => (one ? 'En rad utelämnades:' : `${count} rader utelämnades:`),
    file: 'Alla med sina rader (CSV)',
    part: (count: string) => `De första ${count} med sina rader (CSV)`,
  },
} as const satisfies Record<Locale, object>;

export function leftOutBox({ id, leftOut }: Pick<Campaign, 'id' | 'leftOut'>, locale: Locale): Markup {
  const word = words[locale];
  const counts = Object.entries(leftOut).filter(([, count]) => count > 0);
  const all = counts.reduce((sum, [, count]) => sum + count, 0);
  if (all === 0) return html`<p>${word.whole}</p>`;
  const names = mailingWords[locale].leftOut;
  const items = counts.map(
    ([code, count]) =>
      html`<li>${figure(count, locale)}: ${names[code] ?? (code.startsWith('field-') ? names.field : html`<code>${code}</code>`)}</li>`,
  );
  return html`<p>${word.left(figure(all, locale), all === 1)}</p><ul class="in">${items}</ul><p><a href="/v1/sends/${id}/left-out.csv?locale=${locale}" download>${all > leftOutAtMost ? word.part(figure(leftOutAtMost, locale)) : word.file}</a></p>`;
}
