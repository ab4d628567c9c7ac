/** The sending server of a route, and whether an SPF record lets it send. Pure: the names were looked up before. */
import { letsPass, type SpfReach } from './reach.ts';
import type { SpfBranch, SpfTree } from './tree.ts';

export interface SpfServer {
  /** What lets it send, as its owner has told: `include:authsmtp.com`, or several parts with spaces between. */
  mechanism: string;
  /** Each of those parts stands in MAIL FROM's record, or below it. */
  named: boolean;
  /** Whether MAIL FROM's record lets all that they stand for pass. `nowhere`: they stand for no server at all. */
  lets: boolean | 'unknown' | 'unanswered' | 'nowhere';
  /** Names of theirs for which DNS gave no answer. */
  unanswered: readonly string[];
}

/** What lets the route's server send, looked up by itself. */
export interface Parts {
  mechanism: string;
  branches: readonly SpfBranch[];
  own: SpfReach;
  unanswered: readonly string[];
}

/** By the record of MAIL FROM. */
export function judgeServer({ mechanism, branches, own, unanswered }: Parts, tree: SpfTree): SpfServer {
  const { root, reach, trusted } = tree;
  const bare = (text: string) => text.replace(/^\+/, '').toLowerCase();
  const written = new Set(root.branches.map(({ text }) => bare(text)));
  const named = branches.every(({ text, node }) =>
    node ? trusted.includes(node.domain) : written.has(bare(text)),
  );
  const judged = (lets: SpfServer['lets']) => ({ mechanism, named, lets, unanswered });
  if (own.maybe.length > 0 && letsPass(reach, own.maybe) === true) return judged(true);
  if (unanswered.length > 0) return judged('unanswered');
  if (own.sure.length > 0) return judged(letsPass(reach, own.sure));
  if (named) return judged(true);
  return judged(own.maybe.length > 0 || own.hosts ? 'unknown' : 'nowhere');
}
