/**
 * Bounces and complaints over more than one mailing: a list that is cut into pieces is still one list, and a provider
 * judges an account by all who send by it. What comes late is judged too, when the mailing itself has ended.
 */
import { type Judged, judgeRates } from '../delivery.ts';
import type { CampaignRow, RateRow } from '../ports.ts';
import type { Alerts } from './alert.ts';
import type { CampaignsOptions } from './options.ts';

/** Whose rate: of this mailing, of all its sender's mailings, or of all who send by the account. */
export type RateScope = 'campaign' | 'sender' | 'account';

export interface OverLimit {
  judged: Exclude<Judged, { kind: 'fine' }>;
  /** For words. Of an account nothing is told but its rate: others send by it too. */
  data: Readonly<Record<string, string | number>>;
}

type About = Pick<CampaignRow, 'organisation' | 'domain'>;

/**
 * What is over a limit, the gravest first. `tally`: of the mailing itself, once it has one. `carries`: id of the
 * transport whose account it goes by now; `unseen`: of those whose bounces do not come to us. undefined: nothing is.
 */
export type JudgeAll = (
  about: About,
  by: { primary: string; carries: string; unseen?: readonly string[] },
  tally?: readonly RateRow[],
) => Promise<OverLimit | undefined>;

type JudgeOptions = Pick<CampaignsOptions, 'store' | 'clock' | 'policy' | 'transports'>;

const scopes: readonly RateScope[] = ['campaign', 'sender', 'account'];

export function createJudge({ store, clock, policy, transports }: JudgeOptions): JudgeAll {
  const { sending } = policy;

  return async ({ organisation, domain }, { primary, carries, unseen = [] }, tally = []) => {
    const since = windowOf(clock.now(), sending.bounces.windowMs);
    const [sender, account] = await Promise.all([
      store.organisation(organisation).ledger.rates(domain, since),
      store.accountRates(carries, since),
    ]);
    const rows: Record<RateScope, readonly RateRow[]> = { campaign: tally, sender, account: [account] };
    const over = scopes.flatMap((what): OverLimit[] => {
      // What was taken where bounces are not seen says nothing good of a list.
      const seen = rows[what].filter((row) => !unseen.includes(row.route));
      const both = [rows[what], seen].map((some) => judgeRates(some, primary, sending));
      const judged = both.find(({ kind }) => kind === 'stop') ?? both.find(({ kind }) => kind === 'bounces');
      if (!judged || judged.kind === 'fine') return [];
      const route = what === 'account' || judged.kind === 'stop' ? carries : primary;
      const provider = transports.get(route)?.provider ?? route;
      return [{ judged, data: { what, percent: percentOf(judged.rate), domain, route, provider } }];
    });
    return over.find(({ judged }) => judged.kind === 'stop') ?? over[0];
  };
}

export interface LateRates {
  /** Judges the mailings of which something has come since they ended, and tells of each limit once. */
  tell(): Promise<void>;
  /** When there is something to judge. */
  next(): Promise<Date | undefined>;
  /** Judges one that has ended now: its last results may have been looked at by nobody. */
  look(campaign: Pick<CampaignRow, 'organisation' | 'id'>): Promise<void>;
}

export function createLateRates(options: JudgeOptions, alerts: Alerts): LateRates {
  const { store, clock, policy, transports } = options;
  const { sending } = policy;
  const judgedAt = new Map<string, number>();
  let telling: Promise<void> = Promise.resolve();

  /** Over a limit by whichever route, the gravest first. */
  function worst(rows: readonly RateRow[]): { judged: OverLimit['judged']; route: string } | undefined {
    const over = [...new Set(rows.map(({ route }) => route))].flatMap((route) => {
      const judged = judgeRates(rows, route, sending);
      return judged.kind === 'fine' ? [] : [{ judged, route }];
    });
    return over.find(({ judged }) => judged.kind === 'stop') ?? over[0];
  }

  async function look({ organisation, id }: Pick<CampaignRow, 'organisation' | 'id'>): Promise<void> {
    const { ledger } = store.organisation(organisation);
    const row = await ledger.find(id);
    if (!row) return;
    const { domain } = row;
    const since = windowOf(clock.now(), sending.bounces.windowMs);
    const tally = await ledger.tally(id);
    const routes = [...new Set(tally.map(({ route }) => route))];
    const [sender, accounts, own, recent] = await Promise.all([
      ledger.rates(domain, since),
      Promise.all(routes.map((route) => store.accountRates(route, since))),
      ledger.alerts({ campaign: id, limit: 1000 }),
      ledger.alerts({ limit: 1000 }),
    ]);
    const found: [RateScope, ReturnType<typeof worst>][] = [
      ['campaign', worst(tally)],
      ['sender', worst(sender)],
      ...accounts.map((account): [RateScope, ReturnType<typeof worst>] => ['account', worst([account])]),
    ];
    for (const [what, over] of found) {
      if (!over) continue;
      const { judged, route } = over;
      const reason = judged.kind === 'stop' ? judged.reason : 'bounce-rate';
      const told = (what === 'campaign' ? own : recent).some(({ kind, data, at }) => {
        const same = kind === 'switched-to-reserve' ? reason === 'bounce-rate' : data.reason === reason;
        if (what === 'campaign') return same;
        // Of a mailing of this sender, or by this account, is telling of it.
        const about = what === 'sender' ? data.domain === domain : data.route === route;
        return same && about && at >= since;
      });
      if (told) continue;
      const provider = transports.get(route)?.provider ?? route;
      const percent = percentOf(judged.rate);
      await alerts.raise({ organisation, campaign: id }, 'over-limit', {
        ...{ what, reason, percent, domain, route, provider },
      });
      // It names the sender and the account as well.
      return;
    }
  }

  async function tellAll(): Promise<void> {
    const waiting = await store.unjudged();
    for (const { organisation, id, events } of waiting) {
      const now = clock.now().getTime();
      if (now < dueAt(id)) continue;
      if (judgedAt.size > 1000) judgedAt.clear();
      judgedAt.set(id, now);
      await look({ organisation, id });
      await store.noteJudged(organisation, id, events);
    }
  }

  /** A storm of them is judged now and then. */
  const dueAt = (id: string) => (judgedAt.get(id) ?? Number.NEGATIVE_INFINITY) + sending.ratesMs;

  return {
    tell() {
      // One at a time: two at once would both find that nobody has been told.
      telling = telling.catch(() => {}).then(tellAll);
      return telling;
    },
    async next() {
      const due = (await store.unjudged()).map(({ id }) => Math.max(0, dueAt(id)));
      return due.length === 0 ? undefined : new Date(Math.min(...due));
    },
    look,
  };
}

const windowOf = (now: Date, ms: number) => new Date(now.getTime() - ms).toISOString();

const percentOf = (rate: number) => Math.round(rate * 10_000) / 100;
