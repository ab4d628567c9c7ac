/** What a caller must be allowed for each address: one table, and what is not in it stays shut. */
import type { Caller, Scope } from '../access.ts';

/** `owner`: a person of that role, never a key. `anyone`: whoever is signed in. */
export type Need = Scope | 'owner' | 'anyone';

/** The first that fits counts. `*` is any method, or any one segment; a path stands for all below it. */
const table: readonly (readonly [method: string, path: string, need: Need])[] = [
  ['POST', '/v1/audits/*/clearance', 'clearances:write'],
  ['POST', '/v1/audits/*/waivers', 'owner'],
  ['GET', '/v1/audits', 'audits:read'],
  ['*', '/v1/audits', 'audits:write'],
  ['GET', '/v1/domains', 'audits:read'],
  ['POST', '/v1/clearances/verify', 'audits:read'],
  ['*', '/v1/clearances', 'clearances:write'],
  ['*', '/v1/waivers', 'owner'],
  ['*', '/v1/senders/*/routes/*/unseen-bounces', 'owner'],
  ['GET', '/v1/senders', 'senders:read'],
  ['*', '/v1/senders', 'senders:write'],
  ['GET', '/v1/sends', 'sends:read'],
  ['*', '/v1/sends', 'sends:write'],
  ['*', '/v1/recipients', 'recipients:write'],

  ['*', '/domains', 'audits:read'],
  ['GET', '/audits', 'audits:read'],
  ['POST', '/audits/*/clearance', 'clearances:write'],
  ['POST', '/audits/*/waivers', 'owner'],
  ['*', '/audits', 'audits:write'],
  ['*', '/clearances', 'clearances:write'],
  ['*', '/waivers', 'owner'],
  ['GET', '/mailings/new', 'sends:write'],
  ['GET', '/mailings', 'sends:read'],
  ['POST', '/mailings/*/people', 'sends:read'],
  ['*', '/mailings', 'sends:write'],
  ['POST', '/senders/*/routes/*/unseen-bounces', 'owner'],
  ['GET', '/senders', 'senders:read'],
  ['*', '/senders', 'senders:write'],
  ['*', '/recipients', 'recipients:write'],
  ['*', '/keys', 'owner'],
  ['GET', '/members/*', 'owner'],
  ['GET', '/members', 'anyone'],
  ['POST', '/members/sign-out', 'anyone'],
  ['*', '/members', 'owner'],
];

/**
 * What a request needs. undefined: nobody may, since nobody has said who may (the API alone). A page that is not
 * in the table can be looked at by whoever is signed in, and changed by an owner.
 */
export function needOf(method: string, path: string): Need | undefined {
  const asked = method === 'HEAD' ? 'GET' : method;
  const segments = path.split('/').slice(1);
  const found = table.find(([of, pattern]) => (of === '*' || of === asked) && covers(pattern, segments));
  if (found) return found[2];
  if (segments[0] === 'v1') return undefined;
  return asked === 'GET' ? 'anyone' : 'owner';
}

export function mayDo({ kind, role, scopes }: Caller, need: Need): boolean {
  if (need === 'anyone') return true;
  return need === 'owner' ? kind === 'person' && role === 'owner' : scopes.includes(need);
}

function covers(pattern: string, segments: readonly string[]): boolean {
  const wanted = pattern.split('/').slice(1);
  return wanted.every((one, i) => one === segments[i] || (one === '*' && segments[i] !== undefined));
}
