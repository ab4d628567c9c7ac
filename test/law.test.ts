/** The import law of DESIGN: who may know whom, and why. A break prints the reason. */
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { expect, test } from 'vitest';

interface Import {
  /** A path from the project's root, or a package's name. */
  target: string;
  typeOnly: boolean;
}

interface Part {
  name: string;
  files: RegExp;
  /** Values and types. */
  may: readonly RegExp[];
  /** Types alone. */
  mayType?: readonly RegExp[];
  packages: readonly string[];
  why: string;
}

const vocabulary = [/^src\/rule(\.ts$|\/)/, /^src\/place\.ts$/];
const ports = /^src\/ports(\.ts$|\/)/;
const anyType = /^src\/(?!hosts\/|adapters\/|http\/)/;

/** Core files from the ground up: each may use those before it. */
const levels = [
  'words',
  'client',
  'digest',
  'submission',
  'verdict',
  'report',
  'preflight',
  'access',
  'audits',
  'mail',
  'unsubscribe',
  'bounces',
  'events',
  'senders',
  'received',
  'rehearsal',
  'clearance',
  'delivery',
  'recipients',
  'campaigns',
];

const parts: readonly Part[] = [
  {
    name: 'rules',
    files: /^rules\//,
    may: [/^#rule$/, /^rules\//],
    packages: [],
    why: 'A rule compares facts and names problems. What it needs to look up belongs in a fact.',
  },
  {
    name: 'rule.ts',
    files: /^src\/(rule(\.ts$|\/)|place\.ts$)/,
    may: [/^src\/rule(\.ts$|\/)/],
    mayType: [/^src\//],
    packages: [],
    why: 'The vocabulary loads nothing, so that a rule can be read and run by itself.',
  },
  {
    name: 'ports.ts',
    files: /^src\/ports(\.ts$|\/)/,
    may: [/^src\/ports\//],
    packages: [],
    why: 'A port names no vendor and no part of the core.',
  },
  {
    name: 'facts',
    files: /^src\/facts\//,
    may: [/^src\/facts\//, /^src\/submission(\.ts|\/)/],
    mayType: [ports, ...vocabulary],
    packages: ['cheerio', 'css-tree', 'html-validate', 'htmlparser2', 'tldts'],
    why: 'A fact sees the world through ports only; policy, clients and clock reach it as arguments.',
  },
  ...levels.map(
    (level, i): Part => ({
      name: level,
      files: new RegExp(`^src/${level}(\\.ts$|/)`),
      may: [
        ...levels.slice(0, i + 1).map((below) => new RegExp(`^src/${below}(\\.ts$|/)`)),
        ...vocabulary,
        ...(level === 'preflight' ? [/^src\/facts\/gather\.ts$/] : []),
      ],
      mayType: [anyType],
      packages:
        {
          clearance: ['jose'],
          senders: ['tldts'],
          bounces: ['postal-mime'],
          submission: [
            'cheerio',
            'domhandler',
            'htmlparser2',
            'mjml-browser',
            'parse5',
            'parse5-htmlparser2-tree-adapter',
            'postal-mime',
          ],
        }[level] ?? [],
      why: `The core is read from the ground up (${levels.join(' < ')}); only the story starts the gathering.`,
    }),
  ),
  {
    name: 'http',
    files: /^src\/http\//,
    may: [/^src\/http\//, ...vocabulary, ...levels.map((level) => new RegExp(`^src/${level}(\\.ts$|/)`))],
    mayType: [anyType],
    packages: ['hono', 'zod', '@hono/zod-openapi'],
    why: 'Routes are thin: they speak HTTP and call the core. A host hands them what it chose.',
  },
  {
    name: 'hosts',
    files: /^src\/hosts\//,
    may: [/./],
    packages: ['@hono/node-server', 'pino', 'zod', 'mjml-browser', 'cloudflare:workers', 'package.json'],
    why: 'Only hosts choose rules, adapters and the environment.',
  },
];

const adapterPackages: Record<string, readonly string[]> = {
  alarm: ['standardwebhooks'],
  blobs: [],
  browser: ['puppeteer-core', '@puppeteer/browsers', '@sparticuz/chromium', 'tar-fs'],
  csv: ['csv-parse'],
  fetcher: ['ipaddr.js'],
  keys: [],
  'mail-servers': ['tldts'],
  mime: ['nodemailer'],
  queue: [],
  receiver: ['smtp-server', 'ipaddr.js'],
  resolver: ['dns-packet', 'dns2'],
  scanner: [],
  sns: [],
  'spam-engines': [],
  store: ['kysely'],
  transport: ['nodemailer', 'mailauth', '@aws-sdk/client-sesv2'],
};

const root = new URL('..', import.meta.url).pathname;
const files = globSync(['src/**/*.ts', 'rules/**/*.ts'], { cwd: root }).sort();
const adapters: Part[] = Object.entries(adapterPackages).map(([port, packages]) => ({
  name: `adapters/${port}`,
  files: new RegExp(`^src/adapters/${port}/`),
  may: [new RegExp(`^src/adapters/${port}/`), ports],
  packages,
  why: 'An adapter serves one port and can be thrown away: it knows the port and its vendor, nothing else.',
}));
const all = [...parts, ...adapters];

test('every file belongs to exactly one part', () => {
  const counts = files.map((file) => [file, all.filter((part) => part.files.test(file)).length] as const);
  expect(counts.filter(([, count]) => count !== 1)).toEqual([]);
  expect(files.length).toBeGreaterThan(50);
});

test.each(all.map((part) => [part.name, part] as const))('%s keeps the import law', (_, part) => {
  const members = files.filter((file) => part.files.test(file));
  expect(members.length).toBeGreaterThan(0);
  const broken = members.flatMap((file) =>
    importsOf(file)
      .filter((one) => !allowed(part, one))
      .map(({ target }) => `${file} imports ${target}. ${part.why}`),
  );
  expect(broken).toEqual([]);
});

test('node:* and Node’s globals stand only in adapters and hosts', () => {
  const others = files.filter((file) => !/^src\/(adapters|hosts)\//.test(file));
  const broken = others.filter((file) => {
    const code = withoutComments(readFileSync(join(root, file), 'utf8'));
    return /['"]node:/.test(code) || /\b(?:process\.|Buffer\b|__dirname\b|require\()/.test(code);
  });
  expect(broken).toEqual([]);
});

test('nobody imports a host', () => {
  const broken = files.filter(
    (file) =>
      !file.startsWith('src/hosts/') && importsOf(file).some(({ target }) => target.startsWith('src/hosts/')),
  );
  expect(broken).toEqual([]);
});

test('the machine knows no rule by name', () => {
  const ids = files.filter(
    (file) =>
      /^rules\/[a-z]+\/[a-z-]+\.ts$/.test(file) &&
      !/blocklists|clients|\/plan\/|providers|repairs|wordings/.test(file),
  );
  const names = ids
    .map((file) => file.split('/').at(-1)?.slice(0, -3) ?? '')
    .filter((id) => id.includes('-'));
  expect(names.length).toBeGreaterThan(5);
  const machine = files.filter((file) => /^src\/(?!hosts\/)/.test(file));
  const broken = machine.flatMap((file) => {
    const code = readFileSync(join(root, file), 'utf8');
    return names.filter((name) => code.includes(`'${name}'`)).map((name) => `${file} names the rule ${name}`);
  });
  expect(broken).toEqual([]);
});

test('a file that breaks the law is noticed', () => {
  const [rulesPart] = parts;
  const breach = parseImports(
    'rules/content/x.ts',
    "import { parse } from 'cheerio';\nimport '../../src/verdict.ts';",
  );
  expect(breach.map((one) => rulesPart && allowed(rulesPart, one))).toEqual([false, false]);
  const types = parseImports(
    'src/facts/x.ts',
    "import type { Clock } from '../ports.ts';\nconst a = import('node:fs');",
  );
  const facts = parts.find(({ name }) => name === 'facts');
  expect(types.map((one) => facts && allowed(facts, one))).toEqual([true, false]);
});

function allowed(part: Part, { target, typeOnly }: Import): boolean {
  const local = /^(?:src|rules|test)\/|^#/.test(target);
  if (!local && target.startsWith('node:')) return /^(?:adapters|hosts)/.test(part.name);
  if (!local) return part.packages.includes(packageOf(target));
  if (part.may.some((pattern) => pattern.test(target))) return true;
  return typeOnly && (part.mayType ?? []).some((pattern) => pattern.test(target));
}

function importsOf(file: string): Import[] {
  return parseImports(file, readFileSync(join(root, file), 'utf8'));
}

function parseImports(file: string, text: string): Import[] {
  const code = withoutComments(text);
  const found: Import[] = [];
  const patterns = [
    /^\s*(?:import|export)\s+(type\s+)?[^'";]*?\sfrom\s+['"]([^'"]+)['"]/gm,
    /^\s*import\s+()['"]([^'"]+)['"]/gm,
    /\bimport\(\s*()['"]([^'"]+)['"]/g,
  ];
  for (const pattern of patterns) {
    for (const [, typed, target = ''] of code.matchAll(pattern)) {
      const path = target.startsWith('.') ? normalize(join(dirname(file), target)) : target;
      found.push({ target: path, typeOnly: Boolean(typed) });
    }
  }
  return found;
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
}

function packageOf(target: string): string {
  return target
    .split('/')
    .slice(0, target.startsWith('@') ? 2 : 1)
    .join('/');
}
