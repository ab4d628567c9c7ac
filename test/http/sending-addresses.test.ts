/** The IP addresses of the servers that send a mail, by every door. */
import { load } from 'cheerio';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { postForm, postJson, type Service, sound, startService } from './service.ts';

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.close());

const { previews: _, dkimSelectors: __, ...texts } = sound;
const kept = async (id: string) =>
  (await service.audits.find(service.organisation, id))?.request.sendingAddresses;
const idOf = async (response: Response) => ((await response.json()) as { id: string }).id;

test('in JSON and in a form, kept when the audit is run again, and taken away', async () => {
  const two = ['192.0.2.10', '2001:DB8:0::1'];
  const json = await idOf(await postJson(service, { ...sound, sendingAddresses: two }));
  expect(await kept(json)).toEqual(two);
  const fields = { ...texts, previews: 'false', dkimSelectors: 's1' };
  const form = await idOf(await postForm(service, { ...fields, sendingAddresses: two.join(', ') }));
  expect(await kept(form)).toEqual(two);
  const again = (body: unknown) =>
    service.app.request(`/v1/audits/${json}/again`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  expect(await kept(await idOf(await again({ subject: 'Nytt' })))).toEqual(two);
  expect(await kept(await idOf(await again({ sendingAddresses: [] })))).toEqual([]);
});

test.each([
  [['1.2.3'], 'sending-address-invalid'],
  [['192.0.2.0/24'], 'sending-address-invalid'],
  [Array.from({ length: 11 }, (_, i) => `192.0.2.${i}`), 'sending-addresses-too-many'],
])('%j: %s', async (sendingAddresses, code) => {
  const refused = await postJson(service, { ...sound, sendingAddresses });
  expect(refused.status).toBe(422);
  const { errors } = (await refused.json()) as { errors: { code: string; field: string }[] };
  expect(errors).toMatchObject([{ code, field: 'sendingAddresses' }]);
});

test('on the form they stand folded, unless they are what is wrong', async () => {
  const first = load(await (await service.app.request('/')).text());
  expect(first('#sendingAddresses').closest('details').attr('open')).toBeUndefined();
  const fields = { ...texts, dkimSelectors: 's1', previews: 'true', sendingAddresses: '1.2.3' };
  const refused = await postForm(service, fields, {}, '/audits?locale=sv');
  expect(refused.status).toBe(422);
  const page = load(await refused.text());
  const input = page('#sendingAddresses');
  expect([input.attr('value'), input.attr('aria-invalid')]).toEqual(['1.2.3', 'true']);
  expect(input.closest('details').attr('open')).toBeDefined();
  expect(page('[role=alert] [href="#sendingAddresses"]').text()).toContain('1.2.3');
});

test('a correction shows them, and can change and empty them', async () => {
  const id = await idOf(
    await postJson(service, { ...sound, sendingAddresses: ['192.0.2.10'] }, { prefer: 'wait=30' }),
  );
  const page = load(await (await service.app.request(`/audits/${id}`)).text());
  expect(page('#new-sendingAddresses').attr('value')).toBe('192.0.2.10');
  const shown = Object.fromEntries(
    page('#correct form [name]')
      .toArray()
      .filter((one) => page(one).attr('type') !== 'file' && page(one).attr('type') !== 'radio')
      .map((one) => [page(one).attr('name') ?? '', String(page(one).val() ?? '').trim()]),
  );
  const corrected = async (sendingAddresses: string) => {
    const body = { ...shown, class: 'marketing', sendingAddresses };
    const sent = await postForm(service, body, {}, `/audits/${id}/again`);
    expect(sent.status).toBe(303);
    return kept(sent.headers.get('location')?.split('/').at(-1) ?? '');
  };
  expect(await corrected('192.0.2.11 192.0.2.12')).toEqual(['192.0.2.11', '192.0.2.12']);
  expect(await corrected('')).toEqual([]);
});
