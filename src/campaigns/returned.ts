/** How many of the mails that were taken have come back: what a ledger calls bounced, by minute and server. */
import type { TallyRow } from '../ports.ts';

type Counted = Pick<TallyRow, 'accepted' | 'rejected' | 'bounced'>;

/**
 * A tally's `bounced` is for rates, which count addresses that were refused at once too; those are among `rejected`
 * as well. So that everybody is shown once, they are taken away here, and what is left comes to `bounced`.
 * @param bounced in the ledger. @returns one number a row, in their order
 */
export function returnedOf(tally: readonly Counted[], bounced: number): number[] {
  const returned = tally.map((row) => Math.min(Math.max(0, row.bounced - row.rejected), row.accepted));
  let missing = bounced - returned.reduce((sum, count) => sum + count, 0);
  // Where others than bad addresses were refused, or a bounce was temporary: as near to where it belongs as is known.
  for (const most of [
    (row: Counted) => Math.min(row.bounced, row.accepted),
    (row: Counted) => row.accepted,
  ]) {
    tally.forEach((row, i) => {
      const more = Math.min(Math.max(0, missing), Math.max(0, most(row) - (returned[i] ?? 0)));
      returned[i] = (returned[i] ?? 0) + more;
      missing -= more;
    });
  }
  return returned;
}
