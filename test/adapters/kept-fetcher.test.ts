/** Files that are fetched once a day: by a clock that is set. */
import { expect, test } from 'vitest';
import { createKeptFetcher } from '../../src/adapters/fetcher/kept.ts';
import type { Fetcher } from '../../src/ports.ts';

const file = 'https://data.iana.org/rdap/dns.json';
const signal = new AbortController().signal;
const get = { method: 'GET', most: 10, redirects: 0 } as const;
const hour = 3_600_000;

function started(status = 200, text = 'body') {
  let at = Date.parse('2026-11-23T09:00:00Z');
  const said = { status, text };
  const fetched: string[] = [];
  const web: Fetcher = {
    async fetch(url, { most }) {
      fetched.push(url);
      if (said.status === 0) throw new Error('ENOTFOUND');
      const body = new TextEncoder().encode(said.text).subarray(0, most);
      return { status: said.status, headers: new Headers(), body, url };
    },
  };
  const fetcher = createKeptFetcher(web, { urls: [file], clock: { now: () => new Date(at) } });
  const read = async (url = file, request: Parameters<Fetcher['fetch']>[1] = get) => {
    const answer = await fetcher.fetch(url, request, signal);
    return { text: new TextDecoder().decode(answer.body), at: answer.at };
  };
  return { read, said, fetched, pass: (ms: number) => (at += ms) };
}

test('is fetched once a day, and says when that was', async () => {
  const { read, said, fetched, pass } = started();
  expect(await read()).toEqual({ text: 'body', at: undefined });
  said.text = 'new';
  pass(24 * hour - 1);
  expect(await read()).toEqual({ text: 'body', at: '2026-11-23T09:00:00.000Z' });
  pass(1);
  expect(await read()).toEqual({ text: 'new', at: undefined });
  expect(fetched).toHaveLength(2);
});

test.each<[string, number, string]>([
  ['what is not there', 404, 'no'],
  ['what is busy', 503, 'no'],
  ['what is longer than asked for', 200, '1234567890'],
])('%s is asked for anew', async (_, status, text) => {
  const { read, fetched } = started(status, text);
  await read();
  await read();
  expect(fetched).toHaveLength(2);
});

test('a failure is not kept, and takes nothing away before the day is over', async () => {
  const { read, said, pass } = started(0);
  await expect(read()).rejects.toThrow('ENOTFOUND');
  said.status = 200;
  expect((await read()).text).toBe('body');
  said.status = 0;
  expect((await read()).text).toBe('body');
  pass(24 * hour);
  await expect(read()).rejects.toThrow('ENOTFOUND');
});

test('a page that a sender names is never kept, nor what is posted', async () => {
  const { read, fetched } = started();
  for (const url of [`${file}?x`, 'https://a.example/', file.toUpperCase()]) {
    await read(url);
    await read(url);
  }
  await read(file, { ...get, method: 'POST' });
  await read(file, { ...get, headers: { accept: 'x' } });
  expect(fetched).toHaveLength(8);
});

test('whoever asks for less gets no more', async () => {
  const { read } = started();
  await read();
  expect((await read(file, { ...get, most: 2 })).text).toBe('bo');
});
