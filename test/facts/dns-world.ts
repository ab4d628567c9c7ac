/** Gathers DNS facts of a zone of its own: real packets, no sound default in the way. */
import { clients } from '../../rules/clients/index.ts';
import { policy } from '../../rules/policy.ts';
import type { DmarcFact } from '../../src/facts/dmarc.ts';
import type { Fact, FactName, Facts } from '../../src/facts/facts.ts';
import { type GatherOptions, gather } from '../../src/facts/gather.ts';
import type { SpfFact } from '../../src/facts/spf.ts';
import type { Resolver } from '../../src/ports.ts';
import type { Submission } from '../../src/submission.ts';
import { clock, noBrowser, resolverOf, submissionOf } from '../world.ts';

export type Zone = Record<string, unknown>;
export type ZoneResolver = Resolver & { asked: ReadonlyMap<string, number>; close(): Promise<void> };

export const patient: GatherOptions = {
  leaveOut: { dns: false, previews: false },
  signal: new AbortController().signal,
  onProgress: () => {},
};

/** A submission from `a@domain` with this MAIL FROM. Only the domains matter to DNS facts. */
export async function mailOf(domain: string, mailFrom: string | null = null): Promise<Submission> {
  const submission = await submissionOf({});
  return { ...submission, from: { name: '', address: `a@${domain}`, domain }, mailFrom };
}

export interface Gathered<T> {
  value: T;
  /** How often each question was asked, as `name TYPE`. */
  asked: ReadonlyMap<string, number>;
  fact: Fact<T>;
}

export async function factOf<N extends FactName>(
  name: N,
  zone: Zone,
  submission: Submission,
): Promise<Gathered<Facts[N]>> {
  const resolver = (await resolverOf(zone)) as ZoneResolver;
  try {
    const world = { resolver, browser: noBrowser, clock, policy, clients };
    const fact = (await gather([name], submission, world, patient))[name] as Fact<Facts[N]>;
    if (!fact.known) throw new Error(`${name} is not known: ${fact.reason} ${fact.detail}`);
    return { value: fact.value, asked: new Map(resolver.asked), fact };
  } finally {
    await resolver.close();
  }
}

export async function spfOf(zone: Zone, domain = 'a.example'): Promise<Gathered<SpfFact>> {
  return factOf('spf', zone, await mailOf(domain));
}

export async function dmarcOf(zone: Zone, from: string, mailFrom: string | null = null): Promise<DmarcFact> {
  return (await factOf('dmarc', zone, await mailOf(from, mailFrom))).value;
}
