/**
 * The record for rules that speak of its terms: read, sound, and the sender's own to change. It is that of MAIL FROM,
 * or where nobody has said which that is, of the From domain.
 */
import {
  type Change,
  type Facts,
  type NotApplicable,
  notApplicable,
  type Policy,
  type Rule,
  type Unknown,
  unanswered,
} from '#rule';
import { equals, mendSpf, type SpfSubject, subjectOf } from './spf-record.ts';

export interface OwnSpf {
  tree: SpfSubject['tree'];
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
  const { tree, place } = subjectOf({ spf, mailFrom });
  const { domain, state, records, faults } = tree.root;
  const [record] = records;
  if (state === 'unanswered') return { none: unanswered([`${domain} TXT`]) };
  if (state === 'several' || !faults.every((fault) => equals.test(fault))) {
    return { none: notApplicable('faulty-record') };
  }
  if (state !== 'found' || record === undefined) return { none: notApplicable('no-record') };
  if (place === 'foreign') return { none: notApplicable('not-yours') };
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

/** Said of each problem of From's own record. */
const aside = {
  en: 'This is the From domain’s own record. Whether your mail uses it we do not know: give us its Return-Path (MAIL FROM), and we look at the record that counts.',
  sv: 'Det här är avsändardomänens egen post. Om ditt mejl använder den vet vi inte. Ange Return-Path (MAIL FROM), så kontrollerar vi den post som gäller.',
};

/** A rule that looks at From's record where MAIL FROM is not known, and then says so with each problem. */
export function saysWhose(rule: Rule): Rule {
  const { problems } = rule.words.en;
  const told = (locale: keyof typeof aside) =>
    Object.fromEntries(
      Object.keys(problems).map((key) => [
        key,
        (data: object) => {
          const text = rule.words[locale].problems[key]?.(data) ?? '';
          const end = /[.…]$/.test(text) ? '' : '.';
          return 'isFrom' in data && data.isFrom ? `${text}${end} ${aside[locale]}` : text;
        },
      ]),
    );
  return {
    ...rule,
    check(facts, context) {
      const answer = rule.check(facts, context);
      if (facts.spf.mailFrom !== null || 'unknown' in answer || 'notApplicable' in answer) return answer;
      return answer.map((one) => ({ ...one, data: { ...one.data, isFrom: true } }));
    },
    words: {
      en: { ...rule.words.en, problems: told('en') },
      sv: { ...rule.words.sv, problems: told('sv') },
    },
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
