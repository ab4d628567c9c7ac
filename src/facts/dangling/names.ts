/** Names of the sender's mail, and servers that they name, with nothing at their end. */
import { getDomain } from 'tldts';
import type { DnsAnswer, RecordType } from '../../ports.ts';
import { namesOf, signingPlaces } from '../dkim/signing.ts';
import { walkNames } from '../dmarc/walk.ts';
import { askable, unanswered } from '../dns.ts';
import type { SenderGathering as Gathering } from '../gather.ts';
import { endOf, hostsOf } from './ends.ts';
import { type Holding, holdingOf } from './holding.ts';
import type { Found, Use } from './use.ts';

/** A name of the sender's, or a server that it names, with nothing at its end. */
export interface DanglingName {
  name: string;
  /**
   * `alias`: its CNAME leads to `target`. `exchanger`: `target` is the server of its MX record.
   * `name-server`: of its NS record; told of only where nobody holds its domain.
   */
  kind: 'alias' | 'exchanger' | 'name-server';
  use: Use;
  target: string;
  registered: string | null;
  holding: Holding;
}

/** Bounds on what a hostile zone makes us ask: name servers of the sender's zones, and keys. */
const nameServersAsked = 20;
const selectorsAsked = 40;

/** Looks at every name that the mail uses. Never fails. */
export async function findNames(gathering: Gathering): Promise<Found<DanglingName>> {
  const { submission, dns } = gathering;
  const { from, mailFrom } = submission;
  const own = (prefix: string) => `${prefix}${from.domain}`;
  const questions: [string, RecordType, Use][] = [
    ...ownNames(gathering).map((name): [string, RecordType, Use] => [`_dmarc.${name}`, 'TXT', 'sending']),
    ...(mailFrom === null ? [] : [[mailFrom, 'MX', 'sending'] satisfies [string, RecordType, Use]]),
    ...(mailFrom === from.domain ? [] : [[from.domain, 'MX', 'other'] satisfies [string, RecordType, Use]]),
    [own('default._bimi.'), 'TXT', 'other'],
    [own('_mta-sts.'), 'TXT', 'other'],
    [own('mta-sts.'), 'A', 'other'],
    [own('_smtp._tls.'), 'TXT', 'other'],
  ];
  const { found, silent }: Found<Omit<DanglingName, 'registered' | 'holding'>> = { found: [], silent: [] };
  const look = async (name: string, type: RecordType, use: Use): Promise<DnsAnswer | null> => {
    if (!askable(name)) return null;
    const answer = await dns(name, type);
    if (unanswered(answer)) silent.push({ name, use });
    const target = endOf(answer);
    if (target !== null) found.push({ name, kind: 'alias', use, target });
    return answer;
  };
  const ask = async ([name, type, use]: [string, RecordType, Use]) => {
    const answer = await look(name, type, use);
    if (type !== 'MX' || answer === null) return;
    await Promise.all(
      hostsOf(answer).map(async (host) => {
        const address = await look(host, 'A', 'other');
        if (address?.status !== 'nxdomain' || endOf(address) !== null) return;
        found.push({ name, kind: 'exchanger', use: 'other', target: host });
      }),
    );
  };
  const keys = keyNames(gathering).then((names) =>
    Promise.all(names.map((name) => ask([name, 'TXT', 'sending']))),
  );
  const servers = nameServers(gathering);
  await Promise.all([keys, servers, ...questions.map(ask)]);
  const once = new Map(found.map((one) => [`${one.name} ${one.target}`, one]));
  const names = await Promise.all(
    [...once.values()].map(async (one) => ({ ...one, ...(await holdingOf(one.target, gathering)) })),
  );
  const held = await servers;
  const all = [...names, ...held.found];
  for (const { holding, registered, use } of all) {
    if (holding === 'unanswered' && registered !== null) silent.push({ name: registered, use });
  }
  const isTold = ({ kind, holding }: DanglingName) => kind !== 'name-server' || holding === 'free';
  return { found: all.filter(isTold), silent: [...silent, ...held.silent] };
}

/** From and MAIL FROM with what stands above them, up to the registered domain of From. */
function ownNames({ submission: { from, mailFrom } }: Gathering): string[] {
  const top = getDomain(from.domain, { allowPrivateDomains: true }) ?? from.domain;
  const names = [from.domain, ...(mailFrom === null ? [] : [mailFrom])].flatMap(walkNames);
  return [...new Set(names)].filter((name) => name === top || name.endsWith(`.${top}`));
}

/** Whoever holds the domain of one name server answers for the whole zone. */
async function nameServers(gathering: Gathering): Promise<Found<DanglingName>> {
  const zones = ownNames(gathering).filter(askable);
  const answers = await Promise.all(zones.map((zone) => gathering.dns(zone, 'NS')));
  const named = answers.flatMap(({ name, records }) =>
    records
      .filter((record) => record.type === 'NS' && record.name === name)
      .map(({ data }) => ({ name, target: data.replace(/\.$/, '').toLowerCase() })),
  );
  const found = await Promise.all(
    named.slice(0, nameServersAsked).map(async (one) => {
      const kept = { ...one, kind: 'name-server', use: 'sending' } as const;
      return { ...kept, ...(await holdingOf(one.target, gathering)) };
    }),
  );
  const silent = answers.filter(unanswered).map(({ name }) => ({ name, use: 'sending' }) as const);
  return { found, silent };
}

/** Where the keys may stand that are known by name: they are asked for there by the DKIM checks too. */
async function keyNames(gathering: Gathering): Promise<string[]> {
  const places = signingPlaces(gathering.submission);
  const names = (await namesOf(gathering)).flatMap((selector) =>
    selector.includes('._domainkey.') ? [selector] : places.map((place) => `${selector}._domainkey.${place}`),
  );
  return names.slice(0, selectorsAsked);
}
