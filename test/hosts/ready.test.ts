/** Whether the real process wants requests, and how it lets go of those who listen. */
import { rm } from 'node:fs/promises';
import { afterAll, expect, test } from 'vitest';
import { sound } from '../http/service.ts';
import { clearAway, dataDir, type Running, silentServer, startServer } from './process.ts';

afterAll(clearAway);

async function readiness({ url }: Running) {
  const response = await fetch(`${url}/readyz`);
  return [response.status, await response.json()];
}

test('ready, until its data directory cannot be written', async () => {
  const dir = await dataDir();
  const running = await startServer({ KLARSIGNAL_DATA: dir });
  expect(await readiness(running)).toEqual([200, { status: 'ready' }]);
  // Its database stays open; only what is new has no place any more.
  await rm(dir, { recursive: true });
  expect(await readiness(running)).toEqual([503, { status: 'not-ready', notReady: ['data'] }]);
  expect((await fetch(`${running.url}/healthz`)).status).toBe(200);
});

// These two wait for DNS that never answers, each with a process of its own.
test.concurrent('told to stop: not ready at once, and whoever follows an audit still gets its end', async () => {
  const silent = await silentServer();
  const environment = { KLARSIGNAL_DATA: await dataDir(), KLARSIGNAL_RESOLVER: silent.address };
  const running = await startServer(environment);
  const posted = await running.fetch('/v1/audits', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(sound),
  });
  const { id } = (await posted.json()) as { id: string };
  await silent.heard;
  const stream = await running.fetch(`/v1/audits/${id}/events`);
  running.child.kill('SIGTERM');
  const stopping = [503, { status: 'not-ready', notReady: ['process'] }];
  let seen = await readiness(running);
  while (seen[0] === 200) seen = await readiness(running);
  expect(seen).toEqual(stopping);
  expect((await running.fetch(`/v1/audits/${id}`)).status).toBe(200);
  expect(await stream.text()).toContain('event: end\ndata: {"state":"done"}\n\n');
  expect(await running.ended).toBe(0);
});

test.concurrent('an audit that nobody has taken up when it stops: its stream closes without an end', async () => {
  const silent = await silentServer();
  const environment = { KLARSIGNAL_DATA: await dataDir(), KLARSIGNAL_RESOLVER: silent.address };
  const running = await startServer(environment);
  const ids: string[] = [];
  // Two are worked on at once.
  for (let n = 0; n < 3; n++) {
    const posted = await running.fetch('/v1/audits', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...sound, subject: `${n}` }),
    });
    ids.push(((await posted.json()) as { id: string }).id);
  }
  await silent.heard;
  const stream = await running.fetch(`/v1/audits/${ids[2]}/events`);
  running.child.kill('SIGTERM');
  const text = await stream.text();
  expect(text).toContain('"state":"queued"');
  expect(text).not.toContain('event: end');
  expect(await running.ended).toBe(0);
});
