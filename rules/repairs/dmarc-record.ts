/** The DMARC record to publish in place of one that has faults: what every rule about it offers alike. */
import type { Facts } from '#rule';

/** `alias`: beside a CNAME no other record stands. `none`: parts of it could have meant anything. */
export type DmarcBox = 'shown' | 'alias' | 'none';

/**
 * What to say of the record at `_dmarc.<domain>`, and what to put there. `old`: as it stands; `next`: mended,
 * null where nobody can tell what was meant.
 */
export function dmarcBox(
  { author }: Pick<Facts['dmarc'], 'author'>,
  domain: string,
  old: string,
  next: string | null,
) {
  const isAlias = author.steps.some((step) => step.domain === domain && step.isAlias);
  const box: DmarcBox = isAlias ? 'alias' : next === null ? 'none' : 'shown';
  const change = { kind: 'dns', type: 'TXT', name: `_dmarc.${domain}`, old, new: next } as const;
  return { data: { domain, box }, more: box === 'shown' ? { change } : {} };
}
