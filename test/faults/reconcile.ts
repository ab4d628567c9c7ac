/** The ledger against both servers, row by row: nothing twice, nothing lost, and no word that is not true. */
import { expect } from 'vitest';
import type { LedgerStore } from '../../src/ports.ts';
import type { SesSink } from '../sinks/ses-sink.ts';
import type { SmtpSink } from '../sinks/smtp-sink.ts';

export interface Reconciled {
  ledger: LedgerStore;
  ses: SesSink;
  smtp: SmtpSink;
  handed: { ses: Set<string>; smtp: Set<string> };
}

export async function reconcile({ ledger, ses, smtp, handed }: Reconciled): Promise<void> {
  const bySes = ses.messages.map(({ tag, to }) => ({
    server: 'ses',
    attempt: tag ?? '',
    to: to.join(),
    refused: false,
  }));
  const bySmtp = smtp.messages.map(({ envid, to, answered }) => ({
    server: 'smtp',
    // As SES has it in its tags.
    attempt: (envid ?? '').replaceAll('.', '-'),
    to,
    refused: /^[45]/.test(answered ?? ''),
  }));
  const arrived = [...bySes, ...bySmtp];
  // Every message names its attempt, which one server has seen, and that once.
  expect(arrived.filter(({ attempt }) => attempt === '')).toEqual([]);
  expect(doubles(arrived.map(({ attempt }) => attempt))).toEqual([]);
  expect(doubles([...handed.ses, ...handed.smtp])).toEqual([]);
  expect(doubles(ses.asked)).toEqual([]);
  // Nobody has two messages, not even of two attempts.
  const kept = arrived.filter(({ refused }) => !refused);
  expect(doubles(kept.map(({ to }) => to))).toEqual([]);

  const seen = new Map(arrived.map((one) => [one.attempt, one]));
  const untrue: unknown[] = [];
  for (const { id } of await ledger.list({ limit: 100 })) {
    for (const row of await ledger.deliveries(id, { limit: 10_000 })) {
      const ids = Array.from({ length: row.attempt }, (_, i) => `${id}-${row.number}-${i + 1}`);
      const came = ids.flatMap((attempt) => seen.get(attempt) ?? []);
      for (const { attempt } of came) seen.delete(attempt);
      const found = came.filter(({ refused }) => !refused);
      const [only] = found;
      const right = came.every(({ to, server }) => to === row.address && server === row.route);
      const last = only === undefined || only.attempt === ids.at(-1);
      if (!right || !last || !expected(row.state).includes(found.length)) untrue.push({ row, found });
    }
  }
  expect(untrue).toEqual([]);
  expect([...seen.keys()]).toEqual([]);
}

/** How many messages may have arrived of a row that is in this state. */
function expected(state: string): readonly number[] {
  if (['accepted', 'delivered', 'bounced', 'complained'].includes(state)) return [1];
  if (['pending', 'cancelled', 'suppressed'].includes(state)) return [0];
  if (state === 'rejected') return [0];
  return state === 'unknown' ? [0, 1] : [];
}

const doubles = (all: readonly string[]) => all.filter((one, i) => all.indexOf(one) !== i);
