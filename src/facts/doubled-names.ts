/**
 * Records that stand at their name with that of the zone behind it once more, as `_dmarc.x.se.x.se`: many control
 * panels add the zone to what is written. Looked for only where the right name has nothing. SPF looks for its own.
 */
import { getDomain } from 'tldts';
import type { DnsAnswer } from '../ports.ts';
import { isKeyRecord } from './dkim/key.ts';
import { keyLabel } from './dkim/place.ts';
import { namesOf } from './dkim/signing.ts';
import { readMisspeltDmarc } from './dmarc/misspelt.ts';
import { type DmarcRecord, isDmarcRecord, parseDmarc } from './dmarc/record.ts';
import { askable, recordsOf, unanswered } from './dns.ts';
import type { SenderGathering as Gathering } from './gather.ts';

export interface DoubledName {
  kind: 'dkim' | 'dmarc' | 'mx' | 'mtaSts' | 'tlsRpt' | 'bimi';
  /** Where the record belongs; nothing of its kind stands there. */
  name: string;
  /** The part of the name that a control panel for the zone wants: without the zone. Empty: the zone itself. */
  label: string;
  zone: string;
  /** Where it stands. */
  at: string;
  /** What stands there: itself, or the alias (CNAME) that leads to it. */
  type: 'TXT' | 'MX' | 'CNAME';
  text: string;
  /** More of its kind there: where it is not alone, nobody can tell which one was meant, but of MX all are. */
  others: readonly string[];
  /** Of a DMARC record, what it was meant to say; null where nobody can tell, and of any other kind. */
  dmarc: DmarcRecord | null;
}

export interface DoubledNamesFact {
  found: readonly DoubledName[];
  /** `name TYPE` that DNS did not answer about. */
  silent: readonly string[];
}

interface Place {
  kind: DoubledName['kind'];
  name: string;
  type: 'TXT' | 'MX';
  /** Whose zone it is in. */
  domain: string;
  counts(text: string): boolean;
}

/** Records beside the first at a doubled name. */
const othersRead = 9;

/** Selectors that are looked for; each leads to at most five questions. */
const selectorsRead = 10;

/** The zones whose name may have been added: the registered domain, or the domain where it is a zone by itself. */
function zonesOf(domain: string): string[] {
  return [...new Set([registered(domain), domain])];
}

/** Names that a control panel makes of this one if it is written whole, and the zone that was added. */
export function doubledNames(name: string, domain: string): { at: string; zone: string }[] {
  return zonesOf(domain)
    .map((zone) => ({ at: `${name}.${zone}`, zone }))
    .filter(({ at }) => askable(at));
}

/** Asks first for the right names, which other facts ask for as well. Never fails. */
export async function gatherDoubledNames(gathering: Gathering): Promise<DoubledNamesFact> {
  const { from, mailFrom } = gathering.submission;
  const domains = [...new Set([from.domain, registered(from.domain)])];
  const txt = (kind: Place['kind'], label: string, domain: string, begin: RegExp): Place => ({
    kind,
    name: `${label}.${domain}`,
    type: 'TXT',
    domain,
    counts: (text) => begin.test(text),
  });
  const isOwn = mailFrom !== null && registered(mailFrom) === registered(from.domain);
  const exchanges = [...new Set([from.domain, ...(isOwn ? [mailFrom] : [])])];
  const places: Place[] = [
    ...domains.map((domain) => txt('dmarc', '_dmarc', domain, /^\s*v\s*=\s*DMARC1\b/i)),
    ...exchanges.map(
      (domain): Place => ({ kind: 'mx', name: domain, type: 'MX', domain, counts: () => true }),
    ),
    txt('mtaSts', '_mta-sts', from.domain, /^\s*v\s*=\s*STSv1\b/i),
    txt('tlsRpt', '_smtp._tls', from.domain, /^\s*v\s*=\s*TLSRPTv1\b/i),
    txt('bimi', 'default._bimi', from.domain, /^\s*v\s*=\s*BIMI1\b/i),
  ];
  const [near, keys] = await Promise.all([
    Promise.all(places.map((place) => look(place, gathering))),
    namesOf(gathering).then((names) =>
      Promise.all(names.slice(0, selectorsRead).map((name) => lookForKey(name, from.domain, gathering))),
    ),
  ]);
  const all = [...near, ...keys];
  const found = new Map(all.flatMap((one) => one.found).map((one) => [`${one.at} ${one.type}`, one]));
  return { found: [...found.values()], silent: [...new Set(all.flatMap((one) => one.silent))] };
}

/** A selector without a domain stands at the From domain, or at the registered one: either will do. */
async function lookForKey(named: string, author: string, gathering: Gathering): Promise<DoubledNamesFact> {
  const [selector = '', domain] = named.split(keyLabel);
  const domains = domain ? [domain] : [...new Set([author, registered(author)])];
  // What stands in another's zone nobody here has written.
  if (registered(domains[0] ?? author) !== registered(author)) return nothing;
  const places = domains.map(
    (one): Place => ({
      kind: 'dkim',
      name: `${selector}${keyLabel}${one}`,
      type: 'TXT',
      domain: one,
      counts: isKeyRecord,
    }),
  );
  const right = await Promise.all(places.map(({ name }) => askIfCan(name, 'TXT', gathering)));
  const states = right.map((answer, i) => stateOf(answer, places[i] as Place));
  if (states.includes('there')) return nothing;
  if (states.includes('silent')) return { found: [], silent: silentOf(right) };
  return together(await Promise.all(places.map((place) => look(place, gathering))));
}

const nothing: DoubledNamesFact = { found: [], silent: [] };

async function look(place: Place, gathering: Gathering): Promise<DoubledNamesFact> {
  const { name, type, domain } = place;
  const right = await askIfCan(name, type, gathering);
  const state = stateOf(right, place);
  if (state !== 'missing') return { found: [], silent: silentOf([right]) };
  return together(
    await Promise.all(
      doubledNames(name, domain).map(async ({ at, zone }): Promise<DoubledNamesFact> => {
        const answer = await gathering.dns(at, type);
        if (unanswered(answer)) return { found: [], silent: silentOf([answer]) };
        const [text, ...more] = recordsOf(answer).flatMap(({ data }) => (place.counts(data) ? [data] : []));
        if (text === undefined) return nothing;
        // A wildcard answers for any name: then nobody has written this one.
        const wild = await askIfCan(`*.${zone}`, type, gathering);
        if (stateOf(wild, place) !== 'missing') return { found: [], silent: silentOf([wild]) };
        const alias = answer.records.find((one) => one.type === 'CNAME' && one.name === at)?.data;
        const label = name === zone ? '' : name.slice(0, -zone.length - 1);
        const { kind } = place;
        const told =
          alias === undefined
            ? { type, text, others: more.slice(0, othersRead) }
            : { type: 'CNAME' as const, text: alias, others: [] };
        const dmarc = kind === 'dmarc' && more.length === 0 ? meantBy(domain, text) : null;
        return { found: [{ kind, name, label, zone, at, ...told, dmarc }], silent: [] };
      }),
    ),
  );
}

function meantBy(domain: string, text: string): DmarcRecord | null {
  return isDmarcRecord(text) ? parseDmarc(domain, text) : (readMisspeltDmarc(domain, text)?.meant ?? null);
}

async function askIfCan(name: string, type: 'TXT' | 'MX', { dns }: Gathering): Promise<DnsAnswer | null> {
  return askable(name) ? dns(name, type) : null;
}

/** An alias is there too: a name that somebody has written right. What cannot be asked for is not looked at. */
function stateOf(answer: DnsAnswer | null, { counts }: Place): 'there' | 'missing' | 'silent' {
  if (answer === null) return 'there';
  if (unanswered(answer)) return 'silent';
  const { name, records } = answer;
  if (records.some((record) => record.type === 'CNAME' && record.name === name)) return 'there';
  return recordsOf(answer).some(({ data }) => counts(data)) ? 'there' : 'missing';
}

function silentOf(answers: readonly (DnsAnswer | null)[]): string[] {
  return answers.flatMap((one) => (one && unanswered(one) ? `${one.name} ${one.type}` : []));
}

function together(facts: readonly DoubledNamesFact[]): DoubledNamesFact {
  return { found: facts.flatMap(({ found }) => found), silent: facts.flatMap(({ silent }) => silent) };
}

/** With private suffixes, so that two customers of one host are not one sender. */
function registered(domain: string): string {
  return getDomain(domain, { allowPrivateDomains: true }) ?? domain;
}
