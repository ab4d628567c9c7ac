/** The tree walk (RFC 9989 section 4.10), and the organisational domain that is read from it (section 4.10.2). */
import { recordsOf, unanswered } from '../dns.ts';
import type { SenderGathering as Gathering } from '../gather.ts';
import { type MisspeltDmarc, readMisspeltDmarc } from './misspelt.ts';
import { type DmarcRecord, isDmarcRecord, parseDmarc } from './record.ts';

export interface DmarcStep {
  domain: string;
  /** `several`: more than one record, which counts as none. */
  state: 'record' | 'none' | 'several' | 'unanswered';
  record: DmarcRecord | null;
  /** Where there is no record: the one that was meant to be. */
  misspelt: MisspeltDmarc | null;
  /** A CNAME stands at `_dmarc.`, and no other record may stand beside it. */
  isAlias: boolean;
}

export interface DmarcWalk {
  /** From the starting name upward, to the first record with psd=y or psd=n or to the top. */
  steps: readonly DmarcStep[];
  /** null: a missing answer on the way could change it. */
  organisationalDomain: string | null;
}

/** The names a walk asks for: at most 8; a name of 8 labels or more jumps to its last 7 (section 4.10). */
export function walkNames(domain: string): string[] {
  const labels = domain.split('.');
  const names = [domain];
  for (let count = Math.min(labels.length - 1, 7); count >= 1; count -= 1) {
    names.push(labels.slice(-count).join('.'));
  }
  return names;
}

/** Walks up from a name. */
export async function walkTree(domain: string, gathering: Pick<Gathering, 'dns'>): Promise<DmarcWalk> {
  // All at once: the names do not depend on the answers, and one round trip is kinder than eight.
  const all = await Promise.all(walkNames(domain).map((name) => readStep(name, gathering)));
  const end = all.findIndex(({ record }) => record !== null && record.psd !== 'u');
  const steps = end === -1 ? all : all.slice(0, end + 1);
  const [only, ...others] = new Set(readings([steps]).map(([one]) => one?.domain));
  return { steps, organisationalDomain: others.length === 0 ? (only ?? domain) : null };
}

/** What stands at `_dmarc.` below one name. */
export async function readStep(domain: string, gathering: Pick<Gathering, 'dns'>): Promise<DmarcStep> {
  const name = `_dmarc.${domain}`;
  // The prefix can make a name too long to ask for; then no record can stand there.
  const without = { domain, record: null, misspelt: null, isAlias: false };
  if (name.length > 253) return { ...without, state: 'none' };
  const answer = await gathering.dns(name, 'TXT');
  if (unanswered(answer)) return { ...without, state: 'unanswered' };
  const isAlias = answer.records.some((one) => one.type === 'CNAME' && one.name === name);
  const texts = recordsOf(answer).map(({ data }) => data);
  const records = texts.filter(isDmarcRecord);
  const [text] = records;
  if (text === undefined) {
    const [misspelt = null] = texts
      .map((one) => readMisspeltDmarc(domain, one))
      .filter((one) => one !== null);
    return { ...without, state: 'none', misspelt, isAlias };
  }
  if (records.length > 1) return { ...without, state: 'several', isAlias };
  return { ...without, state: 'record', isAlias, record: parseDmarc(domain, text) };
}

/** How far a walk has been read: the organisational domain so far, and whether a record ended the selection. */
interface Reading {
  domain: string;
  ended: boolean;
}

/**
 * The organisational domain of each walk (section 4.10.2), read from the longest name to the shortest. Where an
 * answer is missing, every reading that it could lead to; a name that walks share says the same to each of them.
 */
function readings(walks: readonly (readonly DmarcStep[])[]): Reading[][] {
  const starts = walks.map(([first]) => first?.domain ?? '');
  const steps = new Map(walks.flat().map((one) => [one.domain, one]));
  const passes = (domain: string) => walks.map((walk) => walk.some((one) => one.domain === domain));
  const sharing = ({ domain }: DmarcStep) => passes(domain).filter(Boolean).length;
  let all = [starts.map((domain): Reading => ({ domain, ended: false }))];
  // What a walk has by itself is longer than all that it shares.
  for (const here of [...steps.values()].sort((one, other) => sharing(one) - sharing(other))) {
    const { domain, state, record } = here;
    const says: readonly Said[] = state === 'unanswered' ? ['none', 'u', 'y', 'n'] : [record?.psd ?? 'none'];
    const passing = passes(domain);
    const next = all.flatMap((each) =>
      says.map((said) =>
        each.map((one, i) => (passing[i] ? read(one, { start: starts[i] ?? '', domain, said }) : one)),
      ),
    );
    all = [...new Map(next.map((each) => [JSON.stringify(each), each])).values()];
  }
  return all;
}

/** What a name says of where the organisation's domain lies: its record's psd, or nothing. */
type Said = 'none' | DmarcRecord['psd'];

function read(
  reading: Reading,
  { start, domain, said }: { start: string; domain: string; said: Said },
): Reading {
  if (reading.ended || said === 'none') return reading;
  if (said !== 'y' || domain === start) return { domain, ended: said !== 'u' };
  const labels = domain.split('.').length + 1;
  return { domain: start.split('.').slice(-labels).join('.'), ended: true };
}

/** Whether two walks come to one organisational domain; null: a missing answer could change it. */
export function sameOrganisation(one: DmarcWalk, other: DmarcWalk): boolean | null {
  const all = readings([one.steps, other.steps]);
  const shared = all.filter(([first, second]) => first?.domain === second?.domain);
  if (shared.length === 0) return false;
  return shared.length === all.length ? true : null;
}

/** The record that applies to the name a walk started from (section 4.10.1). */
export function recordFor({ steps, organisationalDomain }: DmarcWalk): DmarcRecord | 'none' | 'unknown' {
  const [own] = steps;
  if (own?.state === 'unanswered') return 'unknown';
  if (own?.record) return own.record;
  if (organisationalDomain === null) return 'unknown';
  const suffix = steps.find(({ record }) => record?.psd === 'y');
  const above = steps.find((one) => one.domain === organisationalDomain && one.record) ?? suffix;
  return above?.record ?? 'none';
}
