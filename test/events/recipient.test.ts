/** Whose bounce it is: one dead member of an alias takes nobody off a list but himself. */
import { beforeEach, describe, expect, test } from 'vitest';
import { returnPathOf } from '../../src/bounces.ts';
import { createEvents } from '../../src/events.ts';
import type { DeliveryEvent, Keyring, NotificationSource, Store } from '../../src/ports.ts';

const campaign = 'cmp_00ff00ff00ff00ff';
const at = '2026-11-22T09:00:00.000Z';
const keyring: Pick<Keyring, 'mac' | 'isMac' | 'hashAddress'> = {
  mac: () => 'a'.repeat(16),
  isMac: () => true,
  hashAddress: (organisation, address) => `${organisation}/${address}`,
};
const address = 'Anna+medlem@example.com';
const hash = keyring.hashAddress('org_ours', address.toLowerCase());
const returnPath = returnPathOf(keyring, `${campaign}.7.1`, 'studs.example.se');

let applied: DeliveryEvent[];
let row: { address: string | null; addressHash: string };
let posted: string;
const store = {
  organisationOf: async () => 'org_ours',
  organisation: () => ({
    ledger: {
      delivery: async () => row,
      async apply(event: DeliveryEvent) {
        if (applied.some(({ id }) => id === event.id)) return false;
        applied.push(event);
        return true;
      },
    },
  }),
} as unknown as Store;
const source: NotificationSource = {
  read: async () => ({ kind: 'notification', id: '1', topic: 'x', message: posted, at }),
};
const events = createEvents({
  store,
  keyring,
  source,
  clock: { now: () => new Date(at) },
  log: () => {},
} as Parameters<typeof createEvents>[0]);

beforeEach(() => {
  applied = [];
  row = { address, addressHash: hash };
});

const report = (...groups: string[]) =>
  new TextEncoder().encode(
    `From: MAILER-DAEMON@mx.example.com\nSubject: Undelivered Mail Returned to Sender\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example.com\n\n${groups.join('\n\n')}\n\n--b--\n`.replaceAll(
      '\n',
      '\r\n',
    ),
  );
const failed = 'Action: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 user unknown';

const ours = { bounceClass: 'bad-address', permanent: true, suppress: 'bad-address' };
const others = { bounceClass: 'unknown', permanent: false };

describe('a report names', () => {
  test.each([
    ['our recipient', 'rfc822; Anna+medlem@example.com', ours],
    ['it in another case', 'rfc822;ANNA+MEDLEM@Example.COM', ours],
    ['it in brackets', 'rfc822; <anna+medlem@example.com>', ours],
    ['it as UTF-8', 'utf-8; anna+medlem@example.com', ours],
    ['its mailbox, without what was put after its name', 'rfc822; anna@example.com', ours],
    ['its mailbox at a host of the domain', 'rfc822; anna@mx1.example.com', ours],
    ['its name alone', 'x-unix; anna', ours],
    ['a dead member of the alias', 'rfc822; dead@gone.example', others],
    ['the same name at another domain', 'rfc822; anna@gone.example', others],
    ['the same name at a domain that ends alike', 'rfc822; anna@badexample.com', others],
    ['another name at the domain', 'rfc822; bo@example.com', others],
    ['what was put after another name', 'rfc822; bo+anna@example.com', others],
    ['a program', 'x-unix; |/usr/bin/vacation anna', others],
  ])('%s', async (_, final, expected) => {
    const fields = `Original-Recipient: rfc822;${address}\nFinal-Recipient: ${final}\n${failed}`;
    expect(await events.receiveReport(report(fields), returnPath)).toBe('applied');
    expect(applied[0]).toMatchObject({ kind: 'bounced', number: 7, ...expected });
    expect(applied[0]?.suppress).toBe('suppress' in expected ? expected.suppress : undefined);
  });

  test('a dead member after a living one', async () => {
    const living = 'Final-Recipient: rfc822; alive@x.example\nAction: relayed\nStatus: 2.0.0';
    await events.receiveReport(
      report(living, `Final-Recipient: rfc822; dead@gone.example\n${failed}`),
      returnPath,
    );
    expect(applied[0]).toMatchObject(others);
  });

  test('our recipient, after a member of it: both count', async () => {
    for (const who of ['dead@gone.example', address])
      await events.receiveReport(report(`Final-Recipient: rfc822; ${who}\n${failed}`), returnPath);
    expect(applied.map(({ bounceClass }) => bounceClass)).toEqual(['unknown', 'bad-address']);
  });

  test('somebody who has been forgotten: by the hash alone', async () => {
    row = { address: null, addressHash: hash };
    for (const who of ['dead@gone.example', address])
      await events.receiveReport(report(`Final-Recipient: rfc822; ${who}\n${failed}`), returnPath);
    expect(applied.map(({ suppress }) => suppress)).toEqual([undefined, 'bad-address']);
  });

  test.each([
    ['nobody', '550 5.1.1 user unknown', others],
    ['nobody but in the words of the server', `550 5.1.1 <${address}>: user unknown`, ours],
  ])('%s', async (_, said, expected) => {
    const text = `From: MAILER-DAEMON@mx.example.com\r\nSubject: Undelivered Mail\r\n\r\nYour mail was not delivered.\r\n\r\nhost said: ${said}\r\n`;
    await events.receiveReport(new TextEncoder().encode(text), returnPath);
    expect(applied[0]).toMatchObject(expected);
  });
});

test.each([
  [address, ours],
  ['dead@gone.example', others],
  [undefined, others],
])('SES names %s', async (emailAddress, expected) => {
  const bounced = {
    emailAddress,
    action: 'failed',
    status: '5.1.1',
    diagnosticCode: 'smtp; 550 5.1.1 user unknown',
  };
  posted = JSON.stringify({
    eventType: 'Bounce',
    bounce: {
      bounceType: 'Permanent',
      bounceSubType: 'General',
      bouncedRecipients: [bounced],
      timestamp: at,
    },
    mail: { tags: { 'klarsignal-delivery': [`${campaign}.7.1`] } },
  });
  expect(await events.notify(new Uint8Array(), AbortSignal.timeout(1000))).toBe('taken');
  expect(applied[0]).toMatchObject(expected);
  expect(applied[0]?.suppress).toBe('suppress' in expected ? expected.suppress : undefined);
});
