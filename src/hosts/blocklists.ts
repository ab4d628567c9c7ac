/** The settings about blocklists, which every host has: which are asked, and by which key. */
import { z } from 'zod';
import { blocklists } from '../../rules/blocklists/index.ts';
import { policy } from '../../rules/policy.ts';
import { createKeyedResolver } from '../adapters/resolver/keyed.ts';
import type { Resolver } from '../ports.ts';
import type { Policy } from '../rule.ts';
import type { AudienceSettings } from './audience.ts';

export interface BlocklistSettings {
  /** Ids; undefined: all that are known here. */
  blocklists: readonly string[] | undefined;
  /** By their owner. */
  blocklistKeys: Readonly<Record<string, string>>;
}

/** Of blocklists that take a key. */
const owners = [...new Set(blocklists.flatMap(({ keyed }) => (keyed ? [keyed.owner] : [])))];

/** owner=key; the key is one label of a name. */
function readKeys(text: string): Record<string, string> | undefined {
  const pairs = text.split(/[\s,]+/).filter(Boolean);
  const read = pairs.map((pair) => /^([a-z-]+)=([a-z0-9]{1,63})$/i.exec(pair));
  if (read.some((match) => !match?.[1] || !owners.includes(match[1]))) return undefined;
  return Object.fromEntries(read.map((match) => [match?.[1], match?.[2]]));
}

function readLists(text: string): string[] {
  return text === 'none' ? [] : text.split(/[\s,]+/).filter(Boolean);
}

/** As the environment has them. */
export const blocklistVariables = {
  /** Blocklists that audits ask, by name; without it all that are known here. */
  KLARSIGNAL_BLOCKLISTS: z
    .string()
    .transform(readLists)
    .refine((ids) => ids.every((id) => blocklists.some((list) => list.id === id)))
    .optional(),
  /** Keys of blocklists that take one: owner=key. They are in no answer that is kept. */
  KLARSIGNAL_BLOCKLIST_KEYS: z
    .string()
    .refine((text) => readKeys(text) !== undefined)
    .transform((text) => readKeys(text) ?? {})
    .default({}),
};

/** What each variable must be, said when it is not. */
export const blocklistsWanted = {
  KLARSIGNAL_BLOCKLISTS: `must be names separated by commas, of ${blocklists.map(({ id }) => id).join(', ')}; or none`,
  KLARSIGNAL_BLOCKLIST_KEYS: `must be owner=key, separated by commas; owners: ${owners.join(', ')}`,
};

/** Of a host that has no other settings to check. @throws Error that names the variable and what is wrong with it. */
export function readBlocklists(
  variables: Partial<Record<keyof typeof blocklistVariables, string | undefined>>,
): BlocklistSettings {
  const of = <K extends keyof typeof blocklistVariables>(name: K) => {
    const read = blocklistVariables[name].safeParse(variables[name] || undefined);
    if (!read.success) throw new Error(`${name} ${blocklistsWanted[name]}`);
    return read.data as z.infer<(typeof blocklistVariables)[K]>;
  };
  return { blocklists: of('KLARSIGNAL_BLOCKLISTS'), blocklistKeys: of('KLARSIGNAL_BLOCKLIST_KEYS') };
}

/** With the blocklists that whoever runs the service wants asked, and the readers they have. */
export function choosePolicy({
  blocklists: chosen,
  audience: shares = policy.audience.shares,
}: Pick<BlocklistSettings, 'blocklists'> & Partial<AudienceSettings>): Policy {
  const blocklists = policy.blocklists.filter(({ id }) => chosen?.includes(id) ?? true);
  return { ...policy, blocklists, audience: { ...policy.audience, shares } };
}

/** Asks the lists that have a key by it. */
export function chooseKeyed(
  bare: Resolver,
  { blocklistKeys: keys }: Pick<BlocklistSettings, 'blocklistKeys'>,
): Resolver {
  const zones = policy.blocklists.flatMap(({ zone, keyed }) => {
    const key = keyed && keys[keyed.owner];
    return key ? [{ zone, keyed: keyed.zone, key }] : [];
  });
  return createKeyedResolver(bare, zones);
}
