import { clients } from '../rules/clients/index.ts';
import { rules } from '../rules/index.ts';
import { planSteps } from '../rules/plan/index.ts';
import { policy } from '../rules/policy.ts';
import { ruleSet } from '../rules/version.ts';
import type { IdentityStatus, Resolver } from '../src/ports.ts';
import { createPreflight } from '../src/preflight.ts';
import type { Plan } from '../src/report/plan.ts';
import { readSender } from '../src/submission.ts';
import { clock, fetcherOf, identitiesOf, mailServersOf, noBrowser, resolverOf, soundZone } from './world.ts';

export type Zone = Record<string, Record<string, unknown>>;

export const token = 'abcdefghijklmnopqrstuvwxyz234567';
export const key = (soundZone['s1._domainkey.example.se'] as { TXT: string[] }).TXT;
/** What is not the domain's own: who sells it, who sends for it. */
export const others: Zone = {
  'amazonses.com': { TXT: ['v=spf1 ip4:199.255.192.0/22 -all'] },
  'feedback-smtp.eu-north-1.amazonses.com': { A: ['198.51.100.25'] },
  [`${token}.dkim.amazonses.com`]: { TXT: key },
  'loopia.se': { NS: ['ns1.loopia.se', 'ns2.loopia.se'] },
  'mx.mailhost.example': { A: ['192.0.2.25'] },
  'reader.example.net': { A: ['192.0.2.30'] },
  'authsmtp.com': { TXT: ['v=spf1 ip4:192.0.2.128/25 -all'] },
};
export const nothing: Zone = {
  'example.se': { NS: ['ns1.loopia.se', 'ns2.loopia.se'] },
};
const transports = [
  { id: 'ses', kind: 'ses', provider: 'Amazon SES', place: 'eu-north-1', spf: 'include:amazonses.com' },
  { id: 'authsmtp', kind: 'smtp', provider: 'AuthSMTP', place: 'mail.test:465', spf: 'include:authsmtp.com' },
] as const;
export const bothRoutes = [
  { transport: 'ses', mail_from: 'mejl.example.se', dkim: [{ d: 'example.se', s: token }], signed_by: [] },
  {
    transport: 'authsmtp',
    mail_from: 'studs.example.se',
    dkim: [{ d: 'example.se', s: 'k1' }],
    signed_by: [],
  },
];
export const absent: Partial<IdentityStatus> = {
  domain: 'NOT_FOUND',
  dkim: 'NOT_FOUND',
  mailFrom: 'NOT_FOUND',
  onMxFailure: null,
};
export const ready: Partial<IdentityStatus> = { mailFromDomain: 'mejl.example.se' };

export async function audit(zone: Zone, ses: Partial<IdentityStatus>, routes = bothRoutes) {
  const resolver = await resolverOf({ ...others, ...zone });
  const read = readSender({ domain: 'example.se', routes }, 'org_test');
  if (!read.ok) throw new Error(JSON.stringify(read.errors));
  try {
    return await auditBy(resolver, ses, read.sender);
  } finally {
    await resolver.close();
  }
}

export async function auditBy(
  resolver: Resolver,
  ses: Partial<IdentityStatus>,
  sender: Extract<ReturnType<typeof readSender>, { ok: true }>['sender'],
) {
  const preflight = createPreflight(rules, ruleSet, {
    resolver,
    browser: noBrowser,
    clock,
    policy,
    clients,
    plan: planSteps,
    transports,
    mailServers: mailServersOf({ 'mx.mailhost.example': {} }),
    fetcher: fetcherOf({}),
    identity: identitiesOf({ ses }),
  });
  const { verdict, plan } = await preflight.auditSender(sender);
  if (!plan) throw new Error('no plan was made');
  const failing = verdict.findings.filter(({ outcome }) => outcome === 'fail').map(({ rule }) => rule);
  return { verdict, plan, failing };
}

/** Publishes what the plan says of these steps. */
export function publish(zone: Zone, plan: Plan, ...steps: string[]): Zone {
  const next = structuredClone(zone);
  for (const { step, records } of plan.steps) {
    if (!steps.includes(step)) continue;
    for (const { name, type, old, new: value } of records) {
      const at = next[name] ?? {};
      const stands = ((at[type] as string[] | undefined) ?? []).filter((one) => one !== old);
      next[name] = { ...at, [type]: [...stands, value] };
    }
  }
  return next;
}

export const stateOf = (plan: Plan, step: string) =>
  plan.steps.filter((one) => one.step === step).map(({ state }) => state);
