/** Lists as people have them: what becomes a recipient, what is left out and why. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { longestLine, tooLong, wholeLines } from '../../src/campaigns/line.ts';
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

async function leftOut(id: string): Promise<string[]> {
  const lines = await world.campaigns.leftOut(world.organisation, id);
  let text = '';
  for await (const piece of lines ?? []) text += piece;
  return text.trim().split('\n').slice(1);
}

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
    expect(await leftOut(id)).toEqual([expect.stringMatching(/^1,column-ignored,"Namn"$/)]);
  });

  test('a letter cut between two pieces stays whole', async () => {
    const bytes = new TextEncoder().encode('email\nå@example.com\na@räksmörgås.se\n');
    const { id } = await take([...bytes].map((byte) => new Uint8Array([byte])));
    expect(await recipients(id)).toEqual([[2, 'a@xn--rksmrgs-5wao1o.se', null]]);
    expect(await leftOut(id)).toEqual(['2,address-invalid,']);
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
  expect(await world.find(id)).toMatchObject({ state: 'preparing', recipients: 2000 });
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
