/** SpamAssassin's and rspamd's own daemons, with local rules alone. */
import { existsSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clients } from '../../rules/clients/index.ts';
import { rules } from '../../rules/index.ts';
import { policy } from '../../rules/policy.ts';
import { ruleSet } from '../../rules/version.ts';
import { mimeWriter } from '../../src/adapters/mime/composer.ts';
import { createRspamdEngine } from '../../src/adapters/spam-engines/rspamd.ts';
import { createSpamdEngine } from '../../src/adapters/spam-engines/spamd.ts';
import type { SpamEngine } from '../../src/ports.ts';
import { createPreflight } from '../../src/preflight.ts';
import { writeReport } from '../../src/report/report.ts';
import { textReport } from '../../src/report/text.ts';
import type { World } from '../../src/rule.ts';
import { clock, gtube, noBrowser, resolverOf, soundZone, submissionOf } from '../world.ts';
import { type Daemon, startMs, startRspamd, startSpamd } from './spam-daemons.ts';

const password = 'provord';
const never = new AbortController().signal;
const shared = new URL('../../../shared/data/gtube/', import.meta.url);

let spamd: Daemon;
let rspamd: Awaited<ReturnType<typeof startRspamd>>;
beforeAll(async () => {
  const started = await Promise.allSettled([startSpamd(), startRspamd(password)]);
  const [one, other] = started;
  if (one.status === 'fulfilled') spamd = one.value;
  if (other.status === 'fulfilled') rspamd = other.value;
  for (const each of started) if (each.status === 'rejected') throw each.reason;
}, startMs + 5_000);
afterAll(async () => {
  await Promise.all([spamd?.stop(), rspamd?.stop()]);
});

const bySpamd = () => createSpamdEngine({ address: { path: spamd.path } });
const byRspamd = () => createRspamdEngine({ address: { path: rspamd.path, secure: false } });
const engines: readonly [string, () => SpamEngine, RegExp][] = [
  ['spamd', bySpamd, /^SpamAssassin$/],
  ['rspamd', byRspamd, /^rspamd \d/],
];

/** A whole letter to somebody, as a sending system writes it. */
const letter = (body: string, subject = 'Protokoll') =>
  Buffer.from(
    [
      'From: Vi <nyhetsbrev@example.se>',
      'To: Anna <anna@example.com>',
      `Subject: ${subject}`,
      `Date: ${new Date().toUTCString().replace('GMT', '+0000')}`,
      'Message-ID: <1@example.se>',
      'MIME-Version: 1.0',
      'Content-Type: text/plain; charset=us-ascii',
      '',
      body,
      '',
    ].join('\r\n'),
  );
const kind = letter(
  'Hej! Kom till mötet i kväll, så bjuder vi på kaffe.'.normalize('NFKD').replace(/[^ -~]/g, ''),
);

describe.each(engines)('%s', (_, engine, called) => {
  test.each(['spamassassin/gtube.eml', 'rspamd/gtube.eml'])('knows GTUBE, as %s has it', async (file) => {
    const path = new URL(file, shared);
    if (!existsSync(path)) return console.warn(`not run: ${file} is not here`);
    const opinion = await engine().score(readFileSync(path), never);
    expect(opinion).toMatchObject({ known: true, spam: true, engine: expect.stringMatching(called) });
    expect(opinion.known && opinion.symbols.map((one) => one.name)).toContain('GTUBE');
  });

  test('knows it in a letter of its own', async () => {
    const opinion = await engine().score(letter(gtube), never);
    expect(opinion).toMatchObject({ known: true, spam: true });
  });

  test('takes a usual letter for mail, with a score and named rules', async () => {
    const opinion = await engine().score(kind, never);
    expect(opinion).toMatchObject({ known: true, spam: false });
    if (!opinion.known) return;
    expect(opinion.score).toBeLessThan(4);
    expect(opinion.symbols.length).toBeGreaterThan(0);
    const described = opinion.symbols.filter(({ description }) => description !== '');
    expect(described.length).toBeGreaterThan(0);
    expect(opinion.symbols.every((one) => /^[A-Z][A-Z0-9_]+$/.test(one.name))).toBe(true);
  });

  test('tells points that add up to its score', async () => {
    const shouting = letter(
      'Dear Friend, claim $25,000,000 US DOLLARS, urgent business, risk free!',
      'URGENT REPLY NEEDED NOW',
    );
    const opinion = await engine().score(shouting, never);
    if (!opinion.known) throw new Error(opinion.detail);
    const sum = opinion.symbols.reduce((total, { points }) => total + points, 0);
    // SpamAssassin tells each rounded to a tenth.
    expect(Math.abs(sum - opinion.score)).toBeLessThan(0.05 * opinion.symbols.length + 0.11);
    expect(opinion.symbols.length).toBeGreaterThan(3);
  });

  test('an empty message, binary rubbish, and a megabyte: an answer, or none, and never an exception', async () => {
    const large = Buffer.concat([kind, Buffer.alloc(1024 * 1024, 'Hej hej hej.\r\n')]);
    const rubbish = Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * 7919) % 256));
    for (const message of [new Uint8Array(), rubbish, large]) {
      const opinion = await engine().score(message, never);
      expect(opinion.known ? Number.isFinite(opinion.score) : opinion.detail.length > 0).toBe(true);
    }
    expect(await engine().score(kind, never)).toMatchObject({ known: true });
  });

  test('twenty at once', async () => {
    const own = engine();
    const asked = Array.from({ length: 20 }, (_, i) => own.score(i % 2 ? letter(gtube) : kind, never));
    const said = (await Promise.all(asked)).map((one) => one.known && one.spam);
    expect(said).toEqual(said.map((_, i) => i % 2 === 1));
  });
});

test('rspamd’s controller asks for the password', async () => {
  const { controller } = rspamd;
  if (!controller) throw new Error('it has no controller');
  const address = { ...controller, secure: false };
  const opinion = (given?: string) =>
    createRspamdEngine({ address, password: given }).score(letter(gtube), never);
  expect(await opinion(password)).toMatchObject({ known: true, spam: true });
  expect(await opinion('annat')).toMatchObject({ known: false, detail: 'HTTP 401' });
  expect(await opinion()).toMatchObject({ known: false, detail: 'HTTP 401' });
});

test('each speaks to the other’s adapter: no opinion', async () => {
  const swapped = createSpamdEngine({ address: { path: rspamd.path } });
  expect(await swapped.score(kind, never)).toMatchObject({ known: false });
  const other = createRspamdEngine({ address: { path: spamd.path, secure: false } });
  expect(await other.score(kind, never)).toMatchObject({ known: false });
});

test(
  'spamd goes by its own threshold',
  async () => {
    const strict = await startSpamd(['required_score 0.1', 'score MISSING_SUBJECT 0.5']);
    try {
      const engine = createSpamdEngine({ address: { path: strict.path } });
      const opinion = await engine.score(
        Buffer.from('From: a@example.se\r\nTo: b@example.com\r\n\r\nHej!\r\n'),
        never,
      );
      expect(opinion).toMatchObject({ known: true, spam: true, threshold: 0.1 });
    } finally {
      await strict.stop();
    }
  },
  startMs,
);

describe('an audit with both', () => {
  async function audited(message: World, spamEngines: readonly SpamEngine[]) {
    const resolver = await resolverOf(soundZone);
    const world = { resolver, browser: noBrowser, spamEngines, mime: mimeWriter, clock, policy, clients };
    try {
      const preflight = createPreflight(rules, ruleSet, world);
      const submission = await submissionOf(message);
      const { verdict } = await preflight.audit(submission, { leaveOut: { dns: false, previews: true } });
      const outcomes = ['spamassassin', 'rspamd'].map((id) =>
        verdict.findings.find(({ rule }) => rule === id),
      );
      return { verdict, outcomes, text: textReport(writeReport(verdict, rules, 'en'), 'en') };
    } finally {
      await resolver.close();
    }
  }

  test('GTUBE in the HTML of a template blocks the mail, by both, and the report says by which rule', async () => {
    const { verdict, outcomes, text } = await audited({ html: `<p>Hej!</p><p>\n${gtube}\n</p>` }, [
      bySpamd(),
      byRspamd(),
    ]);
    expect(outcomes.map((one) => one?.outcome)).toEqual(['fail', 'fail']);
    expect(outcomes.every((one) => one?.gates)).toBe(true);
    expect(verdict.decision).toBe('blocked');
    expect(text).toMatch(/SpamAssassin counts the mail as spam \(1,00[.\d]* points, spam from 5\)/);
    expect(text).toMatch(/rspamd [\d.]+ counts the mail as spam \(15 points, action: reject\)/);
    expect(text).toMatch(/\+1,000 {2}GTUBE {2}BODY: Generic Test for Unsolicited Bulk Email/);
    expect(text).toContain('does not tell where Gmail or others put the mail');
  });

  test('a usual newsletter passes both, and their scores stand in the report', async () => {
    const { outcomes, text } = await audited({}, [bySpamd(), byRspamd()]);
    expect(outcomes.map((one) => one?.outcome)).toEqual(['pass', 'pass']);
    expect(text).toMatch(/SpamAssassin does not count the mail as spam \(-?[\d.]+ points, spam from 5\)/);
  });

  test('one that is gone is unknown and holds the mail; the other still says what it thinks', async () => {
    const gone = createSpamdEngine({ address: { path: `${spamd.path}.gone` } });
    const { verdict, outcomes, text } = await audited({}, [gone, byRspamd()]);
    expect(outcomes.map((one) => one?.outcome)).toEqual(['unknown', 'pass']);
    expect(outcomes[0]).toMatchObject({ gates: true, reason: 'engine-silent' });
    expect(verdict.decision).not.toBe('clear');
    expect(text).toContain('SpamAssassin: no answer, so nothing is known.');
  });
});
