/** ClamAV's own daemon, with a signature file of ours alone: nothing is downloaded. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clients } from '../../rules/clients/index.ts';
import { rules } from '../../rules/index.ts';
import { policy } from '../../rules/policy.ts';
import { ruleSet } from '../../rules/version.ts';
import { createClamdScanner } from '../../src/adapters/scanner/clamd.ts';
import { createPreflight } from '../../src/preflight.ts';
import { clock, noBrowser, resolverOf, soundZone, submissionOf } from '../world.ts';

/** In two pieces, so that no scanner takes this file for it. */
const eicar = `X5O!P%@AP[4\\PZX54(P^)7CC)7}$${'EICAR-STANDARD-ANTIVIRUS'}-TEST-FILE!$H+H*`;
const never = new AbortController().signal;
/** Milliseconds that it may take to load its signatures. */
const startMs = 20_000;

let folder: string;
let daemon: ChildProcess;
let said = '';
const socket = () => join(folder, 'clamd.ctl');

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'klarsignal-clamd-'));
  const md5 = createHash('md5').update(eicar).digest('hex');
  await writeFile(join(folder, 'own.hdb'), `${md5}:${eicar.length}:Eicar-Test-Signature\n`);
  const settings = [
    `LocalSocket ${socket()}`,
    `DatabaseDirectory ${folder}`,
    `TemporaryDirectory ${folder}`,
    'Foreground yes',
    'StreamMaxLength 1M',
    'MaxThreads 2',
  ];
  await writeFile(join(folder, 'clamd.conf'), `${settings.join('\n')}\n`);
  daemon = spawn('clamd', ['-c', join(folder, 'clamd.conf')], { stdio: ['ignore', 'pipe', 'pipe'] });
  for (const stream of [daemon.stdout, daemon.stderr])
    stream?.on('data', (bytes: Buffer) => {
      said += bytes;
    });
  const failed = once(daemon, 'exit').then(() => Promise.reject(new Error(`clamd ended: ${said}`)));
  failed.catch(() => {});
  await Promise.race([failed, listening(Date.now() + startMs)]);
}, startMs + 5_000);

afterAll(async () => {
  if (daemon?.exitCode === null) {
    daemon.kill('SIGTERM');
    await once(daemon, 'exit');
  }
  await rm(folder, { recursive: true, force: true });
});

async function listening(until: number): Promise<void> {
  for (;;) {
    const open = await new Promise<boolean>((resolve) => {
      const probe = createConnection({ path: socket() });
      probe.once('connect', () => resolve(true)).once('error', () => resolve(false));
      probe.once('connect', () => probe.destroy());
    });
    if (open) return;
    if (Date.now() > until) throw new Error(`clamd does not listen: ${said}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const scanner = () => createClamdScanner({ address: { path: socket() } });
const bytes = (text: string) => new TextEncoder().encode(text);

/** A letter with this attached. */
const letter = (attached: string) =>
  [
    'From: Vi <a@example.se>',
    'Subject: Protokoll',
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary=b',
    '',
    '--b',
    'Content-Type: text/plain; charset=utf-8',
    '',
    'Hej! Protokollet =C3=A4r bifogat.',
    '--b',
    'Content-Type: application/octet-stream; name="protokoll.pdf"',
    'Content-Disposition: attachment; filename="protokoll.pdf"',
    'Content-Transfer-Encoding: base64',
    '',
    Buffer.from(attached).toString('base64'),
    '--b--',
    '',
  ].join('\r\n');

describe('clamd', () => {
  test('knows the test file, and says who it is', async () => {
    const scan = await scanner().scan(bytes(eicar), never);
    expect(scan).toMatchObject({ known: true, infected: true });
    expect(scan.known && scan.infected && scan.signature).toMatch(/^Eicar-Test-Signature/);
    expect(scan.known && scan.engine).toMatch(/^ClamAV \d/);
  });

  test('finds it inside a message', async () => {
    const scan = await scanner().scan(bytes(letter(eicar)), never);
    expect(scan).toMatchObject({ known: true, infected: true });
  });

  test('finds nothing in a clean message', async () => {
    const scan = await scanner().scan(bytes(letter('%PDF-1.7 protokoll')), never);
    expect(scan).toMatchObject({ known: true, infected: false });
  });

  test('what is larger than it takes is unknown, never clean', async () => {
    const scan = await scanner().scan(new Uint8Array(3 * 1024 * 1024), never);
    // Which of the two is told depends on whether its answer or the end of the connection comes first.
    expect(scan.known).toBe(false);
    expect(!scan.known && scan.reason).toMatch(/^(?:too-large|unanswered)$/);
  });

  test('twenty at once', async () => {
    const own = scanner();
    const scans = await Promise.all(
      Array.from({ length: 20 }, (_, i) => own.scan(bytes(i % 2 ? letter(eicar) : letter('ok')), never)),
    );
    expect(scans.map((scan) => scan.known && scan.infected)).toEqual(scans.map((_, i) => i % 2 === 1));
  });
});

test('an audit with it: the attachment blocks the mail, and is named', async () => {
  const resolver = await resolverOf(soundZone);
  const world = { resolver, browser: noBrowser, scanner: scanner(), clock, policy, clients };
  const preflight = createPreflight(rules, ruleSet, world);
  try {
    const verdictOf = async (attached: string) => {
      const submission = await submissionOf({ eml: letter(attached) });
      return (await preflight.audit(submission, { leaveOut: { dns: false, previews: true } })).verdict;
    };
    const found = (await verdictOf(eicar)).findings.find(({ rule }) => rule === 'malware');
    expect(found).toMatchObject({ outcome: 'fail', gates: true });
    expect(found?.problems).toMatchObject([{ data: { part: 'attachment', filename: 'protokoll.pdf' } }]);
    const clean = (await verdictOf('%PDF-1.7')).findings.find(({ rule }) => rule === 'malware');
    expect(clean).toMatchObject({ outcome: 'pass' });
  } finally {
    await resolver.close();
  }
});
