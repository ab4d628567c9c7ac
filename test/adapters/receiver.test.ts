/** The receiver over real sockets, with a client that we did not write. */
import { connect } from 'node:net';
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
      address.startsWith('b-') ? 'report' : address.startsWith('r-') ? 'rehearsal' : undefined,
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

/** One command after each answer; all that was said until the server hung up. */
function converse(port: number, commands: string[]): Promise<string> {
  return new Promise((resolve) => {
    let said = '';
    const socket = connect(port, '127.0.0.1');
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
