/**
 * The story, and what every host calls: a submission goes in, its facts are gathered, the rules judge them,
 * and a verdict comes out with the pictures that were drawn on the way.
 */
import { type GatherOptions, gather, type Progress, type World } from './facts/gather.ts';
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

export interface Preflight {
  /** Audits one submission. Never rejects for what the submission or its domain does. */
  audit(submission: Submission, options?: AuditOptions): Promise<Audited>;
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
    ruleSet,
  };
}
