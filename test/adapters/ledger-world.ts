import type { CampaignRow, NewDelivery, OrganisationStore, Settled } from '../../src/ports.ts';

export const at = (minutes: number) => new Date(Date.UTC(2026, 10, 22, 12, minutes)).toISOString();

export const recipient = (number: number, name = `p${number}`): NewDelivery => ({
  number,
  address: `${name}@example.net`,
  addressHash: `hash-${name}`,
  fields: number % 2 ? { name } : null,
});

export const recipients = (count: number) => Array.from({ length: count }, (_, n) => recipient(n + 1));

/** A campaign with all that it needs to be sent, in the state `preparing`. */
export async function addCampaign(
  own: OrganisationStore,
  id: string,
  changes: Partial<CampaignRow> & { idempotency?: { key: string; fingerprint: string } } = {},
) {
  const digest = changes.digest ?? 'sha256:d';
  const domain = changes.domain ?? 'example.org';
  const clearance = changes.clearance ?? `clr_${digest}`;
  await own.senders.add({ domain: 'example.org', token: 't', createdAt: at(0) });
  await own.senders.activate('example.org', at(0));
  if (!(await own.clearances.find(clearance))) await own.clearances.add(clearanceOf(clearance, digest));
  return own.ledger.add({
    id,
    audit: changes.audit ?? 'aud',
    digest,
    class: changes.class ?? 'marketing',
    domain,
    subject: `Subject of ${id}`,
    clearance,
    createdAt: changes.createdAt ?? at(0),
    startsAt: changes.startsAt ?? null,
    perMinute: null,
    standard: changes.standard ?? false,
    route: 'ses',
    ...(changes.pauseReason && { pauseReason: changes.pauseReason }),
    ...(changes.dryRun && { dryRun: true }),
    ...(changes.onExpiry && { onExpiry: changes.onExpiry }),
    ...(changes.idempotency && { idempotency: changes.idempotency }),
  });
}

export const clearanceOf = (id: string, digest = 'sha256:d') => ({
  id,
  audit: 'aud',
  digest,
  ruleSet: 'r',
  kid: 'k',
  issuedAt: at(0),
  expiresAt: at(60),
  waivers: ['wvr_1'],
  by: 'per_1',
  follows: null,
});

/** With recipients, and sending. */
export async function startCampaign(
  own: OrganisationStore,
  id: string,
  rows: readonly NewDelivery[],
  changes: Partial<CampaignRow> = {},
) {
  await addCampaign(own, id, changes);
  await own.ledger.addRecipients(id, rows);
  await own.ledger.change(id, { state: 'sending' });
}

export const settled = (number: number, state: Settled['state'], more: Partial<Settled> = {}): Settled => ({
  number,
  attempt: 1,
  state,
  code: null,
  enhanced: null,
  response: null,
  providerId: null,
  ...more,
});
