/** The service's start against a bare Hono server. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median } from './timing.ts';

const starts = 5;

const bareServer = `
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
const app = new Hono();
app.get('/healthz', (c) => c.json({ status: 'ok' }));
serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }, () => console.log('listening'));
`;

/**
 * Until the first line of output, and what it takes in memory then. The first start is told apart: it finds nothing
 * that Node has compiled, and keeps it for the others.
 */
export async function measureStart(): Promise<void> {
  const own = new URL('../../../src/hosts/node.ts', import.meta.url).pathname;
  const times: { ours: number[]; bare: number[]; memory: number[] } = { ours: [], bare: [], memory: [] };
  const cache = mkdtempSync(join(tmpdir(), 'klarsignal-bench-cache-'));
  const ours = async () => {
    const data = mkdtempSync(join(tmpdir(), 'klarsignal-bench-'));
    const environment = { PORT: '0', KLARSIGNAL_DATA: data, KLARSIGNAL_CACHE: cache, LOG_LEVEL: 'silent' };
    const measured = await started([own], environment);
    rmSync(data, { recursive: true });
    return measured;
  };
  const first = await ours();
  for (let i = 0; i < starts; i += 1) {
    const { ms, megabytes } = await ours();
    times.ours.push(ms);
    times.memory.push(megabytes);
    times.bare.push((await started(['--input-type=module', '--eval', bareServer], {})).ms);
  }
  rmSync(cache, { recursive: true });
  const [one, two] = [median(times.ours), median(times.bare)];
  console.log(`start until the first line of output, ${starts} starts each, medians`);
  console.log(
    `  ours ${one.toFixed(0)} ms, a bare Hono server ${two.toFixed(0)} ms: ratio ${(one / two).toFixed(2)}; the very first of ours ${first.ms.toFixed(0)} ms`,
  );
  console.log(
    `memory when idle, heavy libraries not yet loaded: ${median(times.memory).toFixed(0)} MB (goal under 300)`,
  );
}

function started(
  args: string[],
  environment: Record<string, string>,
): Promise<{ ms: number; megabytes: number }> {
  const { NODE_COMPILE_CACHE: _, ...others } = process.env;
  const start = performance.now();
  const child = spawn(process.execPath, args, {
    env: { ...others, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.stdout.once('data', () => {
      const ms = performance.now() - start;
      const resident = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1];
      child.once('exit', () => resolve({ ms, megabytes: Number(resident) / 1024 }));
      child.kill('SIGTERM');
    });
  });
}
