/** Terms of the SPF trees whose targets are not there. */
import type { RecordType } from '../../ports.ts';
import { askable, unanswered } from '../dns.ts';
import type { SenderGathering as Gathering } from '../gather.ts';
import { gatherSpf, type SpfNode } from '../spf.ts';
import { endOf, hostsOf } from './ends.ts';
import { type Holding, holdingOf } from './holding.ts';
import type { Found } from './use.ts';

/** A term of an SPF record whose target is not there. */
export interface DanglingTerm {
  /** Whose record holds it. */
  domain: string;
  term: string;
  target: string;
  /** The term of the sender's own record that leads there, and whose that record is. */
  via: string;
  root: string;
  registered: string | null;
  holding: Holding;
}

/** Bounds on what a hostile zone makes us ask: terms, and servers that `mx` leads to. */
const termsAsked = 20;
const exchangersAsked = 20;

/** Looks through the trees of From and MAIL FROM. Never fails. */
export async function findTerms(gathering: Gathering): Promise<Found<DanglingTerm>> {
  const { author, mailFrom } = await gatherSpf(gathering);
  const trees = mailFrom && mailFrom !== author ? [author, mailFrom] : [author];
  const lost = trees.flatMap(({ root }) => gone(root, { root: root.domain })).slice(0, termsAsked);
  const servers = await goneServers(
    trees.flatMap(({ root }) => exchanges(root, { root: root.domain })),
    gathering,
  );
  const asked = await Promise.all(
    [...lost, ...servers.found].map(async ({ type, ...one }) => {
      // A name that is there by an alias alone is lost where the alias ends.
      const end = type && askable(one.target) ? endOf(await gathering.dns(one.target, type)) : null;
      const target = end ?? one.target;
      return { ...one, target, type, ...(await holdingOf(target, gathering)) };
    }),
  );
  // Of a name that is another one for each mail, nobody has asked whether it is there.
  const found = asked.flatMap(({ type, ...one }) =>
    type === null && (one.holding === 'held' || one.holding === 'none') ? [] : [one],
  );
  const unheld = found.flatMap(({ holding, registered }) =>
    holding === 'unanswered' && registered !== null ? [registered] : [],
  );
  const silent = [
    ...new Set([...unheld, ...servers.silent, ...trees.flatMap(({ unanswered: names }) => names)]),
  ];
  return { found, silent: silent.map((name) => ({ name, use: 'sending' })) };
}

/** `type`: what a receiver asks for there; null: the name is another one for each mail. */
type Lost = Omit<DanglingTerm, 'registered' | 'holding'> & { type: RecordType | null };
type Above = { root: string; via?: string };

/** Terms that let mail pass, and whose target has no record at all, or is not one name. */
function gone({ domain, branches }: SpfNode, above: Above): Lost[] {
  return branches.flatMap(({ text, kind, qualifier, domain: written, isVoid, node }) => {
    const target = node?.domain ?? written;
    if (qualifier !== '+' || target === null) return [];
    const via = above.via ?? text;
    const one = { domain, term: text, via, root: above.root };
    // Whoever holds what stands after the macros answers for every mail; with ptr, for its own servers.
    if (target.includes('%') || kind === 'ptr') {
      const tail = staticTail(target);
      return tail === null || isVoid === false ? [] : [{ ...one, target: tail, type: null }];
    }
    if (node && node.state !== 'none') return gone(node, { ...above, via });
    const type = node ? 'TXT' : kind === 'mx' ? 'MX' : 'A';
    return node || isVoid ? [{ ...one, target, type }] : [];
  });
}

/** The labels after the last macro; null: there is none of them. */
function staticTail(spec: string): string | null {
  const last = spec.lastIndexOf('%');
  if (last === -1) return spec;
  const rest = spec.slice(spec[last + 1] === '{' ? spec.indexOf('}', last) + 1 : last + 2);
  const dot = rest.indexOf('.');
  return dot === -1 || dot === rest.length - 1 ? null : rest.slice(dot + 1);
}

/** Terms `mx` that let mail pass, each with the name whose servers they stand for. */
function exchanges({ domain, branches }: SpfNode, above: Above): Omit<Lost, 'type'>[] {
  return branches.flatMap(({ text, kind, qualifier, domain: written, isVoid, node }) => {
    if (qualifier !== '+') return [];
    const via = above.via ?? text;
    if (node) return exchanges(node, { ...above, via });
    const target = written ?? domain;
    if (kind !== 'mx' || isVoid !== false || target.includes('%')) return [];
    return [{ domain, term: text, target, via, root: above.root }];
  });
}

/** The servers of those that are not there. */
async function goneServers(
  terms: Omit<Lost, 'type'>[],
  { dns }: Gathering,
): Promise<{ found: Lost[]; silent: string[] }> {
  const answers = await Promise.all(terms.map(({ target }) => dns(target, 'MX')));
  const hosts = answers.flatMap((answer, i) => {
    const one = terms[i];
    return one ? hostsOf(answer).map((target): Lost => ({ ...one, target, type: 'A' })) : [];
  });
  const looked = await Promise.all(
    hosts.slice(0, exchangersAsked).map(async (one) => ({ one, answer: await dns(one.target, 'A') })),
  );
  return {
    found: looked.flatMap(({ one, answer }) => (answer.status === 'nxdomain' ? [one] : [])),
    silent: looked.flatMap(({ one, answer }) => (unanswered(answer) ? [one.target] : [])),
  };
}
