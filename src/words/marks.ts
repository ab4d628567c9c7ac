/**
 * Marks in a text of somebody else's that nobody sees, or that act on what stands round them: controls,
 * direction and line marks, what takes no width, tag letters, halves of surrogate pairs. The joiners are
 * spared (U+200C, U+200D): scripts and emoji need them. For `replace` alone: it keeps no place.
 */
export const hiddenMarks =
  /[\p{Cc}\p{Cs}\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u2064\u2066-\u2069\u3164\ufeff\u{e0000}-\u{e007f}]/gu;

/**
 * JSON in which every such mark within a string is escaped: the same value, safe to look at. `space`: as for
 * JSON.stringify.
 */
export function escapedJson(value: unknown, space?: number): string {
  const escaped = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return JSON.stringify(value, null, space).replace(hiddenMarks, (mark) =>
    mark === '\n' ? mark : mark.split('').map(escaped).join(''),
  );
}
