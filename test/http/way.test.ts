/**
 * From template to Send in the web pages alone: merge fields are said to come from the list, the way is chosen, the
 * list's columns are told, and the last page shows what each reader gets.
 */
import { load } from 'cheerio';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { closeBrowser, mail, type SendingService, startSendingService } from './sending-service.ts';

let world: SendingService;
beforeAll(async () => {
  world = await startSendingService({ app: { url: 'https://audit.example.se' } });
}, 60_000);
afterAll(async () => {
  await world?.close();
  await closeBrowser();
});

const asBrowser = { accept: 'text/html' };
const get = async (path: string, locale = 'en') =>
  load(
    await (await world.app.request(path, { headers: { ...asBrowser, cookie: `locale=${locale}` } })).text(),
  );
const post = (path: string, fields: Record<string, string | File>) => {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.append(name, value);
  return world.app.request(path, { method: 'POST', headers: asBrowser, body });
};
/** The audit that a form began, at its end. */
async function ended(response: Response): Promise<string> {
  expect(response.status).toBe(303);
  const id = response.headers.get('location')?.replace('/audits/', '') ?? '';
  await world.audits.settled(world.organisation, id, 60_000);
  return id;
}
const requestOf = async (id: string) => (await world.audits.find(world.organisation, id))?.request;

const { source, from } = mail;
const greeting = {
  source: `<p>Hej {{first_name}}, <a href="{{ticket_url}}">din biljett</a></p>${source}`,
  from,
  subject: 'Höstmöte, {{first_name}}',
};
/** As the form in the report hands it in. */
const row = (i: number, name: string, more: Record<string, string>) =>
  Object.fromEntries(
    Object.entries({ name, listed: 'on', type: 'text', sample: '', hosts: '', most: '100', ...more }).map(
      ([part, value]) => [`merge.${i}.${part}`, value],
    ),
  );

describe('merge fields', () => {
  let id: string;
  beforeAll(async () => {
    id = await ended(await post('/audits', { ...greeting, by: 'here' }));
  });

  test('the report asks where each undeclared field comes from', async () => {
    const page = await get(`/audits/${id}`);
    const form = page(`form.merging[action="/audits/${id}/again"]`);
    expect(
      form
        .find('legend')
        .map((_, one) => page(one).text())
        .get(),
    ).toEqual(['{{first_name}}', '{{ticket_url}}']);
    // A guess by the name, for the person to change.
    expect(
      form
        .find('select')
        .map((_, one) => page(one).val())
        .get(),
    ).toEqual(['text', 'url']);
    expect(page('#clearance').text()).toContain('there is no exception for this');
    expect(page('#clearance details')).toHaveLength(0);
  });

  test.each([
    ['no sample', row(0, 'first_name', {}), '#field-0-sample', 'Write a sample'],
    [
      'a link as text',
      row(0, 'first_name', { sample: 'www.example.com' }),
      '#field-0-type',
      'Choose the kind Link',
    ],
    ['a length of 0', row(0, 'first_name', { sample: 'Åsa', most: '0' }), '#field-0-most', '1 to 500'],
    [
      'a link without hosts',
      row(0, 'ticket_url', { type: 'url', sample: 'https://example.se/a' }),
      '#field-0-hosts',
      '1 to 20 domains',
    ],
    [
      'a sample to elsewhere',
      row(0, 'ticket_url', { type: 'url', sample: 'https://evil.example/a', hosts: 'example.se' }),
      '#field-0-sample',
      'https://',
    ],
    [
      'a text where a link is',
      { ...row(0, 'first_name', { sample: 'Åsa' }), ...row(1, 'ticket_url', { sample: 'x' }) },
      '#field-1-listed',
      'could do harm',
    ],
    [
      'one that stands nowhere',
      row(0, 'nowhere', { sample: 'Åsa' }),
      '#field-0-listed',
      'nowhere in the mail',
    ],
  ])('%s is told beside its field', async (_, fields, control, said) => {
    const response = await post(`/audits/${id}/again`, { fields: '1', ...fields });
    expect(response.status).toBe(422);
    const page = load(await response.text());
    expect(page(control).attr('aria-invalid')).toBe('true');
    const ids = (page(control).attr('aria-describedby') ?? '').split(' ');
    expect(ids.map((one) => page(`#${one}`).text()).join(' ')).toContain(said);
    expect(page(`[role=alert] a[href="${control}"]`)).toHaveLength(1);
    expect(page('title').text()).toMatch(/^One thing to correct/);
    // What was written stays.
    expect(page('[name="merge.0.name"]').first().val()).toBe(fields['merge.0.name']);
  });

  test('nothing ticked is nothing said', async () => {
    const fields = row(0, 'first_name', { listed: '' });
    const response = await post(`/audits/${id}/again`, { fields: '1', ...fields });
    expect(response.status).toBe(422);
    expect(load(await response.text())('[role=alert]').text()).toContain('Tick those');
  });

  test('handed in, the same mail is audited with them, clear, and keeps them in a correction', async () => {
    const next = await ended(
      await post(`/audits/${id}/again`, {
        fields: '1',
        ...row(0, 'first_name', { sample: 'Åsa' }),
        ...row(1, 'ticket_url', {
          type: 'url',
          sample: 'https://example.se/b',
          hosts: 'example.se *.example.se',
        }),
      }),
    );
    const request = await requestOf(next);
    expect(request?.mergeFields).toEqual([
      { name: 'first_name', type: 'text', max_length: 100, sample: 'Åsa' },
      {
        name: 'ticket_url',
        type: 'url',
        hosts: ['example.se', '*.example.se'],
        sample: 'https://example.se/b',
      },
    ]);
    expect(request?.repeats).toBe(id);
    const page = await get(`/audits/${next}`);
    expect(page('h1').text()).toBe('Clear to send');
    expect(page('form.merging')).toHaveLength(0);
    expect(page('#new-field-0-sample').val()).toBe('Åsa');
    // A correction without one of them in the mail says so beside it; without its tick it goes.
    const fields = {
      correct: '1',
      source: `<p>Hej {{first_name}}</p>${source}`,
      ...row(0, 'first_name', { sample: 'Bo' }),
      ...row(1, 'ticket_url', { type: 'url', sample: 'https://example.se/b', hosts: 'example.se' }),
    };
    const wrong = load(await (await post(`/audits/${next}/again`, fields)).text());
    expect(wrong('#new-field-1-listed').attr('aria-invalid')).toBe('true');
    expect(wrong('[role=alert] a[href="#new-field-1-listed"]')).toHaveLength(1);
    const last = await ended(await post(`/audits/${next}/again`, { ...fields, 'merge.1.listed': '' }));
    expect((await requestOf(last))?.mergeFields).toEqual([
      { name: 'first_name', type: 'text', max_length: 100, sample: 'Bo' },
    ]);
  }, 60_000);
});

describe('who sends', () => {
  const plain = { source, from, subject: 'Höstmöte' };

  test('is asked first, and the technical fields belong to a system of one’s own', async () => {
    const page = await get('/');
    expect(
      page('[name=by]')
        .map((_, one) => page(one).val())
        .get(),
    ).toEqual(['here', 'standard', 'own']);
    expect(page('[name=by]:checked').val()).toBe('here');
    expect(page('.of-own [name=mailFrom], .of-own [name=dkimSelectors]')).toHaveLength(2);
    expect(page('form#audit fieldset').first().text()).toContain('Who sends this?');
  });

  test('by Klarsignal, what the technical fields held before says nothing', async () => {
    const id = await ended(
      await post('/audits', { ...plain, by: 'here', mailFrom: 'x.example.se', dkimSelectors: 'zz' }),
    );
    const request = await requestOf(id);
    expect(request?.routes?.map(({ transport }) => transport)).toEqual(['ses', 'reserve']);
    expect(request?.dkimSelectors).toBeUndefined();
  });

  test('by the standard route, the audit is of that', async () => {
    const id = await ended(await post('/audits', { ...plain, from: 'a@example.com', by: 'standard' }));
    expect((await requestOf(id))?.routes?.map(({ transport }) => transport)).toEqual(['reserve']);
    const page = await get(`/mailings/new?audit=${id}`);
    expect(page('main').text()).toContain('The standard route, this time');
  });

  test('a report for a system of one’s own leads to an audit for sending from here, not to a mailing', async () => {
    const own = { ...plain, by: 'own', mailFrom: 'mejl.example.se', dkimSelectors: 's1' };
    const id = await ended(await post('/audits', own));
    const page = await get(`/audits/${id}`);
    expect(page('h1').text()).toBe('Clear to send');
    expect(page('#clearance').text()).toContain('not for sending from here');
    expect(page('a[href^="/mailings/new"]')).toHaveLength(0);
    const straight = await get(`/mailings/new?audit=${id}`);
    expect(straight('form[action="/mailings"]')).toHaveLength(0);
    expect(straight('form:has([name=here])').attr('action')).toBe(`/audits/${id}/again`);
    expect((await get('/mailings/new'))(`a[href="/mailings/new?audit=${id}"]`)).toHaveLength(0);
    const next = await ended(await post(`/audits/${id}/again`, { here: '1' }));
    const report = await get(`/audits/${next}`);
    // Beside the decision, and where the clearance is spoken of.
    for (const place of ['.actions', '#clearance'])
      expect(report(`${place} a[href="/mailings/new?audit=${next}"]`).text()).toBe('Make a mailing');
    expect((await get('/mailings/new'))(`a[href="/mailings/new?audit=${next}"]`)).toHaveLength(1);
  });

  test('of a domain that is not among the senders, the report says what is missing first', async () => {
    const id = await ended(await post('/audits', { ...plain, from: 'a@nowhere.example', by: 'here' }));
    const page = await get(`/audits/${id}`);
    expect(page('#clearance').text()).toContain('nowhere.example is not one of your senders');
    expect(page('#clearance a[href="/senders"]')).toHaveLength(1);
  });
});

describe('the list and the last page', () => {
  const source = `<p>Hej {{first_name}}!</p><p>Läs mer på mötet.</p>${mail.source}`;
  const mergeFields = [{ name: 'first_name', type: 'text', sample: 'Åsa' }];
  let audit: string;
  beforeAll(async () => {
    const made = await world.audit({
      source,
      mergeFields,
      subject: 'Höstmöte, {{first_name}}',
      replyTo: 'svar@example.se',
    });
    audit = made.id;
  }, 60_000);

  test('the form says which columns the mail needs, and gives an empty list as a spreadsheet opens it', async () => {
    const page = await get(`/mailings/new?audit=${audit}`);
    expect(page('form[action="/mailings"]').text()).toContain('first_name');
    expect(page('#missing')).toHaveLength(0);
    for (const [locale, text] of [
      ['en', '\ufeffemail,first_name\r\n'],
      ['sv', '\ufeffe-post;first_name\r\n'],
    ] as const) {
      const href = (await get(`/mailings/new?audit=${audit}`, locale))('a[download]').attr('href') ?? '';
      const list = await world.app.request(href, { headers: asBrowser });
      expect(list.headers.get('content-type')).toBe('text/csv; charset=utf-8');
      expect(Buffer.from(await list.arrayBuffer()).toString()).toBe(text);
    }
  });

  /** Handed in by the form, and read. */
  async function mailing(file: string, more: Record<string, string> = {}): Promise<string> {
    const list = new File([file], 'list.csv');
    const made = await post('/mailings', { audit, file: list, ...more });
    expect(made.status).toBe(303);
    await world.campaigns.work();
    return made.headers.get('location') ?? '';
  }
  const empty = '\ufeffe-post;first_name\r\n';

  test('before Send stands what goes, to whom, who is left out and why, and what the first reader gets', async () => {
    const path = await mailing(
      `${empty}anna@example.org;Anna\r\nanna@example.org;Anna\r\nnowhere;Bo\r\nbo@example.org;\r\n`,
      {
        perMinute: '1',
      },
    );
    const page = await get(path);
    const told = page('#confirm').closest('section').text();
    expect(page('#confirm').text()).toBe('Send to 1 recipient');
    expect(page('h1').text()).toBe('Ready to send');
    for (const text of [
      'Föreningen <nyhetsbrev@example.se>',
      '<svar@example.se>',
      'Höstmöte, {{first_name}}',
      '1 gets the mail.',
      '3 lines were left out:',
      '1: no valid mail address',
      '1: the same address again',
      '1: lacks a value that the mail needs',
      'At most 1 a minute',
      'As anna@example.org gets it',
      'Höstmöte, Anna',
      'Hej Anna!\nLäs mer på mötet.',
    ])
      expect(told).toContain(text);
    expect(page('body').text()).not.toContain('Åsa');
    expect(page('.thumb img').attr('src')).toMatch(`/v1/audits/${audit}/previews/`);
    // What is left out stands above the button.
    expect(told.indexOf('left out')).toBeLessThan(told.lastIndexOf('Send to 1'));
    const href = page('a[href$="letter.eml"]').attr('href') ?? '';
    const letter = await world.app.request(href, { headers: asBrowser });
    expect(letter.headers.get('content-type')).toBe('message/rfc822');
    const raw = await letter.text();
    expect(raw).toContain('To: <anna@example.org>');
    expect(raw).toContain('/u/sample>');
    // The list of mailings names the field too, and nobody's value.
    expect((await get('/mailings')).text()).toContain('Höstmöte, {{first_name}}');
    expect((await get(path, 'sv'))('#confirm').text()).toBe('Skicka till 1 mottagare');
    expect((await post(`${path}/send`, {})).status).toBe(303);
    await world.campaigns.work();
    expect(world.handed()).toEqual(['anna@example.org']);
  });

  test('nobody to send to is said so, and there is nothing to press', async () => {
    const path = await mailing(`${empty}nowhere;Bo\r\n`);
    const page = await get(path);
    expect([page('h1').text(), page('#confirm').text()]).toEqual(['Nobody to send to', 'Nobody to send to']);
    expect(page(`form[action="${path}/send"]`)).toHaveLength(0);
    expect(page('main').text()).toContain('One line was left out:');
  });

  test('what becomes of a mailing that outlives its clearance is told', async () => {
    const list = `${empty}${Array.from({ length: 5 }, (_, i) => `r${i}@example.org;R\r\n`).join('')}`;
    const day = 24 * 60 * 60_000;
    const later = new Date(world.clock.now().getTime() + day - 120_000).toISOString().slice(0, 16);
    const when = { startsAt: later, offset: '0', perMinute: '1' };
    const pausing = await get(await mailing(list, when));
    expect(pausing('#confirm').closest('section').text()).toContain('It pauses then');
    const other = list.replaceAll('@example.org', '@example.net');
    const going = await get(await mailing(other, { ...when, onExpiry: 'audit-again' }));
    expect(going('#confirm').closest('section').text()).toContain('is audited again before that');
  });

  test('a clearance that has ended while somebody looked is told of', async () => {
    const path = await mailing(`${empty}last@example.org;L\r\n`);
    world.pass(25 * 60 * 60_000);
    expect((await get(path))('#confirm').closest('section').text()).toContain('It has ended');
  });
});
