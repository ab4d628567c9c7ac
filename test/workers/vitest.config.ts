import { defineConfig } from 'vitest/config';

const report = process.env.TEST_REPORT;

export default defineConfig({
  // The shared store contract lies outside this folder, where it would find the root's own copy.
  resolve: { dedupe: ['vitest'] },
  test: {
    include: ['*.test.ts'],
    reporters: report ? ['default', ['json', { outputFile: report }]] : ['default'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    env: {
      CI: '1',
      WRANGLER_LOG: 'error',
      WRANGLER_SEND_METRICS: 'false',
      // Miniflare would otherwise fetch an example of request.cf from the Internet.
      CLOUDFLARE_CF_FETCH_ENABLED: 'false',
    },
  },
});
