/**
 * The spam score against spamd and rspamd, in one run: `npm run bench:spam`. All read the same mail, stripped to what a
 * pre-flight sees. Engines run by local rules alone, each from its own package; one that is not installed is said to be
 * missing, and nothing is claimed of it. Nothing here is a test: the goals are printed with what was reached.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { loadavg } from 'node:os';
import { clients } from '../../rules/clients/index.ts';
import { rules } from '../../rules/index.ts';
import { policy } from '../../rules/policy.ts';
import { createRspamdEngine } from '../../src/adapters/spam-engines/rspamd.ts';
import { createSpamdEngine } from '../../src/adapters/spam-engines/spamd.ts';
import { gather } from '../../src/facts/gather.ts';
import { gatherWording } from '../../src/facts/wording.ts';
import type { SpamEngine } from '../../src/ports.ts';
import type { Area, Rule } from '../../src/rule.ts';
import { readSubmission } from '../../src/submission.ts';
import { judge, neededFacts, type Rules } from '../../src/verdict.ts';
import { startRspamd, startSpamd } from '../servers/spam-daemons.ts';
import { clock, noBrowser, now, resolverOf, soundZone } from '../world.ts';
import { areaUnder, crossValidated, quantile, shareOver } from './spam/figures.ts';
import { designsOf, type Letter, lettersOf, ownLetters, present } from './spam/letters.ts';

if (!present) {
  console.log('NOT RUN: ../shared/data/corpus-2002 is not here, so there is no mail to score');
  process.exit(0);
}

/** The checks that give points, and nothing else. */
const giving = Object.fromEntries(
  Object.entries(rules).map(([area, members]) => [
    area,
    members.filter(({ points }) => points !== undefined),
  ]),
) as Record<Area, Rule[]> satisfies Rules;
const needed = neededFacts(giving);
const resolver = await resolverOf(soundZone);
const world = { resolver, browser: noBrowser, clock, policy, clients };
const never = new AbortController().signal;

interface Scored {
  score: number;
  fired: string[];
  /** Milliseconds: reading the message; gathering what the checks need; judging. */
  read: number;
  gathered: number;
  judged: number;
  /** Of `gathered`, the fact that only the score needs. */
  wording: number;
  /** Milliseconds of processor: other work on the machine makes none of it longer. */
  cpu: { facts: number; whole: number };
}

const processor = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

async function ours({ handed }: Letter): Promise<Scored | undefined> {
  const begin = performance.now();
  const idle = processor();
  const given = { ...handed, mailFrom: 'mail.example.com' };
  const submission = await readSubmission(given, 'org_bench', policy.limits);
  if (!submission.ok) return undefined;
  const read = performance.now();
  const parsed = processor();
  const options = { leaveOut: { dns: true, previews: true }, signal: never, onProgress: () => {} };
  const facts = await gather(needed, submission.submission, world, options);
  const gathered = performance.now();
  const verdict = judge({
    facts,
    rules: giving,
    policy,
    clients,
    now,
    partial: false,
    simulated: true,
  });
  const judged = performance.now();
  const done = processor();
  // Once more by itself: the walk over the page that it shares is known by now.
  gatherWording({ submission: submission.submission, policy });
  const alone = performance.now() - judged;
  const fired = verdict.findings.filter(({ outcome }) => outcome === 'fail').map(({ rule }) => rule);
  return {
    score: verdict.spam.score ?? Number.NaN,
    fired,
    read: read - begin,
    gathered: gathered - read,
    judged: judged - gathered,
    wording: alone,
    cpu: { facts: done - parsed, whole: done - idle },
  };
}

const folders: Record<string, Letter[]> = {
  hard_ham: lettersOf('corpus-2002/hard_ham'),
  spam: lettersOf('corpus-2002/spam'),
  phishing: lettersOf('corpus-phishing-sublime'),
  templates: [...(await designsOf('templates-html', 'html')), ...(await designsOf('templates-mjml', 'mjml'))],
  easy_ham: lettersOf('corpus-2002/easy_ham'),
  // Ours, of today, in Swedish and English; the wanted ones are chosen to be hard.
  wanted: ownLetters('wanted'),
  unwanted: ownLetters('unwanted'),
};
const all = Object.values(folders).flat();

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;

function tell(name: string, threshold: number, scores: Record<string, number[]>): void {
  const { hard_ham: wanted = [], spam = [], templates = [], phishing = [], easy_ham: talk = [] } = scores;
  const { wanted: hard = [], unwanted: fraud = [] } = scores;
  const over = (some: number[]) => some.filter((score) => score >= threshold).length;
  console.log(`${name}, threshold ${threshold}`);
  console.log(`  AUC hard_ham v spam      ${areaUnder(spam, wanted).toFixed(3)}`);
  console.log(
    `  AUC templates v phishing ${areaUnder(phishing, templates).toFixed(3)} (${phishing.length} phishing mails)`,
  );
  console.log(
    `  false positives          hard_ham ${over(wanted)} of ${wanted.length}, templates ${over(templates)} of ${templates.length}`,
  );
  console.log(
    `  true positives           spam ${percent(shareOver(spam, threshold))} of ${spam.length}, phishing ${over(phishing)} of ${phishing.length}`,
  );
  console.log(`  easy_ham                 false positives ${over(talk)} of ${talk.length}`);
  console.log(
    `  our own letters          AUC ${areaUnder(fraud, hard).toFixed(3)}, false positives ${over(hard)} of ${hard.length}, true positives ${over(fraud)} of ${fraud.length}`,
  );
}

// Ours: once to warm up, as a service that has run for a while.
for (const letter of all) await ours(letter);
const found = new Map<Letter, Scored>();
for (const letter of all) {
  const scored = await ours(letter);
  if (scored) found.set(letter, scored);
}
const scoresOf = (letters: Letter[]) => letters.flatMap((letter) => found.get(letter)?.score ?? []);
const own = Object.fromEntries(Object.entries(folders).map(([name, letters]) => [name, scoresOf(letters)]));
const unread = Object.entries(folders).map(
  ([name, letters]) => `${name} ${letters.length - scoresOf(letters).length}`,
);
console.log(
  `${all.length} messages; not taken in by Klarsignal, and so without a score of ours: ${unread.join(', ')}\n`,
);
tell('Klarsignal', policy.spam.threshold, own);
const firedOf = (letters: Letter[]) =>
  letters.flatMap((letter) => (found.has(letter) ? [found.get(letter)?.fired ?? []] : []));
const spamFired = firedOf(folders.spam ?? []);
const hamFired = firedOf(folders.hard_ham ?? []);
const unseen = crossValidated(spamFired, hamFired);
console.log(
  `  AUC with points learnt from four fifths and tried on the fifth: ${areaUnder(unseen.spam, unseen.wanted).toFixed(3)}`,
);

/** As a newsletter has; the largest mail of 2002 is many times that. */
const usual = [folders.hard_ham, folders.spam, folders.phishing, folders.templates]
  .flatMap((letters) => letters ?? [])
  .filter(({ message }) => message.length > 18_000 && message.length < 32_000);
const rounds = 5;
const times = {
  whole: [] as number[],
  facts: [] as number[],
  score: [] as number[],
  cpuFacts: [] as number[],
  cpuWhole: [] as number[],
};
for (let round = 0; round < rounds; round += 1) {
  for (const letter of usual) {
    const scored = await ours(letter);
    if (!scored) continue;
    times.cpuFacts.push(scored.cpu.facts);
    times.cpuWhole.push(scored.cpu.whole);
    times.score.push(scored.wording + scored.judged);
    times.facts.push(scored.gathered + scored.judged);
    times.whole.push(scored.read + scored.gathered + scored.judged);
  }
}
const timesOf = (some: number[]) =>
  `median ${quantile(some, 0.5).toFixed(1)} ms, p95 ${quantile(some, 0.95).toFixed(1)} ms`;
const [load = 0] = loadavg();
console.log(
  `  time, ${usual.length} messages of 18 to 32 KB, ${rounds} rounds, load of the machine ${load.toFixed(1)}`,
);
console.log(`    the score’s own work (fact wording, all checks)      ${timesOf(times.score)}`);
console.log(`    with the facts it shares (html, css, message)        ${timesOf(times.facts)}`);
console.log(`    with reading and parsing the message                 ${timesOf(times.whole)}`);
console.log(`    processor alone: with the facts                      ${timesOf(times.cpuFacts)}`);
console.log(`    processor alone: with reading and parsing            ${timesOf(times.cpuWhole)}`);

/** Each engine by its daemon, started here. */
const engines: {
  name: string;
  threshold: number;
  start(): Promise<{ engine: SpamEngine; path: string; stop(): Promise<void> }>;
}[] = [
  {
    name: 'SpamAssassin (spamd, local rules)',
    threshold: 5,
    async start() {
      const daemon = await startSpamd();
      return { ...daemon, engine: createSpamdEngine({ address: { path: daemon.path }, atOnce: 1 }) };
    },
  },
  {
    name: 'rspamd (local rules)',
    threshold: 6,
    async start() {
      const daemon = await startRspamd();
      return {
        ...daemon,
        engine: createRspamdEngine({ address: { path: daemon.path, secure: false }, atOnce: 1 }),
      };
    },
  },
];
const latencies: string[] = [];
const goals: [string, boolean][] = [];
for (const { name, threshold, start } of engines) {
  console.log('');
  let started: Awaited<ReturnType<typeof start>>;
  try {
    started = await start();
  } catch (error) {
    console.log(`NOT RUN: ${name}: ${error instanceof Error ? error.message.slice(0, 200) : error}`);
    continue;
  }
  try {
    const scores: Record<string, number[]> = {};
    let silent = 0;
    for (const [folder, letters] of Object.entries(folders)) {
      const known: number[] = [];
      for (const { message } of letters) {
        const opinion = await started.engine.score(message, never);
        if (opinion.known) known.push(opinion.score);
        else silent += 1;
      }
      scores[folder] = known;
    }
    tell(name, threshold, scores);
    if (silent > 0) console.log(`  no answer for ${silent} messages`);
    const waits: number[] = [];
    for (const { message } of usual) {
      const begin = performance.now();
      await started.engine.score(message, never);
      waits.push(performance.now() - begin);
    }
    console.log(`  time, the same messages, over its socket: ${timesOf(waits)}`);
    if (name.startsWith('SpamAssassin')) await spamc(started.path);
  } finally {
    await started.stop();
  }
}

/** The client that mail servers call, a process for each message. The daemon's output is read on meanwhile. */
async function spamc(path: string): Promise<void> {
  const waits: number[] = [];
  // One beside the other, so that both meet the same machine.
  const own = { facts: [] as number[], whole: [] as number[] };
  try {
    for (const letter of usual) {
      const { message } = letter;
      const scored = await ours(letter);
      if (!scored) continue;
      own.facts.push(scored.gathered + scored.judged);
      own.whole.push(scored.read + scored.gathered + scored.judged);
      const begin = performance.now();
      const client = spawn('spamc', ['-U', path, '-R'], { stdio: ['pipe', 'ignore', 'ignore'] });
      const ended = once(client, 'exit');
      client.stdin.on('error', () => {});
      client.stdin.end(message);
      await ended;
      waits.push(performance.now() - begin);
    }
  } catch (error) {
    console.log(`  NOT RUN: spamc: ${error instanceof Error ? error.message.slice(0, 100) : error}`);
    return;
  }
  console.log(`  time, the same messages, by spamc: ${timesOf(waits)}`);
  const ratio = (some: number[]) => (quantile(waits, 0.5) / quantile(some, 0.5)).toFixed(1);
  latencies.push(`spamc ${ratio(own.facts)} (reading and parsing included: ${ratio(own.whole)})`);
  goals.push(['10 times faster than spamc, facts included', Number(ratio(own.facts)) >= 10]);
}

const { hard_ham: wanted = [], spam = [], templates = [] } = own;
const over = (some: number[]) => some.filter((score) => score >= policy.spam.threshold).length;
goals.unshift(
  ['AUC hard_ham v spam at least .88', areaUnder(spam, wanted) >= 0.88],
  ['false positives on hard_ham at most 1', over(wanted) <= 1],
  ['no false positive on templates', over(templates) === 0],
  // What was not taken in counts as not found.
  ['true positives on spam at least .30', over(spam) / (folders.spam?.length ?? 1) >= 0.3],
  [
    'median at most 5 ms, p95 at most 15 ms, facts included',
    quantile(times.facts, 0.5) <= 5 && quantile(times.facts, 0.95) <= 15,
  ],
);
console.log(`\ntimes slower than ours: ${latencies.join(', ') || 'nothing to compare with'}`);
for (const [goal, reached] of goals) console.log(`${reached ? 'reached    ' : 'NOT REACHED'}  ${goal}`);
await resolver.close();
