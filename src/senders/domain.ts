/** Which domains may be registered, and which names a registered one may stand for. */
import { getDomain } from 'tldts';
import { asciiDomain } from '../submission/mailbox.ts';
import type { SenderErrorCode } from './sender.ts';

/** Labels of a registered name: so many names stand at or above a domain at most. */
const labelsAtMost = 20;
// With private suffixes, so that nobody registers the name under which a host keeps all its customers.
const privately = { allowPrivateDomains: true };

/** A domain as A-labels in lower case that can be one owner's. */
export function readDomain(
  text: string,
): { ok: true; domain: string } | { ok: false; code: Extract<SenderErrorCode, `domain-${string}`> } {
  const domain = asciiDomain(text);
  if (domain === undefined || domain.split('.').length > labelsAtMost || !isHost(domain))
    return { ok: false, code: 'domain-invalid' };
  if (getDomain(domain, privately) === null) return { ok: false, code: 'domain-public-suffix' };
  // A web server's name, which nobody writes mail from; the domain that holds it stands for it too.
  if (domain.startsWith('www.') && getDomain(domain.slice(4), privately) !== null)
    return { ok: false, code: 'domain-www' };
  return { ok: true, domain };
}

/** Whether it can be the domain of an envelope address: letters, digits and hyphens (RFC 5321 section 2.3.5). */
export function isHost(domain: string): boolean {
  return !domain.includes('_');
}

/** The names at and above a domain that can be registered, the nearest first. */
export function namesAbove(domain: string): string[] {
  const registered = getDomain(domain, privately);
  if (registered === null) return [];
  const labels = domain.split('.');
  const levels = labels.length - registered.split('.').length;
  const names = Array.from({ length: levels + 1 }, (_, i) => labels.slice(i).join('.'));
  return names.slice(-labelsAtMost);
}
