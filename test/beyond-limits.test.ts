/** What stands beyond what is read: a fault there is found, or the check has no answer; it never passes as nothing. */
import { expect, test } from 'vitest';
import { clients } from '../rules/clients/index.ts';
import { rules } from '../rules/index.ts';
import { policy } from '../rules/policy.ts';
import { ruleSet } from '../rules/version.ts';
import { createPreflight } from '../src/preflight.ts';
import { readSubmission } from '../src/submission.ts';
import { clock, noBrowser, resolverOf } from './world.ts';

const message = (body: string, type = 'text/html') =>
  `From: a@example.se\r\nSubject: Hej\r\nMIME-Version: 1.0\r\nContent-Type: ${type}; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n${body}`;
const outlook = (content: string) => message(`<p>Hej alla medlemmar!</p><!--[if mso]>${content}<![endif]-->`);
const script = '<a href="javascript:alert(1)">x</a>';
const links = Array.from({ length: 1100 }, (_, i) => `<a href="https://example.se/${i}">x</a>`).join('');

/** `ö` in latin1 stands for a letter that is not of the encoding. */
test.each<[string, string, string, 'fail' | 'unknown']>([
  [
    'an alternative text',
    message('<p>Hej</p><img src="https://e.se/a" alt="h\xf6st">'),
    'garbled-text',
    'fail',
  ],
  ['an address', message('<a href="https://e.se/h\xf6st">Hej</a>'), 'garbled-text', 'fail'],
  [
    'a long text part',
    message(`${'abc def\r\n'.repeat(40_000)}h\xf6st`, 'text/plain'),
    'text-garbling',
    'fail',
  ],
  ['a field in a long page', message(`<p>${'abc def '.repeat(140_000)}{{namn}}</p>`), 'merge-fields', 'fail'],
  [
    'a field in a long text',
    message(`${'abc def\r\n'.repeat(140_000)}{{namn}}`, 'text/plain'),
    'merge-fields',
    'fail',
  ],
  [
    'a long part for Outlook',
    outlook(`${'<p>abc def</p>'.repeat(40_000)}${script}`),
    'empty-link',
    'unknown',
  ],
  ['many elements for Outlook', outlook(`${'<br>'.repeat(26_000)}${script}`), 'empty-link', 'unknown'],
  [
    'many links for Outlook',
    outlook(`${links}<a href="https://example.com/TODO">x</a>`),
    'link-placeholder',
    'unknown',
  ],
])('%s', async (_, text, rule, outcome) => {
  const resolver = await resolverOf({});
  const preflight = createPreflight(rules, ruleSet, { resolver, browser: noBrowser, clock, policy, clients });
  const bytes = new Uint8Array(Buffer.from(text, 'latin1'));
  const read = await readSubmission({ bytes, filename: 'a.eml' }, 'org_test', policy.limits);
  if (!read.ok) throw new Error(JSON.stringify(read.errors));
  const { verdict } = await preflight.audit(read.submission, { leaveOut: { dns: true, previews: true } });
  await resolver.close();
  expect(verdict.findings.find((one) => one.rule === rule)).toMatchObject({ outcome, gates: true });
});
