/** Resources of Terraform, in the words of whoever hosts the zone. */
import type { Locale, ZonePlace } from '../../rule.ts';
import { bindName, decimal, type Escape, quotedStrings, stringsOf, zoneData } from './bind.ts';
import type { RecordValue } from './record.ts';

/** Arguments, in order, as they are written after `=`; a block stands as lines of its own. */
type Argument = readonly [name: string, value: string] | readonly [block: string];

interface Resource {
  type: string;
  arguments: readonly Argument[];
  /** It holds all records of its name and type, so that those beside it belong into it. */
  whole: boolean;
}

/** Route 53 alone writes octets in octal. */
const octal: Escape = (octet) => `\\${octet.toString(8).padStart(3, '0')}`;

const words = {
  en: {
    beside: (type: string) => `This resource holds every ${type} record of the name: add those that stay.`,
    replaces: 'In place of',
    remove: 'Remove',
  },
  sv: {
    beside: (type: string) =>
      `Den här resursen har alla ${type}-poster på namnet: lägg till dem som ska vara kvar.`,
    replaces: 'I stället för',
    remove: 'Ta bort',
  },
} as const satisfies Record<Locale, object>;

/** What was there, as a comment. `next`: whether something comes in its place. */
export function terraformComment(said: string, next: boolean, locale: Locale): string {
  return `# ${words[locale][next ? 'replaces' : 'remove']} ${terraformValue(said)}`;
}

/** null: there is no resource for it. */
export function terraformResource(
  record: RecordValue,
  ttl: number,
  zone: ZonePlace | null,
  locale: Locale,
): string | null {
  const written = (writers[zone?.host?.terraform ?? 'dns'] ?? writers.dns)(record, ttl, zone?.apex ?? null);
  if (written === null) return null;
  const width = Math.max(
    ...written.arguments.map(([name, value]) => (value === undefined ? 0 : name.length)),
  );
  const lines = written.arguments.map(([name, value]) =>
    value === undefined ? name : `  ${name.padEnd(width)} = ${value}`,
  );
  const beside =
    written.whole && (record.kind === 'text' || record.kind === 'exchange')
      ? [`  # ${words[locale].beside(record.type)}`]
      : [];
  return [`resource "${written.type}" "${labelOf(record)}" {`, ...beside, ...lines, '}'].join('\n');
}

type Write = (record: RecordValue, ttl: number, apex: string | null) => Resource | null;

const writers: Readonly<Record<string, Write>> & { dns: Write } = {
  cloudflare(record, ttl) {
    if (record.kind === 'words') return null;
    const priority: Argument[] = record.kind === 'exchange' ? [['priority', `${record.preference}`]] : [];
    const content =
      record.kind === 'text'
        ? quotedStrings(record.text, decimal).join(' ')
        : record.kind === 'address'
          ? record.address
          : record.host || '.';
    return {
      type: 'cloudflare_dns_record',
      whole: false,
      arguments: [
        ['zone_id', 'var.zone_id'],
        ['name', terraformValue(record.name)],
        ['type', terraformValue(record.type)],
        ['content', terraformValue(content)],
        ...priority,
        ['ttl', `${ttl}`],
      ],
    };
  },
  route53(record, ttl) {
    // The provider sets the outer quotes.
    const data = record.kind === 'text' ? stringsOf(record.text, octal).join('""') : zoneData(record);
    return {
      type: 'aws_route53_record',
      whole: true,
      arguments: [
        ['zone_id', 'var.zone_id'],
        ['name', terraformValue(record.name)],
        ['type', terraformValue(record.type)],
        ['ttl', `${ttl}`],
        ['records', `[${terraformValue(data)}]`],
      ],
    };
  },
  google(record, ttl) {
    return {
      type: 'google_dns_record_set',
      whole: true,
      arguments: [
        ['managed_zone', 'var.managed_zone'],
        ['name', terraformValue(bindName(record.name))],
        ['type', terraformValue(record.type)],
        ['ttl', `${ttl}`],
        ['rrdatas', `[${terraformValue(zoneData(record))}]`],
      ],
    };
  },
  hetzner(record, ttl, apex) {
    return {
      type: 'hcloud_zone_rrset',
      whole: true,
      arguments: [
        ['zone', apex === null ? 'var.zone' : terraformValue(apex)],
        ['name', terraformValue(hostOf(record, apex) ?? record.name)],
        ['type', terraformValue(record.type)],
        ['ttl', `${ttl}`],
        ['records', `[{ value = ${terraformValue(zoneData(record))} }]`],
      ],
    };
  },
  azure(record, ttl, apex) {
    const common: Argument[] = [
      ['name', terraformValue(hostOf(record, apex) ?? record.name)],
      ['zone_name', apex === null ? 'var.zone_name' : terraformValue(apex)],
      ['resource_group_name', 'var.resource_group_name'],
      ['ttl', `${ttl}`],
    ];
    if (record.kind === 'text') {
      // The provider cuts long texts by itself.
      const block = ['  record {', `    value = ${terraformValue(record.text)}`, '  }'].join('\n');
      return { type: 'azurerm_dns_txt_record', whole: true, arguments: [...common, [block]] };
    }
    if (record.kind === 'exchange') {
      const block = [
        '  record {',
        `    preference = ${record.preference}`,
        `    exchange   = ${terraformValue(record.host || '.')}`,
        '  }',
      ].join('\n');
      return { type: 'azurerm_dns_mx_record', whole: true, arguments: [...common, [block]] };
    }
    return record.type === 'CNAME' && record.kind === 'host'
      ? {
          type: 'azurerm_dns_cname_record',
          whole: true,
          arguments: [...common, ['record', terraformValue(record.host)]],
        }
      : null;
  },
  dns(record, ttl, apex) {
    const host = hostOf(record, apex);
    const common: Argument[] = [
      ['zone', apex === null ? 'var.zone' : terraformValue(bindName(apex))],
      ...(host === '@' ? [] : [['name', terraformValue(host ?? record.name)] as const]),
      ['ttl', `${ttl}`],
    ];
    if (record.kind === 'text') {
      // The provider puts it between quotes as it is, and cuts it.
      const text = stringsOf(record.text, decimal).join('');
      return {
        type: 'dns_txt_record_set',
        whole: true,
        arguments: [...common, ['txt', `[${terraformValue(text)}]`]],
      };
    }
    if (record.kind === 'exchange') {
      const block = [
        '  mx {',
        `    preference = ${record.preference}`,
        `    exchange   = ${terraformValue(bindName(record.host))}`,
        '  }',
      ].join('\n');
      return { type: 'dns_mx_record_set', whole: true, arguments: [...common, [block]] };
    }
    return record.type === 'CNAME' && record.kind === 'host'
      ? {
          type: 'dns_cname_record',
          whole: true,
          arguments: [...common, ['cname', terraformValue(bindName(record.host))]],
        }
      : null;
  },
};

/** Within its zone; null where the zone is not known. */
function hostOf({ name }: RecordValue, apex: string | null): string | null {
  if (apex === null) return null;
  return name === apex ? '@' : name.slice(0, -apex.length - 1);
}

/** A name for the resource itself: letters, digits and underscores, a letter first. */
function labelOf({ type, name }: RecordValue): string {
  const safe = name.toLowerCase().replace(/[^a-z0-9]+/g, '_');
  return `${type.toLowerCase().replace(/[^a-z0-9]/g, '')}_${safe.replace(/^_|_$/g, '').slice(0, 80)}`;
}

/** A string of HCL: no quote, line or template in it does anything (`\${` and `%{` begin one). */
export function terraformValue(text: string): string {
  const escaped = text
    .toWellFormed()
    .replace(/[\\"]/g, '\\$&')
    .replace(/\$\{/g, '$$$${')
    .replace(/%\{/g, '%%{')
    .replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (mark) => {
      const code = mark.codePointAt(0) ?? 0;
      return code > 0xffff
        ? `\\U${code.toString(16).padStart(8, '0')}`
        : `\\u${code.toString(16).padStart(4, '0')}`;
    });
  return `"${escaped}"`;
}
