/** What the spam filters are shown, and what their answers mean for an audit. */
import { describe, expect, test } from 'vitest';
import { clients } from '../../rules/clients/index.ts';
import { rules } from '../../rules/index.ts';
import { policy } from '../../rules/policy.ts';
import { mimeWriter } from '../../src/adapters/mime/composer.ts';
import { gather } from '../../src/facts/gather.ts';
import type { MimeWriter, SpamEngine, SpamOpinion } from '../../src/ports.ts';
import { writeReport } from '../../src/report/report.ts';
import { textReport } from '../../src/report/text.ts';
import type { World } from '../../src/rule.ts';
import { judge, type Rules } from '../../src/verdict.ts';
import { clock, gtube, noBrowser, now, resolverOf, spamEnginesOf, submissionOf } from '../world.ts';

const quiet: SpamOpinion = {
  known: true,
  engine: 'test filter',
  spam: false,
  score: 1.25,
  threshold: 5,
  action: null,
  symbols: [
    { name: 'SUBJ_ALL_CAPS', points: 1.5, description: 'Subject is all capitals' },
    { name: 'MIME_GOOD', points: -0.25, description: '' },
  ],
  omitted: 0,
};
const both = ['spamassassin', 'rspamd'];

/** Judges the two rules that rest on this fact. */
async function audited(
  world: World,
  spamEngines: readonly SpamEngine[] | undefined,
  {
    mime = mimeWriter,
    budget = policy.budgets.spamEngines,
  }: { mime?: MimeWriter | null; budget?: number } = {},
) {
  const submission = await submissionOf(world);
  const resolver = await resolverOf({});
  const impatient = { ...policy, budgets: { ...policy.budgets, spamEngines: budget } };
  const facts = await gather(
    ['spamEngines'],
    submission,
    { resolver, browser: noBrowser, clock, policy: impatient, clients, spamEngines, mime: mime ?? undefined },
    {
      // It is asked in every audit: it is no network of the sender's.
      leaveOut: { dns: true, previews: true },
      signal: new AbortController().signal,
      onProgress: () => {},
    },
  );
  await resolver.close();
  const none = Object.fromEntries(Object.keys(rules).map((area) => [area, []])) as unknown as Rules;
  const only = { ...none, spam: rules.spam.filter(({ id }) => both.includes(id)) };
  const verdict = judge({ facts, rules: only, policy, clients, now, partial: false, simulated: false });
  const found = both.map((id) => verdict.findings.find(({ rule }) => rule === id));
  return {
    fact: facts.spamEngines,
    verdict,
    found,
    said: (locale: 'en' | 'sv') => textReport(writeReport(verdict, only, locale), locale),
  };
}

/** What an engine is shown of a world. */
async function shown(world: World): Promise<string> {
  let seen = '';
  const engine: SpamEngine = {
    id: 'spamassassin',
    async score(message) {
      seen = Buffer.from(message).toString('utf8');
      return quiet;
    },
  };
  await audited(world, [engine]);
  return seen;
}

describe('what they are shown', () => {
  test('a template: composed, with its samples filled in, to a reader in brackets', async () => {
    const seen = await shown({
      html: '<p>Hej {{fornamn}}!</p><p><a href="{{unsubscribe_url}}">Avregistrera dig</a></p>',
      subject: 'Till {{fornamn}}',
      mergeFields: [{ name: 'fornamn', type: 'text', sample: 'Anna' }],
      replyTo: 'svar@example.se',
    });
    expect(seen).toMatch(/^From: .*<nyhetsbrev@example\.se>\r\n/m);
    expect(seen).toMatch(/^To: <reader@example\.com>\r\n/m);
    expect(seen).toMatch(/^Reply-To: .*svar@example\.se/m);
    expect(seen).toMatch(/^Subject: Till Anna\r\n/m);
    expect(seen).toMatch(/^Date: Sun, 22 Nov 2026 09:00:00 \+0000\r\n/m);
    expect(seen).toMatch(/^Message-ID: <[0-9a-f]{32}@example\.se>\r\n/m);
    expect(seen).toContain('<p>Hej Anna!</p>');
    expect(seen).not.toContain('{{');
  });

  test('a template that is filled in by another tool: with the sample data', async () => {
    const seen = await shown({ html: '<p>Hej *|FNAME|*!</p>', sampleData: { FNAME: 'Anna' } });
    expect(seen).toContain('<p>Hej Anna!</p>');
  });

  test('MJML: the HTML that is sent', async () => {
    const body = '<mj-section><mj-column><mj-text>Hej!</mj-text></mj-column></mj-section>';
    const seen = await shown({ mjml: `<mjml><mj-body>${body}</mj-body></mjml>` });
    expect(seen).toContain('Content-Type: text/html');
    expect(seen).not.toContain('<mj-');
  });

  const eml = [
    'Received: from mail.example.org by mx.example.com; Sun, 22 Nov 2026 08:00:00 +0000',
    'DKIM-Signature: v=1; d=example.se; s=s1; b=AAAA',
    'Authentication-Results: mx.example.com; spf=pass',
    'From: Vi <a@example.se>',
    'To: Anna <anna@example.com>',
    'Subject: =?utf-8?q?H=C3=B6st?=',
    'Date: Sat, 21 Nov 2026 08:00:00 +0100',
    'Message-ID: <egen@example.se>',
    'X-Mailer: Eget 1.0',
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: base64',
    '',
    'SGVqIQ==',
    '',
  ];

  test('a message that goes by a system of its own: byte for byte, but for what servers wrote into it', async () => {
    expect(await shown({ eml: eml.join('\r\n') })).toBe(eml.slice(3).join('\r\n'));
  });

  test('what its sending adds is added: date, id, and somebody to read it', async () => {
    const bare = eml.slice(3).filter((line) => !/^(?:Date|Message-ID|To):/.test(line));
    const seen = await shown({ eml: bare.join('\r\n') });
    expect(seen.endsWith(bare.join('\r\n'))).toBe(true);
    expect(seen.slice(0, -bare.join('\r\n').length)).toMatch(
      /^Date: Sun, 22 Nov 2026 09:00:00 \+0000\r\nMessage-ID: <[0-9a-f]{32}@example\.se>\r\nTo: <reader@example\.com>\r\n$/,
    );
  });

  test('a message that Klarsignal sends anew: as it writes it', async () => {
    const routes = [{ transport: 'authsmtp', mailFrom: 'mejl.example.se', dkim: [] }];
    const seen = await shown({ eml: eml.join('\r\n'), routes, class: 'transactional' });
    expect(seen).toMatch(/^To: <reader@example\.com>\r\n/m);
    expect(seen).toMatch(/^X-Mailer: Eget 1\.0\r\n/m);
    expect(seen).not.toMatch(/^(?:Received|DKIM-Signature|Authentication-Results):/m);
    expect(seen).not.toContain('base64');
  });
});

describe('what their answers mean', () => {
  test('none is set up: it does not apply, and nobody writes a mail', async () => {
    const mime: MimeWriter = { write: () => Promise.reject(new Error('written')) };
    for (const engines of [undefined, []]) {
      const { found, said } = await audited({}, engines, { mime });
      expect(found.map((one) => [one?.outcome, one?.reason])).toEqual(
        both.map(() => ['not-applicable', 'no-spam-engine']),
      );
      expect(said('en')).not.toMatch(/does not tell where Gmail/);
    }
  });

  test('spam by its own measure holds the mail; the other is set up too, and its word stands beside', async () => {
    const { found, verdict } = await audited({ html: `<p>Hej!</p>\n${gtube}\n` }, [
      ...spamEnginesOf({ spamassassin: 'listens' }),
      { id: 'rspamd', score: async () => quiet },
    ]);
    expect(found.map((one) => [one?.outcome, one?.gates])).toEqual([
      ['fail', true],
      ['pass', false],
    ]);
    expect(verdict.decision).toBe('blocked');
    // Ours is a score of its own, and none of theirs is added to it.
    expect(found.every((one) => one?.points === undefined)).toBe(true);
  });

  test('one that is silent is unknown and holds the mail, and is nowhere shown as 0', async () => {
    const { found, verdict, said } = await audited(
      {},
      spamEnginesOf({ spamassassin: 'silent', rspamd: 'listens' }),
    );
    expect(found.map((one) => [one?.outcome, one?.gates])).toEqual([
      ['unknown', true],
      ['pass', false],
    ]);
    expect(verdict.decision).toBe('undecided');
    expect(said('en')).toContain('test spamassassin: no answer, so nothing is known.');
    expect(said('sv')).toContain('test spamassassin: inget svar, så inget är känt.');
    expect(said('en')).not.toMatch(/test spamassassin.*\b0 points/);
  });

  test('one that never answers: late, and undecided', async () => {
    const hanging: SpamEngine = { id: 'rspamd', score: () => new Promise<SpamOpinion>(() => {}) };
    const { fact, verdict } = await audited({}, [hanging], { budget: 20 });
    expect(fact).toMatchObject({ known: false, reason: 'late' });
    expect(verdict.decision).toBe('undecided');
  });

  test('nobody to write the mail, and a mail that cannot be written: unknown', async () => {
    const engines = spamEnginesOf({ rspamd: 'listens' });
    const { fact } = await audited({}, engines, { mime: null });
    expect(fact).toMatchObject({ known: false, reason: 'missing-engine' });
    const mime: MimeWriter = { write: () => Promise.reject(new TypeError('a line break')) };
    const { fact: other, verdict } = await audited({}, engines, { mime });
    expect(other).toMatchObject({ known: false, reason: 'crashed' });
    expect(verdict.decision).toBe('undecided');
  });

  test('the report has the score, the threshold and each rule, also of one that passes, and sells it for no more', async () => {
    const { found, said } = await audited({}, [
      { id: 'spamassassin', score: async () => quiet },
      {
        id: 'rspamd',
        score: async () => ({ ...quiet, engine: 'rspamd 3.4', threshold: null, action: 'no action' }),
      },
    ]);
    expect(found[0]?.evidence).toEqual([
      expect.objectContaining({ kind: 'spam-engine', engine: 'test filter' }),
      expect.objectContaining({ kind: 'spam-engine', engine: 'rspamd 3.4' }),
    ]);
    expect(said('en')).toContain(
      [
        'rspamd 3.4 does not count the mail as spam (1.25 points).',
        '  +1.5  SUBJ_ALL_CAPS  Subject is all capitals',
        ' -0.25  MIME_GOOD',
        'test filter does not count the mail as spam (1.25 points, spam from 5).',
        '  +1.5  SUBJ_ALL_CAPS  Subject is all capitals',
        ' -0.25  MIME_GOOD',
      ].join('\n'),
    );
    expect(said('en')).toContain('does not tell where Gmail or others put the mail.');
    expect(said('sv')).toContain(
      'test filter räknar inte mejlet som skräppost (1,25 poäng, skräppost från 5).',
    );
    expect(said('sv')).toContain('visar inte var Gmail eller andra lägger mejlet.');
  });

  test('a finding names what weighs most, and what the filter would do', async () => {
    const engine: SpamEngine = {
      id: 'rspamd',
      score: async () => ({
        ...quiet,
        engine: 'rspamd 3.4',
        spam: true,
        score: 6.375,
        threshold: 6,
        action: 'add header',
      }),
    };
    const { said } = await audited({}, [engine]);
    expect(said('en')).toContain(
      'rspamd 3.4 gives the mail 6.4 points; spam begins at 6. It would mark the mail as spam. Most of it comes from SUBJ_ALL_CAPS +1.5 (“Subject is all capitals”).',
    );
  });
});
