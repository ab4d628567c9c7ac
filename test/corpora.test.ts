/** Real templates and messages that nobody on this project wrote: each gets a verdict or a clear error, in time. */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clients } from '../rules/clients/index.ts';
import { rules } from '../rules/index.ts';
import { policy } from '../rules/policy.ts';
import { gather } from '../src/facts/gather.ts';
import type { Resolver } from '../src/ports.ts';
import { inputErrorCodes, readSubmission } from '../src/submission.ts';
import { decisions, type Finding, judge, neededFacts, type Verdict } from '../src/verdict.ts';
import { clock, noBrowser, now, resolverOf, soundZone } from './world.ts';

const data = new URL('../../shared/data/', import.meta.url).pathname;
/** Milliseconds one file may take, also on a busy machine. */
const patience = 10_000;

let resolver: Resolver;
let close = async () => {};
beforeAll(async () => {
  const zone = await resolverOf(soundZone);
  resolver = standing(zone);
  close = zone.close;
});
afterAll(() => close());

/** The web that the corpora link to: its names stand, as they did when these mails were sent. */
function standing(zone: Resolver): Resolver {
  return {
    async ask(question, signal) {
      const answer = await zone.ask(question, signal);
      const foreign = question.type === 'A' && !/(?:^|\.)(?:example\.se|amazonses\.com)$/.test(question.name);
      if (answer.status !== 'nxdomain' || !foreign) return answer;
      const record = { name: question.name, type: 'A', data: '198.51.100.80', ttl: 300 } as const;
      return { ...answer, status: 'answered', records: [record] };
    },
  };
}

interface Outcome {
  file: string;
  verdict: Verdict | undefined;
  errors: readonly string[];
  ms: number;
}

async function audit(file: string, fields: { from?: string; mailFrom?: string; subject?: string }) {
  const started = performance.now();
  const bytes = new Uint8Array(readFileSync(join(data, file)));
  const name = /^(?:mime|corpus-2002)\//.test(file) ? 'a.eml' : file;
  const read = await readSubmission({ ...fields, bytes, filename: name }, 'org_test', policy.limits);
  const outcome = (verdict: Verdict | undefined, errors: readonly string[]): Outcome => {
    return { file, verdict, errors, ms: performance.now() - started };
  };
  if (!read.ok) {
    return outcome(
      undefined,
      read.errors.map(({ code }) => code),
    );
  }
  const leaveOut = { dns: false, previews: true };
  const facts = await gather(
    neededFacts(rules),
    read.submission,
    { resolver, browser: noBrowser, clock, policy, clients },
    { leaveOut, signal: new AbortController().signal, onProgress: () => {} },
  );
  return outcome(judge({ facts, rules, policy, clients, now, partial: true, simulated: true }), []);
}

const corpora = [
  {
    name: 'templates-html',
    files: 'templates-html/**/*.html',
    count: 112,
    fields: { from: 'Föreningen <nyhetsbrev@example.se>', mailFrom: 'mejl.example.se', subject: 'Höstmöte' },
  },
  {
    name: 'templates-mjml',
    files: 'templates-mjml/**/*.mjml',
    count: 24,
    fields: { from: 'Föreningen <nyhetsbrev@example.se>', mailFrom: 'mejl.example.se', subject: 'Höstmöte' },
  },
  { name: 'mime', files: 'mime/**/*', count: 275, fields: {} },
] as const;

const common = 0.5;
/** Faults that a template has on purpose, until somebody fills it in. */
const placeholders = new Set(['empty-link', 'filler-text']);
/** Findings that people read of a mail that somebody took care of. */
const worthReading = 20;

type Corpus = (typeof corpora)[number];
const outcomes = new Map<string, Promise<Outcome[]>>();

/** Each file of a corpus, audited once however many tests ask. */
function outcomesOf({ name, files, fields }: Corpus): Promise<Outcome[]> {
  const known = outcomes.get(name);
  if (known) return known;
  const found = globSync(files, { cwd: data, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/^(ORIGIN\.txt|\.gitattributes)$/.test(entry.name))
    .map((entry) => relative(data, join(entry.parentPath, entry.name)))
    .sort();
  const all = (async () => {
    const audited: Outcome[] = [];
    for (const file of found) audited.push(await audit(file, fields));
    return audited;
  })();
  outcomes.set(name, all);
  return all;
}

describe.each(corpora)('$name', (corpus) => {
  const { name, count } = corpus;
  const present = existsSync(join(data, name));
  if (!present) console.warn(`SKIPPED: ${join(data, name)} is not there, so ${count} files were not tried`);

  test.skipIf(!present)(
    'each file gets a verdict or a known error, in time',
    { timeout: 300_000 },
    async () => {
      const audited = await outcomesOf(corpus);
      expect(audited.length).toBeGreaterThanOrEqual(count);
      for (const { file, verdict, errors, ms } of audited) {
        const told = verdict ? decisions.includes(verdict.decision) : errors.length > 0;
        expect({ file, told }).toEqual({ file, told: true });
        for (const code of errors) expect(inputErrorCodes, file).toContain(code);
        const crashed = verdict?.findings.filter(({ reason }) => reason === 'crashed') ?? [];
        expect({ file, crashed: crashed.map(({ rule }) => rule) }).toEqual({ file, crashed: [] });
        expect(ms, file).toBeLessThan(patience);
      }
      console.log(summary(name, audited));
    },
  );
});

/** What professionals published: each rule's finding on it is one that a designer must agree with. */
describe.skipIf(!existsSync(join(data, 'templates-html')))('published designs', { timeout: 300_000 }, () => {
  const byCorpus = new Map<string, Outcome[]>();
  const designs: Outcome[] = [];
  beforeAll(async () => {
    for (const corpus of corpora.filter(({ name }) => name.startsWith('templates-'))) {
      const read = (await outcomesOf(corpus)).filter(({ verdict }) => verdict);
      byCorpus.set(corpus.name, read);
      designs.push(...read);
    }
  }, 300_000);

  test('what most of them do is no fault', () => {
    expect(designs.length).toBeGreaterThan(100);
    const failures = designs.flatMap(failuresOf);
    const severities = new Map(failures.map(({ rule, severity }) => [rule, severity]));
    const over = tally(failures.map(({ rule }) => rule)).filter(
      ([rule, count]) =>
        count > designs.length * common && severities.get(rule) !== 'advice' && !placeholders.has(rule),
    );
    expect(over).toEqual([]);
  });

  test('none is spam, and with a subject every check that gives points has an answer', () => {
    const scores = designs.map(({ verdict }) => verdict?.spam.score ?? null);
    expect(scores).not.toContain(null);
    expect(scores.filter((score) => (score ?? 0) >= policy.spam.threshold)).toEqual([]);
  });

  test('none gets more findings than people read', () => {
    const long = designs.flatMap((design) => {
      const count = failuresOf(design).length;
      return count > worthReading ? [`${design.file} ${count}`] : [];
    });
    expect(long).toEqual([]);
  });

  /** A changed verdict is a visible diff: `npx vitest run test/corpora.test.ts -t 'how often' -u` writes it anew. */
  test('how often each rule fires stands in firing.md', async () => {
    await expect(firingTable(byCorpus)).toMatchFileSnapshot('firing.md');
  });
});

/** Mail of 2002: newsletters that people wanted, and spam. */
const mailings = 'corpus-2002/hard_ham';
const spam = 'corpus-2002/spam';

test.skipIf(!existsSync(join(data, mailings)))(
  'spam gets more points than newsletters',
  async () => {
    const scores = async (folder: string) => {
      const files = globSync(`${folder}/*`, { cwd: data }).sort();
      const verdicts: Verdict[] = [];
      for (const file of files) {
        const { verdict } = await audit(file, {});
        if (verdict) verdicts.push(verdict);
      }
      expect(verdicts.length).toBeGreaterThan(50);
      return verdicts.map((verdict) => verdict.spam.score ?? Number.NaN);
    };
    const [wanted, unwanted] = [await scores(mailings), await scores(spam)];
    const mean = (some: number[]) => some.reduce((sum, one) => sum + one, 0) / some.length;
    const of = (some: number[], least: number) =>
      `${some.filter((one) => one >= least).length} of ${some.length} have ${least} points or more`;
    console.log(
      `newsletters: ${of(wanted, 1)}, mean ${mean(wanted).toFixed(2)}\nspam: ${of(unwanted, 1)}, mean ${mean(unwanted).toFixed(2)}`,
    );
    // One: a list of thousands of other people's weblogs, some of them at numbers and odd ports.
    expect(wanted.filter((score) => !(score < policy.spam.threshold)).length).toBeLessThanOrEqual(1);
    expect(mean(unwanted)).toBeGreaterThan(2 * mean(wanted));
  },
  300_000,
);

function failuresOf({ verdict }: Outcome): readonly Finding[] {
  return verdict?.findings.filter(fails) ?? [];
}

/** Of each rule that fires: in how many designs, and at how many places in all. Most often first. */
function firingTable(byCorpus: ReadonlyMap<string, readonly Outcome[]>): string {
  const names = [...byCorpus.keys()];
  const rows = Object.entries(rules).flatMap(([area, members]) =>
    members.map(({ id, severity }) => {
      const findings = names.map((name) =>
        (byCorpus.get(name) ?? []).flatMap((one) => failuresOf(one).filter(({ rule }) => rule === id)),
      );
      const places = findings.flat().reduce((sum, one) => sum + one.problems.length + (one.omitted ?? 0), 0);
      return { id, area, severity, counts: findings.map(({ length }) => length), places };
    }),
  );
  const total = (counts: readonly number[]) => counts.reduce((sum, one) => sum + one, 0);
  const fired = rows
    .filter(({ counts }) => total(counts) > 0)
    .sort((one, two) => total(two.counts) - total(one.counts) || (one.id < two.id ? -1 : 1));
  const designs = [...byCorpus.values()].flat().map((one) => failuresOf(one).length);
  const sorted = designs.sort((one, two) => one - two);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  const sizes = names.map((name) => byCorpus.get(name)?.length ?? 0);
  return `# How often each rule fires on published designs

Written by test/corpora.test.ts, which fails when a count has changed. Where the change is meant:
\`npx vitest run test/corpora.test.ts -t 'how often' -u\`

Designs that are read: ${names.map((name, i) => `${name} ${sizes[i]}`).join(', ')}. Findings a design: median ${at(0.5)}, nine of ten at most ${at(0.9)}, the most ${at(1)}.

| rule | area | severity | ${names.join(' | ')} | places |
|---|---|---|${names.map(() => '--:').join('|')}|--:|
${fired.map(({ id, area, severity, counts, places }) => `| ${id} | ${area} | ${severity} | ${counts.join(' | ')} | ${places} |`).join('\n')}
`;
}

/** The most frequent findings and errors, for whoever owns the rules. */
function summary(name: string, outcomes: readonly Outcome[]): string {
  const findings = outcomes.flatMap(({ verdict }) => verdict?.findings ?? []);
  const failed = tally(findings.filter(fails).map(({ rule }) => rule));
  const errors = tally(outcomes.flatMap((outcome) => outcome.errors));
  const list = (counts: [string, number][]) =>
    counts.map(([what, times]) => `  ${times} of ${outcomes.length}  ${what}`).join('\n');
  return `${name}: the most frequent findings\n${list(failed.slice(0, 5))}\nnot taken in\n${list(errors)}`;
}

function tally(names: readonly string[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].sort(([, one], [, two]) => two - one);
}

function fails({ outcome }: Finding): boolean {
  return outcome === 'fail';
}
