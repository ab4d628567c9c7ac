/** The setting that says which mail programs the readers use, which every host has. */
import { z } from 'zod';
import { policy } from '../../rules/policy.ts';
import { familiesOf, readShares, type Shares } from '../submission.ts';

export interface AudienceSettings {
  /** Of 100 readers, by program; undefined: as rules/clients/audience.ts has it. */
  audience: Shares | undefined;
}

const { mailPrograms } = policy.limits;

function sharesOf(text: string): Shares | undefined {
  const read = readShares(text, mailPrograms);
  return read.ok ? read.shares : undefined;
}

/** As the environment has it. */
export const audienceVariables = {
  KLARSIGNAL_AUDIENCE: z
    .string()
    .refine((text) => sharesOf(text) !== undefined)
    .transform(sharesOf)
    .optional(),
};

/** What the variable must be, said when it is not. */
export const audienceWanted = {
  KLARSIGNAL_AUDIENCE: `must be NAME=SHARE with commas between, at most 100 together, such as gmail=40,outlook-windows=30; names: ${familiesOf(mailPrograms).join(', ')}`,
};

/** Of a host that has no other settings to check. @throws Error that names the variable. */
export function readAudience(text: string | undefined): AudienceSettings {
  const read = audienceVariables.KLARSIGNAL_AUDIENCE.safeParse(text || undefined);
  if (!read.success) throw new Error(`KLARSIGNAL_AUDIENCE ${audienceWanted.KLARSIGNAL_AUDIENCE}`);
  return { audience: read.data };
}
