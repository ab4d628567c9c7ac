/** The setting that says which mail programs the readers use, which every host has. */
import { z } from 'zod';
import { audience, programs } from '../../rules/clients/audience.ts';

export interface AudienceSettings {
  /** Of 100 readers, by program; undefined: as rules/clients/audience.ts has it. */
  audience: Readonly<Record<string, number>> | undefined;
}

const nameOf = (family: string) => family.toLowerCase().replace(/[\s.]+/g, '-');
const families = [...new Set(programs.map(({ family }) => nameOf(family)))];

/** A family's share is parted as that of the usual readers, else alike. */
function partedAmong(name: string, share: number): (readonly [id: string, share: number])[] {
  const members = programs.filter(({ id, family }) => id === name || nameOf(family) === name);
  const [only] = members.filter(({ id }) => id === name);
  if (only) return [[only.id, share]];
  const usual = members.filter(({ id }) => audience[id]);
  const among = usual.length > 0 ? usual : members;
  const whole = among.reduce((sum, { id }) => sum + (audience[id] ?? 1), 0);
  return among.map(({ id }) => [id, (share * (audience[id] ?? 1)) / whole]);
}

/** NAME=SHARE, parted by commas; undefined where that cannot be. */
function readShares(text: string): Record<string, number> | undefined {
  const shares: Record<string, number> = {};
  for (const pair of text.split(/[\s,]+/).filter(Boolean)) {
    const [, name = '', digits = ''] = /^([a-z0-9-]{1,60})=(\d{1,3}(?:\.\d{1,3})?)$/.exec(pair) ?? [];
    const parts = partedAmong(name, Number(digits));
    if (parts.length === 0 || digits === '') return undefined;
    for (const [id, share] of parts) shares[id] = (shares[id] ?? 0) + share;
  }
  const whole = Object.values(shares).reduce((sum, share) => sum + share, 0);
  return whole > 0 && whole <= 100.01 ? shares : undefined;
}

/** As the environment has it. */
export const audienceVariables = {
  KLARSIGNAL_AUDIENCE: z
    .string()
    .refine((text) => readShares(text) !== undefined)
    .transform(readShares)
    .optional(),
};

/** What the variable must be, said when it is not. */
export const audienceWanted = {
  KLARSIGNAL_AUDIENCE: `must be NAME=SHARE with commas between, at most 100 together, such as gmail=40,outlook-windows=30; names: ${families.join(', ')}`,
};

/** Of a host that has no other settings to check. @throws Error that names the variable. */
export function readAudience(text: string | undefined): AudienceSettings {
  const read = audienceVariables.KLARSIGNAL_AUDIENCE.safeParse(text || undefined);
  if (!read.success) throw new Error(`KLARSIGNAL_AUDIENCE ${audienceWanted.KLARSIGNAL_AUDIENCE}`);
  return { audience: read.data };
}
