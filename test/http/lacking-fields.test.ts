/** Which findings no exception helps, as Klarsignal could not fill the mail in. */
import { expect, test } from 'vitest';
import { lacksFields } from '../../src/http/pages/merge-fields/rows.ts';
import type { ReportProblem } from '../../src/report/report.ts';

const problem = (key: string, data: object) => ({ key, data }) as ReportProblem;

test.each<[string, object, boolean]>([
  ['undeclared', { field: '{{namn}}', part: 'html' }, true],
  ['foreign', { field: '*|NAMN|*', part: 'html' }, true],
  ['unfilled', { field: '{{namn}}', part: 'html' }, false],
  // Other checks have the same keys: of an image from another domain, and of a part without a charset.
  ['foreign', { domain: 'example.com' }, false],
  ['undeclared', { type: 'text/html' }, false],
])('%s of %j: %s', (key, data, lacks) => {
  expect(lacksFields({ problems: [problem(key, data)] })).toBe(lacks);
});
