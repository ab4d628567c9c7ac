/**
 * How long the audit of a sender domain waits for DNS: `npm run bench:dns`. Every answer comes 50 ms late, so the least
 * is the longest chain of questions that depend on one another; more than 1.3 times that, or a question asked twice,
 * is a failure. The best round counts: what the machine does beside is not the audit's.
 * `--rounds 8 --only sound --verbose`: other than usual.
 */
import { parseArgs } from 'node:util';
import { clients } from '../../rules/clients/index.ts';
import { rules } from '../../rules/index.ts';
import { policy } from '../../rules/policy.ts';
import { ruleSet } from '../../rules/version.ts';
import { createUdpResolver } from '../../src/adapters/resolver/udp.ts';
import type { RecordType, Resolver } from '../../src/ports.ts';
import { createPreflight } from '../../src/preflight.ts';
import { readSender } from '../../src/submission.ts';
import { clock, fetcherOf, identitiesOf, mailServersOf, noBrowser } from '../world.ts';
import { chainsOf, type Step } from './dns/chain.ts';
import { startLateServer } from './dns/server.ts';
import { type BenchWorld, worlds } from './dns/worlds.ts';

const { values: flags } = parseArgs({
  options: {
    rounds: { type: 'string', default: '8' },
    only: { type: 'string' },
    verbose: { type: 'boolean', default: false },
  },
});

const delayMs = 50;
const ratioAtMost = 1.3;
/** Rounds before those that count: they compile what the others run. */
const warmUps = 4;

interface Measured {
  ms: number[];
  /** Without an audit. */
  bare: number[];
  questions: number;
  repeated: string[];
  peak: number;
  longest: readonly string[];
  unexplained: readonly string[];
}

const askedAt = new Map<string, number>();

/** For `--verbose`: when each question was asked. */
function timing(resolver: Resolver): Resolver {
  return {
    ask(question, signal) {
      askedAt.set(`${question.name} ${question.type}`, performance.now());
      return resolver.ask(question, signal);
    },
  };
}

async function measure(world: BenchWorld, rounds: number): Promise<Measured> {
  const sender = readSender(world.sender, 'org_bench');
  if (!sender.ok) throw new Error(`no sender: ${JSON.stringify(sender.errors)}`);
  const ms: number[] = [];
  const bare: number[] = [];
  let last: Omit<Measured, 'ms' | 'bare'> | undefined;
  const server = await startLateServer(world.zone, delayMs);
  const resolver = createUdpResolver({ servers: [server], clock });
  try {
    for (let round = 1 - warmUps; round <= rounds; round += 1) {
      const preflight = createPreflight(rules, ruleSet, {
        resolver: timing(resolver),
        fetcher: fetcherOf(world.web ?? {}),
        mailServers: mailServersOf(world.servers ?? {}),
        identity: identitiesOf(world.identities ?? {}),
        browser: noBrowser,
        clock,
        policy,
        clients,
      });
      askedAt.clear();
      const started = performance.now();
      const { observations } = await preflight.auditSender(sender.sender);
      const took = performance.now() - started;
      const { asked, peak } = await server.tell();
      const { longest, unexplained, steps } = chainsOf(observations.answers, world.seeds);
      const repeated = [...asked].filter(([, count]) => count > 1).map(([question]) => question);
      last = { questions: asked.size, repeated, peak, longest, unexplained };
      if (round > 0) {
        ms.push(took);
        bare.push(await askBare(resolver, steps, longest.length));
        await server.tell();
      }
      if (flags.verbose && round === rounds) {
        for (const { question, depth } of steps) {
          const at = (askedAt.get(question) ?? 0) - started;
          console.log(`    ${at.toFixed(0).padStart(4)} ms, step ${depth}: ${question}`);
        }
      }
    }
  } finally {
    await server.close();
  }
  if (!last) throw new Error('nothing was measured');
  return { ms, bare, ...last };
}

/** The same questions step by step with no audit around them: what this machine needs for that now. */
async function askBare(resolver: Resolver, steps: readonly Step[], depth: number): Promise<number> {
  const started = performance.now();
  const signal = AbortSignal.timeout(60_000);
  for (let level = 1; level <= depth; level += 1) {
    const questions = steps.filter((step) => step.depth === level).map(({ question }) => question.split(' '));
    await Promise.all(
      questions.map(([name = '', type]) => resolver.ask({ name, type: type as RecordType }, signal)),
    );
  }
  return performance.now() - started;
}

function middle(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;
}

let failed = false;
for (const [name, world] of Object.entries(worlds)) {
  if (flags.only !== undefined && flags.only !== name) continue;
  const { ms, bare, questions, repeated, peak, longest, unexplained } = await measure(
    world,
    Number(flags.rounds),
  );
  const least = longest.length * delayMs;
  const best = Math.min(...ms);
  const ratio = best / least;
  const usual = `the middle of ${ms.length} rounds ${middle(ms).toFixed(0)} ms`;
  console.log(
    `${name}: ${best.toFixed(0)} ms at best, ${usual}; ratio ${ratio.toFixed(2)} (at most ${ratioAtMost})`,
  );
  console.log(
    `  longest chain: ${longest.length} questions, ${least} ms; asked by nobody but the resolver ${Math.min(...bare).toFixed(0)} ms`,
  );
  for (const question of longest) console.log(`    ${question}`);
  console.log(`  questions asked: ${questions}, at most ${peak} at once; asked twice: ${repeated.length}`);
  for (const question of repeated) console.log(`    twice: ${question}`);
  for (const question of unexplained) console.log(`    named by nothing: ${question}`);
  if (ratio > ratioAtMost || repeated.length > 0 || unexplained.length > 0) failed = true;
}
console.log(failed ? 'failed' : 'within the limits');
process.exitCode = failed ? 1 : 0;
