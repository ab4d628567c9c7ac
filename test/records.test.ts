/** A change of DNS in its forms: each is read back by a reader of its own and has to say the same record again. */
import { expect, test } from 'vitest';
import { zoneHosts } from '../rules/providers/zone-hosts.ts';
import { changeBox } from '../src/http/pages/change.ts';
import { bindName } from '../src/report/records/bind.ts';
import { terraformValue } from '../src/report/records/terraform.ts';
import { type DnsChange, formsOf, zoneOf } from '../src/report/records.ts';
import type { ZonePlace } from '../src/rule.ts';

const change = (type: string, name: string, next: string | null, old: string | null = null): DnsChange => ({
  kind: 'dns',
  type,
  name,
  old,
  new: next,
});
const placed = (apex: string, terraform: string | null = null): ZonePlace => ({
  apex,
  servers: ['ns.example'],
  host: { id: 'h', name: 'Host', settings: null, terraform },
});

// biome-ignore-start lint/suspicious/noTemplateCurlyInString: templates of HCL, not of ours
/** What an octet of a name or a text may be in hostile hands, and pieces that try to break out. */
const pieces = [
  'v=spf1 ',
  'p=',
  ';',
  '"',
  '\\',
  '\\"',
  '\\000',
  '\n',
  '\r\n$INCLUDE /etc/passwd\n',
  '\t',
  '\0',
  ' ',
  '(',
  ')',
  '@',
  '${file("/etc/passwd")}',
  '%{ if true }',
  '$${',
  '$',
  '{',
  '}',
  '</code><script>',
  "'",
  '&amp;',
  'å',
  '😀',
  '\ud800',
  '\u202e',
  '\u2028',
  '\u0085',
  '\u007f',
  '# x',
  '; x',
  '/* ',
  'EOF',
  'a'.repeat(300),
  '*',
  '_',
  'xn--',
  '\u200b',
];

// biome-ignore-end lint/suspicious/noTemplateCurlyInString: as above

/** Mulberry32: the same texts every time. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

function texts(count: number, seed: number): string[] {
  const next = random(seed);
  return Array.from({ length: count }, () =>
    Array.from({ length: Math.floor(next() * 6) }, () => pieces[Math.floor(next() * pieces.length)]).join(''),
  );
}

/** Tokens of one zone-file line (RFC 1035 section 5.1), as octets. */
function readZoneLine(line: string): { quoted: boolean; octets: number[] }[] {
  const tokens: { quoted: boolean; octets: number[] }[] = [];
  let at = 0;
  while (at < line.length) {
    if (line[at] === ' ') {
      at += 1;
      continue;
    }
    const quoted = line[at] === '"';
    if (quoted) at += 1;
    const octets: number[] = [];
    for (;;) {
      const mark = line[at];
      if (mark === undefined) {
        if (quoted) throw new Error('a quote is not closed');
        break;
      }
      if (quoted ? mark === '"' : mark === ' ') break;
      if (!quoted && /[;()"]/.test(mark)) throw new Error(`${mark} acts in the line`);
      if (mark < ' ' || mark > '~') throw new Error('an octet stands bare');
      if (mark === '\\') {
        const digits = /^\d{3}/.exec(line.slice(at + 1))?.[0];
        octets.push(digits ? Number(digits) : line.charCodeAt(at + 1));
        at += digits ? 4 : 2;
      } else {
        octets.push(line.charCodeAt(at));
        at += 1;
      }
    }
    if (quoted) at += 1;
    tokens.push({ quoted, octets });
  }
  return tokens;
}

const decoded = (octets: number[]) => new TextDecoder().decode(new Uint8Array(octets));

/** Strings of HCL in a text, as Terraform would see them; throws where a template begins or a string has no end. */
function readHcl(text: string): { strings: string[]; rest: string } {
  const strings: string[] = [];
  let rest = '';
  for (let at = 0; at < text.length; at += 1) {
    const mark = text[at] ?? '';
    if (mark === '#') {
      const end = text.indexOf('\n', at);
      at = end === -1 ? text.length : end;
      rest += '\n';
      continue;
    }
    if (mark !== '"') {
      rest += mark;
      continue;
    }
    let value = '';
    at += 1;
    for (; text[at] !== '"'; ) {
      const here = text.slice(at, at + 3);
      if (text[at] === undefined || text[at] === '\n') throw new Error('a string has no end');
      if (here.startsWith('$${') || here.startsWith('%%{')) {
        value += here.slice(1);
        at += 3;
      } else if (/^[$%]\{/.test(here)) {
        throw new Error('a template begins');
      } else if (text[at] === '\\') {
        const code = /^\\(?:u([0-9a-f]{4})|U([0-9a-f]{8}))/.exec(text.slice(at));
        const hex = code?.[1] ?? code?.[2];
        value += hex ? String.fromCodePoint(Number.parseInt(hex, 16)) : text[at + 1];
        at += code ? code[0].length : 2;
      } else {
        value += text[at];
        at += 1;
      }
    }
    strings.push(value);
    rest += '""';
  }
  return { strings, rest };
}

test('TXT in a zone file reads back as the same text, in strings of at most 255 octets', () => {
  for (const text of [...texts(2000, 1), 'x'.repeat(700), 'ö'.repeat(200), '']) {
    const { bind } = formsOf(change('TXT', 'a.example.se', text, text));
    const lines = (bind ?? '').split('\n');
    expect(lines).toHaveLength(2);
    expect(lines[0]).toBe(`; - ${lines[1]}`);
    const [name, ttl, cls, type, ...strings] = readZoneLine(lines[1] ?? '');
    expect([name, ttl, cls, type].map((one) => decoded(one?.octets ?? []))).toEqual([
      'a.example.se.',
      '3600',
      'IN',
      'TXT',
    ]);
    expect(strings.every(({ quoted, octets }) => quoted && octets.length <= 255)).toBe(true);
    expect(decoded(strings.flatMap(({ octets }) => octets))).toBe(text.toWellFormed());
  }
});

test('names of hostile zones stay one word in a zone file, and read back as they were', () => {
  for (const label of texts(1000, 2)) {
    const name = `${label}.example.se`.toWellFormed();
    const [word, ...more] = readZoneLine(bindName(name));
    expect(more).toEqual([]);
    // Dots part labels; empty ones say nothing.
    const labels = (one: string) => one.split('.').filter(Boolean).join('.');
    expect(labels(decoded(word?.octets ?? []))).toBe(labels(name));
    const { bind } = formsOf(change('CNAME', name, 'target.example', 'old.example'));
    expect(bind?.split('\n')).toHaveLength(2);
  }
});

test.each([
  [
    'MX',
    '10 feedback-smtp.eu-north-1.amazonses.com',
    'm.example.se. 3600 IN MX 10 feedback-smtp.eu-north-1.amazonses.com.',
  ],
  ['MX', '0 .', 'm.example.se. 3600 IN MX 0 .'],
  ['CNAME', 'a.dkim.amazonses.com', 'm.example.se. 3600 IN CNAME a.dkim.amazonses.com.'],
  ['A', '192.0.2.1', 'm.example.se. 3600 IN A 192.0.2.1'],
  ['TLSA', '3 1 1 00ff', 'm.example.se. 3600 IN TLSA 3 1 1 00ff'],
  ['CAA', '0 issue "letsencrypt.org"', 'm.example.se. 3600 IN CAA 0 issue "letsencrypt.org"'],
  // What has another form is not written: it could mean anything.
  ['MX', '10 a b', null],
  ['MX', '99999 a.example', null],
  ['A', '192.0.2.1\n@ IN NS evil.example', null],
  ['CAA', '0 issue "x"\n', null],
  ['WKS', 'anything', null],
])('%s %j', (type, value, expected) => {
  expect(formsOf(change(type, 'm.example.se', value)).bind).toBe(expected);
});

test('what is to go is a comment, and a value that cannot be written leaves its name alone', () => {
  expect(formsOf(change('MX', 'm.example.se', null, '10 in.example.se')).bind).toBe(
    '; - m.example.se. 3600 IN MX 10 in.example.se.',
  );
  expect(formsOf(change('MX', 'm.example.se', null, '10 in\nexample')).bind).toBe(
    '; - m.example.se. 3600 IN MX',
  );
  const long = formsOf(change('TXT', 'm.example.se', 'v=spf1 -all', 'x'.repeat(64_000)));
  expect((long.bind ?? '').length + (long.terraform ?? '').length).toBeLessThan(10_000);
});

const flavours = [null, ...new Set(zoneHosts.flatMap(({ terraform }) => terraform ?? []))];

test.each(flavours)(
  'Terraform for %s: nothing breaks out of a string, and the record reads back',
  (flavour) => {
    const zones = [placed('example.se', flavour)];
    const shape = (text: string) =>
      readHcl(formsOf(change('TXT', 'a.example.se', text, text), zones).terraform ?? '').rest.replace(
        /\s+/g,
        ' ',
      );
    const sound = shape('v=spf1 -all');
    for (const text of texts(1500, 3)) {
      const written = formsOf(change('TXT', 'a.example.se', text, text), zones).terraform ?? '';
      const { strings, rest } = readHcl(written);
      expect(rest.replace(/\s+/g, ' ')).toBe(sound);
      const value = strings.at(-1) ?? '';
      expect(readTxtOf(flavour, value)).toBe(text.toWellFormed());
    }
  },
);

/** The text that a provider makes of its argument. */
function readTxtOf(flavour: string | null, value: string): string {
  if (flavour === 'azure') return value;
  const line = flavour === 'route53' || flavour === null ? `"${value}"` : value;
  const octal =
    flavour === 'route53'
      ? line.replace(/\\([0-7]{3})/g, (_, o) => `\\${`${Number.parseInt(o, 8)}`.padStart(3, '0')}`)
      : line;
  return decoded(readZoneLine(octal).flatMap(({ octets }) => octets));
}

test('each flavour writes MX and CNAME as its provider has them', () => {
  const mx = change('MX', 'mejl.example.se', '10 feedback-smtp.eu-north-1.amazonses.com');
  const written = flavours.map((flavour) => formsOf(mx, [placed('example.se', flavour)]).terraform);
  expect(written).toMatchInlineSnapshot(`
    [
      "resource "dns_mx_record_set" "mx_mejl_example_se" {
      # This resource holds every MX record of the name: add those that stay.
      zone = "example.se."
      name = "mejl"
      ttl  = 3600
      mx {
        preference = 10
        exchange   = "feedback-smtp.eu-north-1.amazonses.com."
      }
    }",
      "resource "cloudflare_dns_record" "mx_mejl_example_se" {
      zone_id  = var.zone_id
      name     = "mejl.example.se"
      type     = "MX"
      content  = "feedback-smtp.eu-north-1.amazonses.com"
      priority = 10
      ttl      = 3600
    }",
      "resource "aws_route53_record" "mx_mejl_example_se" {
      # This resource holds every MX record of the name: add those that stay.
      zone_id = var.zone_id
      name    = "mejl.example.se"
      type    = "MX"
      ttl     = 3600
      records = ["10 feedback-smtp.eu-north-1.amazonses.com."]
    }",
      "resource "azurerm_dns_mx_record" "mx_mejl_example_se" {
      # This resource holds every MX record of the name: add those that stay.
      name                = "mejl"
      zone_name           = "example.se"
      resource_group_name = var.resource_group_name
      ttl                 = 3600
      record {
        preference = 10
        exchange   = "feedback-smtp.eu-north-1.amazonses.com"
      }
    }",
      "resource "google_dns_record_set" "mx_mejl_example_se" {
      # This resource holds every MX record of the name: add those that stay.
      managed_zone = var.managed_zone
      name         = "mejl.example.se."
      type         = "MX"
      ttl          = 3600
      rrdatas      = ["10 feedback-smtp.eu-north-1.amazonses.com."]
    }",
      "resource "hcloud_zone_rrset" "mx_mejl_example_se" {
      # This resource holds every MX record of the name: add those that stay.
      zone    = "example.se"
      name    = "mejl"
      type    = "MX"
      ttl     = 3600
      records = [{ value = "10 feedback-smtp.eu-north-1.amazonses.com." }]
    }",
    ]
  `);
  const cname = change('CNAME', 'a._domainkey.example.se', 'a.dkim.amazonses.com');
  expect(
    flavours.map((flavour) => formsOf(cname, [placed('example.se', flavour)]).terraform),
  ).toMatchInlineSnapshot(`
    [
      "resource "dns_cname_record" "cname_a_domainkey_example_se" {
      zone  = "example.se."
      name  = "a._domainkey"
      ttl   = 3600
      cname = "a.dkim.amazonses.com."
    }",
      "resource "cloudflare_dns_record" "cname_a_domainkey_example_se" {
      zone_id = var.zone_id
      name    = "a._domainkey.example.se"
      type    = "CNAME"
      content = "a.dkim.amazonses.com"
      ttl     = 3600
    }",
      "resource "aws_route53_record" "cname_a_domainkey_example_se" {
      zone_id = var.zone_id
      name    = "a._domainkey.example.se"
      type    = "CNAME"
      ttl     = 3600
      records = ["a.dkim.amazonses.com."]
    }",
      "resource "azurerm_dns_cname_record" "cname_a_domainkey_example_se" {
      name                = "a._domainkey"
      zone_name           = "example.se"
      resource_group_name = var.resource_group_name
      ttl                 = 3600
      record              = "a.dkim.amazonses.com"
    }",
      "resource "google_dns_record_set" "cname_a_domainkey_example_se" {
      managed_zone = var.managed_zone
      name         = "a._domainkey.example.se."
      type         = "CNAME"
      ttl          = 3600
      rrdatas      = ["a.dkim.amazonses.com."]
    }",
      "resource "hcloud_zone_rrset" "cname_a_domainkey_example_se" {
      zone    = "example.se"
      name    = "a._domainkey"
      type    = "CNAME"
      ttl     = 3600
      records = [{ value = "a.dkim.amazonses.com." }]
    }",
    ]
  `);
});

test('HCL strings read back', () => {
  for (const text of texts(2000, 4))
    expect(readHcl(terraformValue(text)).strings).toEqual([text.toWellFormed()]);
});

test('the short name is that within the nearest zone', () => {
  const zones = [placed('example.se'), placed('mejl.example.se')];
  const host = (name: string) => formsOf(change('TXT', name, 'x'), zones).plain.host;
  expect([
    host('example.se'),
    host('_dmarc.example.se'),
    host('mejl.example.se'),
    host('a.mejl.example.se'),
  ]).toEqual(['@', '_dmarc', '@', 'a']);
  expect(host('notexample.se')).toBeNull();
  expect(zoneOf('x.mejl.example.se', zones)?.apex).toBe('mejl.example.se');
});

test('of an MX record the priority stands by itself', () => {
  expect(formsOf(change('MX', 'm.example.se', '10 in.example.se')).plain).toMatchObject({
    priority: 10,
    value: 'in.example.se',
  });
  expect(formsOf(change('MX', 'm.example.se', '0 .')).plain).toMatchObject({ priority: 0, value: '.' });
});

test('on a page nothing of it is markup', () => {
  for (const text of texts(300, 5)) {
    const one = change('TXT', `${text}.example.se`, text, text);
    const page = `${changeBox({ ...one, forms: formsOf(one) }, 'en')}`;
    expect(page).not.toMatch(/<script/i);
    expect(
      page.match(/<\/?[a-z]+/g)?.filter((tag) => !/^<\/?(?:div|b|code|del|ins|details|summary)$/.test(tag)),
    ).toEqual([]);
  }
});

test('without script the other forms are there, folded', () => {
  const one = change('TXT', 'example.se', 'v=spf1 -all');
  const page = `${changeBox({ ...one, forms: formsOf(one, [placed('example.se')], 'sv') }, 'sv')}`;
  expect(page.match(/<details/g)).toHaveLength(1);
  expect(page).toContain('Zonfil (BIND)');
  expect(page).toContain('Den här resursen har alla TXT-poster');
});

test('each host is known by its own name servers alone', () => {
  const known = (server: string) =>
    zoneHosts.filter(({ servers }) => servers.test(server)).map(({ id }) => id);
  const rows: [string, string[]][] = [
    ['ns1.loopia.se', ['loopia']],
    ['ns01.one.com', ['one.com']],
    ['ns1.simply.com', ['simply']],
    ['ns2.binero.se', ['binero']],
    ['ns1.namesystem.se', ['glesys']],
    ['ns6.inleed.net', ['inleed']],
    ['dns2.oderland.com', ['oderland']],
    ['docks14.rzone.de', ['strato']],
    ['ns1045.ui-dns.org', ['ionos']],
    ['doug.ns.cloudflare.com', ['cloudflare']],
    ['ns-1536.awsdns-00.co.uk', ['route53']],
    ['ns1-08.azure-dns.com', ['azure']],
    ['ns-cloud-a1.googledomains.com', ['google']],
    ['ns51.domaincontrol.com', ['godaddy']],
    ['dns1.registrar-servers.com', ['namecheap']],
    ['ns-154-a.gandi.net', ['gandi']],
    ['dns10.ovh.net', ['ovh']],
    ['hydrogen.ns.hetzner.com', ['hetzner']],
    ['ns1.desec.io', ['desec']],
    ['ns1.someone.com', []],
    ['ns1.loopia.se.evil.example', []],
    ['ns1.notloopia.se', []],
  ];
  expect(rows.map(([server]) => [server, known(server)])).toEqual(rows);
});
