import type { LedgerStore } from '../../ports.ts';
import { createActs } from './ledger/acts.ts';
import { createAttempts } from './ledger/attempts.ts';
import { createCampaigns } from './ledger/campaigns.ts';
import { createEvents } from './ledger/events.ts';
import { createImports } from './ledger/imports.ts';
import { createVersions } from './ledger/versions.ts';
import { createViews } from './ledger/views.ts';
import type { Batch } from './sql.ts';

/** Campaigns of one organisation, with a row for each recipient. What counts them is the migration's triggers. */
export function createLedgerStore(organisation: string, batch: Batch): LedgerStore {
  return {
    ...createCampaigns(organisation, batch),
    ...createImports(organisation, batch),
    ...createAttempts(organisation, batch),
    ...createEvents(organisation, batch),
    ...createViews(organisation, batch),
    ...createVersions(organisation, batch),
    ...createActs(organisation, batch),
  };
}
