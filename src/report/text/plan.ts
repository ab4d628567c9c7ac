/** The plan of a domain, as text. */
import type { Locale } from '../../rule.ts';
import type { Report } from '../report.ts';
import { writeChange } from './change.ts';
import { labels } from './labels.ts';
import type { Showing } from './style.ts';

/** Steps that are not done, numbered; nothing where there are none. */
export function writePlanned({ plan }: Report, showing: Showing, locale: Locale): string[] {
  const label = labels[locale];
  const open = plan?.steps.filter(({ state }) => state !== 'done') ?? [];
  if (open.length === 0) return [];
  return [
    `${showing.style.strong(label.plan)}:`,
    ...open.flatMap(({ title, route, state, how, when, changes }, i) => [
      `  ${i + 1}. ${title}${route ? ` (${route})` : ''}${state === 'later' ? ` (${label.later})` : ''}`,
      ...(state === 'later' || !how ? [] : [`    ${how}`]),
      ...(when ? [`    ${when}`] : []),
      ...(state === 'later' ? [] : changes.flatMap((change) => writeChange(change, showing, locale))),
    ]),
    '',
  ];
}
