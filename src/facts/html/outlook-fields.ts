/** Merge fields of what Outlook for Windows alone reads. */
import { mergeFieldsOf } from '../message/merge-fields.ts';
import type { OutlookPart } from './outlook-parts.ts';

/** Each once, as it is written. */
export function fieldsForOutlook(parts: readonly OutlookPart[]): string[] {
  const found = new Set<string>();
  for (const { content } of parts) {
    for (const field of mergeFieldsOf(withoutStyles(content))) found.add(field);
  }
  return [...found];
}

/** Rules of a style sheet have braces of their own. */
function withoutStyles(content: string): string {
  const [first = '', ...sheets] = content.split(/<style\b/i);
  return [
    first,
    ...sheets.map((sheet) =>
      sheet
        .split(/<\/style/i)
        .slice(1)
        .join(' '),
    ),
  ].join(' ');
}
