import { sql } from 'kysely';
import type { CampaignAct, LedgerStore } from '../../../ports.ts';
import { type Batch, written } from '../sql.ts';

/** Who did what with a campaign. */
export function createActs(organisation: string, batch: Batch): Pick<LedgerStore, 'noteAct' | 'acts'> {
  const own = (id: string) => sql`organisation = ${organisation} and campaign = ${id}`;

  return {
    async noteAct(id, { act, by, at }) {
      await batch(
        written(sql`
          insert into campaign_act (organisation, campaign, number, act, by, at)
          select ${organisation}, ${id}, coalesce(max(number), 0) + 1, ${act}, ${by}, ${at}
          from campaign_act where ${own(id)}`),
      );
    },

    async acts(id, limit) {
      const [rows] = await batch(
        written<CampaignAct>(sql`
          select act, by, at from campaign_act where ${own(id)} order by number desc limit ${limit}`),
      );
      return rows;
    },
  };
}
