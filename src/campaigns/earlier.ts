/** Readers who have got another version of the mail lately: counted as a list is read, and left out on request. */
import type { CampaignRow } from '../ports.ts';
import type { CampaignsOptions } from './options.ts';

const dayMs = 24 * 3_600_000;
/** Days back that a version is still remembered by whoever got it. */
export const earlierDays = 30;
/** Numbers looked through at once: a few milliseconds in which nobody else is answered. */
const slice = 1_000;

export interface Earlier {
  /** Who of these, by address hash, has got one. */
  of(row: CampaignRow): Promise<(hashes: readonly string[]) => Promise<ReadonlySet<string>>>;
  /** Takes those who have off a mailing that waits for a yes. */
  leaveOut(row: CampaignRow): Promise<void>;
}

export function createEarlier({ store, clock }: Pick<CampaignsOptions, 'store' | 'clock'>): Earlier {
  const since = () => new Date(clock.now().getTime() - earlierDays * dayMs).toISOString();

  return {
    async of({ organisation, id }) {
      const { ledger } = store.organisation(organisation);
      const from = since();
      const versions = await ledger.versions(id, from);
      return async (hashes) => new Set(await ledger.gotVersion(versions, hashes, from));
    },

    async leaveOut({ organisation, id }) {
      const { ledger } = store.organisation(organisation);
      const from = since();
      const versions = await ledger.versions(id, from);
      if (versions.length === 0) return;
      for (let after = 0; ; ) {
        const [next] = await ledger.deliveries(id, { limit: 1, after });
        if (!next) break;
        const before = next.number - 1;
        after = before + slice;
        await ledger.leaveOutVersion(id, versions, { after: before, until: after }, from);
        await new Promise((resolve) => setTimeout(resolve, 0));
      }
    },
  };
}
