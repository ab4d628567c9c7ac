/**
 * What Amazon SES itself says of the sender's domain: that DNS is right does not mean that SES has seen it, nor that
 * it was told which MAIL FROM to use.
 */
import { getDomain } from 'tldts';
import type { IdentityStatus } from '../ports.ts';
import type { SenderGathering as Gathering } from './gather.ts';
import { type MailFromFact, serverOf } from './mail-from.ts';

export interface IdentityFact {
  /** Of the route. */
  server: MailFromFact['server'];
  /** The MAIL FROM that the route is to have. */
  mailFrom: string | null;
  /** The From domain. */
  domain: string;
  /**
   * The identity that SES sends by: of the From domain and those above it the nearest that is verified, else the
   * nearest that SES knows. `none`: it knows none. `unanswered`: it could not be asked. null: the route is not by SES.
   */
  identity: { domain: string; status: IdentityStatus } | 'none' | 'unanswered' | null;
}

/** Domains that SES is asked about: From's, and so many above it. */
const identitiesAsked = 4;

/** Asks SES where the route goes by it. Never fails. */
export async function gatherIdentity(gathering: Gathering): Promise<IdentityFact> {
  const { from, mailFrom, routes } = gathering.submission;
  const server = serverOf(gathering);
  const told = { server, mailFrom, domain: from.domain };
  if (server === null || server === 'unknown' || server.kind !== 'ses') return { ...told, identity: null };
  const asked = await Promise.all(
    candidates(from.domain).map(async (domain) => ({
      domain,
      status: await gathering.identity(routes[0].transport ?? '', domain),
    })),
  );
  return { ...told, identity: choose(asked) };
}

/** The domain and what lies above it, up to the registered domain (a parent verified covers what is below it). */
function candidates(domain: string): string[] {
  const top = getDomain(domain, { allowPrivateDomains: true }) ?? domain;
  const names = [domain];
  for (let name = domain; name !== top && names.length < identitiesAsked; ) {
    name = name.slice(name.indexOf('.') + 1);
    names.push(name);
  }
  return names.includes(top) ? names : [...names.slice(0, -1), top];
}

/** SES goes by the nearest verified one, so what is silent below that leaves it open. */
function choose(
  asked: readonly { domain: string; status: IdentityStatus | null }[],
): IdentityFact['identity'] {
  let known: { domain: string; status: IdentityStatus } | 'none' = 'none';
  for (const { domain, status } of asked) {
    if (status === null) return 'unanswered';
    if (status.domain === 'SUCCESS') return { domain, status };
    if (known === 'none' && status.domain !== 'NOT_FOUND') known = { domain, status };
  }
  return known;
}
