/** The readers that somebody names for one mail, by every door: what their programs lack is weighed by them. */
import { load } from 'cheerio';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { policy } from '../../rules/policy.ts';
import { readShares } from '../../src/submission.ts';
import { postForm, postJson, type Service, sound, startService } from './service.ts';

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.close());

const { previews: _, dkimSelectors: __, ...texts } = sound;
/** No Outlook on Windows lays out with flex, every Apple Mail does. */
const source =
  '<div style="display:flex"><p>Hej</p><p>du!</p></div><p><a href="https://example.se/u">Avregistrera dig</a></p>';
interface Done {
  id: string;
  decision: string;
  digest: string;
  findings: { rule: string; outcome: string; problems: { data: { share?: number; clients?: string } }[] }[];
}
async function audited(audience: string | undefined): Promise<Done> {
  const response = await postJson(service, { ...sound, source, audience }, { prefer: 'wait=30' });
  return (await response.json()) as Done;
}
const lost = ({ findings }: Done) =>
  findings.filter(({ rule }) => rule === 'css-support').map(({ outcome }) => outcome);

test('what a mail program lacks is told to those who have readers there, and decides nothing', async () => {
  const word = await audited('outlook-windows=90');
  const apple = await audited('apple-mail=100');
  expect([lost(word), lost(apple)]).toEqual([['fail'], ['pass']]);
  expect(JSON.stringify(word.findings.find(({ rule }) => rule === 'css-support'))).toContain('90');
  expect([word.digest, word.decision]).toEqual([apple.digest, apple.decision]);
});

test('it is kept when the audit is run again, and can be taken away', async () => {
  const again = async (id: string, change: object) => {
    const response = await postJson(service, change, { prefer: 'wait=30' }, `/${id}/again`);
    return (await response.json()) as Done;
  };
  const first = await audited('apple-mail=100');
  const second = await again(first.id, { subject: 'Höstmöte på lördag' });
  const third = await again(second.id, { audience: '' });
  expect([lost(second), lost(third)]).toEqual([['pass'], ['fail']]);
});

test.each([
  ['gmail=60, outlook=50', /110 together/],
  ['eudora=100', /“eudora” is no mail program/],
  ['gmail', /“gmail” cannot be read/],
  ['gmail=0', /cannot be read/],
  ['gmail=-5', /cannot be read/],
  [`gmail=1,${'x'.repeat(1500)}`, /cannot be read/],
])('%s is refused in words', async (audience, said) => {
  const refused = await postJson(service, { ...sound, source, audience });
  expect(refused.status).toBe(422);
  const { errors } = (await refused.json()) as { errors: { code: string; field: string; detail: string }[] };
  expect(errors).toMatchObject([{ code: 'audience-invalid', field: 'audience' }]);
  expect(JSON.stringify(errors)).toMatch(said);
});

test('in the form: folded, kept, and open where it is what is wrong', async () => {
  const first = load(await (await service.app.request('/')).text());
  expect(first('#audience').closest('details').attr('open')).toBeUndefined();
  const fields = { ...texts, source, dkimSelectors: 's1', previews: 'false' };
  const response = await postForm(service, { ...fields, audience: 'Outlook-Windows=45; gmail=30,5' });
  const { id } = (await response.json()) as { id: string };
  const kept = await service.audits.find(service.organisation, id);
  expect(kept?.request.audience).toBe('Outlook-Windows=45; gmail=30,5');
});

test.each([
  ['gmail-android=20,5 outlook-windows=10', { 'gmail-android': 20.5, 'outlook-windows': 10 }],
  ['samsung-email=7', { 'samsung-email-android': 7 }],
  ['gmail-ios = 30%, outlook-windows: 12,5 %', { 'gmail-ios': 30, 'outlook-windows': 12.5 }],
  ['hey=1;fastmail=2\nhey=3', { 'hey-desktop-webmail': 4, 'fastmail-desktop-webmail': 2 }],
])('%s', (text, shares) => {
  expect(readShares(text, policy.limits.mailPrograms)).toEqual({ ok: true, shares });
});
