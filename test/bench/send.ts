/**
 * Speed as ratios measured in one run: `npm run bench:send`. These machines are noisy, so nothing here is a test.
 * A mailing through the whole ledger against bare clients that compose and sign the same mail into the same sinks.
 * `--import`: a list of a million. `--mails 400 --rounds 5 --only ses`: other than usual.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { bareSes, bareSmtp, builtMail, type Client, sesCeiling, smtpCeiling } from './send/bare.ts';
import { html, nextPeople } from './send/letter.ts';
import { startOurs } from './send/ours.ts';
import { type Sinks, startSinks } from './send/sinks.ts';

const { values: flags } = parseArgs({
  options: {
    import: { type: 'boolean', default: false },
    rows: { type: 'string', default: '1000000' },
    mails: { type: 'string', default: '500' },
    rounds: { type: 'string', default: '5' },
    only: { type: 'string' },
  },
});

/** Attempts under way at once on either side: what the transports have when nobody says otherwise. */
const slots = { ses: 20, smtp: 5 };
/** The least that we may reach of what bare clients do, and what the sinks must take of it. */
const goal = { ratio: 0.7, ceiling: 2 };

interface Measured {
  /** Mails a second. */
  pace: number;
  /** Milliseconds of processor a mail, of the client's process. */
  cpu: number;
}

async function measured(mails: number, work: () => Promise<void>): Promise<Measured> {
  const cpu = process.cpuUsage();
  const start = performance.now();
  await work();
  const took = performance.now() - start;
  const { user, system } = process.cpuUsage(cpu);
  return { pace: (mails * 1000) / took, cpu: (user + system) / 1000 / mails };
}

const median = (all: number[]) => all.toSorted((one, two) => one - two)[Math.floor(all.length / 2)] ?? 0;
const load = () => loadavg()[0]?.toFixed(1) ?? '';

async function race(kind: 'ses' | 'smtp', mails: number, rounds: number): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), 'klarsignal-bench-'));
  try {
    await sameMail(kind, join(dir, 'look'));
    const sinks = await startSinks(false);
    const ours = await startOurs(kind, sinks, slots[kind], join(dir, 'race'));
    const bare = bareOf(kind, sinks, ours.privateKey);
    const arrived = async (who: string) => {
      const came = (await sinks.taken())[kind];
      if (came !== mails) throw new Error(`${who}: ${came} of ${mails} mails at the sink`);
    };
    const times: { ours: Measured[]; bare: Measured[]; ceiling: number[]; ratio: number[] } = {
      ours: [],
      bare: [],
      ceiling: [],
      ratio: [],
    };
    const raw = await builtMail();
    for (let round = 0; round <= rounds; round++) {
      const id = await ours.order(nextPeople(mails));
      const one = await measured(mails, () => ours.send(id));
      await arrived('ours');
      const people = nextPeople(mails);
      const other = await measured(mails, () => bare.send(people));
      await arrived('bare');
      const push = kind === 'ses' ? sesCeiling : smtpCeiling;
      const ceiling = await push(sinks, slots[kind], mails, raw);
      await sinks.taken();
      console.log(
        `  ${kind} ${round === 0 ? 'warm-up' : `round ${round}`}: ours ${show(one)}, bare ${show(other)}, ` +
          `ratio ${(one.pace / other.pace).toFixed(2)}, ceiling ${ceiling.toFixed(0)}/s, load ${load()}`,
      );
      if (round === 0) continue;
      times.ours.push(one);
      times.bare.push(other);
      times.ceiling.push(ceiling);
      times.ratio.push(one.pace / other.pace);
    }
    const of = (side: Measured[], what: keyof Measured) => median(side.map((one) => one[what]));
    const [our, their] = [of(times.ours, 'pace'), of(times.bare, 'pace')];
    const most = median(times.ceiling);
    // Round by round: both sides of one have met the same neighbours on the machine.
    const ratio = median(times.ratio);
    const shares = times.ratio.map((one) => one.toFixed(2)).join(' ');
    console.log(
      `${kind}: ours ${our.toFixed(0)}/s, bare ${their.toFixed(0)}/s (medians, ${(our / their).toFixed(2)}); ` +
        `ratio of a round ${shares}, median ${ratio.toFixed(2)} (goal ${goal.ratio}); ` +
        `processor ${of(times.ours, 'cpu').toFixed(2)} and ${of(times.bare, 'cpu').toFixed(2)} ms a mail; ` +
        `sink takes ${most.toFixed(0)}/s, ${(most / their).toFixed(1)} times the bare client (goal ${goal.ceiling})`,
    );
    if (ratio < goal.ratio || most / their < goal.ceiling) process.exitCode = 1;
    await ours.close();
    bare.close();
    sinks.stop();
  } finally {
    rmSync(dir, { recursive: true });
  }
}

const show = ({ pace, cpu }: Measured) => `${pace.toFixed(0)}/s (${cpu.toFixed(2)} ms)`;

function bareOf(kind: 'ses' | 'smtp', sinks: Sinks, privateKey: string): Client {
  return kind === 'ses' ? bareSes(sinks, slots.ses) : bareSmtp(sinks, slots.smtp, privateKey);
}

/** That both sides send the same is looked at before it is measured. */
async function sameMail(kind: 'ses' | 'smtp', dir: string): Promise<void> {
  const sinks = await startSinks(true);
  const ours = await startOurs(kind, sinks, 1, dir);
  await ours.send(await ours.order(nextPeople(1)));
  const one = (await sinks.taken()).last[kind];
  const bare = bareOf(kind, sinks, ours.privateKey);
  await bare.send(nextPeople(1));
  const other = (await sinks.taken()).last[kind];
  await ours.close();
  bare.close();
  sinks.stop();
  const [our, their] = [fieldsOf(one), fieldsOf(other)];
  if (our !== their) throw new Error(`other header fields: ${our} and ${their}`);
  if (Math.abs(one.length - other.length) > 500) throw new Error(`${one.length} and ${other.length} bytes`);
  console.log(
    `${kind}: a mail of ours has ${one.length} bytes, of the bare client ${other.length}; both: ${our}`,
  );
}

function fieldsOf(raw: string): string {
  const [head = ''] = raw.split('\r\n\r\n', 1);
  const names = [...head.matchAll(/^([A-Za-z-]+):/gm)].map(([, name = '']) => name);
  return names.sort().join(' ');
}

if (flags.import) {
  const { importList } = await import('./send/import.ts');
  await importList(Number(flags.rows));
} else {
  console.log(
    `HTML of ${Math.round(html.length / 1000)} kB; load ${loadavg()
      .map((one) => one.toFixed(1))
      .join(' ')}`,
  );
  for (const kind of ['ses', 'smtp'] as const) {
    if (flags.only === undefined || flags.only === kind)
      await race(kind, Number(flags.mails), Number(flags.rounds));
  }
}
process.exit();
