/** The DMARC record to publish in place of one that has faults: what every rule about it offers alike. */
import { type Facts, type NotApplicable, notApplicable, type Unknown, unknown } from '#rule';

type Dmarc = Facts['dmarc'];
export type AppliedPolicy = Exclude<Dmarc['applied'], string>;

/** `alias`: beside a CNAME no other record stands. `none`: parts of it could have meant anything. */
export type DmarcBox = 'shown' | 'alias' | 'none';

/**
 * What to say of the record at `_dmarc.<domain>`, and what to put there. `old`: as it stands; `next`: mended,
 * null where nobody can tell what was meant.
 */
export function dmarcBox(
  { author }: Pick<Dmarc, 'author'>,
  domain: string,
  old: string | null,
  next: string | null,
) {
  const isAlias = author.steps.some((step) => step.domain === domain && step.isAlias);
  const box: DmarcBox = isAlias ? 'alias' : next === null ? 'none' : 'shown';
  const change = { kind: 'dns', type: 'TXT', name: `_dmarc.${domain}`, old, new: next } as const;
  return { data: { domain, box }, more: box === 'shown' ? { change } : {} };
}

/** The policy that applies, where it has any power and the record is the sender's to change; else what to answer. */
export function ownPolicy({
  applied,
  domain,
}: Dmarc): { applied: AppliedPolicy } | { otherwise: Unknown | NotApplicable } {
  if (applied === 'unknown') return { otherwise: unknown('unanswered') };
  if (applied === 'none') return { otherwise: notApplicable('no-record') };
  // A record without any power is the matter of dmarc-policy.
  if (applied.policy === null) return { otherwise: notApplicable('faulty-record') };
  // Nobody but the registry can change the record of a public suffix.
  const isTheirs = applied.isSuffix && applied.record.domain !== domain;
  return isTheirs ? { otherwise: notApplicable('not-yours') } : { applied };
}

/**
 * The record with some tags set or, where null, taken away; what is wrong with it otherwise is mended too. `p` comes
 * right after the version, as older receivers want it. null where parts of it could have meant anything.
 */
export function rewritten(
  { mended }: AppliedPolicy['record'],
  tags: Readonly<Record<string, string | null>>,
): string | null {
  if (mended === null) return null;
  const [version = '', ...rest] = mended.split(';');
  const parts = rest.map((part) => part.trim()).filter((part) => part !== '');
  const nameOf = (part: string) => part.split('=')[0]?.trim() ?? '';
  const kept = parts.flatMap((part) => {
    const tag = tags[nameOf(part)];
    if (tag === undefined) return [part];
    return tag === null ? [] : [`${nameOf(part)}=${tag}`];
  });
  const written = new Set(kept.map(nameOf));
  const added = Object.entries(tags).filter(([name, value]) => value !== null && !written.has(name));
  const all = [...kept, ...added.map(([name, value]) => `${name}=${value}`)];
  const first = all.filter((part) => nameOf(part) === 'p');
  return [version.trim(), ...first, ...all.filter((part) => nameOf(part) !== 'p')].join('; ');
}

/**
 * The tags to set for the next step upward, the same for every rule that offers one: never a weaker policy than the
 * owner wrote. What is weaker below the domain follows it, from none by way of quarantine.
 */
export function raised({ p, sp, np }: AppliedPolicy['record']): Record<string, string | null> {
  const strength = { none: 0, quarantine: 1, reject: 2 };
  const top = p === null || p === 'none' ? 'quarantine' : p;
  const weak = (policy: typeof p) => policy !== null && strength[policy] < strength[top];
  return {
    ...(p === top ? {} : { p: top }),
    ...(weak(sp) ? { sp: sp === 'none' && top === 'reject' ? 'quarantine' : null } : {}),
    ...(weak(np) ? { np: null } : {}),
  };
}

/** How to do it where the box is not shown: nobody else's zone, or nobody can tell what was meant. */
export const byHand = {
  en: (domain: string, box: DmarcBox, what: string) =>
    box === 'alias'
      ? `_dmarc.${domain} is an alias (CNAME). Ask the service that it leads to to ${what} there.`
      : `In the record at _dmarc.${domain}, ${what}.`,
  sv: (domain: string, box: DmarcBox, what: string) =>
    box === 'alias'
      ? `_dmarc.${domain} är ett alias (CNAME). Be tjänsten som det leder till att där ${what}.`
      : `Gör så här i posten på _dmarc.${domain}: ${what}.`,
};
