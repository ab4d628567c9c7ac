/** When the sender's domain was registered, and until when, by the registry's own word (RDAP, RFC 9082 and 9083). */
import { getDomain, getPublicSuffix } from 'tldts';
import type { SenderGathering as Gathering } from './gather.ts';

export interface RegistrationFact {
  /** As it is registered; null: From lies below no public suffix. */
  domain: string | null;
  /**
   * `absent`: the registry does not know it. `unserved`: the registry has no RDAP. `silent`: there was no answer that
   * can be read.
   */
  state: 'known' | 'absent' | 'unserved' | 'silent';
  /** ISO 8601. null: the registry does not say. */
  registered: string | null;
  expires: string | null;
  /** Of those that keep a domain from working: in lower case, as RFC 8056 writes them. */
  status: readonly string[];
  registrar: string | null;
}

/** Of what registries answer, at most. IANA's file has about 80 000. */
const answerBytes = 256 * 1024;
const bootstrapBytes = 512 * 1024;
const redirects = 3;
const statusRead = 30;

/** Asks the registry. Never fails for what it answers. @throws FactError where there is no way out to the web. */
export async function gatherRegistration(gathering: Gathering): Promise<RegistrationFact> {
  const { submission, fetch } = gathering;
  const domain = getDomain(submission.from.domain, { allowPrivateDomains: false });
  const nothing = { domain, registered: null, expires: null, status: [], registrar: null };
  if (domain === null) return { ...nothing, state: 'unserved' };
  const server = await serverOf(domain, gathering);
  if (server === null || server === 'silent') {
    return { ...nothing, state: server === null ? 'unserved' : server };
  }
  const answer = await fetch(`${server}domain/${domain}`, answerBytes, redirects);
  if (answer.status === 404) return { ...nothing, state: 'absent' };
  const read = answer.status === 200 && !answer.cut ? readObject(answer.body) : null;
  if (read === null || !isAbout(read, domain)) return { ...nothing, state: 'silent' };
  return {
    domain,
    state: 'known',
    registered: eventOf(read, 'registration'),
    expires: eventOf(read, 'expiration'),
    status: textsOf(read.status).slice(0, statusRead),
    registrar: registrarOf(read),
  };
}

/** With a slash at its end. null: the registry has none. */
async function serverOf(domain: string, { policy, fetch }: Gathering): Promise<string | 'silent' | null> {
  const { servers, bootstrap } = policy.registration;
  const top = domain.split('.').at(-1) ?? '';
  if (Object.hasOwn(servers, top)) return servers[top] ?? null;
  const file = await fetch(bootstrap, bootstrapBytes);
  const read = file.status === 200 && !file.cut ? readObject(file.body) : null;
  if (!read || !Array.isArray(read.services)) return 'silent';
  // RFC 9224 section 5.2: the entry with the most labels in common.
  const suffix = getPublicSuffix(domain) ?? top;
  const entries = new Map<string, unknown>();
  for (const service of read.services) {
    if (!Array.isArray(service)) continue;
    for (const name of textsOf(service[0])) entries.set(name, service[1]);
  }
  const urls = textsOf(entries.get(suffix) ?? entries.get(top));
  const url = urls.find((one) => one.startsWith('https://') && URL.canParse(one));
  return url === undefined ? null : url.replace(/\/?$/, '/');
}

type JsonObject = Record<string, unknown>;

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function readObject(text: string): JsonObject | null {
  try {
    const read: unknown = JSON.parse(text);
    return isObject(read) ? read : null;
  } catch {
    return null;
  }
}

function textsOf(value: unknown): string[] {
  const all = Array.isArray(value) ? value : [];
  return all.filter((one) => typeof one === 'string').map((text) => text.toLowerCase());
}

/** A server that answers about something else has not answered. */
function isAbout({ ldhName }: JsonObject, domain: string): boolean {
  return typeof ldhName === 'string' && ldhName.toLowerCase().replace(/\.$/, '') === domain;
}

function eventOf({ events }: JsonObject, action: string): string | null {
  const all = Array.isArray(events) ? events.filter(isObject) : [];
  const date = all.find(
    ({ eventAction }) => typeof eventAction === 'string' && eventAction.toLowerCase() === action,
  )?.eventDate;
  const time = typeof date === 'string' && date.length < 40 ? Date.parse(date) : Number.NaN;
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}

const nameLength = 80;

function registrarOf({ entities }: JsonObject): string | null {
  const all = Array.isArray(entities) ? entities.filter(isObject) : [];
  const card = all.find(({ roles }) => textsOf(roles).includes('registrar'))?.vcardArray;
  const fields: unknown = Array.isArray(card) ? card[1] : null;
  const named = Array.isArray(fields) ? fields.find((one) => Array.isArray(one) && one[0] === 'fn') : null;
  const name: unknown = Array.isArray(named) ? named[3] : null;
  return typeof name === 'string' && name.trim() !== ''
    ? name
        .replace(/\p{C}+/gu, ' ')
        .trim()
        .slice(0, nameLength)
    : null;
}
