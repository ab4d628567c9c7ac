/**
 * NSD with zones signed by ldns-signzone, behind Unbound that validates from a root of their own: as Debian has them,
 * on loopback ports, with settings and data in a temporary folder. Neither needs to be root.
 *
 *     const dns = await startDns({ 'sund.test': { records: ['@ TXT "v=spf1 -all"'], signed: true } });
 *     ... Unbound at dns.resolver, NSD at dns.authority ...
 *     await dns.stop();
 */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { ServerAddress } from '../../src/adapters/resolver/address.ts';
import { createUdpResolver } from '../../src/adapters/resolver/udp.ts';
import { freePort } from '../sinks/free-port.ts';

const run = promisify(execFile);

export interface SignedZone {
  /** In the form of a zone file, below SOA and NS. */
  records: readonly string[];
  signed: boolean;
  /** Its signatures are of last year. */
  expired?: boolean;
  /** Changes the zone file after it was signed. */
  tamper?(text: string): string;
  /** DS records above it, in place of its own. */
  ds?: readonly string[];
}

export interface DnsServers {
  resolver: ServerAddress;
  authority: ServerAddress;
  /** What Unbound has written. */
  log(): Promise<string>;
  stop(): Promise<void>;
}

/** `zones`: right below the top-level domain `test`. */
export async function startDns(zones: Readonly<Record<string, SignedZone>>): Promise<DnsServers> {
  const folder = await mkdtemp(join(tmpdir(), 'klarsignal-dns-'));
  const running: ChildProcess[] = [];
  const stop = async () => {
    await Promise.all(running.map(end));
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const made = await Promise.all(
      Object.entries(zones).map(async ([name, zone]) => ({ name, ds: await makeZone(folder, name, zone) })),
    );
    const delegated = made.flatMap(({ name, ds }) => [`${name}. NS ns.test.`, ...ds]);
    const address = 'ns.test. A 127.0.0.1';
    const top = await makeZone(folder, 'test', { records: [...delegated, address], signed: true });
    const anchor = await makeZone(folder, '.', {
      records: ['test. NS ns.test.', address, ...top],
      signed: true,
    });
    await writeFile(join(folder, 'anchor'), `${anchor.join('\n')}\n`);
    const names = ['.', 'test', ...Object.keys(zones)];
    const [authorityPort, port] = [await freePort(), await freePort()];
    await writeFile(join(folder, 'nsd.conf'), nsdSettings(folder, authorityPort, names));
    await writeFile(join(folder, 'unbound.conf'), unboundSettings(folder, port, authorityPort, names));
    running.push(spawn('nsd', ['-d', '-c', join(folder, 'nsd.conf')], { stdio: 'ignore' }));
    running.push(spawn('unbound', ['-d', '-c', join(folder, 'unbound.conf')], { stdio: 'ignore' }));
    const resolver = { address: '127.0.0.1', port };
    const authority = { address: '127.0.0.1', port: authorityPort };
    await answering(authority);
    await answering(resolver);
    return { resolver, authority, log: () => readFile(join(folder, 'unbound.log'), 'utf8'), stop };
  } catch (error) {
    const log = await readFile(join(folder, 'unbound.log'), 'utf8').catch(() => '');
    await stop();
    throw new Error(`DNS does not start: ${error instanceof Error ? error.message : error}\n${log}`);
  }
}

/** Writes `zone-NAME`, and gives the DS records for the zone above. */
async function makeZone(folder: string, name: string, zone: SignedZone): Promise<readonly string[]> {
  const own = name === '.' ? '.' : `${name}.`;
  const file = join(folder, fileOf(name));
  const head = [
    `$ORIGIN ${own}`,
    '$TTL 300',
    '@ SOA ns.test. hostmaster.test. 1 7200 900 1209600 300',
    '@ NS ns.test.',
  ];
  await writeFile(file, `${[...head, ...zone.records].join('\n')}\n`);
  if (!zone.signed) return zone.ds ?? [];
  const keys = join(folder, `keys-${fileOf(name)}`);
  await mkdir(keys);
  const made = await run('ldns-keygen', ['-a', 'ECDSAP256SHA256', '-k', own], { cwd: keys });
  const key = join(keys, made.stdout.trim());
  const year = new Date().getUTCFullYear() - 1;
  const dates = zone.expired ? ['-i', `${year}0101`, '-e', `${year}0201`] : [];
  await run('ldns-signzone', ['-o', own, ...dates, '-f', `${file}.signed`, file, key]);
  const signed = await readFile(`${file}.signed`, 'utf8');
  await writeFile(file, zone.tamper ? zone.tamper(signed) : signed);
  return zone.ds ?? [(await readFile(`${key}.ds`, 'utf8')).trim()];
}

function fileOf(name: string): string {
  return name === '.' ? 'zone-root' : `zone-${name}`;
}

function nsdSettings(folder: string, port: number, names: readonly string[]): string {
  return [
    'server:',
    `  ip-address: 127.0.0.1@${port}`,
    '  server-count: 1',
    '  username: ""',
    '  database: ""',
    `  zonesdir: "${folder}"`,
    `  pidfile: "${join(folder, 'nsd.pid')}"`,
    `  xfrdfile: "${join(folder, 'xfrd.state')}"`,
    `  xfrdir: "${folder}"`,
    `  zonelistfile: "${join(folder, 'zone.list')}"`,
    `  logfile: "${join(folder, 'nsd.log')}"`,
    '  round-robin: no',
    'remote-control:',
    '  control-enable: no',
    ...names.flatMap((name) => ['zone:', `  name: "${name}"`, `  zonefile: "${fileOf(name)}"`]),
    '',
  ].join('\n');
}

function unboundSettings(folder: string, port: number, behind: number, names: readonly string[]): string {
  return [
    'server:',
    `  interface: 127.0.0.1@${port}`,
    '  num-threads: 1',
    '  do-ip6: no',
    '  username: ""',
    '  chroot: ""',
    `  directory: "${folder}"`,
    `  pidfile: "${join(folder, 'unbound.pid')}"`,
    '  use-syslog: no',
    `  logfile: "${join(folder, 'unbound.log')}"`,
    '  val-log-level: 2',
    '  module-config: "validator iterator"',
    '  ede: yes',
    `  trust-anchor-file: "${join(folder, 'anchor')}"`,
    '  do-not-query-localhost: no',
    // By itself it answers for this top-level domain that nothing is there (RFC 6761).
    '  local-zone: "test." nodefault',
    'remote-control:',
    '  control-enable: no',
    ...names.flatMap((name) => ['stub-zone:', `  name: "${name}"`, `  stub-addr: 127.0.0.1@${behind}`]),
    '',
  ].join('\n');
}

/** Until it answers about the top-level domain. */
async function answering(server: ServerAddress): Promise<void> {
  const resolver = createUdpResolver({
    servers: [server],
    attemptTimeoutMs: 250,
    attempts: 1,
    clock: { now: () => new Date() },
  });
  const signal = AbortSignal.timeout(15_000);
  for (;;) {
    const { status, detail } = await resolver.ask({ name: 'test', type: 'NS' }, signal);
    if (status === 'answered') return;
    if (signal.aborted) throw new Error(`${server.port}: ${status} ${detail}`);
    // A port that refuses answers at once.
    await new Promise((done) => setTimeout(done, 50));
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  const hard = setTimeout(() => child.kill('SIGKILL'), 5000);
  await gone;
  clearTimeout(hard);
}
