/**
 * Outcomes as CSV (RFC 4180), a piece at a time: no list is ever whole in memory. Codes are for programs and stay
 * the same in every language; headings, separator and the last column are those of whoever reads.
 */
import type { DeliveryRow, LedgerStore } from '../ports.ts';
import type { Locale } from '../rule.ts';
import { sayOutcome } from './delivery-words.ts';

const columns: Record<Locale, readonly string[]> = {
  en: [
    'number',
    'address',
    'state',
    'route',
    'attempts',
    'attempted_at',
    'settled_at',
    'code',
    'enhanced_code',
    'bounce_class',
    'response',
    'in_words',
  ],
  sv: [
    'nummer',
    'adress',
    'läge',
    'server',
    'försök',
    'försökt',
    'avgjort',
    'kod',
    'utökad_kod',
    'studsklass',
    'svar',
    'i_ord',
  ],
};
/** Rows read at once. */
const page = 1000;

export async function* outcomes(
  ledger: Pick<LedgerStore, 'deliveries'>,
  campaign: string,
  locale: Locale,
): AsyncIterable<string> {
  yield `${columns[locale].join(separator[locale])}\r\n`;
  for (let after = 0; ; ) {
    const rows = await ledger.deliveries(campaign, { limit: page, after });
    yield rows.map((row) => `${record(cellsOf(row, locale), locale)}\r\n`).join('');
    const last = rows.at(-1);
    if (!last || rows.length < page) return;
    after = last.number;
    // A turn for everything else in this process.
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
}

function cellsOf(row: DeliveryRow, locale: Locale): (string | number | null)[] {
  const { number, address, state, route, attempt, attemptedAt, settledAt } = row;
  const { code, enhanced, bounceClass, response } = row;
  return [
    number,
    address,
    state,
    route,
    attempt,
    attemptedAt,
    settledAt,
    code,
    enhanced,
    bounceClass,
    // A spreadsheet that parts cells at these would find a cell of the server's own making.
    response?.replace(/[;|\t]/g, ',') ?? null,
    sayOutcome(row, locale),
  ];
}

/** As spreadsheets in these languages part cells; our list template does too. */
export const separator: Record<Locale, string> = { en: ',', sv: ';' };

/** Cells as one line without its end. */
export function record(cells: readonly (string | number | null)[], locale: Locale): string {
  return cells.map((one) => cell(one, separator[locale])).join(separator[locale]);
}

/** A cell that begins like a formula gets an apostrophe: servers and lists write what spreadsheets would run. */
function cell(value: string | number | null, mark: string): string {
  const text = value === null ? '' : String(value);
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /["\r\n]/.test(harmless) || harmless.includes(mark)
    ? `"${harmless.replaceAll('"', '""')}"`
    : harmless;
}
