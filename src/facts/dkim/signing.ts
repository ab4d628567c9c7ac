/** What the mail of a sender is signed with and for: the keys that are named for it, and where they may stand. */
import { getDomain } from 'tldts';
import type { SenderPart } from '../../submission.ts';
import type { SenderGathering as Gathering } from '../gather.ts';
import { splitMessage } from './canonical.ts';
import { keyLabel } from './place.ts';
import { readSignatures } from './signature.ts';

/** Names of the keys that a registered route says it signs with. */
export function routeKeys({ routes: [route] }: SenderPart): string[] {
  return route.transport === null ? [] : route.dkim.map(({ d, s }) => `${s}${keyLabel}${d}`);
}

/** Whether only the provider of the route can say what it signs with, as Amazon SES can. */
export function signsUnnamed({ routes: [route], dkimSelectors }: SenderPart): boolean {
  return route.transport !== null && route.dkim.length === 0 && dkimSelectors.length === 0;
}

/** Amazon SES has three; what says more is not believed. */
const selectorsAtMost = 10;

/** As they were named, or else as the provider of the route tells them. */
export async function namesOf({
  submission,
  identity,
}: Pick<Gathering, 'submission' | 'identity'>): Promise<readonly string[]> {
  const { transport } = submission.routes[0];
  if (transport === null || !signsUnnamed(submission)) return submission.dkimSelectors;
  const { domain } = submission.from;
  const selectors = (await identity(transport, domain))?.selectors ?? [];
  return selectors.slice(0, selectorsAtMost).map((selector) => `${selector}${keyLabel}${domain}`);
}

/** Whose signatures are read first: those for the From domain, then the sender's other ones. */
export function ranking({ from }: SenderPart): (domain: string | null) => number {
  return (domain) => (domain === from.domain ? 0 : domain !== null && isOwn(domain, from.domain) ? 1 : 2);
}

/**
 * Which domain a mail may be signed for by the sender or the service behind its MAIL FROM: each of the two and
 * what lies above them, to the registered domain. The From domain comes first.
 */
export function signingPlaces({ from, mailFrom }: Pick<SenderPart, 'from' | 'mailFrom'>): string[] {
  const domains = [from.domain, ...(mailFrom === null ? [] : [mailFrom])];
  const all = domains.flatMap((domain) => {
    const labels = domain.split('.');
    const top = registered(domain)?.split('.').length ?? labels.length;
    const depth = labels.length - top;
    // As far as the tree walk of DMARC goes: nobody signs further down.
    const first = Math.max(1, depth - 5);
    const above = Array.from({ length: depth - first + 1 }, (_, i) => labels.slice(first + i).join('.'));
    return [domain, ...above];
  });
  return [...new Set(all)];
}

/** Domains that signatures of the submission may be for; what DMARC compares with From. */
export function signingDomains(submission: SenderPart): string[] {
  const fields = splitMessage(submission.message?.subarray(0, headerBytes) ?? new Uint8Array()).fields;
  const written = readSignatures(fields, ranking(submission)).read.map(({ domain }) => domain);
  const named = submission.dkimSelectors.flatMap(
    (name) => name.split(keyLabel)[1] ?? signingPlaces(submission),
  );
  // What the provider of a route signs for it is the domain that is registered there.
  const own = signsUnnamed(submission) ? [submission.from.domain] : [];
  return [...new Set([...written.filter((domain) => domain !== null), ...named, ...own])];
}

/** More than a submission may have. */
const headerBytes = 512 * 1024;

/** Whether a domain is the sender's: under the same registered domain as From. */
export function isOwn(domain: string, from: string): boolean {
  return domain === from || (registered(from) !== null && registered(domain) === registered(from));
}

/** With private suffixes, so that two customers of one host are not one sender. */
function registered(domain: string): string | null {
  return getDomain(domain, { allowPrivateDomains: true });
}
