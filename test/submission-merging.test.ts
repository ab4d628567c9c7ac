/** Merge fields and routes where a submission is read: what is judged, and what the digest is bound to. */
import { describe, expect, test } from 'vitest';
import unfilled from '../rules/content/merge-fields.ts';
import listUnsubscribe from '../rules/headers/list-unsubscribe.ts';
import { policy } from '../rules/policy.ts';
import { gatherMessage } from '../src/facts/message.ts';
import { createMail, templateOf } from '../src/mail.ts';
import { type Handed, readSubmission, type TemplateRoute } from '../src/submission.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);
const name = { name: 'name', type: 'text', sample: 'Åsa' };
const page = { name: 'page', type: 'url', hosts: ['example.se'], sample: 'https://example.se/?a=1&b=2' };
const sound: Handed = {
  bytes: utf8('<p>Hej!</p>'),
  filename: 'a.html',
  from: 'F <a@example.se>',
  subject: 'Hej',
};

const read = (handed: Partial<Handed>) => readSubmission({ ...sound, ...handed }, 'org_test', policy.limits);
async function taken(handed: Partial<Handed>) {
  const result = await read(handed);
  if (!result.ok) throw new Error(JSON.stringify(result.errors));
  return result.submission;
}
async function codes(handed: Partial<Handed>) {
  const result = await read(handed);
  return result.ok ? [] : result.errors.map(({ code, data }) => `${code} ${data.name}`);
}
const html = (source: string) => ({ bytes: utf8(source) });
const eml = (fields: string[], body = 'Hej {{name}}!') => ({
  bytes: utf8([...fields, '', body].join('\r\n')),
  filename: 'a.eml',
  from: undefined,
  subject: undefined,
});

test('the samples are judged, and the digest is of what stands unfilled', async () => {
  const source =
    '<title>{{name}}</title>\n<p title="{{name}}">Hej {{name}}!</p>\n<a href="{{page}}">Din sida</a> {{page}}\n<a href="{{unsubscribe_url}}">{{recipient_address}}</a>';
  const submission = await taken({ ...html(source), subject: 'Till {{name}}', mergeFields: [name, page] });
  expect(submission.markup?.html).toBe(
    '<title>Åsa</title>\n<p title="Åsa">Hej Åsa!</p>\n<a href="https://example.se/?a=1&amp;b=2">Din sida</a> https://example.se/?a=1&amp;b=2\n<a href="https://example.com/unsubscribe">reader@example.com</a>',
  );
  expect(submission.subject).toBe('Till Åsa');
  expect(submission.source).toBe(source);
  const { parts, headers, merge_fields } = templateOf(submission);
  expect(parts.html).toBe(source);
  expect(headers.subject).toBe('Till {{name}}');
  expect(merge_fields).toEqual([{ ...name, max_length: 100 }, page]);
});

test('MJML: its places are those of the HTML it becomes', async () => {
  const mjml = (inside: string) => ({
    bytes: utf8(`<mjml><mj-body><mj-section><mj-column>${inside}</mj-column></mj-section></mj-body></mjml>`),
    filename: 'a.mjml',
  });
  const good = mjml('<mj-text>Hej {{name}}!</mj-text><mj-button href="{{page}}">Din sida</mj-button>');
  const submission = await taken({ ...good, mergeFields: [name, page] });
  expect(submission.markup?.html).toContain('Hej Åsa!');
  expect(submission.mjml?.marked).toContain('Hej Åsa!');
  expect(submission.template.parts.html).toContain('href="{{page}}"');
  const bad = mjml('<mj-text color="{{name}}">Hej!</mj-text>');
  expect(await codes({ ...bad, mergeFields: [name] })).toEqual(['merge-field-place name']);
});

describe('a text field may stand', () => {
  test.each([
    '<p>{{name}}</p>',
    '<p>Hej, {{name}}.</p>',
    '<p>({{name}})</p>',
    '<p>{{name}}s grupp</p>',
    '<img alt="{{name}}" src="https://example.se/a.png">',
    "<p aria-label='Till {{name}}'>Hej</p>",
    '<table><tr><td>{{name}}</td></tr></table>',
    '<table>{{name}}<tr><td>Hej</td></tr></table>',
    '<b><p>{{name}}</b>{{name}}</p>',
  ])('%s', async (source) => {
    expect(await codes({ ...html(source), mergeFields: [name] })).toEqual([]);
  });
});

describe('a text field may not stand', () => {
  test.each([
    '<style>p{color:{{name}}}</style>',
    '<script>a="{{name}}"</script>',
    '<!-- {{name}} -->',
    '<!--[if mso]><p>{{name}}</p><![endif]-->',
    '<p alt={{name}}>Hej</p>',
    '<p {{name}}>Hej</p>',
    '<p title="a" title="{{name}}">Hej</p>',
    '<{{name}}>Hej',
    '<p style="color:{{name}}">Hej</p>',
    '<p onclick="{{name}}">Hej</p>',
    '<p class="{{name}}">Hej</p>',
    '<p id="{{name}}">Hej</p>',
    '<a href="{{name}}">Hej</a>',
    '<a href="https://example.se/{{name}}">Hej</a>',
    '<a href="mailto:{{name}}">Hej</a>',
    '<img src="{{name}}" alt="">',
    '<textarea>{{name}}</textarea>',
    '<template><p>{{name}}</p></template>',
    '<iframe>{{name}}</iframe>',
    '<xmp>{{name}}</xmp>',
    '<svg><style>{{name}}</style></svg>',
    '<p>{{name}}.se</p>',
    '<p>www.{{name}}</p>',
    '<p>https://{{name}}</p>',
    '<p>a@{{name}}</p>',
    '<p>{{name}}@example.se</p>',
    '<p>{{name}}{{name}}</p>',
    '<p>{{name}}se</p>',
    // One in its place does not stand for one that is not, nor does one that only looks like one.
    '<p>{{name}}</p><style>{{name}}</style>',
    '<p>&#123;&#123;name}}</p><style>{{name}}</style>',
    '<p>{{name}}</p></html>\n<!-- {{name}} -->',
  ])('%s', async (source) => {
    expect(new Set(await codes({ ...html(source), mergeFields: [name] }))).toEqual(
      new Set(['merge-field-place name']),
    );
  });
});

describe('an address may not stand', () => {
  test.each([
    '<p title="{{page}}">Hej</p>',
    '<a href="{{page}}?x">Hej</a>',
    '<a href=" {{page}}">Hej</a>',
    '<a href={{page}}>Hej</a>',
    '<img src="{{page}}" alt="">',
    '<link href="{{page}}">',
    '<base href="{{page}}">',
    '<form action="{{page}}"></form>',
    '<p style="background:url({{page}})">Hej</p>',
  ])('%s', async (source) => {
    expect(await codes({ ...html(source), mergeFields: [page] })).toContain('merge-field-place page');
  });

  test('in the subject', async () => {
    const handed = { ...html('<p>{{page}}</p>'), subject: '{{page}}', mergeFields: [page] };
    expect(await codes(handed)).toEqual(['merge-field-place page']);
  });
});

test.each<[string, Partial<Handed>]>([
  ['the sender’s name', { from: '"{{name}}" <a@example.se>' }],
  ['the name in Reply-To', { replyTo: '"{{name}}" <a@example.se>' }],
  ['a header', eml(['From: a@example.se', 'X-A: {{name}}'])],
  ['its own List-Unsubscribe', eml(['From: a@example.se', 'List-Unsubscribe: <https://a.se/{{name}}>'])],
])('no field may stand in %s', async (where, handed) => {
  const more = where.startsWith('its own') ? { class: 'transactional' as const } : {};
  const source = handed.bytes ? {} : html('<p>{{name}}</p>');
  expect(await codes({ ...source, ...handed, ...more, mergeFields: [name] })).toEqual([
    'merge-field-place name',
  ]);
});

test('reserved fields need no declaration, and keep to their places', async () => {
  expect(await codes(html('<style>{{unsubscribe_url}}</style>'))).toEqual([
    'merge-field-place unsubscribe_url',
  ]);
  expect(await codes(html('<a href="{{recipient_address}}">Hej</a>'))).toEqual([
    'merge-field-place recipient_address',
  ]);
});

test('what nobody has declared is left for the audit to find', async () => {
  const submission = await taken(html('<p style="{{x}}">{{ name }} {{other}}</p>'));
  expect(submission.markup?.html).toBe('<p style="{{x}}">{{ name }} {{other}}</p>');
});

test('and the audit finds it where nobody else will fill it in', async () => {
  const ours: TemplateRoute = { transport: 'ses', mail_from: null, dkim: [], signed_by: [] };
  const handed = { ...html('<p>{{name}}</p>'), subject: 'Hej {{other}}' };
  const outcome = async (more: Partial<Handed>) => {
    const submission = await taken({ ...handed, ...more });
    const found = unfilled.check(
      { message: gatherMessage({ submission }), html: null } as never,
      {} as never,
    );
    return Array.isArray(found) ? found.map(({ data }) => (data as { field: string }).field) : 'not judged';
  };
  expect(await outcome({})).toBe('not judged');
  // In the order that a reader meets them: the subject first.
  expect(await outcome({ routes: [ours] })).toEqual(['{{other}}', '{{name}}']);
  expect(await outcome({ mergeFields: [name] })).toEqual(['{{other}}']);
});

const one = { name: 'a', type: 'text', sample: 'x' };
test.each<[string, unknown[]]>([
  ['a sample', [{ ...one, sample: 'y' }]],
  ['a length', [{ ...one, max_length: 99 }]],
  ['a type', [{ ...one, type: 'url', hosts: ['example.se'], sample: 'https://example.se/' }]],
])('%s of a field changes the digest', async (_, mergeFields) => {
  const of = async (fields: unknown[]) =>
    (await taken({ ...html('<p>{{a}}</p>'), mergeFields: fields })).digest;
  expect(await of(mergeFields)).not.toBe(await of([one]));
  expect(await of([{ ...one, max_length: 100 }])).toBe(await of([one]));
});

describe('routes', () => {
  const routes: TemplateRoute[] = [
    { transport: 'ses', mail_from: 'mejl.example.se', dkim: [{ d: 'example.se', s: 'k1' }], signed_by: [] },
    {
      transport: 'smtp',
      mail_from: 'reserv.example.se',
      dkim: [{ d: 'b.example.se', s: 'k2' }],
      signed_by: [],
    },
  ];

  test('of a registered sender say how the mail goes', async () => {
    const submission = await taken({ routes });
    expect(submission).toMatchObject({
      mailFrom: 'mejl.example.se',
      dkimSelectors: ['k1', 'k2._domainkey.b.example.se'],
    });
    expect(submission.template.routes).toEqual(routes);
    const digests = await Promise.all(
      [{ routes }, { routes: routes.slice(0, 1) }, { routes: [...routes].reverse() }, {}].map(
        async (handed) => (await taken(handed)).digest,
      ),
    );
    expect(new Set(digests).size).toBe(4);
  });

  test('give way to a MAIL FROM that the caller has named', async () => {
    const submission = await taken({ routes, mailFrom: 'other.example.se', dkimSelectors: ['s1'] });
    expect(submission.template.routes).toEqual([
      { transport: null, mail_from: 'other.example.se', dkim: [{ d: 'example.se', s: 's1' }], signed_by: [] },
    ]);
  });

  test('make a new mail of one that was sent before', async () => {
    const fields = [
      'Return-Path: <b@studs.example.se>',
      'Received: from a.example',
      '\tby b.example',
      'DKIM-Signature: v=1; d=example.se; s=old;',
      ' b=abc',
      'Authentication-Results: b.example; dkim=pass',
      'ARC-Seal: i=1',
      'From: a@example.se',
      'Subject: Received: hej',
      'X-A: 1',
    ];
    const submission = await taken({ ...eml(fields, 'Received: i texten\r\n'), routes });
    expect(submission.headers.map((field) => field.name)).toEqual(['From', 'Subject', 'X-A']);
    expect(new TextDecoder().decode(submission.message ?? undefined)).toBe(
      'From: a@example.se\r\nSubject: Received: hej\r\nX-A: 1\r\n\r\nReceived: i texten\r\n',
    );
    expect(submission).toMatchObject({
      mailFrom: 'mejl.example.se',
      dkimSelectors: ['k1', expect.anything()],
    });
    const stored = await taken(eml(fields, 'Received: i texten\r\n'));
    expect(stored).toMatchObject({ mailFrom: 'studs.example.se' });
    expect(stored.routes[0].signed_by).toEqual(['old._domainkey.example.se']);
  });

  test.each([
    ['of our own', routes, { notApplicable: 'composed' }],
    ['of the caller’s', undefined, [expect.objectContaining({ key: 'missing' })]],
  ])('a message without List-Unsubscribe, by routes %s', async (_, by, answer) => {
    const fields = ['From: a@example.se', 'Subject: Hej'];
    const submission = await taken({ ...eml(fields, 'Hej'), ...(by ? { routes: by } : {}) });
    const facts = { message: gatherMessage({ submission }), dkim: { signatures: [] } };
    expect(listUnsubscribe.check(facts as never, {} as never)).toEqual(answer);
  });
});

describe('one recipient’s mail', () => {
  const source = '<p>Hej {{name}}!</p><a href="{{unsubscribe_url}}">Avregistrera</a>';
  const order = {
    to: 'anna@example.org',
    fields: { name: 'Anna & Bo' },
    unsubscribeUrl: 'https://klarsignal.example.se/u/1',
    messageId: '<cmp_1.1.1@mejl.example.se>',
    date: new Date(0),
  };

  test('is composed from the template, with the attachments of the message', async () => {
    const fields = ['From: F <a@example.se>', 'MIME-Version: 1.0', 'X-A: 1', 'X-SES-Tags: a=b', 'To: b@c.se'];
    const message = eml(
      [...fields, 'Content-Type: multipart/mixed; boundary=b'],
      `--b\r\nContent-Type: text/html\r\n\r\n${source}\r\n--b\r\nContent-Type: text/plain; name=a.txt\r\nContent-Disposition: attachment; filename=a.txt\r\n\r\nabc\r\n--b--\r\n`,
    );
    const submission = await taken({ ...message, mergeFields: [name] });
    const mail = createMail(
      templateOf(submission),
      submission.attachments.map(({ bytes }) => bytes),
    );
    const composed = mail.compose(order);
    expect(composed).toMatchObject({
      from: { name: 'F', address: 'a@example.se' },
      to: 'anna@example.org',
      html: expect.stringContaining('Hej Anna &amp; Bo!'),
      headers: [{ name: 'X-A', value: '1' }, { name: 'List-Unsubscribe' }, { name: 'List-Unsubscribe-Post' }],
      attachments: [{ filename: 'a.txt', bytes: expect.anything() }],
      messageId: order.messageId,
      date: order.date,
    });
    expect(() => createMail(templateOf(submission), [])).toThrow();
  });

  test('is refused where a value is, or where nobody could leave the list', async () => {
    const mail = createMail(templateOf(await taken({ ...html(source), mergeFields: [name] })), []);
    expect(mail.fields).toEqual(['name']);
    expect(mail.fault(mail.samples)).toBeUndefined();
    expect(mail.fault(null)).toEqual({ code: 'missing', field: 'name' });
    expect(mail.compose({ ...order, fields: { name: 'evil.se' } })).toEqual({
      refused: 'link',
      field: 'name',
    });
    expect(mail.compose({ ...order, unsubscribeUrl: null })).toMatchObject({ refused: 'unsubscribe-url' });
  });
});
