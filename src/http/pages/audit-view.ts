/** Shows an audit with all that belongs to it and to whoever looks at it. */
import type { Context } from 'hono';
import { type Audit, hasEnded } from '../../audits.ts';
import { withExceptions } from '../../report/exceptions.ts';
import { callerOf, type HttpEnv } from '../caller.ts';
import { localeOf } from '../locale.ts';
import type { AppOptions } from '../options.ts';
import type { FaultyAnswer } from './ask.ts';
import { auditPage, auditTitle } from './audit.ts';
import { type ClearanceNews, type ClearanceShown, clearanceTitle } from './clearance.ts';
import type { FaultyCorrection } from './correction.ts';
import { sendPage } from './layout.ts';
import type { FaultyFields } from './merge-fields.ts';
import { createCarriage } from './new-mailing/carriage.ts';

/** Seconds between two looks at an audit under way, where no script runs. */
const refresh = 2;

/** What is wrong with what was handed in there, or what has just been done. */
export interface AuditNews {
  faulty?: FaultyAnswer;
  correction?: FaultyCorrection;
  fields?: FaultyFields;
  clearance?: ClearanceNews;
}

export function createAuditView(options: AppOptions) {
  const { rules, clients, providers, policy, clearances, access } = options;
  const carriageOf = createCarriage(options);
  const sends = options.campaigns !== undefined && (options.transports?.length ?? 0) > 0;

  async function clearanceOf(
    c: Context<HttpEnv>,
    audit: Audit,
    news: ClearanceNews,
  ): Promise<ClearanceShown | undefined> {
    const { id, state, request } = audit;
    if (!clearances || state !== 'done' || request.example) return undefined;
    const caller = callerOf(c);
    const { organisation } = caller;
    const [earned, rows, waivers, members, carriage] = await Promise.all([
      clearances.earned(organisation, id),
      clearances.ofAudit(organisation, id),
      clearances.waivers(organisation, id),
      access.members.list(organisation),
      sends ? carriageOf(organisation, audit) : undefined,
    ]);
    const names = new Map(members.map((member) => [member.id, member.name]));
    const now = options.clock?.now() ?? new Date();
    const mayGet = caller.scopes.includes('clearances:write');
    const named = Boolean(names.get(caller.id));
    const excepted = new Set(
      waivers
        .filter(({ revokedAt, endsAt }) => revokedAt === null && endsAt > now.toISOString())
        .map(({ rule }) => rule),
    );
    const may = { get: mayGet, waive: caller.role === 'owner', send: caller.scopes.includes('sends:write') };
    return { earned, rows, waivers, excepted, names, now, may, named, carriage, news };
  }

  return async (c: Context<HttpEnv>, audit: Audit, news: AuditNews = {}): Promise<Response> => {
    const locale = localeOf(c);
    const { clearance: told = {}, ...wrong } = news;
    const { correction, fields, faulty } = wrong;
    const faults =
      ((correction ?? fields ?? faulty ?? told.faulty)?.errors.length ?? 0) +
      (correction?.rowErrors?.length ?? 0);
    const clearance = await clearanceOf(c, audit, told);
    // The verdict that is kept stays as it is; whoever looks sees what stands in its way now.
    const shown =
      clearance && audit.verdict
        ? { ...audit, verdict: withExceptions(audit.verdict, clearance.excepted, policy) }
        : audit;
    const title = auditTitle(shown, locale, faults);
    const page = {
      locale,
      title: clearance && told.token ? clearanceTitle(title, locale) : title,
      path: `/audits/${audit.id}`,
      ...(hasEnded(audit) ? {} : { refresh }),
      body: auditPage(shown, { rules, clients, providers, ...wrong, clearance }, locale),
    };
    return sendPage(c, page, faults > 0 ? 422 : told.token ? 201 : told.refused ? 409 : 200);
  };
}
