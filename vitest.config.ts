import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const report = process.env.TEST_REPORT;

// What one process has compiled, the next that a test starts reads: that is most of its start. `npm ci` clears it away.
process.env.NODE_COMPILE_CACHE ??= new URL('node_modules/.compile-cache', import.meta.url).pathname;

const slow = /\/test\/(gate|faults|pages|hosts|http\/docs|submission-hostile|adapters\/browser)/;

/** The slowest first, so that all workers end together; on a clean clone nothing is known of any but its size. */
class SlowFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isSlow = ({ moduleId }: TestSpecification) => slow.test(moduleId);
    const sorted = await super.sort(files);
    return [...sorted.filter(isSlow), ...sorted.filter((file) => !isSlow(file))];
  }
}

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/workers/**', 'test/servers/**'],
    // By itself it leaves a core free.
    maxWorkers: '100%',
    sequence: { sequencer: SlowFirst },
    testTimeout: 30_000,
    hookTimeout: 30_000,
    reporters: report ? ['default', ['json', { outputFile: report }]] : ['default'],
  },
});
