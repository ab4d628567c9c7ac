/** Which mail programs the readers use, as a person writes it: `gmail=40, outlook-windows=30`. */
import { type InputError, shown } from './errors.ts';

/** A program, or one of a family's, as a rule set knows it. */
export interface MailProgram {
  id: string;
  family: string;
  /** Of 100 readers, where nobody has said; 0: hardly anybody. */
  usual: number;
}

/** Of 100 readers, by the id of the program; one that is not there has none. */
export type Shares = Readonly<Record<string, number>>;

const textLength = 1000;
const pairForm = /^([a-z0-9.-]{1,60})[=:](\d{1,3}(?:[.,]\d{1,3})?)%?$/i;

/** As it is written: Apple Mail is apple-mail. */
function nameOf(family: string): string {
  return family.toLowerCase().replace(/[\s.]+/g, '-');
}

/** All names that there are, families alone. */
export function familiesOf(programs: readonly MailProgram[]): string[] {
  return [...new Set(programs.map(({ family }) => nameOf(family)))];
}

/** A family's share is parted as that of the usual readers, else alike. */
function partedAmong(name: string, share: number, programs: readonly MailProgram[]): [string, number][] {
  const [only] = programs.filter(({ id }) => id === name);
  if (only) return [[only.id, share]];
  const members = programs.filter(({ family }) => nameOf(family) === name);
  const common = members.filter(({ usual }) => usual > 0);
  const among = common.length > 0 ? common : members;
  const whole = among.reduce((sum, { usual }) => sum + (usual || 1), 0);
  return among.map(({ id, usual }) => [id, (share * (usual || 1)) / whole]);
}

/**
 * Reads NAME=SHARE, parted by commas, semicolons or white space. Shares are of 100 readers, at most 100 together; what
 * is left uses none of the programs. A decimal comma needs something else between.
 */
export function readShares(
  text: string,
  programs: readonly MailProgram[],
): { ok: true; shares: Shares } | { ok: false; fault: 'form' | 'name' | 'sum'; value: string } {
  const shares: Record<string, number> = {};
  if (text.length > textLength) return { ok: false, fault: 'form', value: text };
  // A comma between two digits is a decimal one only where a pair ends after it.
  const pairs = text.replace(/\s*([=:])\s*/g, '$1').replace(/\s+%/g, '%');
  for (const pair of pairs.split(/[;\s]+|,(?!\d{1,3}(?:[;,\s%]|$))/).filter(Boolean)) {
    const [, name = '', digits = ''] = pairForm.exec(pair) ?? [];
    if (digits === '') return { ok: false, fault: 'form', value: pair };
    const parts = partedAmong(name.toLowerCase(), Number(digits.replace(',', '.')), programs);
    if (parts.length === 0) return { ok: false, fault: 'name', value: name };
    for (const [id, share] of parts) shares[id] = (shares[id] ?? 0) + share;
  }
  const whole = Object.values(shares).reduce((sum, share) => sum + share, 0);
  if (whole > 0 && whole <= 100.01) return { ok: true, shares };
  return { ok: false, fault: whole > 0 ? 'sum' : 'form', value: whole > 0 ? `${Math.round(whole)}` : text };
}

/** Of a submission; null: nobody has said. */
export function readAudience(
  text: string | undefined,
  programs: readonly MailProgram[],
): { ok: true; audience: Shares | null } | { ok: false; error: InputError } {
  if (!text?.trim()) return { ok: true, audience: null };
  const read = readShares(text, programs);
  if (read.ok) return { ok: true, audience: read.shares };
  const data = { fault: read.fault, value: shown(read.value), names: familiesOf(programs).join(', ') };
  return { ok: false, error: { code: 'audience-invalid', field: 'audience', data } };
}
