/** Bodies of SES, from both of its ways to tell, as its developer guide shows them. */
import { describe, expect, test } from 'vitest';
import { readSesEvent } from '../../src/events.ts';

const campaign = 'cmp_00ff00ff00ff00ff';
const at = '2026-11-22T09:00:00.000Z';
const tags = { 'klarsignal-delivery': [`${campaign}.42.1`], 'ses:configuration-set': ['klarsignal'] };
const attempt = { campaign, number: 42, attempt: 1 };

function read(body: object, mail: object = { tags }) {
  return readSesEvent(JSON.stringify({ ...body, mail: { timestamp: at, messageId: '01-0', ...mail } }), at);
}

function bounce(bounceType: string, bounceSubType: string, diagnosticCode?: string, status = '5.1.1') {
  const bouncedRecipients = [{ emailAddress: 'anna@example.org', action: 'failed', status, diagnosticCode }];
  const told = { bounceType, bounceSubType, bouncedRecipients, timestamp: '2026-11-22T08:59:59Z' };
  return { eventType: 'Bounce', bounce: told };
}

describe('a bounce', () => {
  test.each([
    ['Permanent', 'General', 'smtp; 550 5.1.1 user unknown', '5.1.1', 'bad-address', true, true],
    ['Permanent', 'General', undefined, undefined, 'bad-address', true, true],
    ['Permanent', 'NoEmail', 'smtp; 550 no', '5.0.0', 'bad-address', true, true],
    [
      'Permanent',
      'General',
      'smtp; 554 IP=192.0.2.1 - A problem occurred.',
      '5.0.0',
      'policy-block',
      true,
      false,
    ],
    ['Permanent', 'General', 'smtp; 550 Avsändaren är blockerad', '5.1.1', 'policy-block', true, false],
    ['Permanent', 'General', 'smtp; 550 Sender address has null MX', '5.7.27', 'policy-block', true, false],
    ['Permanent', 'General', 'smtp; 554 Something that nobody can read', '5.0.0', 'unknown', true, false],
    ['Permanent', 'General', 'smtp; 554 Something that nobody can read', '5.1.1', 'unknown', true, false],
    ['Permanent', 'NoEmail', 'smtp; 550 5.7.1 blocked using a list', '5.7.1', 'policy-block', true, false],
    ['Permanent', 'General', 'smtp; 421 4.4.7 Message expired', '4.4.7', 'transient', true, false],
    ['Permanent', 'General', 'smtp; 4.0.0 not now', undefined, 'transient', true, false],
    ['Permanent', 'General', 'smtp; 450 4.2.0 no', '5.1.1', 'transient', true, false],
    ['Permanent', 'General', 'smtp; 450 no', '5.1.1', 'transient', true, false],
    ['Permanent', 'NoEmail', 'smtp; 550 5.7.26 no', undefined, 'policy-block', true, false],
    ['Permanent', 'NoEmail', 'smtp; 554 5.7.1 no', '5.1.1', 'policy-block', true, false],
    ['Permanent', 'UnsubscribedRecipient', undefined, '5.1.1', 'unknown', true, false],
    ['Permanent', 'OnTenantSuppressionList', undefined, '5.1.1', 'unknown', false, false],
    ['Permanent', 'SomethingNew', 'smtp; 550 5.1.1 user unknown', '5.1.1', 'unknown', true, false],
    ['Permanent', 'SomethingNew', 'smtp; 550 5.7.1 no', '5.7.1', 'policy-block', true, false],
    ['Permanent', 'SomethingNew', undefined, undefined, 'unknown', true, false],
    ['Permanent', 'OnTenantSuppressionList', undefined, undefined, 'unknown', false, false],
    ['Permanent', 'Suppressed', 'Amazon SES has suppressed sending', '5.1.1', 'bad-address', true, true],
    ['Permanent', 'OnAccountSuppressionList', 'on the suppression list', '5.1.1', 'bad-address', false, true],
    [
      'Permanent',
      'General',
      'smtp; 554 5.7.1 blocked using zen.spamhaus.org',
      '5.7.1',
      'policy-block',
      true,
      false,
    ],
    ['Permanent', 'General', 'smtp; 552 5.2.2 mailbox full', '5.2.2', 'mailbox', true, false],
    ['Transient', 'General', 'smtp; 450 4.1.1 user unknown', '4.1.1', 'transient', false, false],
    ['Transient', 'General', undefined, undefined, 'transient', false, false],
    ['Transient', 'MailboxFull', 'smtp; 552 no', '5.2.2', 'mailbox', false, false],
    ['Transient', 'MessageTooLarge', 'smtp; 552 no', '5.3.4', 'mailbox', false, false],
    ['Transient', 'ContentRejected', 'smtp; 550 no', '5.6.0', 'policy-block', false, false],
    ['Transient', 'AttachmentRejected', 'smtp; 550 no', '5.6.0', 'policy-block', false, false],
    ['Transient', 'CustomTimeoutExceeded', undefined, undefined, 'transient', false, false],
    ['Undetermined', 'Undetermined', undefined, undefined, 'unknown', false, false],
    ['Undetermined', 'Undetermined', 'smtp; 550 5.1.1 user unknown', '5.1.1', 'unknown', false, false],
    ['Undetermined', 'Undetermined', undefined, '5.1.1', 'unknown', false, false],
  ])('%s/%s, %s (%s)', (type, subType, said, status, bounceClass, permanent, suppressed) => {
    const reading = read(bounce(type, subType, said, status ?? ''));
    expect(reading).toMatchObject({
      kind: 'event',
      attempt,
      event: { kind: 'bounced', bounceClass, permanent, at: '2026-11-22T08:59:59.000Z' },
    });
    const suppress = reading.kind === 'event' ? reading.event.suppress : undefined;
    expect(suppress).toBe(suppressed ? 'bad-address' : undefined);
  });

  test('keeps the server’s words, its code and status', () => {
    expect(read(bounce('Permanent', 'General', 'smtp; 550 5.1.1\n user\tunknown'))).toMatchObject({
      event: { code: '550', enhanced: '5.1.1', response: '550 5.1.1 user unknown' },
    });
  });
});

describe('other events', () => {
  test.each([
    [
      { eventType: 'Delivery', delivery: { timestamp: at, smtpResponse: '250 ok' } },
      { kind: 'delivered', response: '250 ok' },
    ],
    [
      { eventType: 'Complaint', complaint: { complaintFeedbackType: 'abuse' } },
      { kind: 'complained', suppress: 'complaint' },
    ],
    [
      { eventType: 'Complaint', complaint: {} },
      { kind: 'complained', suppress: 'complaint' },
    ],
    [
      { notificationType: 'Complaint', complaint: { complaintSubType: 'OnAccountSuppressionList' } },
      { kind: 'complained' },
    ],
    [
      { eventType: 'Reject', reject: { reason: 'Bad content' } },
      { kind: 'rejected', response: 'Bad content' },
    ],
    [
      { eventType: 'Rendering Failure', failure: { errorMessage: 'x' } },
      { kind: 'rejected', code: 'RenderingFailure' },
    ],
    [
      {
        eventType: 'DeliveryDelay',
        deliveryDelay: { delayType: 'MailboxFull', delayedRecipients: [{ status: '4.2.2' }] },
      },
      { kind: 'delayed', code: 'MailboxFull', enhanced: '4.2.2' },
    ],
  ])('%j', (body, event) => {
    expect(read(body)).toMatchObject({ kind: 'event', attempt, event });
  });

  test.each([
    [{ eventType: 'Complaint', complaint: { complaintFeedbackType: 'not-spam' } }],
    [{ eventType: 'Complaint', complaint: { complaintFeedbackType: 'auth-failure' } }],
    [{ eventType: 'Open' }],
    [{ eventType: 'Send' }],
    [{ notificationType: 'AmazonSnsSubscriptionSucceeded' }],
    [{ eventType: 'constructor' }],
    [{ eventType: '__proto__' }],
  ])('%j has no effect', (body) => {
    expect(read(body).kind).toBe('ignored');
  });
});

describe('whose it is', () => {
  const body = bounce('Permanent', 'NoEmail');
  const byMessageId = (messageId: string) => ({ commonHeaders: { messageId } });
  test.each([
    [{ tags: { 'klarsignal-delivery': [`${campaign}-42-1`] } }, attempt],
    [byMessageId(`<${campaign}.42.1@mejl.example.se>`), attempt],
    [{ tags: { 'klarsignal-delivery': ['x'] } }, undefined],
    [{ tags: { 'klarsignal-delivery': `${campaign}.42.1` } }, undefined],
    [byMessageId('<1@example.se>'), undefined],
    [{ tags: null, commonHeaders: [] }, undefined],
    [{}, undefined],
  ])('%j', (mail, expected) => {
    const reading = read(body, mail);
    expect(reading.kind).toBe(expected ? 'event' : 'foreign');
    if (reading.kind === 'event') expect(reading.attempt).toEqual(expected);
  });
});

test.each(['', 'null', '[]', '1', '{}', 'Successfully validated SNS topic', '{"eventType":1}'])(
  '%j is not readable',
  (text) => {
    expect(readSesEvent(text, at).kind).toBe('unreadable');
  },
);

test('a bounce whose parts are of the wrong kind does no harm', () => {
  const wrong = {
    eventType: 'Bounce',
    bounce: { bounceType: 1, bouncedRecipients: 'x', timestamp: 'never' },
  };
  expect(read(wrong)).toMatchObject({ event: { bounceClass: 'unknown', permanent: false, at } });
});
