/** What a host hands to the audits. */
import type { Blobs, Clock, Log, Queue, Store } from '../ports.ts';
import type { Preflight } from '../preflight.ts';
import type { Policy } from '../rule.ts';
import type { CompileMjml } from '../submission/mjml.ts';
import type { Handed, TemplateRoute } from '../submission.ts';
import type { ExampleName } from './audit.ts';

/** A mail and a world of its own to judge it in: no network, and a verdict that is simulated. */
export interface Example {
  handed: Handed;
  preflight: Pick<Preflight, 'audit' | 'ruleSet'>;
}

export interface AuditsOptions {
  store: Store;
  blobs: Blobs;
  /** Wakes a worker that calls `work`. */
  queue: Queue;
  preflight: Pick<Preflight, 'audit' | 'ruleSet'>;
  /** Those this host has. */
  examples?: ReadonlyMap<ExampleName, Example> | undefined;
  /**
   * Routes that a registered sender's mail goes by, the primary first; none: it is sent by a system of the caller's
   * own. `standard`: by the standard route that is registered for the domain, where there is one.
   */
  routesOf?:
    | ((organisation: string, domain: string, standard: boolean) => Promise<readonly TemplateRoute[]>)
    | undefined;
  /** Where a host can stop a source that never ends; otherwise in this thread. */
  compileMjml?: CompileMjml | undefined;
  clock: Clock;
  policy: Policy;
  /** Never given what a submission contains. */
  log: Log;
}
