/** Parts of an SPF record that receivers cannot read, though it is plain what was meant. */

/** A mechanism written like a modifier. */
export const equals = /^([+\-~?]?(?:include|a|mx|ptr|ip4|ip6|exists))=/i;

const include =
  /^([+\-~?]?)(?:includ|includes|included|inclue|inclde|incude|inlude|nclude|inlcude|inculde|incldue|incluide)[:=]/i;
const four = /^([+\-~?]?)(?:ipv4|ip)[:=]/i;
const six = /^([+\-~?]?)ipv6[:=]/i;
const octet = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';
const group = '[0-9a-f]{1,4}';
const groups =
  `(?=[0-9a-f:]*::|(?:${group}:){7}${group})(?!.*::.*::)` +
  `${group}(?:(?:::?${group}){0,7}|(?:::?${group}){0,6}::)`;
/** What stands there has to be sound too: a name without macros, an address or block. */
const sound = new RegExp(
  `^[+\\-~?]?(?:include:(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\\.){1,10}[a-z][a-z0-9-]{0,60}[a-z0-9]` +
    `|ip4:${octet}(?:\\.${octet}){3}(?:/(?:[1-9]|[12]\\d|3[0-2]))?` +
    `|ip6:${groups}(?:/(?:[1-9]\\d?|1[01]\\d|12[0-8]))?)$`,
  'i',
);
/** Of a term that is looked at. */
const longest = 300;

/** As it was meant; null: that is not plain. */
export function respelt(fault: string): string | null {
  if (fault.length > longest) return null;
  if (equals.test(fault)) return fault.replace(equals, '$1:');
  const mended = fault.replace(include, '$1include:').replace(four, '$1ip4:').replace(six, '$1ip6:');
  return mended !== fault && sound.test(mended) ? mended : null;
}
