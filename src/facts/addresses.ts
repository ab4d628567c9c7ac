/** The servers that somebody has named as sending: whether their addresses have a name that leads back to them. */
import { getDomain } from 'tldts';
import { hexDigits, isGlobalAddress, octetsOf, reverseName } from '../submission/ip.ts';
import { askable, recordsOf, unanswered } from './dns.ts';
import type { SenderGathering as Gathering } from './gather.ts';
import { readExchangers } from './mail-servers/exchangers.ts';

export interface HostName {
  name: string;
  /** Its A or AAAA records hold the address. null: no answer. */
  leadsBack: boolean | null;
  /** A CNAME stands there, beside which no address may (RFC 1034 section 3.6.2). */
  isAlias: boolean;
  /** It spells the address out, or says that the address is handed out anew now and then. */
  generic: boolean;
}

export interface SendingAddress {
  ip: string;
  /** Where its PTR records stand. */
  name: string;
  /**
   * `confirmed`: a name leads back. `unconfirmed`: there are names, and none does. `nameless`: there is none. `local`:
   * not an address of the internet, so nothing was asked. `unanswered`: DNS did not say.
   */
  state: 'confirmed' | 'unconfirmed' | 'nameless' | 'local' | 'unanswered';
  names: readonly HostName[];
  /** Names that DNS did not answer about. */
  silent: readonly string[];
}

export interface AddressesFact {
  /** None: nobody has named any. */
  addresses: readonly SendingAddress[];
  /** Names that mail for the sender's domains goes to: another address there would be tried for that mail too. */
  takingMail: readonly string[];
  /** DNS did not answer about all of them, or there are more than are read: any name may be one. */
  mayTakeMail: boolean;
}

/** Names that are followed; RFC 7208 section 5.5 stops at ten too. */
const followed = 10;

/** Looks up each named address and its names. Never fails. */
export async function gatherAddresses(gathering: Gathering): Promise<AddressesFact> {
  const { sendingAddresses } = gathering.submission;
  const isSeen = sendingAddresses.some((ip) => isGlobalAddress(octetsOf(ip) ?? []));
  const [addresses, taking] = await Promise.all([
    Promise.all(sendingAddresses.map((ip) => readAddress(ip, gathering))),
    isSeen ? findTaking(gathering) : { takingMail: [], mayTakeMail: false },
  ]);
  return { addresses, ...taking };
}

/** Where mail for the From domain, the registered one and that for bounces goes. */
async function findTaking({
  submission: { from, mailFrom },
  dns,
}: Gathering): Promise<Pick<AddressesFact, 'takingMail' | 'mayTakeMail'>> {
  const organisation = getDomain(from.domain, { allowPrivateDomains: true });
  const domains = [...new Set([from.domain, organisation, mailFrom])].filter((domain) => domain !== null);
  const answers = await Promise.all(domains.map((domain) => dns(domain, 'MX')));
  const read = answers.map((answer) => ({ answer, ...readExchangers(answer) }));
  return {
    // Without MX, mail goes to the domain itself (RFC 5321 section 5.1).
    takingMail: read.flatMap(({ answer, named }) =>
      answer.status === 'nodata' ? [answer.name] : named.map(({ host }) => host),
    ),
    mayTakeMail: read.some(({ answer, named, count }) => unanswered(answer) || count > named.length),
  };
}

async function readAddress(ip: string, { dns }: Gathering): Promise<SendingAddress> {
  const octets = octetsOf(ip) ?? [];
  const name = reverseName(octets);
  const found: SendingAddress = { ip, name, state: 'local', names: [], silent: [] };
  if (!isGlobalAddress(octets)) return found;
  const answer = await dns(name, 'PTR');
  if (unanswered(answer)) return { ...found, state: 'unanswered', silent: [name] };
  const hosts = recordsOf(answer).map(({ data }) => data.trim().toLowerCase().replace(/\.$/, ''));
  const kept = [...new Set(hosts)].slice(0, followed);
  const type = octets.length === 4 ? 'A' : 'AAAA';
  const names = await Promise.all(
    kept.map(async (host): Promise<HostName> => {
      const generic = isGeneric(host, octets);
      if (!askable(host)) return { name: host, leadsBack: false, isAlias: false, generic };
      const answer = await dns(host, type);
      const back = recordsOf(answer).some(({ data }) => octetsOf(data)?.join() === octets.join());
      const isAlias = answer.records.some((one) => one.type === 'CNAME' && one.name === host);
      return { name: host, leadsBack: back || (unanswered(answer) ? null : false), isAlias, generic };
    }),
  );
  const silent = names.filter(({ leadsBack }) => leadsBack === null).map((one) => one.name);
  const state = names.some(({ leadsBack }) => leadsBack)
    ? 'confirmed'
    : names.length === 0
      ? 'nameless'
      : silent.length > 0
        ? 'unanswered'
        : 'unconfirmed';
  return { ...found, state, names, silent };
}

/** Parts of names that providers give to lines of private people, which get another address now and then. */
const lent = new Set(
  'dyn dynamic dynip dhcp dial dialup dialin dsl adsl vdsl xdsl ppp pppoe pool cable broadband'.split(' '),
);
/** Of an IPv6 address: as many of its last hexadecimal digits show that the name was made of it. */
const tellingDigits = 12;

/** True for a name that nobody has chosen for a mail server. */
export function isGeneric(name: string, octets: readonly number[]): boolean {
  if (name.split(/[^a-z]+/).some((word) => lent.has(word))) return true;
  if (octets.length !== 4) {
    return name.replace(/[^0-9a-f]/g, '').includes(hexDigits(octets).slice(-tellingDigits));
  }
  const numbers = [...name.matchAll(/\d+/g)].map(([number]) => Number(number));
  const runs = numbers.map((_, i) => numbers.slice(i, i + 4).join());
  const hex = hexDigits(octets);
  const padded = octets.map((octet) => `${octet}`.padStart(3, '0')).join('');
  return (
    runs.includes(octets.join()) ||
    runs.includes([...octets].reverse().join()) ||
    name.includes(padded) ||
    new RegExp(`(?:^|[^0-9a-f])${hex}(?:$|[^0-9a-f])`).test(name)
  );
}
