/**
 * kill -9, 20 times, in a mailing to 5 000 with both routes and faults: nobody gets it twice, nobody is lost, and what
 * is unknown was under way at a kill, or met a fault after which nobody can tell. Prints its figures; ends with 1 when
 * one of them is wrong.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { addresses, startCampaignWorld } from '../campaigns/world.ts';
import { makeAuthority } from '../sinks/certificates.ts';
import { startSesSink, verifiedIdentity } from '../sinks/ses-sink.ts';
import { startSmtpSink } from '../sinks/smtp-sink.ts';
import { type Given, recipients, rounds, slots } from './setting.ts';

const seed = Number(process.argv[2] ?? Date.now() % 1_000_000);
let drawn = seed;
/** 0 to 1; the same for the same seed (mulberry32). */
function random(): number {
  drawn = (drawn + 0x6d2b79f5) | 0;
  let t = Math.imul(drawn ^ (drawn >>> 15), 1 | drawn);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
}

const authority = makeAuthority();
const ses = await startSesSink({ engine: 'none', authority, keepRaw: false });
const smtp = await startSmtpSink({ authority, tls: 'implicit', keepRaw: false });
ses.identities.set('example.se', verifiedIdentity('example.se', 'mejl.example.se'));
ses.account.SendQuota.MaxSendRate = 10_000;
ses.account.SendQuota.Max24HourSend = 1_000_000;

/** Faults after which nobody can tell, and the others. */
const injected = { ambiguous: 0, definite: 0, outages: 0 };
const ambiguous = <T>(fault: T): T => {
  injected.ambiguous += 1;
  return fault;
};
const definite = <T>(fault: T): T => {
  injected.definite += 1;
  return fault;
};
let outage = false;
ses.onConnection = () => (outage ? 'cut' : undefined);
ses.onSend = () => {
  if (outage) return { error: 'TooManyRequestsException' };
  const draw = random();
  if (draw < 0.003) return ambiguous({ taken: 'cut' });
  if (draw < 0.006) return ambiguous({ taken: '500' });
  if (draw < 0.008) return ambiguous({ cut: 'end' });
  if (draw < 0.02) return definite({ error: 'TooManyRequestsException' });
  if (draw < 0.03) return definite({ error: 'MessageRejected' });
  return undefined;
};
smtp.onMessage = () => {
  const draw = random();
  if (draw < 0.004) return ambiguous({ at: 'end', cut: true });
  if (draw < 0.008) return ambiguous({ at: 'body', cut: true });
  if (draw < 0.02) return definite({ at: 'rcpt', reply: '451 4.3.0 Later' });
  if (draw < 0.03) return definite({ at: 'rcpt', reply: '550 5.1.1 No such user' });
  if (draw < 0.035) return definite({ at: 'mail', reply: '421 4.3.2 Busy' });
  return undefined;
};
const arrived = () => ses.messages.length + smtp.messages.length;

const dir = await mkdtemp(join(tmpdir(), 'klarsignal-crash-'));
const world = await startCampaignWorld({ dir, realTime: true });
const { id: campaign } = await world.send({ recipients: addresses(recipients) });
await world.close();

const given: Given = {
  dir,
  campaign,
  ses: { url: ses.url, ca: authority.cert },
  smtp: { port: smtp.port, ca: authority.cert },
};

function start(): { child: ChildProcess; ended: Promise<number | null> } {
  const child = spawn(process.execPath, [new URL('child.ts', import.meta.url).pathname], {
    env: { ...process.env, KLARSIGNAL_CRASH: JSON.stringify(given) },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  return { child, ended };
}

function inState(state: string): number {
  const database = new DatabaseSync(join(dir, 'klarsignal.db'));
  const row = database.prepare('select count(*) as rows from delivery where state = ?').get(state);
  database.close();
  return Number(row?.rows);
}

const began = performance.now();
const wrong: string[] = [];
let underWay = 0;
let most = 0;
for (let round = 1; round <= rounds; round++) {
  outage = round % 4 === 3;
  if (outage) injected.outages += 1;
  const { child, ended } = start();
  // Mostly in the middle of it, now and then before the first mail.
  // Of what is left, so that something is for the last kill.
  const until =
    arrived() + Math.floor((random() * 2 * (0.9 * recipients - arrived())) / (rounds - round + 4));
  let over = false;
  void ended.then(() => {
    over = true;
  });
  const since = performance.now();
  while (!over && arrived() < until && performance.now() - since < 20_000) await wait(1);
  await wait(random() * 30);
  if (over) wrong.push(`the child of round ${round} ended by itself`);
  child.kill('SIGKILL');
  await ended;
  // Sinks may still be taking what was in the sockets.
  await wait(50);
  const now = inState('sending');
  underWay += now;
  most = Math.max(most, now);
  console.log(
    `round ${round}: ${arrived()} at the sinks, ${now} under way at the kill${outage ? ', SES down' : ''}`,
  );
}
outage = false;
const last = start();
const code = await last.ended;
if (code !== 0) wrong.push(`the last child ended with ${code}`);

const taken = new Map<number, string[]>();
const note = (attempt: string | null, sink: string) => {
  const [, number] = /^cmp_[0-9a-f]{16}[.-](\d+)[.-]\d+$/.exec(attempt ?? '') ?? [];
  if (number === undefined) wrong.push(`a mail at ${sink} without its attempt: ${attempt}`);
  taken.set(Number(number), [...(taken.get(Number(number)) ?? []), `${sink} ${attempt}`]);
};
for (const { tag } of ses.messages) note(tag, 'ses');
for (const { envid } of smtp.messages) note(envid, 'smtp');

const database = new DatabaseSync(join(dir, 'klarsignal.db'));
const rows = database.prepare('select number, state, route from delivery order by number').all() as {
  number: number;
  state: string;
  route: string;
}[];
database.close();
const log = await readFile(join(dir, 'told.log'), 'utf8');
/** What the worker was told of this attempt. */
const told = (one: string) => {
  const attempt = one.slice(one.indexOf(' ') + 1).replace(/-(\d+)-(\d+)$/, '.$1.$2');
  return log.split('\n').find((line) => line.startsWith(`${attempt} `)) ?? 'nothing';
};
const states = new Map<string, number>();
let lost = 0;
for (const { number, state, route } of rows) {
  states.set(state, (states.get(state) ?? 0) + 1);
  const at = taken.get(number) ?? [];
  if (at.length > 1)
    wrong.push(
      `recipient ${number} got it ${at.length} times: ${at.map((one) => `${one} (${told(one)})`).join(', ')}`,
    );
  if (state === 'accepted' && at.length === 0) lost += 1;
  if (state === 'accepted' && !at.every((one) => one.startsWith(route === 'ses' ? 'ses' : 'smtp'))) {
    wrong.push(`recipient ${number} is said to have gone by ${route}, and is at ${at.join(', ')}`);
  }
  if (state === 'rejected' && at.length > 0)
    wrong.push(`recipient ${number} is rejected, and is at ${at.join(', ')}`);
  if (!['accepted', 'rejected', 'unknown'].includes(state))
    wrong.push(`recipient ${number} is still ${state}`);
}
const twice = [...taken.values()].filter((at) => at.length > 1).length;
const unknown = states.get('unknown') ?? 0;
if (rows.length !== recipients) wrong.push(`${rows.length} rows`);
if (lost > 0) wrong.push(`${lost} lost`);
if (ses.doubles().length + smtp.doubles().length > 0) wrong.push('an attempt reached a sink twice');
if (unknown > underWay + injected.ambiguous) wrong.push('more unknown than can be');
if (most > slots.ses + slots.reserve) wrong.push(`${most} under way at once`);
if (smtp.messages.length === 0 || ses.messages.length === 0) wrong.push('a route carried nothing');

console.log(`
seed ${seed}, ${Math.round((performance.now() - began) / 1000)} s
${recipients} recipients, ${rounds} kills: ${[...states].map(([state, count]) => `${count} ${state}`).join(', ')}
at the sinks: ${ses.messages.length} SES, ${smtp.messages.length} SMTP
faults: ${injected.ambiguous} ambiguous, ${injected.definite} definite, ${injected.outages} outages of SES
twice: ${twice}, lost: ${lost}
unknown: ${unknown}, at most ${underWay} under way at the kills + ${injected.ambiguous} ambiguous faults = ${underWay + injected.ambiguous}
under way at a kill: at most ${most} of ${slots.ses + slots.reserve}`);
for (const line of wrong.slice(0, 20)) console.error(`WRONG: ${line}`);
await Promise.all([ses.close(), smtp.close()]);
await rm(dir, { recursive: true });
process.exit(wrong.length > 0 ? 1 : 0);

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
