/** The record of MAIL FROM for rules that speak of its terms: read, sound, and the sender's own to change. */
import {
  type Change,
  type Facts,
  type NotApplicable,
  notApplicable,
  type Policy,
  type Unknown,
  unanswered,
} from '#rule';
import { equals, mendSpf } from './spf-record.ts';

type Tree = NonNullable<Facts['spf']['mailFrom']>;

export interface OwnSpf {
  tree: Tree;
  domain: string;
  record: string;
  /** Without `v=spf1`. */
  words: readonly string[];
  /** The record that mends all that can be mended, as the more of a problem. */
  more: { change?: Change };
  /** There is such a record. */
  box: boolean;
}

/** @returns the record, or why there is nothing to be said of it here. */
export function ownSpf(
  { spf, mailFrom }: Pick<Facts, 'spf' | 'mailFrom'>,
  policy: Policy,
): OwnSpf | { none: NotApplicable | Unknown } {
  const tree = spf.mailFrom;
  if (tree === null) return { none: notApplicable('no-mail-from') };
  const { domain, state, records, faults } = tree.root;
  const [record] = records;
  if (state === 'unanswered') return { none: unanswered([`${domain} TXT`]) };
  if (state === 'several' || !faults.every((fault) => equals.test(fault))) {
    return { none: notApplicable('faulty-record') };
  }
  if (state !== 'found' || record === undefined) return { none: notApplicable('no-record') };
  if (mailFrom.place === 'foreign') return { none: notApplicable('not-yours') };
  const next = mendSpf({ spf, mailFrom }, policy);
  const change: Change = { kind: 'dns', type: 'TXT', name: domain, old: record, new: next };
  return {
    tree,
    domain,
    record,
    words: record.split(' ').filter(Boolean).slice(1),
    more: next === null ? {} : { change },
    box: next !== null,
  };
}

/** Of a hostile record, which has terms of 64 KB and thousands of them. */
const longest = 120;
const named = 6;

/** Terms as a person reads them: few, and not too long. */
export function listed(terms: readonly string[]): string {
  const shown = terms.slice(0, named).map((term) => term.slice(0, longest));
  return shown.join(', ') + (terms.length > named ? ' …' : '');
}
