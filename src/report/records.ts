/**
 * A change of DNS in the forms that people need: as a control panel asks for it, as lines of a zone file, and as
 * Terraform. Names and values may come from a stranger's DNS: nothing in them may break out of its quotes.
 */
import type { Change, Locale, ZonePlace } from '../rule.ts';
import { bindName, bindRecord } from './records/bind.ts';
import { readRecord } from './records/record.ts';
import { terraformComment, terraformResource } from './records/terraform.ts';

export type DnsChange = Extract<Change, { kind: 'dns' }>;

export interface RecordForms {
  /** As most control panels ask for it. */
  plain: {
    type: string;
    /** The whole name. */
    name: string;
    /** Within its zone, `@` at the top; null: nobody knows which zone it is in. */
    host: string | null;
    /** Of an MX record; its value is then the server alone. */
    priority: number | null;
    /** null: the record is to be taken away. */
    value: string | null;
    old: string | null;
  };
  /** Lines of a zone file, what is to go as a comment; null: it cannot be written for certain. */
  bind: string | null;
  /** For whoever hosts the zone, else for any name server that takes dynamic updates (RFC 2136). */
  terraform: string | null;
}

/** Seconds: an hour, so that a mistake is soon mended; deSEC takes no less. */
const ttl = 3600;

/** `zones`: those that the audit has found. `locale`: of the comments. */
export function formsOf(
  change: DnsChange,
  zones: readonly ZonePlace[] = [],
  locale: Locale = 'en',
): RecordForms {
  const { type, name } = change;
  const zone = zoneOf(name, zones);
  const read = (value: string | null) =>
    value === null || value.length > mostCharacters ? null : readRecord(type, name, value);
  const [next, old] = [read(change.new), read(change.old)];
  return {
    plain: {
      type,
      name,
      host: zone && hostIn(name, zone.apex),
      priority: next?.kind === 'exchange' ? next.preference : null,
      value: next?.kind === 'exchange' ? next.host || '.' : change.new,
      old: change.old,
    },
    bind: writeBind(change, next, old),
    terraform: writeTerraform(change, next, zone, locale),
  };
}

/** The zone that a name stands in: the longest that was found. */
export function zoneOf(name: string, zones: readonly ZonePlace[]): ZonePlace | null {
  const [nearest = null] = zones
    .filter(({ apex }) => name === apex || name.endsWith(`.${apex}`))
    .toSorted((one, other) => other.apex.length - one.apex.length);
  return nearest;
}

/** A name as its zone has it. */
export function hostIn(name: string, apex: string): string {
  return name === apex ? '@' : name.slice(0, -apex.length - 1);
}

type Read = ReturnType<typeof readRecord>;

/** Characters of a value that is written out: a hostile zone has records of 64 KB, and every fault repeats them. */
const mostCharacters = 4096;

function writeBind(change: DnsChange, next: Read, old: Read): string | null {
  const { type, name } = change;
  if (change.new !== null && next === null) return null;
  // Of a value that cannot be written, the name alone.
  const was = old ? bindRecord(old, ttl) : `${bindName(name)} ${ttl} IN ${type.replace(/\W/g, '')}`;
  const lines = [...(change.old === null ? [] : [`; - ${was}`]), ...(next ? [bindRecord(next, ttl)] : [])];
  return lines.length > 0 ? lines.join('\n') : null;
}

function writeTerraform(
  change: DnsChange,
  next: Read,
  zone: ZonePlace | null,
  locale: Locale,
): string | null {
  const { type, name, old } = change;
  const said = `${type} ${name}: ${(old ?? '').slice(0, mostCharacters)}`;
  const was = old === null ? [] : [terraformComment(said, next !== null, locale)];
  if (change.new === null) return was.length > 0 ? was.join('\n') : null;
  const resource = next && terraformResource(next, ttl, zone, locale);
  return resource ? [...was, resource].join('\n') : null;
}
