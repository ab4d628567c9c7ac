/**
 * The story, and what every host calls: a submission goes in, its facts are gathered, the rules judge them,
 * and a verdict comes out with the pictures that were drawn on the way.
 */
import type { TemplateRoute } from './client/template.ts';
import { asksDns, type GatherOptions, gather, type Progress, type World } from './facts/gather.ts';
import type { Submission } from './submission.ts';
import { judge, neededFacts, type Rules, type Verdict } from './verdict.ts';

export type { Progress } from './facts/gather.ts';

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
}

/** How DNS stands against an audit that was clear. `rules`: which do not hold, or have no answer. */
export type Rechecked = { kind: 'holds' } | { kind: 'changed' | 'unanswered'; rules: readonly string[] };

export interface Preflight {
  /** Audits one submission. Never rejects for what the submission or its domain does. */
  audit(submission: Submission, options?: AuditOptions): Promise<Audited>;
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

/** Puts rules and ports together. A host calls it once. `ruleSet`: the rules' version, from rules/version.ts. */
export function createPreflight(rules: Rules, ruleSet: string, world: World): Preflight {
  const needs = neededFacts(rules);
  return {
    async audit(submission, options = {}) {
      const leaveOut = options.leaveOut ?? { dns: false, previews: false };
      const facts = await gather(needs, submission, world, {
        leaveOut,
        signal: options.signal ?? new AbortController().signal,
        onProgress: options.onProgress ?? (() => {}),
      });
      const verdict = judge({
        facts,
        rules,
        policy: world.policy,
        clients: world.clients,
        now: world.clock.now(),
        partial: leaveOut.dns || leaveOut.previews,
        simulated: options.simulated ?? false,
      });
      const views = facts.rendering?.known ? facts.rendering.value.views : [];
      return { verdict, pictures: views.map(({ id, png }) => ({ view: id, png })) };
    },
    async recheck(submission, { route, waived, signal = new AbortController().signal }) {
      const byRoute: Submission = {
        ...submission,
        routes: [route],
        mailFrom: route.mail_from,
        dkimSelectors: route.dkim.map(({ d, s }) => `${s}._domainkey.${d}`),
      };
      const resting = Object.fromEntries(
        Object.entries(rules).map(([area, members]) => [
          area,
          members.filter((rule) => rule.needs.some(asksDns)),
        ]),
      ) as unknown as Rules;
      const facts = await gather(neededFacts(resting), byRoute, world, {
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
