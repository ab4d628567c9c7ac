/** What stands where a DKIM key is looked for. */
import { askable, recordsOf, unanswered } from '../dns.ts';
import type { SenderGathering as Gathering } from '../gather.ts';
import { isKeyRecord, type KeyReading, readKey } from './key.ts';

/** Between selector and domain in the name of a key; a person may name one whole. */
export const keyLabel = '._domainkey.';

/** A name where a key may stand, and what stands there. */
export interface KeyPlace {
  selector: string;
  domain: string;
  name: string;
  state: 'usable' | 'missing' | 'several' | 'revoked' | 'faulty' | 'unanswered';
  alias: string | null;
  reading: KeyReading | null;
  beside: number;
}

/** Records beside a key that are looked at for the rest of it. */
const besideAtMost = 3;

/** Asks for the key of a selector. */
export async function askKey(
  selector: string,
  domain: string,
  gathering: Pick<Gathering, 'dns'>,
): Promise<KeyPlace> {
  const name = `${selector}${keyLabel}${domain}`;
  const without = { selector, domain, name, alias: null, reading: null, beside: 0 };
  if (!askable(name)) return { ...without, state: 'missing' };
  const answer = await gathering.dns(name, 'TXT');
  if (unanswered(answer)) return { ...without, state: 'unanswered' };
  const aliases = answer.records.filter(({ type }) => type === 'CNAME');
  const isAlias = aliases.some((one) => one.name === name);
  const place = { ...without, alias: isAlias ? (aliases.at(-1)?.data ?? null) : null };
  const texts = recordsOf(answer).map(({ data }) => data);
  const [text, ...more] = texts.filter(isKeyRecord);
  if (text === undefined) return { ...place, state: 'missing' };
  if (more.length > 0) return { ...place, state: 'several' };
  const beside = texts.filter((one) => one !== text).slice(0, besideAtMost);
  const reading = readKey(text, beside);
  return { ...place, state: reading.state, reading, beside: texts.length - 1 };
}
