/** Sample data and required fields, by every door. */
import { load } from 'cheerio';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { policy } from '../../rules/policy.ts';
import { ruleSet } from '../../rules/version.ts';
import { groundOf } from '../../src/clearance/ground.ts';
import { postForm, postJson, type Service, sound, startService } from './service.ts';

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.close());

const { previews: _, dkimSelectors: __, ...texts } = sound;
const source = '<p>Hej {{namn}} *|ORT|*! <a href="https://example.se/">Avregistrera dig</a></p>';
const waiting = { prefer: 'wait=30' };
interface Done {
  id: string;
  digest: string;
  simulated: boolean;
  sampled?: boolean;
  findings: { rule: string; outcome: string; problems: { key: string; data: object }[] }[];
}
const done = async (response: Response) => (await response.json()) as Done;
const finding = ({ findings }: Done, rule: string) => findings.find((one) => one.rule === rule);
const request = async (id: string) => (await service.audits.find(service.organisation, id))?.request;
const audit = async (body: object) => done(await postJson(service, { ...sound, source, ...body }, waiting));

test('in JSON: the mail is judged with it, under the same digest', async () => {
  const bare = await audit({});
  const half = await audit({ sampleData: { namn: 'Åsa' }, requiredFields: ['ORT', '{{nummer}}'] });
  expect([bare.simulated, half.simulated, half.sampled]).toEqual([false, true, true]);
  expect(half.digest).toBe(bare.digest);
  expect(finding(bare, 'merge-fields')?.outcome).toBe('not-applicable');
  expect(finding(half, 'merge-fields')?.problems).toMatchObject([
    { key: 'unsampled', data: { field: '*|ORT|*' } },
  ]);
  expect(finding(half, 'required-fields')?.problems).toMatchObject([{ data: { field: 'nummer' } }]);
  const whole = await audit({ sampleData: '{"namn":"Åsa","ORT":"Åre"}', requiredFields: ['ORT'] });
  expect(finding(whole, 'merge-fields')?.outcome).toBe('pass');
  expect(finding(whole, 'required-fields')?.outcome).toBe('pass');
});

test('law 1: however clear it is, an audit with sample data never earns a clearance', async () => {
  const { id } = await audit({ sampleData: { namn: 'Åsa', ORT: 'Åre' } });
  const row = await service.store.organisation(service.organisation).audit(id);
  if (!row?.verdict) throw new Error('no verdict');
  const stored = JSON.parse(row.verdict);
  const ground = (more: object) => {
    const verdict = { ...stored, partial: false, decision: 'clear', ruleSet, ...more };
    return groundOf({ ...row, verdict: JSON.stringify(verdict) }, [], { ruleSet, policy, now: new Date() });
  };
  expect(ground({})).toEqual({ ok: false, code: 'simulated' });
  expect(ground({ simulated: false })).not.toEqual({ ok: false, code: 'simulated' });
});

test('in a form, kept when the audit is run again, shown in a correction, and taken away', async () => {
  const fields = { ...texts, source, dkimSelectors: 's1', previews: 'false' };
  const sampleData = 'namn,ORT\nÅsa,Åre';
  const response = await postForm(service, { ...fields, sampleData, requiredFields: 'namn, First Name' });
  const { id } = (await response.json()) as { id: string };
  expect(await request(id)).toMatchObject({ requiredFields: ['namn', 'First Name'] });
  expect(String((await request(id))?.sampleData).replace(/\r/g, '')).toBe(sampleData);
});

test.each([
  [{ sampleData: { namn: '<b>Åsa</b>' } }, 'sample-data-invalid', 'sampleData'],
  [{ sampleData: 'inget' }, 'sample-data-invalid', 'sampleData'],
  [{ requiredFields: ['<x>'] }, 'required-field-invalid', 'requiredFields'],
])('%j: %s', async (body, code, field) => {
  const refused = await postJson(service, { ...sound, source, ...body });
  expect(refused.status).toBe(422);
  expect(((await refused.json()) as { errors: object[] }).errors).toMatchObject([{ code, field }]);
});

test('on the form it stands folded, unless it is what is wrong', async () => {
  const first = load(await (await service.app.request('/')).text());
  expect(first('#sampleData').closest('details').attr('open')).toBeUndefined();
  const fields = { ...texts, source, dkimSelectors: 's1', previews: 'true', sampleData: 'a\n<b>x</b>' };
  const refused = await postForm(service, fields, {}, '/audits?locale=sv');
  const page = load(await refused.text());
  expect(String(page('#sampleData').val()).trim()).toBe('a\n<b>x</b>');
  expect(page('#sampleData').closest('details').attr('open')).toBeDefined();
  expect(page('[role=alert] [href="#sampleData"]').text()).toContain('Exempeldata');
});

test('a correction shows it and can change it, and the report says what it is', async () => {
  const { id } = await audit({ sampleData: { namn: 'Åsa', ORT: 'Åre' } });
  const page = load(await (await service.app.request(`/audits/${id}`)).text());
  const shown = String(page('#new-sampleData').val()).trim();
  expect(JSON.parse(shown)).toEqual({ namn: 'Åsa', ORT: 'Åre' });
  expect(page('.lead').first().text()).toContain('sample data');
  const again = async (sampleData: string) => {
    const body = { correct: '1', class: 'marketing', sampleData, requiredFields: '' };
    const sent = await postForm(service, body, {}, `/audits/${id}/again`);
    expect(sent.status).toBe(303);
    return request(sent.headers.get('location')?.split('/').at(-1) ?? '');
  };
  expect((await again('namn\nBo'))?.sampleData).toMatch(/^namn\r?\nBo$/);
  expect((await again(''))?.sampleData).toBeUndefined();
});
