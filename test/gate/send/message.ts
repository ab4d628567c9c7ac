/** A clearance fits one message: whatever is changed of it afterwards, and wherever, what was cleared no longer goes. */
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { people, type SendingService, startSendingService } from '../../http/sending-service.ts';
import { scannerOf } from '../../world.ts';

const recipients = people(3);
const page = '<p>Hej {{first_name}}! Mötet är på torsdag.</p>';
const lines = [
  'From: Foreningen <nyhetsbrev@example.se>',
  'Reply-To: svar@example.se',
  'Subject: Protokoll',
  'List-Id: <nyheter.example.se>',
  'MIME-Version: 1.0',
  'Content-Type: multipart/mixed; boundary=m',
  '',
  '--m',
  'Content-Type: multipart/alternative; boundary=a',
  '',
  '--a',
  'Content-Type: text/plain; charset=utf-8',
  '',
  'Hej {{first_name}}! Mötet är på torsdag.',
  '--a',
  'Content-Type: text/html; charset=utf-8',
  '',
  page,
  '--a--',
  '--m',
  'Content-Type: application/pdf; name="protokoll.pdf"',
  'Content-Disposition: attachment; filename="protokoll.pdf"',
  'Content-Transfer-Encoding: base64',
  '',
  'SGVqIQ==',
  '--m--',
  '',
];
const message = lines.join('\r\n');
const first = { name: 'first_name', type: 'text', max_length: 20, sample: 'Åsa' };
/** What the message is not given beside itself. */
const handed = {
  source: message,
  filename: 'a.eml',
  from: undefined,
  subject: undefined,
  class: 'transactional',
  mergeFields: [first],
};
const template = {
  source: `${page}<p><a href="https://example.se/lamna">Avregistrera dig</a></p>`,
  mergeFields: [first],
};
const withField = people(3, { first_name: 'Åsa' });

const bytes: [string, string, string][] = [
  ['html', '<p>Hej {{first_name}}! Mötet', '<p>Hej {{first_name}}. Mötet'],
  [
    'text',
    'Hej {{first_name}}! Mötet är på torsdag.\r\n--a\r\nContent-Type: text/html',
    'Hej {{first_name}}. Mötet är på torsdag.\r\n--a\r\nContent-Type: text/html',
  ],
  ['attachment', 'SGVqIQ==', 'SGVqPw=='],
  ['name of an attachment', 'filename="protokoll.pdf"', 'filename="protokoll.exe"'],
  ['type of an attachment', 'Content-Type: application/pdf', 'Content-Type: application/zip'],
  ['header template', 'List-Id: <nyheter.', 'List-Id: <nyheten.'],
  ['subject', 'Subject: Protokoll', 'Subject: protokoll'],
  ['From', '<nyhetsbrev@example.se>', '<nyhetsbref@example.se>'],
  ['name in From', 'From: Foreningen', 'From: foreningen'],
  ['Reply-To', 'Reply-To: svar@', 'Reply-To: svär@'.replace('ä', 'e')],
];
const fields: [string, string, unknown][] = [
  ['From', '$.from', 'Banken <nyhetsbrev@example.se>'],
  ['Reply-To', '$.replyTo', 'nagon@example.org'],
  ['subject', '$.subject', 'Protokoll 2'],
  ['class', '$.class', 'transactional'],
  ['MAIL FROM', '$.routes[0].mail_from', 'post.example.se'],
  ['DKIM selector', '$.routes[0].dkim[0].s', 's2'],
  ['DKIM domain', '$.routes[1].dkim[0].d', 'evil.example'],
  ['transport', '$.routes[0].transport', 'reserve'],
  ['length in the merge schema', '$.mergeFields[0].max_length', 21],
  ['sample in the merge schema', '$.mergeFields[0].sample', 'Bo'],
];

describe('when what was handed in is altered after the grant', () => {
  let world: SendingService;
  beforeEach(async () => {
    world = await startSendingService({ scanner: scannerOf('clean') });
  });
  afterEach(() => world.close());

  /** One mailing waits when it happens, and another is ordered afterwards. */
  async function altered(
    alter: (audit: string) => unknown,
    mail: Record<string, unknown> = handed,
  ): Promise<unknown> {
    const { token, audit } = await world.cleared(mail);
    const waiting = await world.order({ clearance: token, recipients: withField, hold: true });
    expect(waiting.status).toBe(201);
    await world.campaigns.work();
    await alter(audit);
    // Nothing is remembered of what it was.
    world.restart();
    await world.must('POST', `/v1/sends/${waiting.body.id}/resume`);
    const ordered = await world.order({ clearance: token, recipients: people(5, { first_name: 'Åsa' }) });
    await world.campaigns.work();
    expect(world.handed()).toEqual([]);
    expect(await world.find(waiting.body.id)).toMatchObject({ state: 'paused', counts: { pending: 3 } });
    return ordered.body.errors?.map(({ code }: { code: string }) => code);
  }

  test('nothing is altered, and it goes', async () => {
    const { token } = await world.cleared(handed);
    await world.order({ clearance: token, recipients: withField });
    await world.campaigns.work();
    expect(world.handed()).toHaveLength(3);
    const [mail] = world.ses.mails;
    expect(Buffer.from(mail?.raw ?? []).toString()).toMatch(/^List-ID: <nyheter.*SGVqIQ==/s);
  });

  test.each(bytes)('one byte of it on disk: %s', async (_, from, to) => {
    expect(message.split(from)).toHaveLength(2);
    const changed = Buffer.from(message.replace(from, to));
    expect(
      await altered((audit) => world.blobs.put(`${world.organisation}/uploads/${audit}`, changed)),
    ).toEqual(['audit-missing']);
  });

  test.each(fields)('the %s beside it in the database', async (_, path, value) => {
    const row = async () => {
      const db = new DatabaseSync(join(world.dir, 'klarsignal.db'));
      const changed = db
        .prepare('UPDATE audit SET request = json_set(request, ?, json(?))')
        .run(path, JSON.stringify(value));
      db.close();
      expect(changed.changes).toBe(1);
    };
    expect(await altered(row, template)).toEqual(['audit-missing']);
  });

  test.each(['digest', 'organisation'])('its %s in the database', async (column) => {
    const row = () => {
      const db = new DatabaseSync(join(world.dir, 'klarsignal.db'));
      db.exec('PRAGMA foreign_keys = OFF');
      db.prepare(`UPDATE audit SET ${column} = ?`).run('0'.repeat(64));
      db.close();
    };
    expect(await altered(row)).toEqual(['audit-missing']);
  });
});

describe('a mailing that stands still is not let go by the clearance of', () => {
  let world: SendingService;
  let id: string;
  beforeAll(async () => {
    world = await startSendingService({ scanner: scannerOf('clean') });
    const { token } = await world.cleared(template);
    const { body } = await world.order({ clearance: token, recipients: withField, hold: true });
    id = body.id;
    await world.campaigns.work();
  });
  afterAll(() => world.close());

  const others: [string, Record<string, unknown>][] = [
    ['one byte more in the page', { source: `${template.source} ` }],
    ['another letter in the subject', { subject: 'Höstmöten' }],
    ['another name in From', { from: 'Föreningarna <nyhetsbrev@example.se>' }],
    ['another address in From', { from: 'Föreningen <nyhetsbref@example.se>' }],
    ['an address for answers', { replyTo: 'svar@example.se' }],
    ['another class', { class: 'transactional' }],
    ['a MAIL FROM of the caller’s own', { mailFrom: 'mejl.example.se', dkimSelectors: ['s1'] }],
    ['a longer merge field', { mergeFields: [{ ...first, max_length: 21 }] }],
    ['another sample', { mergeFields: [{ ...first, sample: 'Bo' }] }],
    [
      'one merge field more',
      {
        source: template.source.replace('{{first_name}}', '{{first_name}} {{last_name}}'),
        mergeFields: [first, { ...first, name: 'last_name' }],
      },
    ],
    ['quite another message', handed],
  ];
  test.each(others)('%s', async (_, change) => {
    const { token } = await world.cleared({ ...template, ...change });
    const { status, body } = await world.call('POST', `/v1/sends/${id}/resume`, { clearance: token });
    await world.campaigns.work();
    expect([status, body.errors?.[0].code]).toEqual([422, 'clearance-other-message']);
    expect([(await world.find(id)).state, world.handed()]).toEqual(['paused', []]);
  });

  test('nothing, another service, or another organisation', async () => {
    const other = await startSendingService();
    const foreign = await other.cleared(template);
    await other.close();
    for (const clearance of ['', foreign.token]) {
      const { status } = await world.call('POST', `/v1/sends/${id}/resume`, { clearance });
      expect(status).toBe(422);
    }
    const app = await world.owner('org_other');
    const { token } = await world.cleared(template);
    const { status } = await world.call('POST', `/v1/sends/${id}/resume`, { clearance: token }, { app });
    await world.campaigns.work();
    expect([status, (await world.find(id)).state, world.handed()]).toEqual([404, 'paused', []]);
  });

  test('but by that of the same message, at last', async () => {
    const { token } = await world.cleared(template);
    await world.must('POST', `/v1/sends/${id}/resume`, { clearance: token });
    await world.campaigns.work();
    expect([(await world.find(id)).state, world.handed().length]).toEqual(['done', recipients.length]);
  });
});
