/** How each requirement of the mailbox providers stands, by the findings. Pure; it knows no rule and no provider by name. */
import type {
  MailboxProvider,
  NotApplicableReason,
  ProviderNeed,
  ProviderRequirement,
  ProviderWay,
  UnknownReason,
} from '../rule.ts';
import type { Finding } from '../verdict.ts';

export const requirementStates = ['met', 'not-met', 'unknown', 'not-observable', 'not-asked'] as const;
/** `not-observable`: nothing here can see it, and so it is never met. `not-asked`: not of this mail. */
export type RequirementState = (typeof requirementStates)[number];

export const providerStates = ['met', 'not-met', 'bulk-not-met', 'unknown', 'not-observable'] as const;
/**
 * Of all that a provider requires. `met`: what can be seen from here is. `bulk-not-met`: what falls short is asked only
 * of those who send much. `not-observable`: none of it can be seen from here.
 */
export type ProviderState = (typeof providerStates)[number];

export interface RequirementStanding {
  id: string;
  state: RequirementState;
  /** Ids of the rules that decided it. */
  rules: readonly string[];
  /** Why it is not known. `needs-mail`: a check that it rests on was not run, since there is no mail. */
  reason?: UnknownReason | NotApplicableReason | 'needs-mail';
}

export interface ProviderStanding {
  provider: string;
  state: ProviderState;
  requirements: readonly RequirementStanding[];
}

type Known = Pick<Finding, 'rule' | 'outcome' | 'reason' | 'problems' | 'omitted'>;
type Judged = Omit<RequirementStanding, 'id'>;

/** What it means that a check does not apply; whatever is not here leaves the requirement open. */
const meanings: Partial<Record<NonNullable<Known['reason']>, 'holds' | 'nothing' | 'not-asked'>> = {
  // Klarsignal writes it, as it should be.
  composed: 'holds',
  transactional: 'not-asked',
  // The service sees to it.
  'not-yours': 'nothing',
  'service-bounces': 'nothing',
};

/** Judges every requirement by the findings. */
export function standingOf(
  providers: readonly MailboxProvider[],
  findings: readonly Known[],
): ProviderStanding[] {
  const byRule = new Map(findings.map((finding) => [finding.rule, finding]));
  return providers.map(({ id, requirements }) => {
    const standings = requirements.map((one) => ({ id: one.id, ...judgeRequirement(one, byRule) }));
    return { provider: id, state: overall(requirements, standings), requirements: standings };
  });
}

function judgeRequirement({ judged }: ProviderRequirement, byRule: ReadonlyMap<string, Known>): Judged {
  if ('unseen' in judged) {
    const { heeds = [], shownBy = [] } = judged;
    const broken = failing([...shownBy, ...heeds], byRule);
    if (broken.length > 0) return { state: 'not-met', rules: broken };
    const shown = shownBy.map((rule) => byRule.get(rule));
    const silent = shown.find((finding) => finding?.outcome === 'unknown');
    if (silent) return open(silent);
    const holds = shown.length > 0 && shown.every((finding) => finding?.outcome === 'pass');
    return holds ? { state: 'met', rules: shownBy } : { state: 'not-observable', rules: [] };
  }
  const ways = judged.ways.map((way) => judgeWay(way, byRule));
  for (const state of ['met', 'unknown', 'not-asked'] as const) {
    const found = ways.find((way) => way.state === state);
    if (found) return found;
  }
  return { state: 'not-met', rules: [...new Set(ways.flatMap(({ rules }) => rules))] };
}

function judgeWay({ needs, heeds = [] }: ProviderWay, byRule: ReadonlyMap<string, Known>): Judged {
  const rules = needs.map(ruleOf);
  const broken = failing([...needs, ...heeds], byRule);
  if (broken.length > 0) return { state: 'not-met', rules: broken };
  const heeded = heeds.flatMap((need) => byRule.get(ruleOf(need)) ?? []);
  const silent = heeded.find(({ outcome }) => outcome === 'unknown');
  if (silent) return open(silent);
  const said = rules.map((rule) => ({ rule, meaning: meaningOf(byRule.get(rule)) }));
  if (said.some(({ meaning }) => meaning === 'not-asked')) return { state: 'not-asked', rules };
  const missing = said.find(({ meaning }) => meaning === 'open');
  if (missing) return open(byRule.get(missing.rule) ?? { rule: missing.rule, reason: 'needs-mail' });
  return { state: said.some(({ meaning }) => meaning === 'holds') ? 'met' : 'unknown', rules };
}

function ruleOf(need: ProviderNeed): string {
  return typeof need === 'string' ? need : need.rule;
}

/** One that fails here does so only for what the provider does not mind. */
function meaningOf(finding: Known | undefined): 'holds' | 'nothing' | 'not-asked' | 'open' {
  if (!finding || finding.outcome === 'unknown') return 'open';
  if (finding.outcome !== 'not-applicable') return 'holds';
  return (finding.reason && meanings[finding.reason]) ?? 'open';
}

function open({ rule, reason }: Pick<RequirementStanding, 'reason'> & { rule: string }): Judged {
  return { state: 'unknown', rules: [rule], ...(reason ? { reason } : {}) };
}

/** Ids of those that fail for something that the provider minds. */
function failing(needs: ProviderWay['needs'], byRule: ReadonlyMap<string, Known>): string[] {
  return needs.flatMap((need) => {
    const [rule, except] = typeof need === 'string' ? [need, []] : [need.rule, need.except];
    const finding = byRule.get(rule);
    if (finding?.outcome !== 'fail') return [];
    // Of those that are not kept nobody knows what they are.
    const minded = finding.problems.some(({ key }) => !except.includes(key)) || (finding.omitted ?? 0) > 0;
    return minded || finding.problems.length === 0 ? [rule] : [];
  });
}

/** Advice counts for nothing here: it fails nobody. */
function overall(
  requirements: readonly ProviderRequirement[],
  standings: readonly RequirementStanding[],
): ProviderState {
  const required = standings.filter((_, i) => requirements[i]?.force === 'required');
  const everyone = standings.filter(
    (_, i) => requirements[i]?.force === 'required' && requirements[i]?.from === 'everyone',
  );
  const has = (some: readonly RequirementStanding[], state: RequirementState) =>
    some.some((one) => one.state === state);
  if (has(everyone, 'not-met')) return 'not-met';
  if (has(required, 'not-met')) return 'bulk-not-met';
  if (has(required, 'unknown')) return 'unknown';
  return has(required, 'met') ? 'met' : 'not-observable';
}
