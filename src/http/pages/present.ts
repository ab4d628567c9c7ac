/** How a report stands now: a verdict is kept as it was made, exceptions come and go. */
import type { AuditEntry } from '../../audits.ts';
import { withExceptions } from '../../report/exceptions.ts';
import type { AppOptions } from '../options.ts';

/** An entry of the list, with how many live exceptions its decision rests on. */
export interface PresentEntry extends AuditEntry {
  excepted: number;
}

/** Looks only where an exception can have changed anything: what must be fixed has none. */
export function createPresent({
  audits,
  clearances,
  policy,
  clock,
}: Pick<AppOptions, 'audits' | 'clearances' | 'policy' | 'clock'>) {
  return async (organisation: string, entry: AuditEntry): Promise<PresentEntry> => {
    const { id, summary } = entry;
    const asKept = { ...entry, excepted: 0 };
    if (summary?.decision !== 'blocked' || summary.mustFix > 0 || summary.shouldFix === 0) return asKept;
    const now = (clock?.now() ?? new Date()).toISOString();
    const waivers = (await clearances?.waivers(organisation, id)) ?? [];
    const live = waivers.filter(({ revokedAt, endsAt }) => revokedAt === null && endsAt > now);
    const verdict = live.length > 0 && (await audits.find(organisation, id))?.verdict;
    if (!verdict) return asKept;
    const { decision, findings } = withExceptions(verdict, new Set(live.map(({ rule }) => rule)), policy);
    const excepted = findings.filter(({ waived }) => waived).length;
    return { ...entry, excepted, summary: { ...summary, decision, shouldFix: summary.shouldFix - excepted } };
  };
}
