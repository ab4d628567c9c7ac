/** What the forms of a new mailing hand in. */
import type { SendOrder } from '../../../campaigns/campaign.ts';

/** Bytes of a list that a form may hold; larger ones go by the API. */
export const formListBytes = 20 * 1024 * 1024;

export type HandedList =
  | { kind: 'list'; body: ReadableStream<Uint8Array>; format: 'csv' }
  | { kind: 'none' }
  | { kind: 'large' };

/** A file wins over what was pasted. */
export function handedList(body: Record<string, unknown>): HandedList {
  const { file, list } = body;
  if (file instanceof File && (file.size > 0 || file.name !== '')) {
    if (file.size > formListBytes) return { kind: 'large' };
    return file.size === 0 ? { kind: 'none' } : { kind: 'list', body: file.stream(), format: 'csv' };
  }
  // A form sends its lines with CR LF.
  const text = typeof list === 'string' ? list.trim().replace(/\r\n?/g, '\n') : '';
  if (text === '') return { kind: 'none' };
  // Addresses alone are a list too: a first line with one in it names no columns.
  const named = text.split('\n', 1)[0]?.includes('@') === true ? `email\n${text}\n` : `${text}\n`;
  return { kind: 'list', body: new Blob([named]).stream(), format: 'csv' };
}

/** The order's own fields; what cannot be read is passed on as it is, so that the core says what is wrong. */
export function handedOrder(
  body: Record<string, unknown>,
): Pick<SendOrder, 'startsAt' | 'perMinute' | 'standard' | 'onExpiry'> {
  const text = (name: string) => (typeof body[name] === 'string' ? body[name].trim() : '');
  const startsAt = text('startsAt');
  const perMinute = text('perMinute').replace(/[\s\u00a0\u202f]/g, '');
  return {
    ...(startsAt === '' ? {} : { startsAt: zoned(startsAt, text('offset')) }),
    ...(perMinute === '' ? {} : { perMinute: Number(perMinute) }),
    ...(text('standard') === 'on' ? { standard: true } : {}),
    ...(text('onExpiry') === 'audit-again' ? { onExpiry: 'audit-again' as const } : {}),
  };
}

/** `local`: as a datetime-local field has it. `offset`: minutes east of UTC, set by script; UTC without it. */
function zoned(local: string, offset: string): string {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?$/.test(local)) return local;
  const minutes = /^-?\d{1,3}$/.test(offset) ? Number(offset) : 0;
  const two = (count: number) => String(count).padStart(2, '0');
  const size = Math.abs(minutes);
  return `${local.slice(0, 16)}:00${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}
