/**
 * Rows as people read them, and what each fault is. A table has the columns
 *
 *     fault | state | rows | route | alerts | ses | smtp
 *
 * where `ses` and `smtp` are the messages that came to each server.
 */
import { describe, expect, test } from 'vitest';
import type { SendOrder } from '../../src/campaigns.ts';
import { type FaultWorld, type FaultWorldOptions, startFaultWorld, type Told } from './world.ts';

export interface Fault extends Omit<FaultWorldOptions, 'routes'> {
  /** Told to the servers before the mailing begins. */
  befalls?: (world: FaultWorld) => unknown;
  /** Milliseconds that the mailing is looked after; as soon as it waits for longer, it is judged. */
  within?: number;
  /** 20 when left out. */
  recipients?: number;
  order?: Partial<SendOrder>;
}

/** One test for each line of the table, which has to name a fault, and every fault but those of `elsewhere`. */
export function faultTable(
  title: string,
  routes: FaultWorldOptions['routes'] & string,
  faults: Readonly<Record<string, Fault>>,
  table: string,
  elsewhere: readonly string[] = [],
): void {
  const rows = readTable(table);
  describe(title, () => {
    test('has a row for each fault', () => {
      const named = [...rows.map(({ fault }) => fault), ...elsewhere].sort();
      expect(named).toEqual(Object.keys(faults).sort());
    });

    test.each(rows)('$fault', async ({ fault, ...said }) => {
      const { befalls, within, recipients = 20, order, ...options } = faults[fault] ?? {};
      const world = await startFaultWorld({ routes, ...options });
      const id = await world.send(recipients, order);
      await befalls?.(world);
      await world.run(within);
      expect(await world.told(id)).toEqual(said);
    });
  });
}

export type Row = Told & { fault: string };

/** Lines under a line of names; a cell ends at `|`. */
export function readTable(table: string): Row[] {
  const [, ...lines] = table.trim().split('\n');
  return lines.map((line) => {
    const cells = line.split('|').map((cell) => cell.trim());
    const [fault = '', state = '', rows = '', route = '', alerts = '', ses, smtp] = cells;
    if (cells.length !== 7) throw new Error(`a row has 7 cells: ${line}`);
    return { fault, state, rows, route, alerts, ses: Number(ses), smtp: Number(smtp) };
  });
}
