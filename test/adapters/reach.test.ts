/** What is remembered of port 25: by a clock that is set, and by sockets that never connect. */
import { type AddressInfo, createConnection, createServer, Socket } from 'node:net';
import { describe, expect, test } from 'vitest';
import { createMailServers } from '../../src/adapters/mail-servers/greeter.ts';
import { createReach } from '../../src/adapters/mail-servers/reach.ts';

const minute = 60_000;

function started() {
  let at = Date.parse('2026-11-23T09:00:00Z');
  const clock = { now: () => new Date(at) };
  const reach = createReach(clock);
  const dead = (...numbers: number[]) => {
    for (const n of numbers) reach.timedOut(`in.d${n}.se`, `192.0.${n}.1`);
  };
  return { reach, clock, dead, pass: (ms: number) => (at += ms) };
}

describe('nobody is reached', () => {
  test('after three domains in three networks, and not before', () => {
    const { reach, dead } = started();
    dead(1, 2);
    expect(reach.isClosed()).toBe(false);
    dead(3);
    expect(reach.isClosed()).toBe(true);
  });

  test.each<[string, (said: ReturnType<typeof started>) => void]>([
    [
      'many servers of one domain',
      ({ reach }) => {
        for (let n = 0; n < 50; n++) reach.timedOut(`in${n}.doed.se`, `192.0.${n}.1`);
      },
    ],
    [
      'many domains at one holder',
      ({ reach }) => {
        for (let n = 0; n < 50; n++) reach.timedOut(`in.d${n}.se`, `192.0.2.${n}`);
      },
    ],
    [
      'one network of IPv6',
      ({ reach }) => {
        for (let n = 0; n < 50; n++) reach.timedOut(`in.d${n}.se`, `2001:db8:1:${n}::1`);
      },
    ],
    [
      'somebody was reached since',
      ({ reach, dead }) => {
        dead(1, 2, 3);
        reach.connected();
      },
    ],
    [
      'somebody was reached just before',
      ({ reach, dead, pass }) => {
        reach.connected();
        pass(9 * minute);
        dead(1, 2, 3);
      },
    ],
    [
      'it is long ago',
      ({ dead, pass }) => {
        dead(1, 2, 3);
        pass(30 * minute);
      },
    ],
  ])('is not said where %s', (_, told) => {
    const said = started();
    told(said);
    expect(said.reach.isClosed()).toBe(false);
  });

  test('one attempt a minute finds the way open again', () => {
    const { reach, dead, pass } = started();
    dead(1, 2, 3);
    pass(minute);
    expect([reach.isClosed(), reach.isClosed()]).toEqual([false, true]);
    dead(4);
    pass(minute);
    expect(reach.isClosed()).toBe(false);
    reach.connected();
    expect([reach.isClosed(), reach.isClosed()]).toEqual([false, false]);
  });
});

describe('a greeting', () => {
  const signal = new AbortController().signal;
  function servers(times = { connect: 20, closed: 5, all: 1_000 }, open?: { host: string; port: number }) {
    const { reach, clock } = started();
    const tried: string[] = [];
    const connect = ({ host }: { host: string }) => {
      tried.push(host);
      return host === open?.host ? createConnection(open.port, '127.0.0.1') : new Socket();
    };
    const options = { name: 'audit.example.org', isGlobal: () => true, clock, reach };
    return { tried, reach, greeter: createMailServers(options, { connect, times }) };
  }

  test('waits for three domains in vain, and for a fourth only shortly', async () => {
    const { tried, greeter } = servers();
    for (const n of [1, 2, 3]) {
      const told = await greeter.greet(`in.d${n}.se`, [`192.0.${n}.1`], signal);
      expect(told).toMatchObject({ state: 'silent', said: 'ETIMEDOUT' });
    }
    expect(await greeter.greet('in.d4.se', ['192.0.4.1', '192.0.5.1'], signal)).toMatchObject({
      host: 'in.d4.se',
      address: '192.0.4.1',
      state: 'silent',
      said: 'port-25-closed',
    });
    expect(tried).toHaveLength(4);
  });

  test('three dead domains of one stranger keep no sound server from being met', async () => {
    const sound = createServer((socket) => {
      socket.write('220 in.sund.se ESMTP\r\n');
      socket.on('error', () => {}).on('data', () => socket.end('250 in.sund.se\r\n'));
    });
    await new Promise<void>((resolve) => sound.listen(0, '127.0.0.1', resolve));
    const { port } = sound.address() as AddressInfo;
    const times = { connect: 20, closed: 1_000, all: 2_000 };
    const { greeter, reach } = servers(times, { host: '192.0.9.1', port });
    for (const n of [1, 2, 3]) await greeter.greet(`in.d${n}.se`, [`192.0.${n}.1`], signal);
    expect(reach.isClosed()).toBe(true);
    expect(await greeter.greet('in.sund.se', ['192.0.9.1'], signal)).toMatchObject({ state: 'plain' });
    expect(reach.isClosed()).toBe(false);
    await new Promise((resolve) => sound.close(resolve));
  });

  test('that is given up says nothing of the way', async () => {
    const { greeter, reach } = servers({ connect: 1_000, closed: 1_000, all: 5 });
    for (const n of [1, 2, 3]) await greeter.greet(`in.d${n}.se`, [`192.0.${n}.1`], signal);
    expect(reach.isClosed()).toBe(false);
  });
});
