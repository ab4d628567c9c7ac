/** Lists of recipients: kept as they come in, and read as rows with their number and what stands in them. */
import type { SendError, SendOrder } from './campaign.ts';
import { csvRows, namedColumns } from './list/csv-rows.ts';
import { jsonRows } from './list/json-rows.ts';
import { wholeLines } from './list/line.ts';
import type { ListReading } from './list/row.ts';
import { chunked, decoded, encoded } from './list/text.ts';
import { watch } from './list/watch.ts';
import type { Messages } from './message.ts';
import type { CampaignsOptions } from './options.ts';

export interface Lists {
  /** Recipients of an order become a list as any other. */
  keepRecipients(
    organisation: string,
    campaign: string,
    recipients: NonNullable<SendOrder['recipients']>,
  ): Promise<void>;
  /** `wrong-state`: it awaits none, or another list was there first. */
  keep(
    organisation: string,
    campaign: string,
    list: { body: ReadableStream<Uint8Array>; format: 'csv' | 'ndjson' },
  ): Promise<'kept' | 'wrong-state' | SendError>;
  /** Rows of a list that was kept, some at a time. undefined: it is not there, or not to be read. */
  read(key: string, fields: readonly string[]): Promise<ListReading | undefined>;
  /** Deletes what a list was kept in. */
  drop(organisation: string, key: string): Promise<void>;
  /** Deletes lists begun before that no campaign waits to read: those of a process that died, and late ones. */
  sweep(before: Date): Promise<void>;
}

export function createLists(
  { store, blobs, csv, clock, policy }: CampaignsOptions,
  messages: Messages,
): Lists {
  /** A campaign has one list, and whoever hands in two at once has handed in one: the first that is whole. */
  async function take(
    organisation: string,
    campaign: string,
    format: 'csv' | 'ndjson',
    fill: (key: string) => Promise<SendError | undefined>,
  ): Promise<'kept' | 'wrong-state' | SendError> {
    const { ledger } = store.organisation(organisation);
    const mark = crypto.randomUUID().replaceAll('-', '');
    const key = `${organisation}/campaigns/${campaign}/list-${mark}.${format}`;
    await ledger.beginList(key, clock.now().toISOString());
    let kept = false;
    try {
      const wrong = await fill(key);
      if (wrong) return wrong;
      kept = await ledger.change(campaign, { list: key }, { states: ['preparing'], awaiting: true });
      return kept ? 'kept' : 'wrong-state';
    } finally {
      // Nobody knows of a change that raised an error whether it was made.
      if (!kept && (await ledger.find(campaign))?.list !== key) await drop(organisation, key);
    }
  }

  async function drop(organisation: string, key: string): Promise<void> {
    await blobs.delete(key);
    await store.organisation(organisation).ledger.dropList(key);
  }

  return {
    async keepRecipients(organisation, campaign, recipients) {
      await take(organisation, campaign, 'ndjson', async (key) => {
        const lines = chunked(recipients, 1000, (some) =>
          some.map((one) => `${JSON.stringify(one)}\n`).join(''),
        );
        await blobs.putStream(key, encoded(lines), policy.sending.listBytes);
        return undefined;
      });
    },

    async keep(organisation, campaign, { body, format }) {
      const row = await store.organisation(organisation).ledger.find(campaign);
      if (row?.state !== 'preparing' || row.list !== null) {
        await body.cancel();
        return 'wrong-state';
      }
      return take(organisation, campaign, format, async (key) => {
        const watched = watch(body);
        let bytes: number;
        try {
          bytes = await blobs.putStream(key, watched.body, policy.sending.listBytes);
        } catch (error) {
          if (watched.fault) return fault('list-unreadable', { format });
          if (error instanceof Error && error.name === 'BlobTooLarge') {
            return fault('list-too-large', { limit: policy.sending.listBytes });
          }
          throw error;
        }
        if (bytes === 0) return fault('recipients-missing');
        if (format !== 'csv') return undefined;
        const message = await messages.find(organisation, row.audit, row.digest);
        const columns = await namedColumns(watched.head, csv, message?.mail.fields ?? []);
        if (!columns) return fault('list-address-column');
        const { missing, header } = columns;
        return missing.length === 0
          ? undefined
          : fault('list-columns-missing', { ...listed({ missing, header }), fields: missing.length });
      });
    },

    async read(key, fields) {
      const body = await blobs.getStream(key);
      if (!body) return undefined;
      const text = wholeLines(decoded(body));
      return key.endsWith('.ndjson') ? jsonRows(text) : csvRows(text, csv, fields);
    },

    drop,

    async sweep(before) {
      for (;;) {
        const loose = await store.looseLists(before.toISOString());
        for (const { organisation, key } of loose) await drop(organisation, key);
        if (loose.length < 100) return;
      }
    },
  };
}

/** Characters of a line of columns that are told. */
const toldAtMost = 300;

/** Names in a row, as they are told; `columns` in their order. */
function listed({ missing, header }: { missing: readonly string[]; header: readonly string[] }) {
  const row = (names: readonly string[]) => {
    const text = names
      .map((name) => name.replace(/\p{Cc}+/gu, ' ').trim())
      .filter((name) => name !== '')
      .join(', ');
    return text.length > toldAtMost ? `${text.slice(0, toldAtMost)} …` : text;
  };
  return { missing: row(missing), columns: row(header) };
}

function fault(code: SendError['code'], data: SendError['data'] = {}): SendError {
  return { code, field: 'list', data };
}
