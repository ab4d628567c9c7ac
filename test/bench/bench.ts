/**
 * Speed as ratios measured in one run: `npm run bench`. These machines are noisy, so nothing here is a test.
 * An audit against the sum of its libraries called alone; the service's start against a bare Hono server.
 */
import { spawn } from 'node:child_process';
import { Resolver as NodeResolver } from 'node:dns/promises';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import canonicalize from 'canonicalize';
import { load } from 'cheerio';
import parseCss from 'css-tree/parser';
import { getDomain } from 'tldts';
import { clients } from '../../rules/clients/index.ts';
import { rules } from '../../rules/index.ts';
import { policy } from '../../rules/policy.ts';
import { ruleSet } from '../../rules/version.ts';
import { createUdpResolver } from '../../src/adapters/resolver/udp.ts';
import { parseZone, startZoneServer } from '../../src/adapters/resolver/zone.ts';
import { createPreflight } from '../../src/preflight.ts';
import { readSubmission } from '../../src/submission.ts';
import { clock, noBrowser, soundZone } from '../world.ts';

/** Before anything is measured: a service has run for a while. */
const warming = 150;
const rounds = 150;
const starts = 5;

const median = (times: number[]) => times.sort((one, two) => one - two)[Math.floor(times.length / 2)] ?? 0;

/** As a usual template has them: for phones, for dark mode, and against what programs do by themselves. */
const styles = `body{margin:0;padding:0;-webkit-text-size-adjust:100%}table,td{border-collapse:collapse}
img{border:0;height:auto;line-height:100%;outline:none;text-decoration:none}p{display:block;margin:13px 0}
.sheet{width:100%;max-width:600px;background:#fffefa}.button a{color:#ffffff;text-decoration:none}
@media only screen and (max-width:480px){.third{display:block!important;width:auto!important}}
@media (prefers-color-scheme:dark){body{background:#0f1511!important;color:#e3e9e0!important}a{color:#a5d8b0!important}}`;

/** A newsletter of about 50 KB: one section of a plain table layout, again and again. */
function newsletter(): string {
  const section = `<tr><td style="padding:24px 28px;font-family:Georgia,serif"><h2 style="font-size:21px;margin:0 0 8px">
Odlingslotter</h2><p style="font-size:17px;line-height:1.55;margin:0 0 16px">Kön till lotterna är kort i år. Anmäl dig
före den 1 februari så får du besked i mars.</p><img src="https://example.se/bilder/lott.jpg" width="544" alt="En lott">
<a href="https://example.se/lotter" style="color:#2f6b43">Läs mer om lotterna</a></td></tr>`;
  const body = section.repeat(Math.ceil(50_000 / section.length));
  return `<!doctype html><html lang="sv"><head><title>Brev</title><style>${styles}</style></head><body><table role="presentation">${body}</table>
<p><a href="https://example.se/avregistrera">Avregistrera dig</a></p></body></html>`;
}

async function audit(): Promise<void> {
  const parsed = parseZone(soundZone);
  if (!parsed.ok) throw new Error(parsed.message);
  const server = await startZoneServer(parsed.zone);
  const resolver = createUdpResolver({ servers: [server], clock });
  const preflight = createPreflight(rules, ruleSet, { resolver, browser: noBrowser, clock, policy, clients });
  const html = newsletter();
  const bytes = new TextEncoder().encode(html);
  const handed = {
    bytes,
    from: 'F <brev@example.se>',
    mailFrom: 'mejl.example.se',
    subject: 'Höstmöte',
    dkimSelectors: ['s1'],
  };
  const bare = new NodeResolver();
  bare.setServers([`127.0.0.1:${server.port}`]);

  const ours = async () => {
    const read = await readSubmission(handed, 'org_bench', policy.limits);
    if (!read.ok) throw new Error('the newsletter is not a submission');
    await preflight.audit(read.submission, { leaveOut: { dns: false, previews: true } });
  };
  await ours();
  const questions = [...server.asked.keys()].map(
    (key) => key.split(' ') as [string, 'TXT' | 'MX' | 'A' | 'AAAA'],
  );
  const libraries = async () => {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    const page = load(html, { sourceCodeLocationInfo: true } as Parameters<typeof load>[1]);
    const styles = new Set(
      page('[style]')
        .toArray()
        .map((element) => page(element).attr('style') ?? ''),
    );
    for (const style of styles) parseCss(style, { context: 'declarationList', positions: true });
    for (const sheet of page('style').toArray()) parseCss(page(sheet).text(), { positions: true });
    await crypto.subtle.digest('SHA-256', new TextEncoder().encode(canonicalize({ html }) ?? ''));
    getDomain('example.se');
    await Promise.all(questions.map(([name, type]) => bare.resolve(name, type).catch(() => undefined)));
  };

  const times: { ours: number[]; libraries: number[] } = { ours: [], libraries: [] };
  for (let i = 0; i < warming; i += 1) {
    await ours();
    await libraries();
  }
  for (let i = 0; i < rounds; i += 1) {
    times.ours.push(await timed(ours));
    times.libraries.push(await timed(libraries));
  }
  const [one, two] = [median(times.ours), median(times.libraries)];
  console.log(
    `audit of ${Math.round(bytes.length / 1024)} KB without previews, ${questions.length} DNS questions, ${rounds} rounds, medians`,
  );
  console.log(
    `  ours ${one.toFixed(1)} ms, its libraries alone ${two.toFixed(1)} ms: ratio ${(one / two).toFixed(2)} (goal at most 1.5)`,
  );
  await server.close();
}

async function timed(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

const bareServer = `
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
const app = new Hono();
app.get('/healthz', (c) => c.json({ status: 'ok' }));
serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }, () => console.log('listening'));
`;

async function startUp(): Promise<void> {
  const own = new URL('../../src/hosts/node.ts', import.meta.url).pathname;
  const times: { ours: number[]; bare: number[]; memory: number[] } = { ours: [], bare: [], memory: [] };
  for (let i = 0; i < starts; i += 1) {
    const data = mkdtempSync(join(tmpdir(), 'klarsignal-bench-'));
    const ours = await started([own], { PORT: '0', KLARSIGNAL_DATA: data, LOG_LEVEL: 'silent' });
    const bare = await started(['--input-type=module', '--eval', bareServer], {});
    times.ours.push(ours.ms);
    times.memory.push(ours.megabytes);
    times.bare.push(bare.ms);
    rmSync(data, { recursive: true });
  }
  const [one, two] = [median(times.ours), median(times.bare)];
  console.log(`start until the first line of output, ${starts} starts each, medians`);
  console.log(
    `  ours ${one.toFixed(0)} ms, a bare Hono server ${two.toFixed(0)} ms: ratio ${(one / two).toFixed(2)}`,
  );
  console.log(
    `memory when idle, heavy libraries not yet loaded: ${median(times.memory).toFixed(0)} MB (goal under 300)`,
  );
}

function started(
  args: string[],
  environment: Record<string, string>,
): Promise<{ ms: number; megabytes: number }> {
  const start = performance.now();
  const child = spawn(process.execPath, args, {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.stdout.once('data', () => {
      const ms = performance.now() - start;
      const resident = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1];
      child.once('exit', () => resolve({ ms, megabytes: Number(resident) / 1024 }));
      child.kill('SIGKILL');
    });
  });
}

await audit();
await startUp();
