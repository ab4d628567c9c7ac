/** Blocklists with a key: it is on the wire, and in nothing that comes back. */
import { expect, test } from 'vitest';
import { createKeyedResolver } from '../../src/adapters/resolver/keyed.ts';
import type { DnsAnswer, DnsQuestion, Resolver } from '../../src/ports.ts';
import { now, resolverOf } from '../world.ts';

const key = 'k3yk3yk3yk3yk3yk3yk3yk3yk3';
const zen = { zone: 'zen.spamhaus.org', keyed: 'zen.dq.spamhaus.net', key };
const dbl = { zone: 'dbl.spamhaus.org', keyed: 'dbl.dq.spamhaus.net', key };
const patient = new AbortController().signal;

/** One that says what it is told to, and notes what it was asked. */
function saying(answer: (question: DnsQuestion) => Partial<DnsAnswer>): Resolver & { asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    async ask(question) {
      asked.push(question.name);
      const told = answer(question);
      const whole = {
        status: 'nxdomain' as const,
        records: [],
        authenticated: false,
        resolver: '192.0.2.53:53',
      };
      return { ...question, ...whole, at: now.toISOString(), ...told };
    },
  };
}

test('the key goes over the wire, and the answer is as if it had been asked without', async () => {
  const wire = `2.0.0.127.${key}.zen.dq.spamhaus.net`;
  const inner = await resolverOf({ [wire]: { A: ['127.0.0.2'], TXT: [`see https://a.example/${key}`] } });
  try {
    const keyed = createKeyedResolver(inner, [dbl, zen]);
    const name = '2.0.0.127.zen.spamhaus.org';
    const answer = await keyed.ask({ name, type: 'A' }, patient);
    expect(answer).toMatchObject({ name, type: 'A', status: 'answered' });
    expect(answer.records.map((record) => [record.name, record.data])).toEqual([[name, '127.0.0.2']]);
    const text = await keyed.ask({ name, type: 'TXT' }, patient);
    expect(text.records[0]?.data).toBe('see https://a.example/…');
    expect(JSON.stringify([answer, text]).toLowerCase()).not.toContain(key);
  } finally {
    await inner.close();
  }
});

test('a server that writes the key wherever it can, in any case, and across strings', async () => {
  const capital = key.toUpperCase();
  const owner = `x.${capital}.ZEN.dq.spamhaus.net`;
  const half = key.length / 2;
  const inner = saying(() => ({
    status: 'answered',
    resolver: `https://dns.example/${key}`,
    detail: `no answer for ${owner}`,
    records: [
      { name: owner, type: 'CNAME', ttl: 1, data: `y.${key}.zen.dq.spamhaus.net` },
      { name: `y.${key}.zen.dq.spamhaus.net`, type: 'A', ttl: 1, data: '127.0.0.2' },
      { name: owner, type: 'TXT', ttl: 1, data: key, strings: [key.slice(0, half), capital.slice(half)] },
      { name: owner, type: 'TXT', ttl: 1, data: 'sound', strings: ['so', 'und'] },
    ],
  }));
  const answer = await createKeyedResolver(inner, [zen]).ask(
    { name: 'x.zen.spamhaus.org', type: 'A' },
    patient,
  );
  const written = JSON.stringify(answer).toLowerCase();
  expect(written).not.toContain(key);
  expect(written).not.toContain(key.slice(0, half));
  // The chain still holds together.
  expect(answer.records[0]).toMatchObject({ name: 'x.zen.spamhaus.org', data: 'y.zen.spamhaus.org' });
  expect(answer.records[1]?.name).toBe('y.zen.spamhaus.org');
  expect(answer.records[3]?.strings).toEqual(['so', 'und']);
});

test.each([
  'zen.spamhaus.org',
  'notzen.spamhaus.org',
  'x.notzen.spamhaus.org',
  'x.zen.spamhaus.org.example',
  'example.se',
])('%s is asked for as it is', async (name) => {
  const inner = saying(() => ({}));
  const answer = await createKeyedResolver(inner, [zen]).ask({ name, type: 'A' }, patient);
  expect(inner.asked).toEqual([name]);
  expect(answer.name).toBe(name);
});

test('a name that the key makes too long is no question, and says nothing of it', async () => {
  const inner = await resolverOf({});
  try {
    const label = 'a'.repeat(60);
    const name = `${[label, label, label, 'a'.repeat(40)].join('.')}.zen.spamhaus.org`;
    const answer = await createKeyedResolver(inner, [zen]).ask({ name, type: 'A' }, patient);
    expect(answer.status).not.toBe('nxdomain');
    expect(JSON.stringify(answer)).not.toContain(key);
  } finally {
    await inner.close();
  }
});
