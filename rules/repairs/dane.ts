/** The mail servers with DANE records, and what is said where nobody can judge them. */
import { type Facts, type NotApplicable, notApplicable, type Unknown, unanswered, unknown } from '#rule';
import { isSilent } from './mail-servers.ts';

export type DaneServer = Facts['dane']['servers'][number];

/** What is said of a record that is to be published, and the record itself where the sender can publish it. */
export interface DaneBox {
  host: string;
  /** Where it belongs. */
  place: string;
  /** Where a CNAME stands, beside which nothing may (RFC 1034 section 3.6.2); empty: nowhere. */
  alias: string;
  box: boolean;
}

/**
 * The record that fits, in place of `old`. At the end of an alias it goes beside what stands there, which other servers
 * may use too; one that fits is enough (RFC 7672 section 2.2).
 */
export function daneBox({ host, name, alias, fitting, own }: DaneServer, old: string | null) {
  const place = alias ?? name;
  const data: DaneBox = { host, place, alias: alias === null ? '' : name, box: own && fitting !== null };
  const change = { kind: 'dns', type: 'TLSA', name: place, old: alias ? null : old, new: fitting } as const;
  return { data, more: data.box ? { change } : {} };
}

/** What is to be done about a record at the end of an alias. */
export const daneAlias = {
  en: ({ alias, place, box }: DaneBox) =>
    box
      ? `Publish the record below at ${place}, beside those that stand there: ${alias} is an alias (CNAME) of it.`
      : `${alias} is an alias (CNAME) of ${place}. Ask whoever runs that name to publish a TLSA record there that begins with 3 1 1 and fits the server’s key.`,
  sv: ({ alias, place, box }: DaneBox) =>
    box
      ? `Publicera posten nedan på ${place}, bredvid dem som redan står där. ${alias} är ett alias (CNAME) för det namnet.`
      : `${alias} är ett alias (CNAME) för ${place}. Be den som sköter det namnet att publicera en TLSA-post där som börjar med 3 1 1 och passar serverns nyckel.`,
};

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
