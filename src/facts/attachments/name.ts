/** What the name of a file says, and whether it makes it look like another file. */
import { shown } from '../../submission/errors.ts';

/**
 * `direction`: a mark turns the end of the name round, so that “exe.pdf” is shown for “fdp.exe”. `blanks`: a row of them
 * moves the end out of sight. `double`: the end that is hidden on many computers is the one that counts.
 */
export type Deceit = 'direction' | 'blanks' | 'double';

/** Of a name that somebody reads. */
const nameLength = 1000;
/** Formatting of bidirectional text; the single marks of Arabic and Hebrew names are not here. */
const direction = /[\u202a-\u202e\u2066-\u2069]/;
/** After what looks like an ending, or so many that no window shows what follows; four spaces in a name are a slip. */
const blanks = /\.[\p{L}\p{N}]{2,5}[\s\u00a0\u2000-\u200b\u3000]{2}|[\s\u00a0\u2000-\u200b\u3000]{12}/u;
/** A document or picture by its looks, and a program, page or shortcut in truth. */
const double =
  /\.(?:pdf|docx?|xlsx?|pptx?|odt|rtf|txt|csv|jpe?g|png|gif|mp[34]|wav|zip)\s{0,99}\.(?:exe|com|scr|pif|bat|cmd|cpl|msi|js|jse|mjs|vbs?|vbe|wsf|wsh|wsc|hta|ps1|lnk|url|jar|reg|html?|shtml|xhtml|svg|iso|img|vhdx?|one|chm|xll|msix|appx|dll)$/i;

/**
 * As a computer reads it: signs that nobody sees away, wide ones as the usual, no more after a zero, and without the
 * name of a stream that Windows adds.
 */
function plain(name: string): string {
  return (
    name
      .slice(-nameLength)
      .replace(/\0[\s\S]*$/, '')
      .replace(/[\u00ad\u200b-\u200f\u2060-\u2064\ufeff\u061c]/g, '')
      .normalize('NFKC')
      .replace(/::\$DATA$/i, '')
      // No name on a disk may hold one.
      .replace(/["'<>|*?\s]{1,99}$/, '')
  );
}

/** In small letters, without the full stop; empty: none. */
export function endingOf(name: string): string {
  return /\.([\p{L}\p{N}_-]{1,20})[\s.]{0,99}$/u.exec(plain(name))?.[1]?.toLowerCase() ?? '';
}

export function deceitOf(name: string): Deceit | null {
  const text = name.slice(-nameLength);
  if (direction.test(text)) return 'direction';
  if (double.test(plain(name).replace(/[\s.]{0,99}$/, ''))) return 'double';
  return blanks.test(text) ? 'blanks' : null;
}

/** Without what nobody sees or what turns the text round. */
export function shownName(name: string): string {
  return shown(name);
}
