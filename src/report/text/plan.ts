/** The plan of a domain, as text. */
import type { Locale } from '../../rule.ts';
import { openSteps } from '../open-steps.ts';
import type { Report } from '../report.ts';
import { writeChange } from './change.ts';
import { labels } from './labels.ts';
import type { Showing } from './style.ts';

/** Steps that are not done, numbered; nothing where there are none. */
export function writePlanned({ plan }: Report, showing: Showing, locale: Locale): string[] {
  const label = labels[locale];
  const { soon, later } = openSteps(plan);
  if (soon.length + later.length === 0) return [];
  return [
    `${showing.style.strong(label.plan)}:`,
    ...soon.flatMap(({ step: { title, route, how, when, changes, until }, number }) => [
      `  ${number}. ${title}${route ? ` (${route})` : ''}`,
      ...(how ? [`    ${how}`] : []),
      ...(when ? [`    ${when}`] : []),
      ...changes.flatMap((change) => writeChange(change, showing, locale)),
      ...(until ? [`    ${label.until}: ${until}`] : []),
    ]),
    ...later.flatMap(({ step: { title, route, how, when, data }, number }) => [
      `  ${number}. ${title}${route ? ` (${route})` : ''} (${label.later})`,
      // What bars it is more than that its time has not come.
      ...(how && data.lacks ? [`    ${how}`] : []),
      ...(when ? [`    ${when}`] : []),
    ]),
    '',
  ];
}
