/** A TXT record that was meant as DMARC and is none. */
import { glued, isRetired, longest, mend } from './mending.ts';
import { type DmarcRecord, isDmarcRecord, parseDmarc } from './record.ts';

/** A record that receivers pass over, though it was plainly meant to be one. */
export interface MisspeltDmarc {
  text: string;
  /** The record that was meant, where that is plain. */
  meant: DmarcRecord | null;
}

/** A TXT record that was meant as DMARC and is none: `v` not first or in small letters, no semicolons, quotes. */
export function readMisspeltDmarc(domain: string, text: string): MisspeltDmarc | null {
  if (isDmarcRecord(text) || !/\bv\s{0,9}=\s{0,9}dmarc1/i.test(text.slice(0, longest))) return null;
  if (text.length > longest) return { text, meant: null };
  // Every part by itself, and no space where a part could be torn apart.
  const clean = text.replace(/[^\x21-\x7e]|["'`]/g, ' ').replace(/\s*([=;])\s*/g, '$1');
  const parts = clean
    .split(';')
    .flatMap((part) => part.split(glued))
    .map((part) => part.replace(/^[\s,]+|[\s,]+$/g, ''))
    .filter((part) => part !== '' && !/^v=dmarc1[.,:]?$/i.test(part) && !isRetired(part));
  const mended = mend(['v=DMARC1', ...parts.map((part) => ` ${part}`)].join(';'));
  const meant = mended === null ? null : parseDmarc(domain, mended);
  return { text, meant: meant?.policyFault ? null : meant };
}
