/** What a faulty DMARC record was meant to say. */
import {
  isPolicy,
  isUri,
  knownTags,
  policyTags,
  readTag,
  retiredTags,
  trimmed,
  withoutSize,
} from './tags.ts';

/** Whatever is longer was never meant so, and the patterns stay quick. */
export const longest = 1000;
/** In place of the semicolon: spaces or commas before what can only be the next tag. */
export const glued = new RegExp(
  `(?<=[^\\s,])[\\s,]+(?=(?:${[...knownTags, ...retiredTags].join('|')})\\s{0,9}=)`,
  'i',
);

/** Whether it is a tag that RFC 9989 took away. */
export function isRetired(part: string): boolean {
  return retiredTags.includes(readTag(part).name.toLowerCase());
}

/** See DmarcRecord.mended. What is sound stays as it is written. */
export function mend(text: string): string | null {
  if (text.length > longest) return null;
  const [start = '', ...rest] = text.split(';');
  const parts = rest.flatMap((part) => {
    const [first = '', ...more] = part.split(glued);
    // A tag that stood inside another never counted: a retired one is not brought to life.
    return [first, ...more.filter((one) => !isRetired(one)).map((one) => ` ${one}`)];
  });
  const written = new Set(parts.map((part) => readTag(part).name));
  const seen = new Set(['v']);
  const kept: string[] = [];
  for (const part of parts) {
    const { name: spelt, value } = readTag(part);
    const name = spelt.toLowerCase();
    if (name === 'v' && value !== 'DMARC1') return null;
    if (!knownTags.has(name)) {
      if (trimmed(part) !== '' && !/^[a-z][a-z0-9_]*$/.test(name)) return null;
      if (spelt === '' || !seen.has(spelt)) kept.push(part);
      seen.add(spelt);
    } else if (!seen.has(name) && (spelt === name || !written.has(name))) {
      // In capitals it gives way to the one in small letters, which is what counts today.
      seen.add(name);
      const meant = meantBy(name, value);
      if (meant === null) return null;
      if (meant !== '') kept.push(spelt === name && meant === value ? part : ` ${name}=${meant}`);
    }
  }
  return [start, ...(seen.has('p') ? [] : [' p=none']), ...kept].join(';');
}

const yes = /^(?:y|yes|true|1)$/i;
const no = /^(?:n|no|false|0)$/i;

/** What a tag's value was to say; empty where the tag is better left out, null where nobody can tell. */
function meantBy(name: string, value: string): string | null {
  const bare = value.replace(/^["'\s]+|["',.\s]+$/g, '');
  if (policyTags.some((tag) => tag === name)) return isPolicy(value) ? value : isPolicy(bare) ? bare : 'none';
  if (name === 'adkim' || name === 'aspf') {
    if (/^[rs]$/i.test(value)) return value;
    return /^s(?:trict)?$/i.test(bare) ? 's' : /^r(?:elaxed)?$/i.test(bare) ? 'r' : null;
  }
  if (name === 't') return /^[yn]$/i.test(value) ? value : yes.test(bare) ? 'y' : no.test(bare) ? 'n' : null;
  // Registries alone have a use for y, and u is what counts without it.
  if (name === 'psd') return no.test(bare) ? (bare.length === 1 ? value : 'n') : '';
  return name === 'rua' || name === 'ruf' ? meantByUris(value) : value;
}

/** Addresses as mailto:, with commas between; null when one is no address at all. */
function meantByUris(value: string): string | null {
  if (value.split(',').every((uri) => isUri(withoutSize(uri)))) return value;
  const each = value
    .replace(/["'<>]/g, ' ')
    .replace(/(mailto:)\s+/gi, '$1')
    .split(/[\s,]+/)
    .filter((uri) => uri !== '');
  const uris = each.map((uri) => (uri.includes(':') ? uri : `mailto:${uri}`));
  return uris.every((uri) => isUri(withoutSize(uri))) ? uris.join(',') : null;
}
