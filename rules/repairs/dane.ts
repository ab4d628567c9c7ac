/** The mail servers with DANE records, and what is said where nobody can judge them. */
import { type Facts, type NotApplicable, notApplicable, type Unknown, unanswered, unknown } from '#rule';
import { isSilent } from './mail-servers.ts';

export type DaneServer = Facts['dane']['servers'][number];

/**
 * Looks at each server that has DANE records which count. Without a problem: unknown where DNS was silent, or where the
 * resolver does not validate.
 */
export function overDane<P>(
  { domain, status, servers }: Facts['dane'],
  find: (server: DaneServer) => P[] | Unknown,
): P[] | Unknown | NotApplicable {
  const withRecords = servers.filter(({ state }) => state === 'records');
  const counting = withRecords.filter(({ secure }) => secure).map(find);
  const problems = counting.flatMap((one) => (Array.isArray(one) ? one : []));
  if (problems.length > 0) return problems;
  if (isSilent(status)) return unanswered([`${domain} MX`]);
  const silent = servers.filter(({ state }) => state === 'unanswered').map(({ name }) => `${name} TLSA`);
  if (silent.length > 0) return unanswered(silent);
  const open = counting.find((one) => 'unknown' in one);
  if (open && 'unknown' in open) return open;
  if (counting.length > 0) return [];
  // Proven unsigned: they do not count, and that is another check's matter.
  if (withRecords.some(({ unsigned }) => unsigned !== true)) return unknown('unvalidated');
  return notApplicable('no-record');
}
