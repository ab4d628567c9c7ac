/** The receiver over real sockets, with a client that we did not write. */
import { connect, type Socket } from 'node:net';
import { connect as secured } from 'node:tls';
import { createTransport } from 'nodemailer';
import { afterEach, describe, expect, test } from 'vitest';
import { createReceiver, type ReceiverOptions } from '../../src/adapters/receiver/server.ts';
import type { ReceivedMail, Receiver } from '../../src/ports.ts';
import { makeAuthority } from '../sinks/certificates.ts';

const open: Receiver[] = [];
afterEach(async () => {
  for (const receiver of open.splice(0)) await receiver.close();
});

const authority = makeAuthority();
const tls = (({ key, cert }) => ({ key, cert }))(authority.issue(['localhost', '127.0.0.1']));

async function start(changes: Partial<ReceiverOptions> = {}) {
  const taken: [string, ReceivedMail][] = [];
  const logged: unknown[] = [];
  const receiver = await createReceiver({
    host: '127.0.0.1',
    port: 0,
    domain: 'in.example.se',
    kindOf: (address) =>
      address === 'postmaster'
        ? 'postmaster'
        : address.startsWith('b-')
          ? 'report'
          : address.startsWith('r-')
            ? 'rehearsal'
            : undefined,
    onReport: async (mail) => void taken.push(['report', mail]),
    onRehearsal: async (mail) => void taken.push(['rehearsal', mail]),
    log: (...line) => void logged.push(line),
    ...changes,
  });
  open.push(receiver);
  return { port: receiver.port, taken, logged };
}

async function send(port: number, to: string[], text = 'Hej', from = '') {
  const client = createTransport({
    host: '127.0.0.1',
    port,
    name: 'mx.example.org',
    tls: { ca: authority.cert },
  });
  const raw = `Subject: x\r\n\r\n${text}\r\n`;
  try {
    await client.sendMail({ envelope: { from, to }, raw });
    return undefined;
  } catch (error) {
    return (error as { responseCode?: number }).responseCode;
  } finally {
    client.close();
  }
}

describe('it takes', () => {
  test('a report at an address of ours', async () => {
    const { port, taken, logged } = await start();
    expect(await send(port, ['b-1@mejl.example.se'])).toBe(undefined);
    const [[kind, mail] = []] = taken;
    expect(kind).toBe('report');
    expect(mail).toMatchObject({
      recipient: 'b-1@mejl.example.se',
      mailFrom: '',
      ip: '127.0.0.1',
      tls: false,
    });
    expect(mail?.helo).toBe('mx.example.org');
    expect(new TextDecoder().decode(mail?.bytes)).toBe('Subject: x\r\n\r\nHej\r\n');
    expect(JSON.stringify(logged)).not.toContain('b-1');
  });

  test('a rehearsal, encrypted, larger than any report may be', async () => {
    const { port, taken } = await start({ tls });
    expect(
      await send(port, ['r-1@mejl.example.se'], 'x'.repeat(900).concat('\r\n').repeat(2000), 'a@example.se'),
    ).toBe(undefined);
    expect(taken[0]?.[0]).toBe('rehearsal');
    expect(taken[0]?.[1]).toMatchObject({ tls: true, mailFrom: 'a@example.se' });
  });
});

describe('it refuses', () => {
  test.each([
    ['an address that is none of ours', ['anna@example.org'], 550],
    ['a second recipient', ['b-1@mejl.example.se', 'b-2@mejl.example.se'], undefined],
  ])('%s', async (_, to, code) => {
    const { port, taken } = await start();
    expect(await send(port, to)).toBe(code);
    expect(taken.length).toBe(code === undefined ? 1 : 0);
  });

  test('a report of more than a megabyte, and says so at its end', async () => {
    const { port, taken } = await start();
    expect(await send(port, ['b-1@x.example'], 'x'.repeat(900).concat('\r\n').repeat(1300))).toBe(552);
    expect(taken).toEqual([]);
  });

  test('for now, what could not be kept', async () => {
    const { port, logged } = await start({ onReport: () => Promise.reject(new Error('secret')) });
    expect(await send(port, ['b-1@x.example'])).toBe(451);
    expect(JSON.stringify(logged)).not.toContain('secret');
  });

  test('AUTH, and STARTTLS without a certificate', async () => {
    const { port } = await start();
    const said = await converse(port, ['EHLO x.example', 'AUTH PLAIN AGEAYg==', 'STARTTLS', 'QUIT']);
    expect(said).not.toMatch(/^250[ -](?:AUTH|STARTTLS)/m);
    expect(said).not.toMatch(/^235/m);
    expect(said.match(/^5\d\d/gm)?.length).toBe(2);
  });

  test('a client that says nothing', async () => {
    const { port } = await start({ patience: 100 });
    expect(await converse(port, [])).toMatch(/^421/m);
  });
});

describe('mail for postmaster (RFC 5321 section 4.5.1)', () => {
  const said = (port: number, text: string) =>
    converse(port, [
      'EHLO x.example',
      'MAIL FROM:<a@b.example>',
      'RCPT TO:<postmaster>',
      'DATA',
      `${text}\r\n.`,
      'QUIT',
    ]);

  test('is taken and dropped: the log counts it, and knows nothing more', async () => {
    const { port, taken, logged } = await start();
    expect(await said(port, 'Subject: hemligt\r\n\r\nHej')).toMatch(/^250 2\.0\.0 Taken/m);
    await said(port, 'x');
    expect(taken).toEqual([]);
    expect(logged.map((line) => (line as unknown[]).slice(0, 2))).toEqual([
      ['mail for postmaster, dropped', { count: 1 }],
      ['mail for postmaster, dropped', { count: 2 }],
    ]);
  });

  test('fills nothing', async () => {
    const { port } = await start();
    expect(await said(port, `${'x'.repeat(900)}\r\n`.repeat(100))).toMatch(/^552 /m);
  });
});

describe('strangers', () => {
  const hello = 'EHLO x.example';
  const visits = { each: 2, recipientMs: 60_000, sessionMs: 60_000, answers: 200, refusals: 10 };

  test('have few connections at once, and what they close is free again', async () => {
    const { port } = await start({ visits });
    const [first, second] = [await greeted(port), await greeted(port)];
    expect(await converse(port, [])).toBe(
      '421 4.7.0 Too many connections from your address, try again later\r\n',
    );
    // Another client of the same machine: it has all of 127.0.0.0/8.
    expect(await converse(port, ['QUIT'], '127.0.0.2')).toMatch(/^220 .*\r\n221 /);
    first.destroy();
    await expect.poll(() => converse(port, ['QUIT'])).toMatch(/^220 /);
    second.destroy();
  });

  test.each([
    [
      'without a recipient in time',
      { recipientMs: 300 },
      [hello, 'MAIL FROM:<>', 'RCPT TO:<anna@x.example>'],
      '4.4.2',
    ],
    [
      'for naming the postmaster, as anybody can',
      { recipientMs: 300 },
      [hello, 'MAIL FROM:<>', 'RCPT TO:<postmaster>'],
      '4.4.2',
    ],
    ['for long', { sessionMs: 300 }, [hello, 'MAIL FROM:<>', 'RCPT TO:<b-1@x.example>'], '4.4.2'],
    ['with many questions', { answers: 20 }, [hello, ...Array.from({ length: 50 }, () => 'NOOP')], '4.7.0'],
    [
      'with many refusals',
      { refusals: 5 },
      [hello, ...Array.from({ length: 50 }, () => 'MAIL FROM:<')],
      '4.7.0',
    ],
  ])('are not kept %s', async (_, limits, commands, code) => {
    const { port } = await start({ visits: { ...visits, ...limits } });
    const said = await converse(port, [...commands]);
    expect(said).toMatch(new RegExp(`^421 ${code.replaceAll('.', '\\.')} `, 'm'));
    expect(said.split('\r\n').length).toBeLessThan(35);
  });

  test('that hold every connection give way, the oldest first; who knows an address of ours does not', async () => {
    const { port, taken } = await start({ clients: 3, visits: { ...visits, each: 5 } });
    const known = await greeted(port);
    known.write(`${hello}\r\nMAIL FROM:<>\r\nRCPT TO:<b-1@x.example>\r\n`);
    await heard(known, /^250 2\.1\.5|^250 Accepted/m);
    const [oldest, other] = [await greeted(port), await greeted(port)];
    oldest.write(`${hello}\r\nMAIL FROM:<>\r\nRCPT TO:<postmaster>\r\n`);
    const left = heard(oldest, /^421 4\.3\.2 /m);
    expect(await send(port, ['b-2@x.example'])).toBe(undefined);
    await left;
    expect(taken.map(([, { recipient }]) => recipient)).toEqual(['b-2@x.example']);
    expect([known.destroyed, other.destroyed]).toEqual([false, false]);
    known.write('QUIT\r\n');
    await heard(known, /^221 /m);
    other.destroy();
  });

  test('that have all shown an address of ours keep their places', async () => {
    const { port } = await start({ clients: 1, visits });
    const known = await greeted(port);
    known.write(`${hello}\r\nMAIL FROM:<>\r\nRCPT TO:<b-1@x.example>\r\n`);
    await heard(known, /^250 2\.1\.5|^250 Accepted/m);
    expect(await converse(port, ['QUIT'])).toMatch(/^421 /);
    known.destroy();
  });

  test('that are told of encryption are counted as well behind it', async () => {
    const { port } = await start({ tls, visits: { ...visits, answers: 8 } });
    const raw = await greeted(port);
    raw.write(`${hello}\r\nSTARTTLS\r\n`);
    await heard(raw, /^220 2\.0\.0|^220 Ready/m);
    const secure = secured({ socket: raw, ca: authority.cert, servername: 'localhost' });
    let said = '';
    secure.on('data', (text) => (said += text));
    secure.write(`${hello}\r\n${'NOOP\r\n'.repeat(20)}`);
    await new Promise((resolve) => secure.once('close', resolve));
    expect(said).toMatch(/^421 4\.7\.0 /m);
  });

  test('that wait for the answer to a message are not sent away before it', async () => {
    const { port, taken } = await start({ visits: { ...visits, recipientMs: 300, answers: 6 } });
    const message = [
      hello,
      'MAIL FROM:<>',
      'RCPT TO:<b-1@x.example>',
      'DATA',
      'Subject: x\r\n\r\nHej\r\n.',
      'QUIT',
    ];
    expect(await converse(port, message)).toMatch(/^250 2\.0\.0 Taken\r\n421 4\.7\.0 /m);
    expect(taken.length).toBe(1);
  });

  test('are not offered what is not spoken here', async () => {
    const { port } = await start();
    const said = await converse(port, [
      hello,
      'MAIL FROM:<å@example.se> SMTPUTF8',
      'MAIL FROM:<> SMTPUTF8',
      'QUIT',
    ]);
    expect(said).not.toMatch(/^250[ -]SMTPUTF8/m);
    expect(said.match(/^555 5\.6\.7 /gm)?.length).toBe(2);
  });
});

/** A connection that has been greeted. */
async function greeted(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => {});
  await heard(socket, /^220 /);
  return socket;
}

function heard(socket: Socket, what: RegExp): Promise<void> {
  let said = '';
  return new Promise((resolve) => {
    const read = (text: Buffer) => {
      said += text;
      if (!what.test(said)) return;
      socket.off('data', read);
      resolve();
    };
    socket.on('data', read);
  });
}

/** One command after each answer; all that was said until the server hung up. */
function converse(port: number, commands: string[], localAddress = '127.0.0.1'): Promise<string> {
  return new Promise((resolve) => {
    let said = '';
    const socket = connect({ port, host: '127.0.0.1', localAddress });
    socket.setEncoding('utf8');
    socket.on('data', (text: string) => {
      said += text;
      const command = /^\d{3} .*\r\n$/m.test(text) ? commands.shift() : undefined;
      if (command) socket.write(`${command}\r\n`);
    });
    socket.on('close', () => resolve(said));
    socket.on('error', () => resolve(said));
  });
}
