/** What is filled in for each recipient: a value that could say or do more than was audited leaves its line out. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { people, type SendingService, startSendingService } from '../../http/sending-service.ts';

const template = {
  source:
    '<p>Hej {{first_name}}!</p><p><a href="{{page}}">Läs mer</a></p>' +
    '<p><a href="https://example.se/lamna">Avregistrera dig</a></p>',
  subject: 'Till {{first_name}}',
  mergeFields: [
    { name: 'first_name', type: 'text', max_length: 20, sample: 'Åsa' },
    { name: 'page', type: 'url', hosts: ['example.se', '*.kund.example.se'], sample: 'https://example.se/a' },
  ],
};
const sound = { first_name: 'Åsa', page: 'https://example.se/a' };

let world: SendingService;
let token: string;
let made = 0;
beforeAll(async () => {
  world = await startSendingService();
  ({ token } = await world.cleared(template));
});
afterAll(() => world.close());

/** Sends to somebody whose values are sound, and to somebody else. @returns what the report says of the other. */
async function toBoth(fields: Record<string, string>) {
  made += 1;
  const [good, bad] = [`good${made}@example.com`, `bad${made}@example.com`];
  const recipients = [
    { address: good, fields: sound },
    { address: bad, fields },
  ];
  const { status, body } = await world.order({ clearance: token, recipients });
  expect(status).toBe(201);
  await world.campaigns.work();
  expect(world.handed().filter((address) => address === good || address === bad)).toEqual([good]);
  const { state, leftOut, counts } = await world.find(body.id);
  expect([state, counts.accepted]).toEqual(['done', 1]);
  const report = await (await world.app.request(`/v1/sends/${body.id}/left-out.csv`)).text();
  const [code = ''] = Object.keys(leftOut);
  expect([Object.values(leftOut), report.split(/\r?\n/)[1]]).toEqual([
    [1],
    expect.stringMatching(new RegExp(`^2,${code},`)),
  ]);
  return code;
}

describe('a text with', () => {
  const texts: [string, string, string][] = [
    ['a tag', '<b>Åsa</b>', 'field-markup'],
    ['half a tag', 'Åsa <', 'field-markup'],
    ['another merge field in it', '{{page}}', 'field-markup'],
    ['an http address', 'http://evil.se', 'field-link'],
    ['an https address', 'https://evil.se/x', 'field-link'],
    ['a www. address', 'Åsa www.evil.se', 'field-link'],
    ['a bare name of a site', 'evil.se', 'field-link'],
    ['such a name in wide letters', 'evil．se', 'field-link'],
    ['such a name with a joiner', 'evil.\u200dse', 'field-link'],
    ['a mail address', 'asa@evil.se', 'field-link'],
    ['a mailto', 'mailto:asa', 'field-link'],
    ['javascript', 'javascript:alert(1)', 'field-link'],
    ['an address without a scheme', '//evil', 'field-link'],
    ['a server’s folder', '\\\\evil\\x', 'field-link'],
    ['a header after CRLF', 'Åsa\r\nBcc: x', 'field-characters'],
    ['LF alone', 'Åsa\nBcc', 'field-characters'],
    ['CR alone', 'Åsa\rBcc', 'field-characters'],
    ['a line separator', 'Åsa\u2028Bcc', 'field-characters'],
    ['a NUL', 'Åsa\u0000', 'field-characters'],
    ['bidi controls', '\u202easÅ', 'field-characters'],
    ['bidi isolates', '\u2066Åsa\u2069', 'field-characters'],
    ['a zero-width space', 'e\u200bvil', 'field-characters'],
    ['a soft hyphen', 'evil\u00adse', 'field-characters'],
    ['one letter too many', 'Å'.repeat(21), 'field-too-long'],
    ['far too many', 'Å'.repeat(9000), 'field-too-long'],
    ['nothing', '', 'field-missing'],
    ['blanks alone', '   ', 'field-missing'],
  ];
  test.each(texts)('%s', async (_, value, code) => {
    expect(await toBoth({ ...sound, first_name: value })).toBe(code);
  });
});

describe('an address with', () => {
  const urls: [string, string, string][] = [
    ['http', 'http://example.se/a', 'field-url-invalid'],
    ['another scheme', 'javascript:alert(1)', 'field-url-invalid'],
    ['data', 'data:text/html,x', 'field-url-invalid'],
    ['no scheme', '//example.se/a', 'field-url-invalid'],
    ['another host', 'https://evil.se/a', 'field-url-host'],
    ['a host that begins alike', 'https://example.se.evil.com/a', 'field-url-host'],
    ['a host that ends alike', 'https://evilexample.se/a', 'field-url-host'],
    ['a subdomain that is not listed', 'https://x.example.se/a', 'field-url-host'],
    ['the name under the star alone', 'https://kund.example.se/a', 'field-url-host'],
    ['user info', 'https://example.se@evil.se/a', 'field-url-invalid'],
    ['user info before our host', 'https://evil@example.se/a', 'field-url-invalid'],
    ['a backslash', 'https://evil.se\\@example.se/a', 'field-url-invalid'],
    ['another port', 'https://example.se:8443/a', 'field-url-invalid'],
    ['a letter of another alphabet', 'https://ехample.se/a', 'field-url-invalid'],
    ['a dot at its end', 'https://example.se./a', 'field-url-invalid'],
    ['a quote', 'https://example.se/"onmouseover="x', 'field-url-invalid'],
    ['a tag', 'https://example.se/<script>', 'field-url-invalid'],
    ['a merge field', 'https://example.se/{{first_name}}', 'field-url-invalid'],
    ['CRLF', 'https://example.se/\r\nBcc: x', 'field-url-invalid'],
    ['bidi controls', 'https://example.se/\u202ea', 'field-url-invalid'],
    ['a blank before it', ' https://example.se/a', 'field-url-invalid'],
    ['too many letters', `https://example.se/${'a'.repeat(2000)}`, 'field-too-long'],
  ];
  test.each(urls)('%s', async (_, value, code) => {
    expect(await toBoth({ ...sound, page: value })).toBe(code);
  });
});

describe('a field', () => {
  const more: [string, Record<string, string>][] = [
    ['that nobody has declared', { last_name: 'Berg' }],
    ['of ours: where to unsubscribe', { unsubscribe_url: 'https://evil.se' }],
    ['of ours: the recipient’s address', { recipient_address: 'asa@evil.se' }],
    ['with another’s name in capitals', { First_Name: 'Bo' }],
    ['named as a property is', { constructor: 'x' }],
  ];
  test.each(more)('%s', async (_, extra) => {
    expect(await toBoth({ ...sound, ...extra })).toBe('field-unknown');
  });

  test.each(['first_name', 'page'])('that is missing: %s', async (name) => {
    const { [name]: _, ...rest } = sound as Record<string, string>;
    expect(await toBoth(rest)).toBe('field-missing');
  });

  test('that is ours cannot be declared either', async () => {
    for (const name of ['unsubscribe_url', 'recipient_address']) {
      const field = { name, type: 'text', sample: 'x' };
      const { status } = await world.call('POST', '/v1/audits', { ...template, mergeFields: [field] });
      expect(status).toBe(422);
    }
  });

  test('that is no text, or half a letter, ends the order', async () => {
    const fields = [1, null, ['Åsa'], { a: 'b' }, 'Åsa\ud800'].map((first_name) => ({
      ...sound,
      first_name,
    }));
    for (const wrong of [...fields, { ...sound, 'x\udc00': 'x' }]) {
      const recipients = [{ address: 'a@example.com', fields: wrong }];
      const { status } = await world.order({ clearance: token, recipients });
      expect(status).toBe(400);
    }
    const odd = { clearance: token, recipients: [{ address: 'a\ud800@example.com', fields: sound }] };
    expect((await world.order(odd)).status).toBe(400);
    await world.campaigns.work();
    expect(world.handed()).not.toContain('a@example.com');
  });
});

test('a list in CSV is read with the same eyes, and each line that is left out has its number', async () => {
  const lines = [
    'email;first_name;page;last_name',
    'csv1@example.com;Åsa;https://example.se/a;Berg',
    'csv2@example.com;<b>Bo</b>;https://example.se/a;Berg',
    'csv3@example.com;"Bo\r\nBcc: x";https://example.se/a;Berg',
    'csv4@example.com;evil.se;https://example.se/a;Berg',
    'csv5@example.com;Bo;https://example.se.evil.com/;Berg',
    'csv6@example.com;Bo;http://example.se/;Berg',
    '"csv7@example.com, x@example.org";Bo;https://example.se/;Berg',
    '"csv8@example.com\r\nRCPT TO:<x@example.org>";Bo;https://example.se/;Berg',
  ];
  const { body } = await world.order({ clearance: token });
  const list = await world.app.request(`/v1/sends/${body.id}/recipients`, {
    method: 'PUT',
    headers: { 'content-type': 'text/csv' },
    body: lines.join('\r\n'),
  });
  expect(list.status).toBe(200);
  await world.campaigns.work();
  expect(world.handed().filter((address) => /csv|x@/.test(address))).toEqual(['csv1@example.com']);
  const report = await (await world.app.request(`/v1/sends/${body.id}/left-out.csv`)).text();
  const told = report.trim().split(/\r?\n(?=\d)/);
  expect(told.map((line) => line.split(',').slice(0, 3).join(','))).toEqual([
    'line,code,field',
    '1,column-ignored,last_name',
    '3,field-markup,first_name',
    '4,field-characters,first_name',
    '6,field-link,first_name',
    '7,field-url-host,page',
    '8,field-url-invalid,page',
    '9,address-invalid,',
    '10,address-invalid,',
  ]);
});

test('a message without merge fields takes no values', async () => {
  const own = await startSendingService();
  const { token: plain } = await own.cleared();
  const { body } = await own.order({ clearance: plain, recipients: people(3, { first_name: 'Åsa' }) });
  await own.campaigns.work();
  expect([(await own.find(body.id)).leftOut, own.handed()]).toEqual([{ 'field-unknown': 3 }, []]);
  await own.close();
});

test('what went says what was audited, and nothing else', () => {
  const said = new Set(
    world.ses.mails
      .map(({ raw }) => Buffer.from(raw).toString())
      .map((raw) => raw.match(/^Subject: (.*)\r$/m)?.[1]),
  );
  expect(said).toEqual(new Set(['=?UTF-8?Q?Till_=C3=85sa?=']));
});
