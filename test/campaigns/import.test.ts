/** Lists as people have them: what becomes a recipient, what is left out and why. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { leftOutAtMost } from '../../src/campaigns/left-out.ts';
import { longestLine, tooLong, wholeLines } from '../../src/campaigns/list/line.ts';
import { sendErrorWords } from '../../src/campaigns/send-errors.ts';
import { sayLeftOut } from '../../src/campaigns/words/left-out.ts';
import { createLeftOuts } from '../../src/campaigns.ts';
import { valueFaults } from '../../src/client/merge.ts';
import { createRecipients } from '../../src/recipients.ts';
import { addresses, type CampaignWorld, startCampaignWorld } from './world.ts';

let world: CampaignWorld;
beforeEach(async () => {
  world = await startCampaignWorld();
});
afterEach(() => world.close());

const stream = (...pieces: (string | Uint8Array)[]) =>
  new ReadableStream<Uint8Array>({
    start(controller) {
      for (const piece of pieces) {
        controller.enqueue(typeof piece === 'string' ? new TextEncoder().encode(piece) : piece);
      }
      controller.close();
    },
  });

async function take(list: (string | Uint8Array)[], format: 'csv' | 'ndjson' = 'csv', audit?: string) {
  const clearance = await world.clearance(audit);
  const { id } = await world.send({ clearance, hold: true });
  const kept = await world.campaigns.addList(world.organisation, id, { body: stream(...list), format });
  await world.work();
  return { id, kept };
}

async function told(id: string, locale?: 'en' | 'sv'): Promise<string[]> {
  const lines = await world.campaigns.leftOut(world.organisation, id, locale);
  let text = '';
  for await (const piece of lines ?? []) text += piece;
  return text.trim().split('\n');
}

/** Line, code and field. */
const leftOut = async (id: string) =>
  (await told(id)).slice(1).map((line) => line.split(',').slice(0, 3).join(','));

/** Names of the blobs that hold lists. */
const listFiles = async () =>
  (await readdir(join(world.dir, 'blobs'), { recursive: true })).filter((name) => /list-[^/]*$/.test(name));

const recipients = async (id: string) =>
  (await world.ledger.deliveries(id, { limit: 100 })).map(({ number, address, fields }) => [
    number,
    address,
    fields,
  ]);

const merging = () =>
  world.audit({
    bytes: new TextEncoder().encode(
      '<p>Hej {{namn}}!</p><p><a href="{{sida}}">Läs mer</a></p><p><a href="{{unsubscribe_url}}">Avregistrera dig</a></p>',
    ),
    mergeFields: [
      { name: 'namn', type: 'text', max_length: 20, sample: 'Kim' },
      { name: 'sida', type: 'url', hosts: ['example.se'], sample: 'https://example.se/a' },
    ],
  });

describe('lines that nobody writes', () => {
  const wide = 150_000;
  test.each<['csv' | 'ndjson', string[]]>([
    ['csv', ['email\na@example.com\n', ','.repeat(wide), '\nb@example.com\n']],
    [
      'csv',
      ['email\na@example.com\n', ...Array<string>(30).fill(','.repeat(wide / 10)), '\nb@example.com\n'],
    ],
    ['csv', [`email\na@example.com\n${','.repeat(600)}\nb@example.com\n`]],
    [
      'ndjson',
      [
        '{"address":"a@example.com"}\n{"address":"x@example.com","x":',
        '['.repeat(wide),
        ']'.repeat(wide),
        '}\n{"address":"b@example.com"}',
      ],
    ],
  ])('%s: left out, and those after it are read, on their own lines', async (format, list) => {
    const { id } = await take(list, format);
    expect((await recipients(id)).map(([, address]) => address)).toEqual(['a@example.com', 'b@example.com']);
    expect(await leftOut(id)).toEqual([
      expect.stringMatching(format === 'csv' ? /^3,line-unreadable,/ : /^2,line-unreadable,/),
    ]);
  });

  test.each([1, 7, 64, 1000])('in pieces of %i characters, whole lines come out', async (size) => {
    const text = `a\n${'x'.repeat(longestLine)}\n${'y'.repeat(longestLine + 1)}\r\nb\n\nc`;
    async function* pieces() {
      for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size);
    }
    let found = '';
    for await (const lines of wholeLines(pieces())) found += lines;
    expect(found).toBe(`a\n${'x'.repeat(longestLine)}\n${tooLong}\nb\n\nc`);
  });
});

describe('CSV', () => {
  test.each([
    ['commas', 'email,Namn\na@example.com,Åsa\nb@example.com,Bo\n'],
    [
      'semicolons and a byte order mark',
      '\ufeffE-post;Namn\r\na@example.com;"Åsa; Lind"\r\nb@example.com;Bo\r\n',
    ],
    ['tabs, no last line break', 'Namn\tADRESS\nÅsa\ta@example.com\n\nBo\tb@example.com'],
    ['a quoted line break', 'mejl,Namn\n" a@example.com ","Åsa\nLind"\nb@example.com,Bo\n'],
  ])('with %s', async (_, list) => {
    const { id, kept } = await take([list]);
    expect(kept.kind).toBe('done');
    expect(await recipients(id)).toEqual([
      [1, 'a@example.com', null],
      [2, 'b@example.com', null],
    ]);
    expect(await world.find(id)).toMatchObject({
      lines: 2,
      recipients: 2,
      leftOut: {},
      pauseReason: 'to-confirm',
    });
    expect(await leftOut(id)).toEqual(['1,column-ignored,Namn']);
  });

  test('a letter cut between two pieces stays whole', async () => {
    const bytes = new TextEncoder().encode('email\nå@example.com\na@räksmörgås.se\n');
    const { id } = await take([...bytes].map((byte) => new Uint8Array([byte])));
    expect(await recipients(id)).toEqual([[2, 'a@xn--rksmrgs-5wao1o.se', null]]);
    expect(await leftOut(id)).toEqual(['2,address-not-ascii,']);
  });

  test('a domain that no mail can be addressed to is left out, not put off until its turn', async () => {
    const domains = [
      'ex_ample.com',
      '-x.example.com',
      'x-.example.com',
      'x.123',
      'example.c',
      'ok.example.com',
    ];
    const { id } = await take([['email', ...domains.map((domain) => `a_b@${domain}`)].join('\n')]);
    expect(await recipients(id)).toEqual([[6, 'a_b@ok.example.com', null]]);
    expect(await leftOut(id)).toEqual([2, 3, 4, 5, 6].map((line) => `${line},address-invalid,`));
  });

  test('each line that is left out has its line and why; the same address counts once', async () => {
    const list = [
      'email;namn;sida',
      'a@example.com;Åsa;https://example.se/1',
      'inte en adress;Bo;https://example.se/2',
      'A@EXAMPLE.com;Cai;https://example.se/3',
      ' b@Example.COM ;Dag;https://example.se/4',
      'c@example.com;;https://example.se/5',
      'd@example.com;<b>Eva</b>;https://example.se/6',
      'e@example.com;se www.fel.se;https://example.se/7',
      'f@example.com;Finn;http://example.se/8',
      'g@example.com;Gun;https://annan.se/9',
      'h@example.com;Ett namn som är längre än tjugo;https://example.se/10',
      'i@example.com, j@example.com;Ivo;https://example.se/11',
    ];
    const { id } = await take([list.join('\n')], 'csv', await merging());
    expect(await recipients(id)).toEqual([
      [1, 'a@example.com', { namn: 'Åsa', sida: 'https://example.se/1' }],
      [4, 'b@example.com', { namn: 'Dag', sida: 'https://example.se/4' }],
    ]);
    expect((await leftOut(id)).sort()).toEqual(
      [
        '3,address-invalid,',
        '4,duplicate,',
        '6,field-missing,namn',
        '7,field-markup,namn',
        '8,field-link,namn',
        '9,field-url-invalid,sida',
        '10,field-url-host,sida',
        '11,field-too-long,namn',
        '12,address-invalid,',
      ].sort(),
    );
    const { leftOut: codes, lines } = await world.find(id);
    expect([lines, codes['address-invalid'], codes.duplicate]).toEqual([11, 2, 1]);
  });

  test.each([
    ['UTF-16', [new Uint8Array([0xff, 0xfe, 0x65, 0, 0x6d, 0])], 'list-unreadable'],
    [
      'Latin-1',
      [new Uint8Array([...Buffer.from('email,namn\na@example.com,'), 0xc5, 0x73, 0x61])],
      'list-unreadable',
    ],
    ['a spreadsheet', [new Uint8Array([0x50, 0x4b, 3, 4, 0, 0])], 'list-unreadable'],
    ['no column of addresses', ['namn,ort\nÅsa,Lund\n'], 'list-address-column'],
    ['no header', ['a@example.com\nb@example.com\n'], 'list-address-column'],
    ['nothing', [], 'recipients-missing'],
  ])('%s is refused at once, and another may follow', async (_, list, code) => {
    const { id, kept } = await take(list as (string | Uint8Array)[]);
    expect(kept).toMatchObject({ kind: 'invalid', errors: [{ code, field: 'list' }] });
    const body = stream('email\na@example.com\n');
    expect((await world.campaigns.addList(world.organisation, id, { body, format: 'csv' })).kind).toBe(
      'done',
    );
    await world.work();
    expect(await recipients(id)).toEqual([[1, 'a@example.com', null]]);
    const again = { body: stream('email\nb@example.com\n'), format: 'csv' } as const;
    expect((await world.campaigns.addList(world.organisation, id, again)).kind).toBe('wrong-state');
  });

  test('who is there already takes nobody’s place among those that a mailing may have', async () => {
    world = await startCampaignWorld({ policy: { recipients: 3 } });
    const list = ['a', 'b', 'a', 'b', 'c', 'd'].map((name) => `${name}@example.com`);
    const { id } = await take([['email', ...list].join('\n')]);
    expect(await world.find(id)).toMatchObject({
      recipients: 3,
      leftOut: { duplicate: 2, 'recipients-too-many': 1 },
    });
  });

  test('a list that is too large is refused', async () => {
    await world.close();
    world = await startCampaignWorld({ policy: { listBytes: 100 } });
    const { kept } = await take([`email\n${'a@example.com\n'.repeat(10)}`]);
    expect(kept).toMatchObject({ kind: 'invalid', errors: [{ code: 'list-too-large' }] });
  });

  test('a part that cannot be read holds the mailing, although it was to go at once', async () => {
    const { id } = await world.send();
    const body = stream(`email\na@example.com\n"never closed\n${'x,y\n'.repeat(50_000)}`);
    await world.campaigns.addList(world.organisation, id, { body, format: 'csv' });
    await world.work();
    expect(await world.find(id)).toMatchObject({ state: 'paused', pauseReason: 'to-confirm' });
    expect(world.ses.mails).toEqual([]);
  });
});

test('a JSON object a line', async () => {
  const lines = [
    '{"address":"a@example.com","fields":{"namn":"Åsa","sida":"https://example.se/1"}}',
    '',
    'no json',
    '{"address":["b@example.com"]}',
    '{"address":"c@example.com","fields":{"namn":"Cai","sida":"https://example.se/","extra":"x"}}',
  ];
  const { id } = await take([lines.join('\n')], 'ndjson', await merging());
  expect(await recipients(id)).toEqual([[1, 'a@example.com', { namn: 'Åsa', sida: 'https://example.se/1' }]]);
  expect(await leftOut(id)).toEqual(['3,line-unreadable,', '4,line-unreadable,', '5,field-unknown,extra']);
});

test('a merged mail holds the recipient’s own values, and how to leave', async () => {
  const recipients = [
    { address: 'a@example.com', fields: { namn: 'Åsa & Bo', sida: 'https://example.se/1' } },
  ];
  await world.send({ clearance: await world.clearance(await merging()), recipients });
  await world.work();
  const raw = new TextDecoder().decode(world.ses.mails[0]?.raw);
  expect(raw).toContain('Hej Åsa &amp; Bo!');
  expect(raw).toMatch(/List-Unsubscribe: <https:\/\/klarsignal\.example\/u\/[^>]+>/);
  expect(raw).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click');
  expect(world.ses.mails[0]?.envelopeFrom).toMatch(/^b-[0-9a-z-]+@mejl\.example\.se$/);
});

test('read in twice, since a crash came between, nobody is added or left out twice', async () => {
  const { id } = await world.send({ recipients: addresses(2500), hold: true });
  let chunks = 0;
  const { organisation } = world.store;
  const store = {
    ...world.store,
    organisation: (org: string) => {
      const own = organisation(org);
      const addRecipients: typeof own.ledger.addRecipients = (...given) => {
        chunks += 1;
        if (chunks === 5) throw new Error('the process is killed here');
        return own.ledger.addRecipients(...given);
      };
      return { ...own, ledger: { ...own.ledger, addRecipients } };
    },
  };
  world.restart({ store });
  await world.work();
  expect(await world.find(id)).toMatchObject({ state: 'preparing', recipients: 1000 });
  world.restart();
  await world.campaigns.recover();
  world.pass(10 * 60_000);
  await world.work();
  expect(await world.find(id)).toMatchObject({ state: 'paused', recipients: 2500, lines: 2500, leftOut: {} });
});

test('a caller that posts again gets the same mailing; another order under its key does not', async () => {
  const clearance = await world.clearance();
  const order = { clearance, recipients: addresses(3) };
  const first = await world.campaigns.create(world.organisation, 'me', order, 'one');
  const again = await world.campaigns.create(world.organisation, 'me', order, 'one');
  expect([first.kind, again.kind]).toEqual(['added', 'repeated']);
  expect('campaign' in first && 'campaign' in again && first.campaign.id === again.campaign.id).toBe(true);
  const other = { clearance, recipients: addresses(4) };
  expect(await world.campaigns.create(world.organisation, 'me', other, 'one')).toEqual({ kind: 'conflict' });
  // Under another key: a mailing of its own, in which those who have the mail are left out.
  await world.send(other, 'two');
  await world.work();
  expect(world.ses.mails.length).toBe(4);
});

describe('an order that cannot be', () => {
  const create = async (order: object, given?: string) => {
    const made = await world.campaigns.create(
      world.organisation,
      'me',
      { clearance: given ?? (await world.clearance()), recipients: addresses(1), ...order },
      'key',
    );
    return made.kind === 'invalid' ? made.errors.map(({ code }) => code) : made.kind;
  };

  test.each<[string, object, string[]]>([
    ['no clearance', { clearance: 'x.y.z' }, ['clearance-invalid']],
    ['no recipients', { recipients: [] }, ['recipients-missing']],
    ['a start that is no time', { startsAt: 'tomorrow' }, ['starts-at-invalid']],
    ['a start without a zone', { startsAt: '2026-12-01T09:00:00' }, ['starts-at-invalid']],
    ['a start in ten years', { startsAt: '2036-12-01T09:00:00Z' }, ['starts-at-invalid']],
    ['no pace', { perMinute: 0 }, ['per-minute-invalid']],
    ['half a pace', { perMinute: 1.5 }, ['per-minute-invalid']],
    ['several at once', { perMinute: -1, recipients: [] }, ['per-minute-invalid', 'recipients-missing']],
    ['a standard route that is none', { standard: true }, ['standard-not-registered']],
  ])('%s', async (_, order, codes) => {
    expect(await create(order)).toEqual(codes);
  });

  test.each<[string, () => unknown, string]>([
    [
      'a sender that was never proved',
      () => world.own.senders.noteCheck('example.se', false, world.clock.now().toISOString()),
      'sender-unproved',
    ],
    [
      'no public https address',
      () => world.restart({ url: 'http://klarsignal.example' }),
      'service-address-missing',
    ],
    [
      'an address that no reader’s mail program reaches',
      () => world.restart({ url: 'https://localhost' }),
      'service-address-missing',
    ],
    ['no primary', () => world.own.senders.removeRoute('example.se', 'ses'), 'route-missing'],
    [
      'a route less than was audited',
      () => world.own.senders.removeRoute('example.se', 'reserve'),
      'routes-changed',
    ],
  ])('%s', async (_, happen, code) => {
    const clearance = await world.clearance();
    await happen();
    expect(await create({}, clearance)).toEqual([code]);
  });
});

describe('a process that dies in a list', () => {
  /** As if the process had been killed: nothing that was to be noted afterwards is noted. */
  const dying = () => {
    const { organisation } = world.store;
    const dies = async () => {
      throw new Error('the process is killed here');
    };
    return {
      ...world.store,
      organisation: (org: string) => {
        const own = organisation(org);
        return { ...own, ledger: { ...own.ledger, addRecipients: dies, leaveReading: dies } };
      },
    };
  };
  async function die() {
    world.restart({ store: dying() });
    await world.campaigns.recover();
    world.pass(10 * 60_000);
    await world.work();
    world.restart();
  }

  test('dies in it twice: it is not read a third time, and part of it is never sent', async () => {
    const { id } = await world.send({ recipients: addresses(10) });
    await die();
    expect(await world.find(id)).toMatchObject({ state: 'preparing', importing: true });
    await die();
    let read = 0;
    const { organisation } = world.store;
    const store = {
      ...world.store,
      organisation: (org: string) => {
        const own = organisation(org);
        const addRecipients: typeof own.ledger.addRecipients = (...given) => {
          read += 1;
          return own.ledger.addRecipients(...given);
        };
        return { ...own, ledger: { ...own.ledger, addRecipients } };
      },
    };
    world.restart({ store });
    await world.campaigns.recover();
    world.pass(10 * 60_000);
    await world.work();
    expect([read, await world.find(id)]).toMatchObject([0, { state: 'paused', pauseReason: 'crashed' }]);
    expect([await world.alerts(id), await listFiles()]).toEqual([['paused crashed'], []]);
    expect(await world.campaigns.resume(world.organisation, id)).toMatchObject({
      kind: 'invalid',
      errors: [{ code: 'list-not-read' }],
    });
    expect((await world.campaigns.cancel(world.organisation, id)).kind).toBe('done');
    expect(world.ses.mails).toEqual([]);
  });

  test('dies once, and reads it to the end the next time', async () => {
    const { id } = await world.send({ recipients: addresses(10), hold: true });
    await die();
    await world.campaigns.recover();
    world.pass(10 * 60_000);
    await world.work();
    expect(await world.find(id)).toMatchObject({ recipients: 10, pauseReason: 'to-confirm' });
  });

  test('a stop in good order is no death', async () => {
    const { id } = await world.send({ recipients: addresses(5), hold: true });
    for (const _ of [1, 2, 3, 4]) {
      const campaigns = world.restart();
      await campaigns.recover();
      world.pass(10 * 60_000);
      const working = campaigns.work();
      await campaigns.drain(0);
      await working;
    }
    world.restart();
    await world.campaigns.recover();
    world.pass(10 * 60_000);
    await world.work();
    expect(await world.find(id)).toMatchObject({ recipients: 5, pauseReason: 'to-confirm' });
  });
});

describe('lists that are handed in at once, late or in vain', () => {
  /** A list that comes in when the test lets it. */
  function slow(text: string) {
    let let_: (() => void) | undefined;
    const opened = new Promise<void>((go) => {
      let_ = go;
    });
    const body = new ReadableStream<Uint8Array>({
      async pull(out) {
        await opened;
        out.enqueue(new TextEncoder().encode(text));
        out.close();
      },
    });
    return { body, come: () => let_?.() };
  }
  const handIn = (id: string, body: ReadableStream<Uint8Array>, format: 'csv' | 'ndjson' = 'csv') =>
    world.campaigns.addList(world.organisation, id, { body, format });

  test.each([
    ['csv', 'csv', 'email\nb@example.com\n'],
    ['csv', 'ndjson', '{"address":"b@example.com"}\n'],
  ] as const)(
    'of %s and %s the first that is whole is read, and the other is told so',
    async (_, format, second) => {
      const { id } = await world.send({ hold: true });
      const [one, two] = [slow('email\na@example.com\n'), slow(second)];
      const first = handIn(id, one.body);
      const other = handIn(id, two.body, format);
      two.come();
      expect((await other).kind).toBe('done');
      one.come();
      expect((await first).kind).toBe('wrong-state');
      expect(await listFiles()).toHaveLength(1);
      await world.work();
      expect(await recipients(id)).toEqual([[1, 'b@example.com', null]]);
      expect(await listFiles()).toEqual([]);
    },
  );

  test('one that comes in after the mailing was cancelled is not kept', async () => {
    const { id } = await world.send({ hold: true });
    const { body, come } = slow('email\na@example.com\n');
    const kept = handIn(id, body);
    await world.campaigns.cancel(world.organisation, id);
    come();
    expect([(await kept).kind, await listFiles()]).toEqual(['wrong-state', []]);
  });

  test.each([
    ['no addresses', 'namn\nÅsa\n'],
    ['nothing', ''],
  ])('one with %s is not kept', async (_, text) => {
    const { id } = await world.send({ hold: true });
    const { body, come } = slow(text);
    come();
    expect([(await handIn(id, body)).kind, await listFiles()]).toEqual(['invalid', []]);
  });

  test('one that a dead process left is gone after a start; one that waits to be read is not', async () => {
    const { id } = await world.send({ hold: true, recipients: addresses(1) });
    const key = `${world.organisation}/campaigns/${id}/list-0.csv`;
    await world.ledger.beginList(key, world.clock.now().toISOString());
    await world.blobs.put(key, new TextEncoder().encode('email\na@example.com\n'));
    expect(await listFiles()).toHaveLength(2);
    world.pass(1);
    await world.campaigns.recover();
    expect(await listFiles()).toHaveLength(1);
    await world.work();
    expect(await recipients(id)).toEqual([[1, 'person1@example.com', null]]);
  });
});

describe('who is on the suppression list', () => {
  const hashOf = (name: string) => world.keyring.hashAddress(world.organisation, `${name}@example.com`);
  const forget = (name: string) => {
    const { store, keyring, clock, blobs } = world;
    const leftOuts = createLeftOuts({ store, blobs, keyring });
    return createRecipients({ store, keyring, clock, leftOut: leftOuts }).erase(
      world.organisation,
      `${name}@example.com`,
    );
  };
  const blobText = async () => {
    const names = await readdir(join(world.dir, 'blobs'), { recursive: true, withFileTypes: true });
    const files = names.filter((one) => one.isFile() && one.name.startsWith('left-out'));
    return (await Promise.all(files.map((one) => readFile(join(one.parentPath, one.name), 'utf8')))).join('');
  };

  test('is left out when the list is read, by reason, so that the number is of those who get the mail', async () => {
    const reasons = ['unsubscribe', 'bad-address', 'complaint', 'erased'] as const;
    for (const reason of reasons)
      await world.own.recipients.suppress(hashOf(reason), reason, world.clock.now().toISOString());
    const { id } = await take([
      ['email', ...reasons, 'stays']
        .map((name) => `${name}@example.com`)
        .join('\n')
        .replace('@example.com', ''),
    ]);
    expect(await world.find(id)).toMatchObject({
      lines: 5,
      recipients: 1,
      leftOut: { unsubscribed: 1, 'bad-address': 1, complained: 1, erased: 1 },
    });
    expect((await told(id)).slice(1)).toEqual([
      '2,unsubscribed,,unsubscribe@example.com,,"Has unsubscribed, so nothing is sent there."',
      expect.stringMatching(/^3,bad-address,,bad-address@example\.com,/),
      expect.stringMatching(/^4,complained,,complaint@example\.com,/),
      // Who asked to be forgotten is not written down again.
      expect.stringMatching(/^5,erased,,,,/),
    ]);
  });

  test('since the list was read in is left out when the turn comes', async () => {
    const { id } = await take(['email\na@example.com\nb@example.com\n']);
    await world.own.recipients.suppress(hashOf('a'), 'unsubscribe', world.clock.now().toISOString());
    await world.campaigns.resume(world.organisation, id);
    await world.work();
    expect(await world.counts(id)).toEqual({ accepted: 1, suppressed: 1 });
  });

  test('forgotten while the list waits: no row has the address, nor the values', async () => {
    const clearance = await world.clearance(await merging());
    const { id } = await world.send({ clearance, hold: true });
    const body = stream(
      'email,namn,sida\na@example.com,Åsa,https://example.se/1\nb@example.com,Bo,https://example.se/2',
    );
    await world.campaigns.addList(world.organisation, id, { body, format: 'csv' });
    await forget('a');
    await world.work();
    expect((await recipients(id)).map(([number]) => number)).toEqual([2]);
    expect([JSON.stringify(await recipients(id)), await blobText()].join()).not.toMatch(/a@example|Åsa/);
  });

  test('forgotten later: what was left out of lists forgets them too, and only them', async () => {
    const { id } = await take([
      'email\nx@example.com\nX@example.com\n"x@example.com, y@example.com"\nz z@example.com\n',
    ]);
    const before = await leftOut(id);
    expect(before).toEqual(['3,duplicate,', '4,address-invalid,', '5,address-invalid,']);
    expect(await blobText()).toMatch(/X@example/);
    await forget('x');
    expect(await blobText()).not.toMatch(/x@example/i);
    expect(await blobText()).toMatch(/z@example/);
    expect(await leftOut(id)).toEqual(before);
  });

  test.each([
    ["'anna@example.com'"],
    ['anna@example.com!'],
    ['=anna@example.com/'],
    ['e-post=anna@example.com?'],
    ['bo@example.com=anna@example.com'],
    ['anna@example.com@example.se'],
    ['-anna@example.com-'],
  ])('forgotten later, although the list had %s', async (written) => {
    const others = ['marianna@example.com', 'den.anna@example.com', 'anna@example.comm'];
    await take([`email\n${written}\n${others.map((other) => `${other}\n`.repeat(2)).join('')}`]);
    expect(await blobText()).toContain(written);
    await forget('anna');
    const text = await blobText();
    expect(text).not.toContain(written);
    for (const other of others) expect(text).toContain(other);
  });

  test('two forgotten at once are both forgotten, one erasure at a time', async () => {
    const names = ['b', 'c', 'd', 'e'];
    await take([`email\n${names.map((name) => `${name}@example.com\n`.repeat(2)).join('')}`]);
    let reading = 0;
    let most = 0;
    const blobs: typeof world.blobs = {
      ...world.blobs,
      async getStream(key) {
        const body = await world.blobs.getStream(key);
        most = Math.max(most, ++reading);
        const counted = new TransformStream<Uint8Array, Uint8Array>({ flush: () => void reading-- });
        return body?.pipeThrough(counted);
      },
    };
    // By two doors, as requests and the reading of a list are.
    const doors = [createLeftOuts({ ...world, blobs }), createLeftOuts({ ...world, blobs })] as const;
    await Promise.all(
      names.map((name, i) => {
        const { store, keyring, clock } = world;
        const people = createRecipients({ store, keyring, clock, leftOut: doors[i % 2 ? 1 : 0] });
        return people.erase(world.organisation, `${name}@example.com`);
      }),
    );
    expect(await blobText()).not.toMatch(/[bcde]@example/);
    expect(most).toBe(1);
  });

  test('forgotten while the left-out lines are being written', async () => {
    const { organisation } = world.store;
    const { id } = await world.send({ hold: true });
    const body = stream('email\na@example.com\na@example.com\n');
    await world.campaigns.addList(world.organisation, id, { body, format: 'csv' });
    const store = {
      ...world.store,
      organisation: (org: string) => {
        const own = organisation(org);
        const addRecipients: typeof own.ledger.addRecipients = async (...given) => {
          const added = await own.ledger.addRecipients(...given);
          await forget('a');
          return added;
        };
        return { ...own, ledger: { ...own.ledger, addRecipients } };
      },
    };
    world.restart({ store });
    await world.work();
    expect([await leftOut(id), await blobText()]).toEqual([
      ['3,duplicate,'],
      expect.not.stringMatching(/a@/),
    ]);
  });
});

describe('what was left out is told in words, with what stood there', () => {
  const list = [
    'email;Namn;Sida;Ort',
    'inte en adress;Bo;https://example.se/a;Lund',
    'åsa@example.com;Bo;https://example.se/a;Lund',
    'a@example.com;<b>Eva</b>;https://example.se/a;Lund',
    'b@example.com;=1+1 | "x";https://example.se/a;Lund',
  ].join('\n');

  test.each([
    [
      'en',
      [
        'line,code,field,address,value,in_words',
        '1,column-ignored,Ort,,,The mail does not use the column Ort. That does no harm.',
        '2,address-invalid,,inte en adress,,"This is not one mail address. Write it as name@example.com, one address to a line."',
        '3,address-not-ascii,,åsa@example.com,,The address has a letter such as å or é before the @. Nothing can be sent to such addresses from here: ask the reader for another one.',
      ],
    ],
    [
      'sv',
      [
        'rad;kod;fält;adress;värde;i_ord',
        '1;column-ignored;Ort;;;Mejlet använder inte kolumnen Ort. Det gör inget.',
        '2;address-invalid;;inte en adress;;Det här är inte en mejladress. Skriv den som namn@exempel.se, en adress per rad.',
        '3;address-not-ascii;;åsa@example.com;;Adressen har en bokstav som å eller é före @. Till sådana adresser går det inte att skicka härifrån: be läsaren om en annan.',
      ],
    ],
  ] as const)('%s', async (locale, expected) => {
    const { id } = await take([list], 'csv', await merging());
    const lines = await told(id, locale);
    expect(lines.slice(0, 4)).toEqual(expected);
    expect(lines[4]).toMatch(/^4([,;])field-markup\1namn\1a@example.com\1<b>Eva<\/b>\1/);
  });

  test('no cell of it acts, whatever parts the cells', async () => {
    const { id } = await take(['email;"=cmd|a!b\t=1+1"\n"@x;=1+1";x\n']);
    const [, ignored, invalid] = await told(id);
    expect([ignored, invalid]).toEqual([
      expect.stringMatching(/^1,column-ignored,"'=cmd,a!b,=1\+1",,,/),
      expect.stringMatching(/^2,address-invalid,,"'@x,=1\+1",,/),
    ]);
  });

  test.each(valueFaults)('a value that is %s, in both languages', (fault) => {
    const left = { line: 2, code: `field-${fault}`, field: 'namn' };
    const general = { ...left, code: 'field-never-heard-of' };
    for (const locale of ['en', 'sv'] as const) {
      expect(sayLeftOut(left, locale)).toContain('namn');
      expect(sayLeftOut(left, locale)).not.toBe(sayLeftOut(general, locale));
    }
  });
});

test.each(['en', 'sv'] as const)(
  '%s: who hands in what Excel makes of a list is told how to save it',
  (locale) => {
    const say = sendErrorWords[locale];
    expect(say['list-unreadable']({ format: 'csv' })).toMatch(/Excel.*CSV UTF-8/);
    expect(say['list-unreadable']({ format: 'csv' })).not.toContain('JSON');
    expect(say['list-unreadable']({ format: 'ndjson' })).toContain('JSON');
    expect(say['list-address-column']({})).toContain('E-post');
  },
);

describe('a list of which much is left out', () => {
  test('keeps its first lines, and says how many more there were', async () => {
    const few = 'a@example.com\n'.repeat(2);
    const { id } = await take([`email\n${few}${'a\n'.repeat(leftOutAtMost + 7)}`]);
    const { leftOut: codes, state, pauseReason } = await world.find(id);
    expect(codes).toEqual({ duplicate: 1, 'address-invalid': leftOutAtMost + 7 });
    expect([state, pauseReason]).toEqual(['paused', 'to-confirm']);
    for (const [locale, words] of [
      ['en', /8 more lines were left out/],
      ['sv', /8 rader till togs inte med/],
    ] as const) {
      const lines = await told(id, locale);
      expect(lines).toHaveLength(1 + leftOutAtMost + 1);
      expect(lines.at(-1)).toMatch(/^[,;]more-left-out/);
      expect(lines.at(-1)).toMatch(words);
    }
  });

  test('without one address is read no further, and says so', async () => {
    const { id } = await take([`email\n${'a\n'.repeat(200_000)}`]);
    const { leftOut: codes, lines, state } = await world.find(id);
    expect([lines, state]).toEqual([1000, 'paused']);
    expect(codes).toEqual({ 'address-invalid': 1000, 'list-without-addresses': 1 });
    expect((await told(id)).at(-1)).toMatch(/^100[01],list-without-addresses,.*first 1,000 lines/);
  });

  test.each([
    ['people who are in it twice', 'a@example.com\n'.repeat(1500)],
    ['one address among the first lines', `a@example.com\n${'a\n'.repeat(1500)}`],
  ])('is read to its end with %s', async (_, text) => {
    const { id } = await take([`email\n${text}`]);
    expect((await world.find(id)).lines).toBe(text.split('\n').length - 1);
  });
});
