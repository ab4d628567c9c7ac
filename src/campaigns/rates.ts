/**
 * Bounces and complaints over more than one mailing: a list that is cut into pieces is still one list, and a provider
 * judges an account by all who send by it. What comes late is judged too, when the mailing itself has ended.
 */
import { type Judged, judgeRates } from '../delivery.ts';
import type { AccountRateRow, CampaignRow, RateRow } from '../ports.ts';
import type { Policy } from '../rule.ts';
import { isUnseen } from '../senders/sender.ts';
import type { Alerts } from './alert.ts';
import type { CampaignsOptions } from './options.ts';

/**
 * Whose rate: of this mailing, of all its sender's mailings, of all that its organisation sends by the account, or of
 * all who send by it, without those who stand still for their own rate there: they alone pay for it.
 */
export type RateScope = 'campaign' | 'sender' | 'organisation' | 'account';

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

const scopes: readonly RateScope[] = ['campaign', 'sender', 'organisation', 'account'];

export function createJudge({ store, clock, policy, transports }: JudgeOptions): JudgeAll {
  const { sending } = policy;
  const accountOf = createAccountOf(sending);

  return async ({ organisation, domain }, { primary, carries, unseen = [] }, tally = []) => {
    const since = windowOf(clock.now(), sending.bounces.windowMs);
    const [sender, account] = await Promise.all([
      store.organisation(organisation).ledger.rates(domain, since),
      store.accountRates(carries, since),
    ]);
    const rows: Record<RateScope, readonly RateRow[]> = {
      campaign: tally,
      sender,
      ...accountOf(account, organisation),
    };
    const over = scopes.flatMap((what): OverLimit[] => {
      // What was taken where bounces are not seen says nothing good of a list.
      const seen = seenOf(rows[what], unseen);
      const both = [rows[what], seen].map((some) => judgeRates(some, primary, sending));
      const judged = both.find(({ kind }) => kind === 'stop') ?? both.find(({ kind }) => kind === 'bounces');
      if (!judged || judged.kind === 'fine') return [];
      const route =
        what === 'organisation' || what === 'account' || judged.kind === 'stop' ? carries : primary;
      const provider = transports.get(route)?.provider ?? route;
      const data = { what, percent: percentOf(judged.rate), domain, route, provider };
      // This rate is of the mails by one server alone.
      return [{ judged, data: judged.kind === 'bounces' ? { ...data, by: provider } : data }];
    });
    return over.find(({ judged }) => judged.kind === 'stop') ?? over[0];
  };
}

/** The rows of an account that an organisation is judged by: its own, and those of all who are not stopped for theirs. */
function createAccountOf(sending: Policy['sending']) {
  return (rows: readonly AccountRateRow[], organisation: string) => {
    const of = (whose: string) => rows.filter((row) => row.organisation === whose);
    const isStopped = (some: readonly RateRow[]) =>
      some.some(({ route }) => judgeRates(some, route, sending).kind === 'stop');
    return {
      organisation: of(organisation),
      account: rows.filter(({ organisation: whose }) => {
        const own = of(whose);
        return !isStopped(own) && !isStopped(seenOf(own));
      }),
    };
  };
}

/** Those of which bounces are seen: by the account's own word, or not by one of these routes. */
function seenOf<Row extends RateRow>(rows: readonly Row[], unseen: readonly string[] = []): Row[] {
  return rows.filter((row) => !('unseen' in row ? row.unseen : unseen.includes(row.route)));
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
  const accountOf = createAccountOf(sending);
  const judgedAt = new Map<string, number>();
  let telling: Promise<void> = Promise.resolve();

  /** Over a limit by whichever route, of all or of those that are seen, the gravest first. */
  function worst(
    rows: readonly RateRow[],
    unseen: readonly string[] = [],
  ): { judged: OverLimit['judged']; route: string } | undefined {
    const over = [rows, seenOf(rows, unseen)].flatMap((some) =>
      [...new Set(some.map(({ route }) => route))].flatMap((route) => {
        const judged = judgeRates(some, route, sending);
        return judged.kind === 'fine' ? [] : [{ judged, route }];
      }),
    );
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
    const [by, sender, accounts, own, recent] = await Promise.all([
      store.organisation(organisation).senders.routes(domain),
      ledger.rates(domain, since),
      Promise.all(routes.map((route) => store.accountRates(route, since))),
      ledger.alerts({ campaign: id, limit: 1000 }),
      ledger.alerts({ limit: 1000 }),
    ]);
    const unseen = by
      .filter((one) => isUnseen(one, transports.get(one.transport)?.kind ?? 'smtp'))
      .map(({ transport }) => transport);
    const found: [RateScope, ReturnType<typeof worst>][] = [
      ['campaign', worst(tally, unseen)],
      ['sender', worst(sender, unseen)],
      ...accounts.flatMap((rows): [RateScope, ReturnType<typeof worst>][] => {
        const parts = accountOf(rows, organisation);
        return [
          ['organisation', worst(parts.organisation)],
          ['account', worst(parts.account)],
        ];
      }),
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
