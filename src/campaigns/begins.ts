/** By which server a mailing begins: too many bounces of its sender's last day send it by the reserve from its first mail. */
import type { CampaignRow } from '../ports.ts';
import { isUnseen, type Sender } from '../senders/sender.ts';
import type { CampaignsOptions } from './options.ts';
import { createJudge } from './rates.ts';

export interface Begins {
  /** Id of the sending server, its provider and the country it stands in. */
  route: string;
  provider: string;
  country: string;
  role: 'primary' | 'reserve' | 'standard';
  /** Why it is not the primary, or why nothing goes at all; null: it goes as was chosen. */
  reason: 'bounce-rate' | 'complaint-rate' | null;
  /** It pauses before its first mail: no reserve may take over, or the limit is one that stops all. */
  pauses: boolean;
  /** What the reason is told by. */
  data: Readonly<Record<string, string | number>>;
}

type BeginsOptions = Pick<CampaignsOptions, 'store' | 'policy' | 'transports' | 'clock'>;

/** As far as is known now. `from`: when it begins. null: it has begun, has ended, or has no server. */
export async function beginsOf(
  options: BeginsOptions,
  row: CampaignRow,
  sender: Sender | undefined,
  from: Date,
): Promise<Begins | null> {
  const { transports } = options;
  if (row.startedAt !== null || row.route === null) return null;
  const routes = sender?.routes ?? [];
  const primary = routes.find(({ role }) => role === 'primary')?.transport ?? row.route;
  const by = (route: string, more: Pick<Begins, 'reason' | 'pauses' | 'data'>): Begins => {
    const known = routes.find(({ transport }) => transport === route);
    const { provider = route, country = '' } = transports.get(route) ?? known ?? {};
    const role = row.standard ? 'standard' : (known?.role ?? 'primary');
    return { route, provider, country, role, ...more };
  };
  // Its window ends when the mailing begins: what is older by then is not held against it.
  const judge = createJudge({ ...options, clock: { now: () => from } });
  const unseen = routes
    .filter((route) => isUnseen(route, transports.get(route.transport)?.kind ?? 'smtp'))
    .map(({ transport }) => transport);
  const over = await judge(row, { primary, carries: row.route, unseen });
  if (!over) return by(row.route, { reason: null, pauses: false, data: {} });
  const { judged, data } = over;
  if (judged.kind === 'stop') return by(row.route, { reason: judged.reason, pauses: true, data });
  const reserve = routes.find(({ role, armed }) => role === 'reserve' && armed);
  const takesOver = reserve !== undefined && sender?.onBounces === 'switch' && row.route === primary;
  return takesOver
    ? by(reserve.transport, { reason: 'bounce-rate', pauses: false, data })
    : by(row.route, { reason: 'bounce-rate', pauses: true, data });
}
