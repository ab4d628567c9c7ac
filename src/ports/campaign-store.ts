/** What sending keeps: senders and their routes, clearances, campaigns, and the ledger with one row a recipient. */
import type { ClearanceStore } from './clearance-store.ts';
import type { LedgerStore } from './ledger-store.ts';
import type { RecipientStore } from './recipient-store.ts';
import type { SenderStore } from './sender-store.ts';

export type * from './campaign-row.ts';
export type * from './clearance-store.ts';
export type * from './delivery-row.ts';
export type * from './ledger-store.ts';
export type * from './recipient-store.ts';
export type * from './sender-store.ts';

export interface CampaignStore {
  senders: SenderStore;
  clearances: ClearanceStore;
  ledger: LedgerStore;
  recipients: RecipientStore;
}
