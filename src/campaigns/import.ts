/** A list is read in: each line becomes a recipient or is left out, with its line and why. */
import { isRecipientAddress } from '../client/compose.ts';
import type { CampaignRow, NewDelivery, SuppressionReason } from '../ports.ts';
import { hashedForm, normalAddress } from '../recipients.ts';
import type { Earlier } from './earlier.ts';
import type { LeftOutLine, LeftOuts } from './left-out.ts';
import type { ListReading, ListRow } from './list/row.ts';
import type { Lists } from './list.ts';
import type { AuditedMessage, Messages } from './message.ts';
import type { CampaignsOptions } from './options.ts';
import { createSeen } from './seen.ts';

/** Rows that the store takes at once: some tens of milliseconds in which nobody else is answered. */
const chunk = 250;
/** Turns that everything else in this process has between two of them: a request takes about as many. */
const turns = 3;
/** Lines without one address after which a list is none: the rest of it is as the rest of any other file. */
const addresslessAtMost = 1000;
/** What is no address at all; another fault tells of a list with people in it. */
const addressless: readonly string[] = ['address-invalid', 'address-not-ascii', 'line-unreadable'];
/** A process that died twice in a list would die in it a third time, and with it everybody's mail. */
const deaths = 2;

export interface Imports {
  /**
   * Reads in the campaign's list. The same again after a crash does no harm.
   * @returns `left`: `signal` cut it short, and it is to be done again. `crashed`: two processes have died in it, so
   * it has not been read again; the campaign is paused.
   */
  run(row: CampaignRow, signal: AbortSignal): Promise<'read' | 'left' | 'crashed'>;
}

type Found = NewDelivery & { line: number; written: string; again: boolean };

export function createImports(
  options: CampaignsOptions,
  messages: Messages,
  lists: Lists,
  leftOuts: LeftOuts,
  earlier: Earlier,
): Imports {
  const { store, keyring, clock, policy, log } = options;

  async function run(row: CampaignRow, signal: AbortSignal): Promise<'read' | 'left' | 'crashed'> {
    const { organisation, id, list } = row;
    if (list === null) return 'read';
    const { ledger } = store.organisation(organisation);
    if ((await ledger.beginReading(id)) > deaths) {
      const change = { state: 'paused', pauseReason: 'crashed', list: null } as const;
      await ledger.change(id, change, { states: ['preparing'] });
      await lists.drop(organisation, list);
      log('list given up', { campaign: id, deaths });
      return 'crashed';
    }
    let put = true;
    try {
      put = !(await readIn({ ...row, list }, signal));
    } finally {
      // A fault that is raised leaves the process alive.
      if (put) await ledger.leaveReading(id);
    }
    return put ? 'left' : 'read';
  }

  /** @returns false when `signal` cut it short */
  async function readIn(row: CampaignRow & { list: string }, signal: AbortSignal): Promise<boolean> {
    const { organisation, id } = row;
    const { ledger, recipients } = store.organisation(organisation);
    const began = clock.now().toISOString();
    const message = await messages.find(organisation, row.audit, row.digest);
    const fields = message?.mail.fields ?? [];
    const reading = message && (await lists.read(row.list, fields));
    const leftOut: Record<string, number> = {};
    let lines = 0;
    let added = 0;
    let broken = false;
    let got = 0;
    const gotOne = await earlier.of(row);

    const note = (left: LeftOutLine): LeftOutLine => {
      leftOut[left.code] = (leftOut[left.code] ?? 0) + 1;
      return left;
    };

    async function* report(): AsyncIterable<readonly LeftOutLine[]> {
      if (!message || !reading) {
        broken = true;
        yield [note({ line: 1, code: 'list-unreadable' })];
        return;
      }
      yield [...columnsLeft(reading)];
      const seen = createSeen();
      let people = 0;
      for await (const rows of sliced(reading.rows, chunk)) {
        if (signal.aborted) return;
        lines += rows.length;
        const left: LeftOutLine[] = [];
        const found: Found[] = [];
        let fresh = 0;
        for (const one of rows) {
          const judged = judge(one, message);
          if (!('code' in judged) || !addressless.includes(judged.code)) people += 1;
          if ('code' in judged) {
            left.push(note(judged));
            broken ||= judged.code === 'line-unreadable';
          } else if (added + fresh >= policy.sending.recipients) {
            left.push(note({ line: one.line, code: 'recipients-too-many', address: judged.address }));
          } else {
            const again = !seen.add(judged.addressHash);
            // Who is there already takes nobody's place.
            if (!again) fresh += 1;
            found.push({ ...judged, line: one.line, written: one.row?.address ?? '', again });
          }
        }
        if (found.length > 0) {
          const { codes, count, known } = await add(found);
          added += count;
          for (const { number, line, written: address } of found) {
            const code = codes.get(number);
            // Kept beside the others, for whoever leaves them out when all is read.
            if (known.has(number)) {
              got += 1;
              left.push({ line, code: 'earlier-version', address });
            }
            // Who has been forgotten is not written down again.
            if (code) left.push(note({ line, code, address: code === 'erased' ? undefined : address }));
          }
        }
        // As they stand in the list: the store has found its own after the others.
        yield left.sort((one, other) => one.line - other.line);
        if (people === 0 && lines >= addresslessAtMost) {
          broken = true;
          yield [note({ line: rows.at(-1)?.line ?? 1, code: 'list-without-addresses' })];
          return;
        }
        for (let i = 0; i < turns; i++) await new Promise((resolve) => setTimeout(resolve, 0));
      }
    }

    /** Adds them but for some. `codes`: why, by number. */
    async function add(found: readonly Found[]) {
      const hashes = await gotOne(found.map(({ addressHash }) => addressHash));
      const out = row.leaveOutEarlier ? found.filter(({ addressHash }) => hashes.has(addressHash)) : [];
      const rows = found
        .filter((one) => !out.includes(one))
        .map(({ number, address, addressHash, fields: values }) => ({
          number,
          address,
          addressHash,
          fields: values,
        }));
      const { repeated, suppressed } = await ledger.addRecipients(id, rows);
      const codes = new Map<number, string>(suppressed.map(({ number, reason }) => [number, whys[reason]]));
      const left = new Set(repeated);
      for (const { number, again } of found) {
        if (left.has(number)) codes.set(number, again ? 'duplicate' : 'already-mailed');
      }
      for (const { number, again } of out) codes.set(number, again ? 'duplicate' : 'earlier-version');
      const added = found.filter(({ number }) => !codes.has(number));
      const known = added.filter(({ addressHash }) => hashes.has(addressHash));
      return { codes, count: added.length, known: new Set(known.map(({ number }) => number)) };
    }

    /** A row becomes a recipient, or has a code that says why not. */
    function judge(
      { number, line, row: read, text }: ListRow,
      { mail }: AuditedMessage,
    ): NewDelivery | LeftOutLine {
      if (!read) return { line, code: 'line-unreadable', value: text };
      const address = addressOf(read.address);
      if (address === undefined) return { line, code: addressFault(read.address), address: read.address };
      const wrong = mail.fault(read.values);
      if (wrong) {
        const { code, field } = wrong;
        return { line, code: `field-${code}`, field, address: read.address, value: read.values[field] };
      }
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

    await leftOuts.keep(row, report());
    if (signal.aborted) return false;
    // Somebody may have been forgotten while it was written.
    const erased = new Set(await recipients.erasedSince(began));
    if (erased.size > 0) await leftOuts.erase(organisation, erased, id);
    // Part of a list is not what somebody meant to mail: a person looks at it first.
    const hold = broken || row.dryRun || row.pauseReason === 'to-confirm';
    const ended = { list: null, lines, leftOut, earlier: got } as const;
    const nobody = { ...ended, state: 'paused', pauseReason: 'nobody' } as const;
    // The same list handed in again has had its mail: that is done, and nobody need look at it.
    const again = !hold && Object.keys(leftOut).every((code) => hadAlready.includes(code));
    const change =
      added === 0 && !(again && leftOut['already-mailed'])
        ? nobody
        : hold
          ? ({ ...ended, state: 'paused', pauseReason: 'to-confirm' } as const)
          : ({ ...ended, state: 'queued', pauseReason: null } as const);
    await ledger.change(id, change, { states: ['preparing'] });
    await lists.drop(organisation, row.list);
    log('list read in', { campaign: id, lines, recipients: added }, 'info');
    return true;
  }

  return { run };
}

/** Nothing is amiss with a list of which this alone is said. */
const hadAlready: readonly string[] = ['already-mailed', 'duplicate', 'column-ignored'];

/** Codes of those who are on the suppression list. */
const whys: Readonly<Record<SuppressionReason, string>> = {
  unsubscribe: 'unsubscribed',
  'bad-address': 'bad-address',
  complaint: 'complained',
  erased: 'erased',
};

function* columnsLeft({ missing, ignored }: ListReading): Iterable<LeftOutLine> {
  for (const field of missing) yield { line: 1, code: 'column-missing', field };
  for (const field of ignored) yield { line: 1, code: 'column-ignored', field };
}

/** The plain form, which nearly all addresses have; the others go the long way. */
const plain =
  /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/;

function addressOf(text: string): string | undefined {
  const written = text.trim();
  // Neither local part nor address is near its limit.
  if (written.length <= 64 && !/xn--/.test(written) && plain.test(written)) return written;
  const address = normalAddress(written);
  // DNS has names that no mail can be addressed to, such as those with an underscore.
  return address !== undefined && isRecipientAddress(address) ? address : undefined;
}

/** One that would be an address if its local part were in ASCII needs SMTPUTF8 (RFC 6531), which is not spoken here. */
function addressFault(text: string): string {
  const at = text.lastIndexOf('@');
  const local = text.slice(0, at);
  const ascii = local.replace(/[\p{L}\p{M}]/gu, 'a');
  return at > 0 && !/^\p{ASCII}*$/u.test(local) && addressOf(ascii + text.slice(at)) !== undefined
    ? 'address-not-ascii'
    : 'address-invalid';
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
