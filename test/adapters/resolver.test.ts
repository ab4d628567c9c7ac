import { connect } from 'node:net';
import { decode } from 'dns-packet';
import { afterEach, describe, expect, it } from 'vitest';
import { addressText, parseResolver } from '../../src/adapters/resolver/address.ts';
import {
  createUdpResolver,
  systemServers,
  type UdpResolverOptions,
} from '../../src/adapters/resolver/udp.ts';
import { encodeQuestion, readReply } from '../../src/adapters/resolver/wire.ts';
import type { DnsStatus, RecordType } from '../../src/ports.ts';
import {
  type Asked,
  authenticated,
  authoritative,
  bothPeers,
  clock,
  closePeers,
  cname,
  framed,
  type MessageParts,
  never,
  opt,
  question,
  reply,
  summary,
  tcpPeer,
  truncated,
  txt,
  udpPeer,
} from './resolver-peers.ts';

afterEach(closePeers);

const name = 'example.se';
const spf = txt(name, 'v=spf1 -all');

function resolverFor(
  servers: UdpResolverOptions['servers'],
  options: Partial<UdpResolverOptions> = {},
): ReturnType<typeof createUdpResolver> {
  return createUdpResolver({ servers, clock, attemptTimeoutMs: 60, ...options });
}

async function askPeer(onQuery: (asked: Asked) => void, type: RecordType = 'TXT') {
  // What is going to answer gets all the time it needs, however busy the machine.
  const resolver = resolverFor([await udpPeer(onQuery)], { attemptTimeoutMs: 5000 });
  return resolver.ask({ name, type }, never);
}

describe('a question on the wire', () => {
  it('asks for recursion and validation, in 1232 octets, without signatures', () => {
    const query = encodeQuestion({ name: 'Example.SE.', type: 'TLSA' }, 7);
    const packet = decode(Buffer.from(query?.bytes ?? []));
    expect(packet).toMatchObject({ id: 7, flag_qr: false, flag_rd: true, flag_ad: true, flag_cd: false });
    expect(packet.questions).toEqual([{ name, type: 'TLSA', class: 'IN' }]);
    expect(packet.additionals).toMatchObject([{ type: 'OPT', udpPayloadSize: 1232, flag_do: false }]);
  });

  it('draws ids from the whole space', () => {
    const ids = Array.from({ length: 200 }, () => encodeQuestion(question)?.id ?? -1);
    expect(new Set(ids).size).toBeGreaterThan(150);
    expect(Math.max(...ids)).toBeGreaterThan(255);
  });

  it.each(['', 'a..b', `${'a'.repeat(64)}.se`, `${'a.'.repeat(130)}se`, 'med\ttabb.se', 'å.se', 'a\\.b.se'])(
    'cannot be asked about %j, and says so instead of asking',
    async (bad) => {
      expect(encodeQuestion({ name: bad, type: 'A' })).toBeUndefined();
      const answer = await resolverFor([]).ask({ name: bad, type: 'A' }, never);
      expect(answer).toMatchObject({ status: 'malformed', detail: expect.stringContaining('name') });
    },
  );
});

describe('statuses are told apart', () => {
  const soa = {
    type: 'SOA' as const,
    name: 'se',
    data: { mname: 'a.ns.se', rname: 'hostmaster.nic.se', minimum: 60 },
  };
  const table: [string, MessageParts, DnsStatus, string?][] = [
    ['a record', { answers: [spf] }, 'answered'],
    ['no record', { authorities: [soa] }, 'nodata'],
    ['no record and no SOA', {}, 'nodata'],
    ['a record of another type', { answers: [{ type: 'A', name, data: '192.0.2.1' }] }, 'nodata'],
    ['a record of another name', { answers: [txt('other.se', 'x')] }, 'nodata'],
    ['a record of another class', { answers: [{ type: 'TXT', name, class: 'CH', data: 'x' }] }, 'nodata'],
    ['no such name', { rcode: 3, authorities: [soa] }, 'nxdomain'],
    ['SERVFAIL', { rcode: 2 }, 'servfail'],
    ['SERVFAIL with a reason', { rcode: 2, additionals: [opt(0, 6, 'no\nDS')] }, 'servfail', 'bogus: no DS'],
    ['REFUSED', { rcode: 5 }, 'refused'],
    ['FORMERR', { rcode: 1 }, 'servfail', 'FORMERR'],
    ['NOTIMP', { rcode: 4 }, 'servfail', 'NOTIMP'],
    ['BADVERS, whose low bits look like NOERROR', { additionals: [opt(1)] }, 'servfail', 'RCODE 16'],
    ['a name that is censored', { rcode: 3, additionals: [opt(0, 16)] }, 'refused', 'censored'],
    ['a filtered record', { answers: [spf], additionals: [opt(0, 17)] }, 'refused', 'filtered'],
    ['a referral', { flags: 0, authorities: [{ type: 'NS', name, data: 'ns.se' }] }, 'servfail', 'resolve'],
    ['an alias left to us', { flags: authoritative, answers: [cname(name, 'a.se')] }, 'servfail', 'resolve'],
    [
      'a CNAME chain',
      { answers: [cname(name, 'A.se'), cname('a.se', 'b.se'), txt('B.se', 'x')] },
      'answered',
    ],
    ['a CNAME chain out of order', { answers: [txt('b.se', 'x'), cname(name, 'b.se')] }, 'answered'],
    ['a CNAME to a name without the type', { answers: [cname(name, 'a.se')] }, 'nodata'],
    ['a CNAME to no name', { rcode: 3, answers: [cname(name, 'a.se')] }, 'nxdomain'],
    ['a record beside the chain', { answers: [cname(name, 'a.se'), txt('c.se', 'x')] }, 'nodata'],
    ['a CNAME loop', { answers: [cname(name, 'a.se'), cname('a.se', name)] }, 'malformed', 'comes back'],
    ['a CNAME to itself', { answers: [cname(name, name)] }, 'malformed', 'comes back'],
    ['two CNAMEs', { answers: [cname(name, 'a.se'), cname(name, 'b.se')] }, 'malformed', 'more than one'],
  ];
  it.each(table)('%s', async (_, parts, status, detail) => {
    const answer = await askPeer(({ query, send }) => send(reply(query, parts)));
    expect(answer.status).toBe(status);
    if (detail === undefined) expect(answer.detail).toBeUndefined();
    else expect(answer.detail).toContain(detail);
  });

  it.each([
    ['cut in a name', (whole: Buffer) => whole.subarray(0, 40)],
    ['cut in a record', (whole: Buffer) => whole.subarray(0, whole.length - 3)],
    ['cut before the records', (whole: Buffer) => whole.subarray(0, 28)],
    [
      'with a length that lies',
      (whole: Buffer) => {
        const lying = Buffer.from(whole);
        lying.writeUInt16BE(2, whole.length - 14);
        return Buffer.concat([lying, Buffer.alloc(64)]);
      },
    ],
  ])('an answer %s is malformed', async (_, spoil) => {
    const answer = await askPeer(({ query, send }) => send(spoil(reply(query, { answers: [spf] }))));
    expect(answer).toMatchObject({ status: 'malformed', records: [], detail: expect.any(String) });
  });

  it('says who answered, when, and keeps what was asked', async () => {
    const server = await udpPeer(({ query, send }) => send(reply(query, { answers: [spf] })));
    const answer = await resolverFor([server], { attemptTimeoutMs: 5000 }).ask(question, never);
    expect(answer).toEqual({
      ...question,
      status: 'answered',
      records: [{ name, type: 'TXT', ttl: 60, data: 'v=spf1 -all', strings: ['v=spf1 -all'] }],
      authenticated: false,
      resolver: `127.0.0.1:${server.port}`,
      at: '2026-11-05T12:00:00.000Z',
    });
  });

  it.each([
    ['answers', { answers: [spf] }, true],
    ['the lack of a name', { rcode: 3 }, true],
    ['failures', { rcode: 2 }, false],
  ])('the AD bit of %s: %o', async (_, parts, expected) => {
    const answer = await askPeer(({ query, send }) => {
      send(reply(query, { ...parts, flags: authenticated }));
    });
    expect(answer.authenticated).toBe(expected);
  });

  it('keeps the strings of a TXT record, its byte order mark, and letters cut in two', () => {
    const query = encodeQuestion(question, 1);
    if (query === undefined) throw new Error('not asked');
    const halves = [Buffer.from([0xc3]), Buffer.from([0xa5, 0xff])];
    const answers = [
      { type: 'TXT' as const, name, data: ['\ufeffv=spf1', ' -all'] },
      { type: 'TXT' as const, name, data: halves },
    ];
    const reading = readReply(reply(decode(Buffer.from(query.bytes)), { answers }), query);
    if (reading.kind !== 'reply') throw new Error('no answer');
    // As it is stored, to be judged again.
    const [whole, cut] = JSON.parse(JSON.stringify(reading.records));
    expect(whole).toMatchObject({ data: '\ufeffv=spf1 -all', strings: ['\ufeffv=spf1', ' -all'] });
    expect(whole).not.toHaveProperty('octets');
    expect(cut).toMatchObject({
      data: 'å\ufffd',
      strings: ['\ufffd', '\ufffd\ufffd'],
      octets: ['c3', 'a5ff'],
    });
  });

  it('takes a TTL with the highest bit set as zero (RFC 2181 section 8)', async () => {
    const answers = [
      { ...spf, ttl: 0x80000001 },
      { ...txt(name, 'x'), ttl: 0x7fffffff },
    ];
    const answer = await askPeer(({ query, send }) => send(reply(query, { answers })));
    expect(answer.records.map(({ ttl }) => ttl)).toEqual([0, 0x7fffffff]);
  });

  it.each<[string, MessageParts, number | undefined]>([
    ['a failure', { rcode: 2, additionals: [opt(0, 7)] }, 7],
    ['a failure without one', { rcode: 2, additionals: [opt(0)] }, undefined],
    ['a stale answer', { answers: [spf], additionals: [opt(0, 3)] }, 3],
    ['error 0', { rcode: 2, additionals: [opt(0, 0)] }, 0],
  ])('the extended error of %s, as a number', async (_, parts, expected) => {
    const answer = await askPeer(({ query, send }) => send(reply(query, parts)));
    expect(answer.extendedError).toBe(expected);
    expect('extendedError' in answer).toBe(expected !== undefined);
  });
});

describe('a server that does not know EDNS is asked without it (RFC 6891 section 6.2.2)', () => {
  const header = (query: Asked['query'], rcode: number) => {
    const bytes = Buffer.alloc(12);
    bytes.writeUInt16BE(query.id ?? 0);
    bytes.writeUInt16BE(0x8000 | rcode, 2);
    return bytes;
  };
  const hasEdns = ({ query }: Asked) => query.additionals?.some(({ type }) => type === 'OPT') ?? false;
  const table: [string, (asked: Asked) => Buffer][] = [
    ['FORMERR', ({ query }) => reply(query, { rcode: 1 })],
    ['NOTIMP', ({ query }) => reply(query, { rcode: 4 })],
    ['FORMERR of a header alone', ({ query }) => header(query, 1)],
  ];
  it.each(table)('%s, then the answer', async (_, refuse) => {
    const asked: boolean[] = [];
    const answer = await askPeer((question) => {
      asked.push(hasEdns(question));
      question.send(hasEdns(question) ? refuse(question) : reply(question.query, { answers: [spf] }));
    });
    expect(summary(answer)).toEqual(['answered', `${name} TXT v=spf1 -all`]);
    expect(asked).toEqual([true, false]);
  });

  it.each(table)('%s to that too is a failure, after two questions', async (_, refuse) => {
    let asked = 0;
    const answer = await askPeer((question) => {
      asked += 1;
      question.send(refuse(question));
    });
    expect(['servfail', 'timeout']).toContain(answer.status);
    expect(answer.records).toEqual([]);
    if (answer.status === 'servfail') expect(asked).toBe(2);
  });

  it('a server that knows it, and finds fault with the question, is not asked again', async () => {
    let asked = 0;
    const answer = await askPeer(({ query, send }) => {
      asked += 1;
      send(reply(query, { rcode: 1, additionals: [opt(0)] }));
    });
    expect(answer).toMatchObject({ status: 'servfail', detail: 'FORMERR' });
    expect(asked).toBe(1);
  });

  it('a header alone with another id changes nothing', async () => {
    const answer = await askPeer(({ query, send }) => {
      send(header({ ...query, id: (query.id ?? 0) ^ 1 }, 1));
      send(reply(query, { answers: [spf] }));
    });
    expect(answer.status).toBe('answered');
  });
});

describe('a datagram that is not our answer is passed over', () => {
  const forged = txt(name, 'v=spf1 +all');
  const table: [string, (asked: Asked) => Promise<void> | void][] = [
    ['another id', ({ query, send }) => send(reply(query, { id: (query.id ?? 0) ^ 1, answers: [forged] }))],
    ['another name', ({ query, send }) => send(reply(query, { name: 'other.se', answers: [forged] }))],
    ['another type', ({ query, send }) => send(reply(query, { type: 'A', answers: [forged] }))],
    ['another class', ({ query, send }) => send(reply(query, { class: 'CH', answers: [forged] }))],
    ['a query', ({ query, send }) => send(reply(query, { query: true, answers: [forged] }))],
    ['another opcode', ({ query, send }) => send(reply(query, { flags: 4 << 11, answers: [forged] }))],
    ['noise', ({ send }) => send(Buffer.from('this is not a DNS message at all'))],
    ['nothing', ({ send }) => send(Buffer.alloc(0))],
    ['half a header', ({ query, send }) => send(reply(query).subarray(0, 7))],
    ['a question cut short', ({ query, send }) => send(reply(query).subarray(0, 16))],
    [
      'another port',
      ({ query, sendFromElsewhere }) => sendFromElsewhere(reply(query, { answers: [forged] })),
    ],
  ];
  it.each(table)('%s, then the right one', async (_, misbehave) => {
    const answer = await askPeer(async (asked) => {
      await misbehave(asked);
      asked.send(reply(asked.query, { name: 'EXAMPLE.se', answers: [spf] }));
    });
    expect(summary(answer)).toEqual(['answered', `${name} TXT v=spf1 -all`]);
  });

  it.each(table)('%s alone is silence', async (_, misbehave) => {
    const server = await udpPeer((asked) => void misbehave(asked));
    const answer = await resolverFor([server]).ask(question, never);
    expect(answer).toMatchObject({ status: 'timeout', records: [] });
  });
});

describe('TCP takes over when the answer was cut', () => {
  const cutShort = ({ query, send }: Asked) => send(reply(query, { flags: truncated, answers: [spf] }));
  const long = 'x'.repeat(200);
  const whole = (query: Buffer) =>
    reply(decode(query.subarray(2)), { answers: Array.from({ length: 100 }, () => txt(name, long)) });
  const patient = { attemptTimeoutMs: 5000 };
  const flip = (bytes: Buffer, at: number, bits: number) => {
    bytes.writeUInt8((bytes[at] ?? 0) ^ bits, at);
    return bytes;
  };

  it('and gives the whole answer, in however many pieces', async () => {
    const server = await bothPeers(cutShort, (socket) => {
      socket.on('data', (query) => {
        const bytes = framed(whole(query));
        socket.write(bytes.subarray(0, 1));
        setImmediate(() => socket.write(bytes.subarray(1, 900)));
        setImmediate(() => setImmediate(() => socket.end(bytes.subarray(900))));
      });
    });
    const answer = await resolverFor([server], patient).ask(question, never);
    expect(answer.status).toBe('answered');
    expect(answer.records.map((record) => record.data)).toEqual(Array(100).fill(long));
  });

  it.each([
    ['closes at once', 'timeout', (bytes: Buffer) => bytes.subarray(0, 0)],
    ['closes half-way', 'timeout', (bytes: Buffer) => bytes.subarray(0, 900)],
    ['sends another id', 'malformed', (bytes: Buffer) => flip(bytes, 2, 1)],
    ['cuts it again', 'malformed', (bytes: Buffer) => flip(bytes, 4, 2)],
  ])('and is no answer when TCP %s: %s', async (_, status, spoil) => {
    const server = await bothPeers(cutShort, (socket) => {
      socket.on('data', (query) => socket.end(spoil(framed(whole(query)))));
    });
    const answer = await resolverFor([server], { ...patient, attempts: 1 }).ask(question, never);
    expect(answer).toMatchObject({ status, records: [], detail: expect.any(String) });
  });

  it('and is no answer when nobody listens there', async () => {
    const server = await udpPeer(cutShort);
    const answer = await resolverFor([server], patient).ask(question, never);
    expect(answer).toMatchObject({ status: 'timeout', detail: expect.stringMatching(/TCP.*ECONNREFUSED/) });
  });

  it('and is no answer when TCP is silent', async () => {
    const server = await bothPeers(cutShort, () => {});
    const answer = await resolverFor([server], { attemptTimeoutMs: 400 }).ask(question, never);
    expect(answer).toMatchObject({ status: 'timeout', detail: 'no answer over TCP within 400 ms' });
  });
});

describe('servers and attempts', () => {
  it('asks a silent server again, and gives up after the last attempt', async () => {
    let asked = 0;
    const server = await udpPeer(() => {
      asked += 1;
    });
    const started = performance.now();
    const answer = await resolverFor([server], { attempts: 3 }).ask(question, never);
    expect(answer).toMatchObject({ status: 'timeout', detail: 'no answer over UDP within 60 ms' });
    await expect.poll(() => asked).toBe(3);
    expect(performance.now() - started).toBeLessThan(5000);
  });

  it('takes the answer to the second attempt', async () => {
    const server = await udpPeer(({ query, count, send }) => {
      if (count === 2) send(reply(query, { answers: [spf] }));
    });
    expect((await resolverFor([server], { attempts: 50 }).ask(question, never)).status).toBe('answered');
  });

  const good = ({ query, send }: Asked) => send(reply(query, { answers: [spf] }));
  const silent = () => {};
  const fails = (parts: MessageParts) => (asked: Asked) => asked.send(reply(asked.query, parts));
  it.each([
    ['silent', silent],
    ['failing', fails({ rcode: 2 })],
    ['refusing', fails({ rcode: 5 })],
    ['broken', fails({ answers: [cname(name, name)] })],
  ])('uses the second server when the first is %s', async (_, behave) => {
    const servers = [await udpPeer(behave), await udpPeer(good)];
    const answer = await resolverFor(servers, { attempts: 50 }).ask(question, never);
    expect(answer).toMatchObject({ status: 'answered', resolver: `127.0.0.1:${servers[1]?.port}` });
  });

  it('does not go on to the next server after an answer', async () => {
    const second = await udpPeer(() => expect.unreachable());
    const first = await udpPeer(fails({ rcode: 3 }));
    const answer = await resolverFor([first, second], { attemptTimeoutMs: 5000 }).ask(question, never);
    expect(answer.status).toBe('nxdomain');
  });

  it('reports the server that failed rather than the one that was silent, and asks it once', async () => {
    let asked = 0;
    const failing = await udpPeer(({ query, send }) => {
      asked += 1;
      send(reply(query, { rcode: 2 }));
    });
    const servers = [failing, await udpPeer(silent)];
    const answer = await resolverFor(servers, { attemptTimeoutMs: 500 }).ask(question, never);
    expect(answer).toMatchObject({ status: 'servfail', resolver: `127.0.0.1:${failing.port}` });
    expect(asked).toBe(1);
  });

  it('is a timeout when nothing listens, or no server is set', async () => {
    const port = await tcpPeer(() => {});
    const gone = await resolverFor([{ address: '127.0.0.1', port }], { attemptTimeoutMs: 5000 });
    expect(await gone.ask(question, never)).toMatchObject({
      status: 'timeout',
      detail: expect.stringContaining('ECONNREFUSED'),
    });
    expect(await resolverFor([]).ask(question, never)).toMatchObject({ status: 'timeout', resolver: 'none' });
  });

  it('speaks IPv6', async (context) => {
    const server = await udpPeer(good, { address: '::1' }).catch(() => undefined);
    if (server === undefined) return context.skip('this machine has no ::1');
    const answer = await resolverFor([server], { attemptTimeoutMs: 5000 }).ask(question, never);
    expect(answer).toMatchObject({ status: 'answered', resolver: `[::1]:${server.port}` });
  });
});

describe('giving up', () => {
  const long = { attemptTimeoutMs: 600_000 };

  it('ends a UDP question at once and closes its socket', async () => {
    const given = new AbortController();
    let port = 0;
    const server = await udpPeer((asked) => {
      port = asked.port;
      given.abort();
    });
    const answer = await resolverFor([server], long).ask(question, given.signal);
    expect(answer).toMatchObject({ status: 'timeout', detail: expect.stringContaining('given up') });
    // Only a closed socket leaves its port to another.
    expect((await udpPeer(() => {}, { port })).port).toBe(port);
  });

  it('ends a TCP question at once', async () => {
    const given = new AbortController();
    let closed: Promise<unknown> | undefined;
    const server = await bothPeers(
      ({ query, send }) => send(reply(query, { flags: truncated })),
      (socket) => {
        closed = new Promise((resolve) => socket.on('close', resolve));
        socket.on('data', () => given.abort());
      },
    );
    expect((await resolverFor([server], long).ask(question, given.signal)).status).toBe('timeout');
    await closed;
  });

  it('asks nothing when it was given up before', async () => {
    const server = await udpPeer(() => expect.unreachable());
    const answer = await resolverFor([server], long).ask(question, AbortSignal.abort());
    expect(answer.status).toBe('timeout');
  });

  it('lets only so many questions out at once, in order; the queue can give up too', async () => {
    const held: Asked[] = [];
    let arrived = () => {};
    const server = await udpPeer((asked) => {
      held.push(asked);
      arrived();
    });
    const held2 = (count: number) =>
      new Promise<void>((resolve) => {
        arrived = () => held.length === count && resolve();
        arrived();
      });
    const resolver = resolverFor([server], { ...long, concurrency: 2 });
    const ask = (label: string, signal = never) => resolver.ask({ name: label, type: 'TXT' }, signal);
    const given = new AbortController();
    const answers = [ask('a'), ask('b'), ask('c', given.signal), ask('d')];
    await held2(2);
    given.abort();
    expect((await answers[2])?.status).toBe('timeout');
    expect(held.map(({ query }) => query.questions?.[0]?.name).sort()).toEqual(['a', 'b']);
    for (const { query, send } of held) send(reply(query));
    await held2(3);
    expect(held[2]?.query.questions?.[0]?.name).toBe('d');
    held[2]?.send(reply(held[2].query));
    const statuses = (await Promise.all(answers)).map((answer) => answer.status);
    expect(statuses).toEqual(['nodata', 'nodata', 'timeout', 'nodata']);
  });
});

describe('the choice of a resolver', () => {
  it.each([
    ['192.0.2.1', { kind: 'udp', address: '192.0.2.1', port: 53 }],
    ['127.0.0.1:5353', { kind: 'udp', address: '127.0.0.1', port: 5353 }],
    ['[::1]:5353', { kind: 'udp', address: '::1', port: 5353 }],
    ['[2001:db8::1]', { kind: 'udp', address: '2001:db8::1', port: 53 }],
    ['2001:db8::1', { kind: 'udp', address: '2001:db8::1', port: 53 }],
    ['https://dns.example/dns-query', { kind: 'https', url: 'https://dns.example/dns-query' }],
    ['http://dns.example/', { error: expect.stringContaining('https://') }],
    ['https://user:secret@dns.example/', { error: expect.not.stringContaining('secret') }],
    ['https://', { error: expect.stringContaining('not a URL') }],
    ['dns.example:53', { error: expect.stringContaining('IP address') }],
    ['192.0.2.1:0', { error: expect.stringContaining('port') }],
    ['192.0.2.1:70000', { error: expect.stringContaining('port') }],
    ['192.0.2.1:', { error: expect.stringContaining('IP address') }],
    ['[192.0.2.1]:53', { error: expect.stringContaining('IP address') }],
    ['', { error: expect.any(String) }],
  ])('%j', (text, expected) => {
    expect(parseResolver(text)).toEqual(expected);
  });

  it('finds the servers of this machine as addresses that can be written', () => {
    for (const server of systemServers()) {
      expect(parseResolver(addressText(server))).toEqual({ kind: 'udp', ...server });
    }
  });
});

// A guard for the tests above: a port that refuses TCP must be told from one that is silent.
it('loopback refuses what nobody listens on', async () => {
  const port = (await udpPeer(() => {})).port;
  const error = await new Promise<NodeJS.ErrnoException>((resolve) => {
    connect(port, '127.0.0.1').on('error', resolve);
  });
  expect(error.code).toBe('ECONNREFUSED');
});
