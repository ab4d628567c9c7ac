/** The one SPF record that mends all that can be mended: every rule that offers a record offers this. */
import type { Facts, Policy } from '#rule';
import { isSesServer, sesInclude, sesSpf } from '../providers/amazon-ses.ts';
import { missingAddresses } from './spf-addresses.ts';
import { joinedSpf } from './spf-joined.ts';
import { equals, respelt } from './spf-spelling.ts';

type Known = Pick<Facts, 'spf' | 'mailFrom'>;
type Tree = Facts['spf']['author'];
type Branch = Tree['root']['branches'][number];

/** Whose record is looked at. */
export interface SpfSubject {
  tree: Tree;
  place: Facts['mailFrom']['place'];
  /** It is From's own, and nobody has said that the mail uses it. */
  isFrom: boolean;
}

/** The record of MAIL FROM; where nobody has said which that is, of the From domain, which most mail then uses. */
export function subjectOf({ spf, mailFrom }: Known): SpfSubject {
  return spf.mailFrom ? { tree: spf.mailFrom, place: mailFrom.place, isFrom: false } : fromOf(spf);
}

/** The record of the From domain. */
export function fromOf({ author }: Facts['spf']): SpfSubject {
  return { tree: author, place: author.root.isAlias ? 'alias' : 'shared', isFrom: true };
}

export { equals };

const ends = /^[+\-~?]?all$/i;
const passing = /^\+?(?:include|a|mx|ptr|ip4|ip6|exists)(?:[:/]|$)|^redirect=/i;
const pointer = /^[+\-~?]?ptr(?::|$)/i;
const spending = /^[+\-~?]?(?:include|a|mx|ptr|exists)(?:[:/]|$)|^redirect=/i;

/** Misspelt parts that are mended: more are no slip. */
const mostMended = 10;
/** RFC 7208 section 4.6.4. */
const mostExchangers = 10;

/**
 * Who sends: the route's own server, or servers that somebody has named, where it is known what lets those send
 * (`route`); else as far as DNS says, Amazon SES, another, or `open` when nothing names anyone.
 */
export function senderOf({ spf, mailFrom }: Known): 'ses' | 'route' | 'other' | 'open' {
  const { server } = mailFrom;
  if (spf.server !== null) return spf.server.mechanism.toLowerCase() === sesInclude ? 'ses' : 'route';
  if (server !== null && server !== 'unknown') return isSesServer(server) ? 'ses' : 'other';
  const hosts = (mailFrom.mx?.exchangers ?? []).map(({ host }) => host).filter(Boolean);
  const { records = [], misspelt = null } = spf.mailFrom?.root ?? {};
  const words = [...records, misspelt?.text ?? ''].join(' ').toLowerCase().split(/\s+/);
  const own = [...hosts, ...words].some((name) => name.includes(sesSpf));
  if (own || spf.mailFrom?.trusted.includes(sesSpf) || spf.services[sesSpf] === true) return 'ses';
  if (missingAddresses({ spf, mailFrom }).length > 0) return 'route';
  return hosts.length > 0 || words.some((word) => passing.test(word.replace(equals, '$1:')))
    ? 'other'
    : 'open';
}

/** What to publish in place of the record; null where that cannot be said for certain, or is not the sender's. */
export function mendSpf(
  facts: Known,
  { spf: limits }: Pick<Policy, 'spf'>,
  { tree, place, isFrom } = subjectOf(facts),
): string | null {
  const { spf } = facts;
  if (place !== 'apart' && place !== 'shared') return null;
  const { root, breaks, unanswered, unread, everyone, trusted } = tree;
  // To From's own record nobody is added: no mail is known to need it.
  const sender = isFrom ? 'other' : senderOf(facts);
  const offersSes = sender === 'ses' || (sender === 'open' && place === 'apart');
  const server = isFrom ? null : spf.server;
  const parts = server?.mechanism.split(/\s+/) ?? (offersSes ? [sesInclude] : []);
  const addresses = isFrom || root.misspelt ? [] : missingAddresses(facts);
  if (root.state === 'none' && !root.misspelt) {
    const first = [...parts, ...addresses];
    return first.length > 0 && place === 'apart' ? ['v=spf1', ...first, '~all'].join(' ') : null;
  }
  const [only, ...more] = root.records;
  const record = root.misspelt?.mended ?? (more.length > 0 ? joinedSpf(root.records) : (only ?? null));
  if (!record || unanswered.length > 0 || unread.some(({ state }) => state === 'cut')) return null;
  const meant = new Map(root.faults.slice(0, mostMended).map((fault) => [fault, respelt(fault)]));
  if (!root.faults.every((fault) => meant.get(fault))) return null;

  // What several records lead to is read too: one record of theirs is to be sound.
  const lost = root.parts.filter(({ node }) => node?.state === 'none').map(({ text }) => text);
  const gone = breaks.filter(
    ({ domain, cause }) => domain === root.domain && /^(?:vanished|loop)$/.test(cause),
  );
  if (gone.length < breaks.length) return null;
  const dropped = new Set([...gone.map(({ term }) => term), ...lost, ...uselessOf(tree)]);
  const [version = '', ...all] = record.split(' ').filter(Boolean);
  const sound = all
    .map((word) => meant.get(word) ?? word.replace(equals, '$1:'))
    .filter((word) => !dropped.has(word));
  let words = withoutPointers(withoutTwins(inNetworks(sound, tree)));

  const end = words.findIndex((word) => ends.test(word));
  const isOpen = end !== -1 && /^\+?all$/i.test(words[end] ?? '');
  if (everyone && !(isOpen && everyone.domain === root.domain && ends.test(everyone.term))) return null;
  // What stands after `+all` was never read, and would count without it.
  if (isOpen && words.slice(end).some((word) => passing.test(word) && !isOf(parts, word))) return null;
  const redirected = all.some((word) => dropped.has(word) && /^redirect=/i.test(word));
  const isRedirect = (word: string) => /^redirect=/i.test(word);
  const isNeutral = /^\?all$/i.test(words[end] ?? '');
  const endless = end === -1 && !words.some(isRedirect);
  if (isOpen || (redirected && end === -1)) words = [...words.filter((word) => !ends.test(word)), '~all'];
  else if (endless) words = [...words, '~all'];
  else if (isNeutral) words = words.with(end, '~all');
  // Beside `all` a redirect is never followed (RFC 7208 section 6.1).
  if (words.some((word) => ends.test(word))) words = words.filter((word) => !isRedirect(word));

  const isNamed = server?.named ?? trusted.includes(sesSpf);
  const lacks = isOpen ? !isNamed : (server?.lets ?? spf.services[sesSpf]) !== true;
  const before = words.slice(0, lastOf(words)).filter((word) => passing.test(word));
  const named = parts.every((part) => before.some((word) => isOf([part], word)));
  const wanted = sender === 'ses' || sender === 'route';
  if (wanted && named && lacks && isNamed) return null;
  const silent = sender === 'open' && offersSes && !words.some((word) => passing.test(word));
  if (!named && lacks && (wanted || silent)) {
    words = words.filter((word) => !isOf(parts, word));
    words = words.toSpliced(lastOf(words), 0, ...parts);
  }
  const unnamed = addresses.filter((one) => !words.some((word) => isOf([one], word)));
  words = words.toSpliced(lastOf(words), 0, ...unnamed);
  const live = words.slice(0, lastOf(words) + 1);
  if (!live.some((word) => passing.test(word))) return null;
  const read = [...root.branches, ...root.parts];
  const kept = live.map((word) => read.find(({ text }) => text === word) ?? word);
  const lookups = kept.reduce((sum, one) => sum + spent(one), 0);
  const voids = kept.reduce((sum, one) => sum + (typeof one === 'string' ? 0 : voided(one)), 0);
  const mended = [version, ...words].join(' ');
  if (more.length > 0 && kept.some((one) => typeof one !== 'string' && !isReadable(one))) return null;
  return lookups > limits.lookups || voids > limits.voids || (more.length === 0 && mended === only)
    ? null
    : mended;
}

/** Terms that let nobody in: dead names, addresses of no public network, and what earlier terms have decided. */
function uselessOf({ root, terms }: Tree): string[] {
  const dead = root.branches.filter(({ isVoid, node }) => isVoid && !node).map(({ text }) => text);
  const idle = terms.filter((note) => note.reserved !== null || note.idle?.how === 'covered');
  return [...dead, ...idle.map(({ term }) => term)];
}

/** Blocks as receivers read them. */
function inNetworks(words: readonly string[], { terms }: Tree): string[] {
  const networks = new Map(terms.map(({ term, network }) => [term, network]));
  return words.map((word) => networks.get(word) ?? word);
}

function withoutTwins(words: readonly string[]): string[] {
  const seen = new Set<string>();
  return words.filter((word) => {
    const bare = word.replace(/^[+\-~?]/, '').toLowerCase();
    const isTwin = passing.test(bare) && seen.has(bare);
    seen.add(bare);
    return !isTwin;
  });
}

/** RFC 7208 section 5.5; unless nothing else lets anybody in. */
function withoutPointers(words: readonly string[]): string[] {
  const others = words.filter((word) => !pointer.test(word));
  return others.some((word) => passing.test(word)) ? others : [...words];
}

/** Where the record ends: what is to be read stands before. */
function lastOf(words: readonly string[]): number {
  const end = words.findIndex((word) => ends.test(word));
  const last = end === -1 ? words.findIndex((word) => /^redirect=/i.test(word)) : end;
  return last === -1 ? words.length : last;
}

function isOf(parts: readonly string[], word: string): boolean {
  const bare = (text: string) => text.replace(/^[+\-~?]/, '').toLowerCase();
  return parts.some((part) => bare(part) === bare(word));
}

function spent(term: Branch | string): number {
  if (typeof term === 'string') return spending.test(term) ? 1 : 0;
  const below = term.node?.branches ?? [];
  return (term.lookup === null ? 0 : 1) + below.reduce((sum, one) => sum + spent(one), 0);
}

function voided({ isVoid, node }: Branch): number {
  return (isVoid ? 1 : 0) + (node?.branches ?? []).reduce((sum, one) => sum + voided(one), 0);
}

/** Receivers get through it: nothing in it is a permanent error, and nothing of it is unread. */
function isReadable({ exchangers, node }: Branch): boolean {
  if (exchangers !== null && exchangers > mostExchangers) return false;
  return (
    node === null || (node.state === 'found' && node.faults.length === 0 && node.branches.every(isReadable))
  );
}

/** What a part that breaks the record does. */
export const causes = {
  en: {
    vanished: 'leads to a name without an SPF record',
    several: 'leads to a name with several SPF records',
    invalid: 'leads to an SPF record that cannot be read',
    loop: 'leads back to a record that is being read already',
    crowded: 'leads to a domain with more than 10 mail servers',
  },
  sv: {
    vanished: 'leder till ett namn utan SPF-post',
    several: 'leder till ett namn med flera SPF-poster',
    invalid: 'leder till en SPF-post som inte går att läsa',
    loop: 'leder tillbaka till en post som redan läses',
    crowded: 'leder till en domän med fler än 10 mejlservrar',
  },
};
