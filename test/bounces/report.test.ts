/** Reports as servers write them: complaints (RFC 5965), what is no report at all, and what is hostile. */
import { describe, expect, test } from 'vitest';
import { judge, readReport } from '../../src/bounces.ts';

const bytes = (text: string) => new TextEncoder().encode(text.replaceAll('\n', '\r\n'));

/** The shape of RFC 5965 appendix B.2. */
function feedback(fields: string): Uint8Array {
  return bytes(`From: <abusedesk@example.com>
Date: Thu, 8 Mar 2026 17:40:36 +0000
Subject: FW: Earn money
To: <abuse@example.net>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=feedback-report; boundary="part1_13d.2e68ed54_boundary"

--part1_13d.2e68ed54_boundary
Content-Type: text/plain; charset="US-ASCII"

This is an email abuse report for an email message received from IP 192.0.2.1.

--part1_13d.2e68ed54_boundary
Content-Type: message/feedback-report

${fields}
User-Agent: SomeGenerator/1.0
Version: 1
Original-Mail-From: <b-0000@mejl.example.se>
Original-Rcpt-To: <anna@example.com>

--part1_13d.2e68ed54_boundary
Content-Type: message/rfc822
Content-Disposition: inline

From: <nyhetsbrev@example.se>
To: <Undisclosed Recipients>
Subject: Hej
Message-ID: <cmp_00ff00ff00ff00ff.1.1@mejl.example.se>

550 5.1.1 user unknown
--part1_13d.2e68ed54_boundary--
`);
}

describe('a feedback report', () => {
  test.each(['abuse', 'fraud', 'virus', 'other', 'Abuse', 'opt-out'])(
    'of type %s is a complaint',
    async (type) => {
      const report = await readReport(feedback(`Feedback-Type: ${type}`));
      expect(report).toMatchObject({
        kind: 'complaint',
        class: null,
        recipient: 'anna@example.com',
        action: type.toLowerCase(),
        original: 'cmp_00ff00ff00ff00ff.1.1@mejl.example.se',
        returnPath: 'b-0000@mejl.example.se',
      });
    },
  );

  test.each(['Feedback-Type: not-spam', 'Feedback-Type: auth-failure', 'X-Nothing: 1'])(
    'with %s is none',
    async (fields) => {
      expect((await readReport(feedback(fields))).kind).toBe('other');
    },
  );
});

/** RFC 3464 appendix E, with these fields of a recipient. */
function delivery(fields: string): Uint8Array {
  return bytes(`Return-Path: <>
From: MAILER-DAEMON@mx.example.org
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

What became of it stands below.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org

Final-Recipient: rfc822; anna@example.org
${fields}

--b--
`);
}

describe('a delivery report', () => {
  test.each([
    ['Action: failed\nStatus: 5.1.1', 'bounce', 'bad-address', true],
    ['Action: failed\nStatus: 5.2.2', 'bounce', 'mailbox', true],
    ['Action: failed\nStatus: 5.7.1', 'bounce', 'policy-block', true],
    ['Action: failed\nStatus: 4.4.7', 'bounce', 'transient', false],
    ['Action: failed\nStatus: 5.0.0', 'bounce', 'unknown', true],
    ['Action: delayed\nStatus: 4.4.1', 'bounce', 'transient', false],
    [
      'Action: delayed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 user unknown',
      'bounce',
      'transient',
      false,
    ],
    ['Action: delivered\nStatus: 2.0.0', 'other', null, false],
    ['Action: relayed\nStatus: 2.0.0', 'other', null, false],
    [
      'Action: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 mailbox full',
      'bounce',
      'mailbox',
      true,
    ],
    [
      'Action: failed\nStatus: 5.7.1\nDiagnostic-Code: smtp; 550 5.7.1 no such user',
      'bounce',
      'bad-address',
      true,
    ],
    [
      'Action: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 554 5.1.1 blocked using zen.spamhaus.org',
      'bounce',
      'policy-block',
      true,
    ],
    [
      'Action: failed\nStatus: 4.1.1\nDiagnostic-Code: smtp; 450 4.1.1 user unknown',
      'bounce',
      'transient',
      false,
    ],
  ])('%j', async (fields, kind, bounceClass, permanent) => {
    expect(await readReport(delivery(fields))).toMatchObject({ kind, class: bounceClass, permanent });
  });

  test('keeps what the server said on one line', async () => {
    const said = `550 5.1.1 ${'no such user '.repeat(100)}`;
    const { response, code, enhanced, recipient } = await readReport(
      delivery(`Action: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; ${said}`),
    );
    expect({ code, enhanced, recipient }).toEqual({
      code: '550',
      enhanced: '5.1.1',
      recipient: 'anna@example.org',
    });
    expect(response?.length).toBe(500);
  });
});

describe('what is no report', () => {
  test.each([
    [
      'an absence',
      'From: bo@example.org\nSubject: Out of office\nAuto-Submitted: auto-replied\n\nI have left the company. The mailbox does not exist any more.',
    ],
    ['frånvaro', 'From: bo@example.org\nSubject: Autosvar: Hej\n\nJag är på semester.'],
    ['an answer', 'From: bo@example.org\nSubject: Re: Hej\n\nTack!'],
    ['nothing', ''],
    ['a header without an end', 'Subject: Undelivered Mail'],
  ])('%s', async (_, text) => {
    expect((await readReport(bytes(text))).kind).toBe('other');
  });
});

describe('what is hostile ends soon', () => {
  const daemon = 'From: MAILER-DAEMON@x.example\nSubject: failure notice\n\n';
  const much = 1_500_000;
  test.each([
    ['one line', `${daemon}${'a'.repeat(much)}`],
    ['addresses', `${daemon}${'<a@b.example>: '.repeat(much / 15)}`],
    ['spaces', `${daemon}550 user${' '.repeat(much)}x`],
    ['at signs', `${daemon}${'@'.repeat(much)}`],
    ['open tags', `Content-Type: text/html\n${daemon}${'<style <'.repeat(much / 8)}`],
    ['codes', `${daemon}${'550 '.repeat(much / 4)}`],
    ['sender address', `${daemon}550 ${'sender address user domain '.repeat(50_000)}`],
    [
      'fields',
      `Content-Type: multipart/report; boundary=b\n${daemon}--b\nContent-Type: message/delivery-status\n\n${'Action: failed\n\n'.repeat(60_000)}`,
    ],
    ['parts', `Content-Type: multipart/mixed; boundary=b\n${daemon}${'--b\n\nx\n'.repeat(100_000)}`],
    [
      'depth',
      Array.from(
        { length: 500 },
        (_, i) => `Content-Type: multipart/mixed; boundary=b${i}\n\n--b${i}\n`,
      ).join(''),
    ],
  ])('%s', async (_, text) => {
    const started = performance.now();
    await readReport(bytes(text));
    expect(performance.now() - started).toBeLessThan(2000);
  });
});

test.each([
  ['550 5.1.1 <a@example.org>: Recipient address rejected: User unknown', 'bad-address'],
  ['550 5.1.8 Sender address rejected: Domain not found', 'policy-block'],
  [
    'Host or domain name not found. Name service error for name=x.example type=MX: Host not found',
    'bad-address',
  ],
  [
    'Host or domain name not found. Name service error for name=x.example type=MX: Host not found, try again',
    'transient',
  ],
  ['552 5.2.2 Over quota', 'mailbox'],
  ['452 4.2.2 Over quota', 'mailbox'],
  ['451 4.7.1 Greylisting in action, please come back later', 'transient'],
  ['550 Requested action not taken: mailbox unavailable', 'unknown'],
  ['554 Transaction failed', 'unknown'],
])('%s', (said, bounceClass) => {
  const code = /^\d{3}/.exec(said)?.[0] ?? null;
  const enhanced = /\d\.\d\.\d/.exec(said)?.[0] ?? null;
  expect(judge({ said, code, enhanced })).toBe(bounceClass);
});
