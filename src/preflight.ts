/**
 * The story, and what every host calls: a submission goes in, its facts are gathered, the rules judge them,
 * and a verdict comes out with the pictures that were drawn on the way.
 */
import type { TemplateRoute } from './client/template.ts';
import {
  asksDns,
  asksProvider,
  byRoute,
  type Gathered,
  type GatherOptions,
  gather,
  gatherAll,
  gatherSender,
  type Observations,
  type Progress,
  type World,
} from './facts/gather.ts';
import { factsOfPlan, type Plan, planOf } from './report/plan.ts';
import type { MailboxProvider, PlanStep, Policy, Rule } from './rule.ts';
import type { SenderPart, Submission } from './submission.ts';
import { type Judging, judge, neededFacts, type Rules, type Verdict } from './verdict.ts';

export { type Answering, FactError, type Observations, type Progress, pageKey } from './facts/gather.ts';

export interface AuditOptions {
  /** Parts left out by choice: the verdict is then partial. */
  leaveOut?: GatherOptions['leaveOut'];
  /** DNS is not the real one (zone file, caller's resolver): the verdict is then simulated. */
  simulated?: boolean;
  signal?: AbortSignal;
  onProgress?(progress: Progress): void;
}

export interface Picture {
  view: string;
  png: Uint8Array;
}

export interface Audited {
  verdict: Verdict;
  pictures: readonly Picture[];
  /** All that the world answered. */
  observations: Observations;
}

/** How DNS stands against an audit that was clear. `rules`: which do not hold, or have no answer. */
export type Rechecked = { kind: 'holds' } | { kind: 'changed' | 'unanswered'; rules: readonly string[] };

export interface Preflight {
  /** Audits one submission. Never rejects for what the submission or its domain does. */
  audit(submission: Submission, options?: AuditOptions): Promise<Audited>;
  /**
   * Audits a sender domain without a mail: the checks that rest on the domain alone. Always partial, so it never earns
   * a clearance.
   */
  auditSender(
    sender: SenderPart,
    options?: Omit<AuditOptions, 'leaveOut'>,
  ): Promise<Omit<Audited, 'pictures'> & { plan?: Plan }>;
  /**
   * Asks DNS again, for one route of a message that was clear, and runs the rules that rest on the answers.
   * `waived`: ids of rules that may fail.
   */
  recheck(
    submission: Submission,
    order: { route: TemplateRoute; waived: readonly string[]; signal?: AbortSignal },
  ): Promise<Rechecked>;
  /** Digest of rules, policy and client data: two verdicts with the same one are comparable. */
  readonly ruleSet: string;
}

export interface PreflightWorld extends World {
  /** What the mailbox providers ask; without them a verdict tells nothing of it. */
  providers?: readonly MailboxProvider[] | undefined;
  /** Steps of the plan that a domain is held against; without them none is made. */
  plan?: readonly PlanStep[] | undefined;
}

/** Puts rules and ports together. A host calls it once. `ruleSet`: the rules' version, from rules/version.ts. */
export function createPreflight(rules: Rules, ruleSet: string, world: PreflightWorld): Preflight {
  const needs = neededFacts(rules);
  return {
    async audit(submission, options = {}) {
      const leaveOut = options.leaveOut ?? { dns: false, previews: false };
      const gathered = await gatherAll(needs, submission, world, {
        leaveOut,
        signal: options.signal ?? new AbortController().signal,
        onProgress: options.onProgress ?? (() => {}),
      });
      const { facts, observations } = gathered;
      const verdict = judge({
        ...byRoutes(gathered, submission),
        rules,
        policy: readBy(submission, world.policy),
        clients: world.clients,
        providers: world.providers,
        now: world.clock.now(),
        partial: leaveOut.dns || leaveOut.previews,
        simulated: (options.simulated ?? false) || submission.sampled,
        sampled: submission.sampled,
      });
      const views = facts.rendering?.known ? facts.rendering.value.views : [];
      return { verdict, pictures: views.map(({ id, png }) => ({ view: id, png })), observations };
    },
    async auditSender(sender, { signal, onProgress, simulated = false } = {}) {
      const own = rulesWhere(rules, ({ needs: wanted }) => wanted.every(asksDns));
      const { plan = [] } = world;
      const gathered = await gatherSender([...neededFacts(own), ...factsOfPlan(plan)], sender, world, {
        signal: signal ?? new AbortController().signal,
        onProgress: onProgress ?? (() => {}),
      });
      const judging = {
        ...byRoutes(gathered, sender),
        policy: world.policy,
        clients: world.clients,
        now: world.clock.now(),
      };
      const verdict = judge({
        ...judging,
        rules: own,
        providers: world.providers,
        partial: true,
        simulated,
      });
      return {
        verdict,
        observations: gathered.observations,
        ...(plan.length > 0 ? { plan: planOf(plan, judging, verdict.findings) } : {}),
      };
    },
    async recheck(submission, { route, waived, signal = new AbortController().signal }) {
      // What gates nothing changes nothing here, and some of it takes long to ask.
      const resting = rulesWhere(
        rules,
        ({ needs: wanted, severity }) =>
          wanted.some(asksDns) && !wanted.some(asksProvider) && world.policy.gates.includes(severity),
      );
      const facts = await gather(neededFacts(resting), byRoute(submission, route), world, {
        leaveOut: { dns: false, previews: true },
        signal,
        onProgress: () => {},
      });
      const { findings } = judge({
        facts,
        rules: resting,
        policy: world.policy,
        clients: world.clients,
        now: world.clock.now(),
        partial: true,
        simulated: false,
      });
      const standing = findings.filter(({ gates }) => gates);
      const failed = standing.filter(({ rule, outcome }) => outcome === 'fail' && !waived.includes(rule));
      if (failed.length > 0) return { kind: 'changed', rules: failed.map(({ rule }) => rule) };
      const open = standing.filter(({ outcome }) => outcome === 'unknown');
      if (open.length > 0) return { kind: 'unanswered', rules: open.map(({ rule }) => rule) };
      // Where no rule rests on DNS, nothing has been checked at all.
      const passed = findings.some(({ outcome }) => outcome === 'pass');
      return passed ? { kind: 'holds' } : { kind: 'unanswered', rules: [] };
    },
    ruleSet,
  };
}

function rulesWhere(rules: Rules, holds: (rule: Rule) => boolean): Rules {
  const kept = Object.entries(rules).map(([area, members]) => [area, members.filter(holds)]);
  return Object.fromEntries(kept) as unknown as Rules;
}

/** The policy with the readers that somebody has named for this mail. They decide what is advised, never what gates. */
function readBy({ audience }: Submission, policy: Policy): Policy {
  return audience ? { ...policy, audience: { ...policy.audience, shares: audience } } : policy;
}

/** Facts as `judge` wants them, each route under its transport's name. */
function byRoutes(
  { facts, others }: Gathered,
  { routes: [first] }: SenderPart,
): Pick<Judging, 'facts' | 'routes'> {
  if (others.length === 0) return { facts };
  const named = others.map((one) => ({ route: one.route.transport ?? '', facts: one.facts }));
  return { facts, routes: { first: first.transport ?? '', others: named } };
}
