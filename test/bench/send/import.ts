/** A list of a million recipients, handed in by HTTP to the service as it is started, while somebody asks how it is. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream, createWriteStream, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import http from 'node:http';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createAccess } from '../../../src/access.ts';
import { startCampaignWorld } from '../../campaigns/world.ts';
import { from, html, mergeFields, subject } from './letter.ts';

/** Megabytes. */
const goal = 400;
/** Milliseconds between two questions to /healthz, and for which it is asked before anything is handed in. */
const every = 100;
const before = 5_000;

export async function importList(rows: number): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), 'klarsignal-import-'));
  const { campaign, token } = await prepare(dir);
  const file = join(dir, 'list.csv');
  await pipeline(Readable.from(linesOf(rows)), createWriteStream(file));
  const service = await start(dir);
  try {
    console.log(`${rows} recipients, CSV of ${megabytes(statSync(file).size)} MB; load ${loads()}`);
    const health = watchHealth(service.url);
    await new Promise((resolve) => setTimeout(resolve, before));
    const quiet = health.take();
    const idle = memoryOf(service.child, 'VmRSS');

    const began = performance.now();
    const answer = await hand(`${service.url}/v1/sends/${campaign}/recipients`, token, file);
    if (answer !== 200) throw new Error(`the list was answered with ${answer}`);
    const uploaded = (performance.now() - began) / 1000;
    const early = memoryOf(service.child, 'VmHWM');
    let send = await look(service.url, campaign, token);
    while (send.state === 'preparing') {
      await new Promise((resolve) => setTimeout(resolve, 250));
      send = await look(service.url, campaign, token);
    }
    const seconds = (performance.now() - began) / 1000;
    const busy = health.take();
    health.stop();
    const peak = memoryOf(service.child, 'VmHWM');
    if (send.recipients !== rows)
      throw new Error(`${send.recipients} of ${rows} recipients: ${JSON.stringify(send)}`);
    console.log(
      `imported in ${seconds.toFixed(1)} s, of which upload ${uploaded.toFixed(1)} s: ${Math.round(rows / seconds)} rows/s; ` +
        `left out ${JSON.stringify(send.leftOut)}; database ${megabytes(statSync(join(dir, 'klarsignal.db')).size)} MB`,
    );
    console.log(
      `memory: ${idle} MB before, at most ${early} MB by the end of the upload, peak ${peak} MB (goal under ${goal})`,
    );
    console.log(
      `GET /healthz every ${every} ms: before ${shown(quiet)}; meanwhile ${shown(busy)}; load ${loads()}`,
    );
    if (peak >= goal) process.exitCode = 1;
  } finally {
    service.child.kill('SIGKILL');
    rmSync(dir, { recursive: true });
  }
}

/** A mailing that awaits its list, and a key for the API. */
async function prepare(dir: string): Promise<{ campaign: string; token: string }> {
  const world = await startCampaignWorld({ dir, realTime: true });
  const bytes = new TextEncoder().encode(html);
  const sender = `${from.name} <${from.address}>`;
  const audit = await world.audit({ bytes, from: sender, subject, mergeFields });
  const { id: campaign } = await world.send({ clearance: await world.clearance(audit), hold: true });
  const access = createAccess({ store: world.store, clock: world.clock });
  const order = { name: 'bench', scopes: ['sends:read', 'sends:write'] };
  const made = await access.createKey(world.organisation, order);
  if (made.kind !== 'made') throw new Error(JSON.stringify(made));
  await world.close();
  return { campaign, token: made.token };
}

/** One line in a thousand is no address, and one is there twice. */
function* linesOf(rows: number): Iterable<string> {
  let text = 'email;namn;ort;kundnummer\n';
  for (let i = 1; i <= rows; i++) {
    text += `forename.surname${i}@mail${i % 5000}.example.com;Åsa Öberg ${i};Växjö;${i}\n`;
    if (i % 1000 === 500)
      text += `not an address;Åsa;Växjö;\nforename.surname${i}@mail${i % 5000}.example.com;Åsa;Växjö;\n`;
    if (text.length < 64_000) continue;
    yield text;
    text = '';
  }
  yield text;
}

async function start(dir: string): Promise<{ child: ChildProcess; url: string }> {
  const child = spawn(process.execPath, [new URL('../../../src/hosts/node.ts', import.meta.url).pathname], {
    env: { ...process.env, PORT: '0', KLARSIGNAL_DATA: dir, LOG_LEVEL: 'silent' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(child.stdout as NodeJS.ReadableStream, 'data')) as [Buffer];
  const url = /http:\/\/\S+/.exec(line.toString())?.[0];
  if (!url) throw new Error(`the service has not started: ${line}`);
  child.stdout?.resume();
  return { child, url };
}

function hand(url: string, token: string, file: string): Promise<number> {
  const headers = {
    authorization: `Bearer ${token}`,
    'content-type': 'text/csv',
    'content-length': statSync(file).size,
  };
  return new Promise((resolve, reject) => {
    const request = http.request(url, { method: 'PUT', headers }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode ?? 0));
    });
    request.on('error', reject);
    createReadStream(file).pipe(request);
  });
}

interface Shown {
  state: string;
  recipients: number;
  leftOut: unknown;
}

async function look(url: string, campaign: string, token: string): Promise<Shown> {
  const answer = await fetch(`${url}/v1/sends/${campaign}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  if (!answer.ok) throw new Error(`GET /v1/sends/{id}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as Shown;
}

/** Asks at each tick, whether or not the last has been answered: who waits long is not counted for one. */
function watchHealth(url: string) {
  let times: number[] = [];
  const timer = setInterval(() => {
    const asked = performance.now();
    const note = (ok: boolean) => times.push(ok ? performance.now() - asked : Number.POSITIVE_INFINITY);
    http
      .get(`${url}/healthz`, { agent: false }, (response) =>
        response.resume().on('end', () => note(response.statusCode === 200)),
      )
      .on('error', () => note(false));
  }, every);
  return {
    take() {
      const taken = times;
      times = [];
      return taken;
    },
    stop: () => clearInterval(timer),
  };
}

function shown(all: number[]): string {
  const times = all.filter(Number.isFinite).sort((one, two) => one - two);
  const at = (share: number) =>
    (times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0).toFixed(1);
  const failed = all.length - times.length;
  return `median ${at(0.5)} ms, p99 ${at(0.99)} ms, most ${at(1)} ms (${times.length} answers, ${failed} failed)`;
}

function memoryOf({ pid }: ChildProcess, what: 'VmRSS' | 'VmHWM'): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Math.round(Number(new RegExp(`${what}:\\s+(\\d+)`).exec(status)?.[1]) / 1024);
}

const megabytes = (bytes: number) => Math.round(bytes / 1_000_000);
const loads = () =>
  loadavg()
    .map((one) => one.toFixed(1))
    .join(' ');
