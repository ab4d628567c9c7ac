/** A list is read in: each line becomes a recipient or is left out, with its line and why. */
import type { CampaignRow, NewDelivery } from '../ports.ts';
import { hashedForm, normalAddress } from '../recipients.ts';
import { encoded, type ListRow, type Lists } from './list.ts';
import type { AuditedMessage, Messages } from './message.ts';
import type { CampaignsOptions } from './options.ts';
import { createSeen } from './seen.ts';

/** Rows that the store takes at once: some tens of milliseconds in which nobody else is answered. */
const chunk = 500;
/** Turns that everything else in this process has between two of them: a request takes about as many. */
const turns = 3;

export interface Imports {
  /**
   * Reads in the campaign's list. The same again after a crash does no harm.
   * @returns false when `signal` cut it short: then it is to be done again.
   */
  run(row: CampaignRow, signal: AbortSignal): Promise<boolean>;
}

/** Blob key of what was left out: CSV of line, code and field. */
export function leftOutKey({ organisation, id }: Pick<CampaignRow, 'organisation' | 'id'>): string {
  return `${organisation}/campaigns/${id}/left-out.csv`;
}

export function createImports(options: CampaignsOptions, messages: Messages, lists: Lists): Imports {
  const { store, blobs, keyring, policy, log } = options;

  async function run(row: CampaignRow, signal: AbortSignal): Promise<boolean> {
    const { organisation, id } = row;
    if (row.list === null) return true;
    const { ledger } = store.organisation(organisation);
    const message = await messages.find(organisation, row.audit, row.digest);
    const fields = message?.mail.fields ?? [];
    const reading = message && (await lists.read(row.list, fields));
    const leftOut: Record<string, number> = {};
    let lines = 0;
    let added = 0;
    let broken = false;

    const note = (line: number, code: string, field = '') => {
      leftOut[code] = (leftOut[code] ?? 0) + 1;
      return `${line},${code},${field}\n`;
    };

    async function* report(): AsyncIterable<string> {
      yield 'line,code,field\n';
      if (!message || !reading) {
        broken = true;
        yield note(1, 'list-unreadable');
        return;
      }
      for (const column of reading.ignored) yield `1,column-ignored,${shown(column)}\n`;
      const seen = createSeen();
      for await (const rows of sliced(reading.rows, chunk)) {
        if (signal.aborted) return;
        lines += rows.length;
        let text = '';
        const found: (NewDelivery & { line: number; again: boolean })[] = [];
        let fresh = 0;
        for (const one of rows) {
          const judged = judge(one, message);
          if ('code' in judged) {
            text += note(one.line, judged.code, judged.field);
            broken ||= judged.code === 'line-unreadable';
          } else if (added + fresh >= policy.sending.recipients) {
            text += note(one.line, 'recipients-too-many');
          } else {
            const again = !seen.add(judged.addressHash);
            // Who is there already takes nobody's place.
            if (!again) fresh += 1;
            found.push({ ...judged, line: one.line, again });
          }
        }
        if (found.length > 0) {
          const rowsOf = found.map(({ line: _, again: __, ...delivery }) => delivery);
          const { repeated } = await ledger.addRecipients(id, rowsOf);
          added += found.length - repeated.length;
          const left = new Set(repeated);
          for (const { number, line, again } of found) {
            if (!left.has(number)) continue;
            text += note(line, again ? 'duplicate' : 'already-mailed');
          }
        }
        yield text;
        for (let i = 0; i < turns; i++) await new Promise((resolve) => setTimeout(resolve, 0));
      }
    }

    /** A row becomes a recipient, or has a code that says why not. */
    function judge(
      { number, row: read }: ListRow,
      { mail }: AuditedMessage,
    ): NewDelivery | { code: string; field?: string } {
      if (!read) return { code: 'line-unreadable' };
      const address = addressOf(read.address);
      if (address === undefined) return { code: 'address-invalid' };
      const wrong = mail.fault(read.values);
      if (wrong)
        return {
          code: wrong.code === 'missing' ? 'field-missing' : `field-${wrong.code}`,
          field: wrong.field,
        };
      return {
        number,
        address,
        addressHash: keyring.hashAddress(organisation, hashedForm(address)),
        fields:
          fields.length > 0
            ? Object.fromEntries(fields.map((name) => [name, read.values[name] ?? '']))
            : null,
      };
    }

    await blobs.putStream(leftOutKey(row), encoded(report()), Number.MAX_SAFE_INTEGER);
    if (signal.aborted) return false;
    // Part of a list is not what somebody meant to mail: a person looks at it first.
    const hold = broken || row.pauseReason === 'to-confirm';
    const ended = { list: null, lines, leftOut } as const;
    const change = hold
      ? ({ ...ended, state: 'paused', pauseReason: 'to-confirm' } as const)
      : ({ ...ended, state: 'queued', pauseReason: null } as const);
    await ledger.change(id, change, { states: ['preparing'] });
    await blobs.delete(row.list);
    log('list read in', { campaign: id, lines, recipients: added }, 'info');
    return true;
  }

  return { run };
}

/** The plain form, which nearly all addresses have; the others go the long way. */
const plain =
  /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/;

function addressOf(text: string): string | undefined {
  const written = text.trim();
  // Neither local part nor address is near its limit.
  return written.length <= 64 && !/xn--/.test(written) && plain.test(written)
    ? written
    : normalAddress(written);
}

/** A column's name in a report: without what would end its cell, or begin a formula. */
function shown(column: string): string {
  return `"${column
    .slice(0, 60)
    .replace(/["\p{Cc}]/gu, ' ')
    .replace(/^[=+\-@]/, ' ')}"`;
}

/** So many at a time, and at last the rest: the pieces that a list is read in have any size. */
async function* sliced(
  batches: AsyncIterable<readonly ListRow[]>,
  size: number,
): AsyncIterable<readonly ListRow[]> {
  let held: ListRow[] = [];
  for await (const rows of batches) {
    for (const row of rows) {
      held.push(row);
      if (held.length < size) continue;
      yield held;
      held = [];
    }
  }
  if (held.length > 0) yield held;
}
