/** The API of a running service, as far as `klarsignal send` asks it. */
import type { Locale } from '../../rule.ts';
import { BadInput } from '../cli-flags.ts';
import { sendWords } from './send-words.ts';

/** As much of the API's answer as is used. */
export interface SendJson {
  id: string;
  state: string;
  pauseReason: string | null;
  importing: boolean;
  lines: number;
  recipients: number;
  leftOut: Record<string, number>;
  /** Recipients who have got an earlier version of the mail. */
  earlier?: number;
  counts: Record<string, number>;
  pace?: number | null;
  subject?: string;
  perMinute?: number | null;
  startsAt?: string | null;
  route?: string | null;
  begins?: { provider: string; country: string } | null;
  warnings?: readonly { text: string }[];
}

export interface Service {
  begin(order: object, idempotencyKey: string): Promise<SendJson>;
  handIn(id: string, list: ReadableStream, type: string): Promise<SendJson>;
  look(id: string): Promise<SendJson>;
  change(id: string, to: 'resume' | 'cancel'): Promise<SendJson>;
  /** Where a person sees it. */
  pageOf(id: string): string;
}

/** Nobody answers at the address, or somebody else does. */
export class Unreachable extends Error {}

/** Milliseconds for an answer; a list may take as long as the line does. */
const answerWithin = 60_000;

export function createService(url: URL, key: string, locale: Locale): Service {
  const base = url.href.replace(/\/$/, '');

  async function ask(path: string, init: RequestInit & { duplex?: 'half' }): Promise<SendJson> {
    const response = await fetch(`${base}${path}`, {
      ...init,
      // A key goes to the address that was given and to no other.
      redirect: 'error',
      headers: { ...init.headers, authorization: `Bearer ${key}`, 'accept-language': locale },
    }).catch((error: unknown) => {
      throw new Unreachable('no answer', { cause: error });
    });
    const body: unknown = await response.json().catch(() => undefined);
    if (response.ok && isSend(body)) return body;
    if (response.status >= 500) throw new Error(`the service answered ${response.status}`);
    throw refusal(body, response.status, locale);
  }

  const soon = () => AbortSignal.timeout(answerWithin);
  return {
    begin: (order, idempotencyKey) =>
      ask('/v1/sends', {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': idempotencyKey },
        body: JSON.stringify(order),
        signal: soon(),
      }),
    handIn: (id, list, type) =>
      ask(`/v1/sends/${encodeURIComponent(id)}/recipients`, {
        method: 'PUT',
        headers: { 'content-type': type },
        body: list,
        duplex: 'half',
      }),
    look: (id) => ask(`/v1/sends/${encodeURIComponent(id)}`, { signal: soon() }),
    change: (id, to) => ask(`/v1/sends/${encodeURIComponent(id)}/${to}`, { method: 'POST', signal: soon() }),
    pageOf: (id) => `${base}/mailings/${id}`,
  };
}

/** The service's own words: they say what to do. */
function refusal(body: unknown, status: number, locale: Locale): BadInput {
  const {
    code = `http-${status}`,
    title,
    detail,
    errors,
  } = (body ?? {}) as {
    code?: string;
    title?: string;
    detail?: string;
    errors?: { code: string; field: string; text: string }[];
  };
  if (Array.isArray(errors) && errors.length > 0) return new BadInput(errors);
  const text = [title ?? `${sendWords[locale].refused} (${status})`, detail].filter(Boolean).join('. ');
  return new BadInput([{ code, field: '--url', text }]);
}

function isSend(body: unknown): body is SendJson {
  return typeof body === 'object' && body !== null && 'id' in body && 'state' in body && 'counts' in body;
}
