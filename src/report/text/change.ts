/** A change, as text: to be copied from a terminal. */
import type { Change, Locale } from '../../rule.ts';
import { formsOf } from '../records.ts';
import { labels } from './labels.ts';
import type { Showing } from './style.ts';

export function writeChange(change: Change, { records, zones }: Showing, locale: Locale): string[] {
  const label = labels[locale];
  const indented = (text: string) => text.split('\n').map((line) => `      ${line}`);
  // What was cleaned for a terminal holds no line of its own any more, so it is written anew.
  const form = change.kind === 'dns' && records !== 'plain' ? formsOf(change, zones, locale)[records] : null;
  if (form) return indented(form);
  const name = change.kind === 'dns' ? `${change.type}  ${change.name}` : `${label.line} ${change.line}`;
  const old = change.old ?? label.none;
  if (change.new === null) return indented(`${name}\n${label.remove}: ${old}`);
  const next = change.old === null ? label.add : label.next;
  return indented(`${name}\n${label.now}: ${old}\n${next}: ${change.new}`);
}
