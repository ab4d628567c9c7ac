/**
 * What people and programs get wrong most, and the worst that somebody may try: each is a clear error or an
 * undecided audit, within its budget, in both languages, over the API and the web form alike.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Locale, locales } from '../src/rule.ts';
import { startService } from './http/service.ts';

type Service = Awaited<ReturnType<typeof startService>>;
let service: Service;
let silent: Service;
beforeAll(async () => {
  service = await startService();
  silent = await startService({
    zone: { 'example.se': 'TIMEOUT', '_dmarc.example.se': 'TIMEOUT', 'mejl.example.se': 'TIMEOUT' },
  });
});
afterAll(() => Promise.all([service.close(), silent.close()]));

const from = 'Föreningen <brev@example.se>';
const html = '<p>Hej! <a href="https://example.se/avregistrera">Avregistrera dig</a></p>';

interface Case {
  name: string;
  file: () => Uint8Array | string;
  filename?: string;
  from?: string;
  status: number;
  code: string;
  says: Record<Locale, RegExp>;
}

const cases: Case[] = [
  {
    name: 'an empty file',
    file: () => '',
    status: 422,
    code: 'message-empty',
    says: { en: /nothing to audit/, sv: /inget att granska/ },
  },
  {
    name: '30 MB',
    file: () => new Uint8Array(30 * 1024 * 1024).fill(0x61),
    status: 413,
    code: 'request-too-large',
    says: { en: /at most 10 MB/, sv: /högst 10 MB/ },
  },
  {
    name: '10,000 nested tables',
    file: () => '<table><tr><td>'.repeat(10_000),
    status: 422,
    code: 'nesting-too-deep',
    says: { en: /more than 500 deep/, sv: /mer än 500/ },
  },
  {
    name: 'HTML that is not UTF-8 and does not say what it is',
    file: () => new Uint8Array([...new TextEncoder().encode('<p>H'), 0xe4, 0xe5, 0x3c]),
    status: 422,
    code: 'encoding-unclear',
    says: { en: /not UTF-8/, sv: /inte UTF-8/ },
  },
  {
    name: 'HTML that says UTF-8 and is not',
    file: () => new Uint8Array([...new TextEncoder().encode('<meta charset="utf-8"><p>H'), 0xe4, 0xe5, 0x3c]),
    status: 422,
    code: 'encoding-wrong',
    says: { en: /says that it is utf-8/, sv: /utf-8/ },
  },
  {
    name: 'MJML that includes /etc/passwd',
    file: () => '<mjml><mj-body><mj-include path="/etc/passwd" /></mj-body></mjml>',
    filename: 'a.mjml',
    status: 422,
    code: 'mjml-include',
    says: { en: /We read no other files/, sv: /Vi läser inga andra filer/ },
  },
  {
    name: 'a From with CRLF',
    file: () => html,
    from: 'brev@example.se\r\nBcc: b@example.se',
    status: 422,
    code: 'header-control-characters',
    says: { en: /line break/, sv: /radbrytning/ },
  },
];

describe.each(cases)('$name', ({ file, filename = 'a.html', from: author = from, status, code, says }) => {
  const form = () => {
    const data = new FormData();
    data.set('file', new File([file() as BlobPart], filename));
    data.set('from', author);
    return data;
  };

  test.each(locales)('is a clear error of the API (%s)', async (locale) => {
    const { app } = await service;
    const answer = await app.request('/v1/audits', {
      method: 'POST',
      headers: { 'accept-language': locale },
      body: form(),
    });
    expect(answer.status).toBe(status);
    const text = await answer.text();
    expect(text).toContain(`"${code}"`);
    expect(text).toMatch(says[locale]);
    expect(text).not.toMatch(/root:|node:|at file:|\.ts:\d/);
  });

  test.each(locales)('is a clear error on the page (%s)', async (locale) => {
    const { app } = await service;
    const answer = await app.request('/audits', {
      method: 'POST',
      headers: { 'accept-language': locale, origin: 'http://localhost', 'sec-fetch-site': 'same-origin' },
      body: form(),
    });
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toMatch(/^text\/html/);
    const text = await answer.text();
    expect(text).toMatch(says[locale]);
    expect(text).toContain(`<html lang="${locale}"`);
    expect(text).not.toMatch(/root:|node:|at file:|\.ts:\d/);
  });
});

describe.each(locales)('what is unusual and no error (%s)', (locale) => {
  test('an IDN domain is audited under its A-labels', async () => {
    const { state, decision, findings } = await audited(service, locale, 'brev@räksmörgås.example');
    expect(state).toBe('done');
    // Nobody publishes anything under it here, so it cannot be clear.
    expect(decision).toBe('blocked');
    expect(JSON.stringify(findings)).toContain('xn--rksmrgs-5wao1o.example');
  });

  test('a DNS server that never answers leaves it undecided, and says who was silent', async () => {
    const { state, decision, text } = await audited(silent, locale, from);
    expect(state).toBe('done');
    expect(decision).toBe('undecided');
    expect(text).toMatch(locale === 'en' ? /did not answer about/ : /svarade inte på frågan/);
  });
});

async function audited({ app }: Service, locale: Locale, author: string) {
  const answer = await app.request('/v1/audits', {
    method: 'POST',
    headers: { 'accept-language': locale, 'content-type': 'application/json', prefer: 'wait=30' },
    body: JSON.stringify({ source: html, from: author, mailFrom: 'mejl.example.se' }),
  });
  const audit = (await answer.json()) as { id: string; state: string; decision: string; findings: unknown[] };
  const report = await app.request(`/v1/audits/${audit.id}/report`, {
    headers: { 'accept-language': locale, accept: 'text/plain' },
  });
  return { ...audit, text: await report.text() };
}
