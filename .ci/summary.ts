/** Adds up the reports of several test runs and prints one line. A run that left no report counts as failed. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const [folder = '.', ...names] = process.argv.slice(2);
const sum = { passed: 0, failed: 0, skipped: 0 };
for (const name of names) {
  try {
    const report = JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'));
    // A file that fails to load has no tests of its own to count.
    const broken = report.testResults.filter(
      (one: { status: string; assertionResults: unknown[] }) =>
        one.status === 'failed' && one.assertionResults.length === 0,
    );
    sum.passed += report.numPassedTests;
    sum.failed += report.numFailedTests + broken.length;
    sum.skipped += report.numPendingTests + report.numTodoTests;
    console.log(`${name}: ${report.numPassedTests} passed, ${report.numFailedTests} failed`);
  } catch {
    sum.failed += 1;
    console.log(`${name}: left no report`);
  }
}
console.log(`${sum.passed} passed, ${sum.failed} failed, ${sum.skipped} skipped`);
process.exitCode = sum.failed > 0 ? 1 : 0;
