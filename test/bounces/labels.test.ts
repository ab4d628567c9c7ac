/** The parser against a hundred real bounces that were labelled by hand before there was one. */
import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readReport } from '../../src/bounces.ts';

interface Label {
  file: string;
  kind: string;
  class: string | null;
  recipient: string | null;
}

const folder =
  process.env.KLARSIGNAL_BOUNCES ?? new URL('../../../shared/data/bounces/', import.meta.url).pathname;
const { labels } = JSON.parse(readFileSync(new URL('labels.json', import.meta.url), 'utf8')) as {
  labels: Label[];
};
const there = existsSync(`${folder}/ORIGIN.txt`);
if (!there)
  console.warn(`the bounces are not there (${folder}): the parser was NOT measured against their labels`);

test.skipIf(!there)('agrees with the labels, and never calls a good address bad', async () => {
  const read = await Promise.all(
    labels.map(async (label) => ({
      label,
      report: await readReport(readFileSync(`${folder}/${label.file}`)),
    })),
  );
  const agrees = read.filter(
    ({ label, report }) => report.kind === label.kind && report.class === label.class,
  );
  const bad = read.filter(({ report }) => report.class === 'bad-address');
  const right = bad.filter(({ label }) => label.class === 'bad-address');
  const recipients = read.filter(
    ({ label, report }) => (report.recipient ?? '').toLowerCase() === (label.recipient ?? '').toLowerCase(),
  );
  console.log(
    `bounces: kind and class ${agrees.length}/${read.length}; bad-address right ${right.length}/${bad.length}; ` +
      `recipient ${recipients.length}/${read.length}`,
  );
  expect(read.length).toBe(100);
  expect(bad.length).toBeGreaterThan(30);
  expect(right.length / bad.length).toBeGreaterThanOrEqual(0.99);
  expect(recipients.length).toBeGreaterThanOrEqual(95);
  expect(agrees.length / read.length).toBeGreaterThanOrEqual(0.95);
});
