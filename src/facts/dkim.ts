/**
 * DKIM (RFC 6376, 8301, 8463): the keys that the mail is signed with, and the signatures of a message. Without a
 * selector or a signature there is nothing to ask for: that guessed names are not there says nothing.
 */
import type { Place } from '../place.ts';
import type { SenderPart } from '../submission.ts';
import { splitMessage } from './dkim/canonical.ts';
import type { KeyReading } from './dkim/key.ts';
import { askKey, type KeyPlace, keyLabel } from './dkim/place.ts';
import {
  createVerifier,
  readSignatures,
  type SignatureFailure,
  type WrittenSignature,
} from './dkim/signature.ts';
import { isOwn, namesOf, ranking, routeKeys, signingPlaces, signsUnnamed } from './dkim/signing.ts';
import { readTrace, type Trace } from './dkim/trace.ts';
import type { SenderGathering as Gathering } from './gather.ts';

export type { KeyFault } from './dkim/key.ts';
export type { SignatureFailure } from './dkim/signature.ts';
export type { Trace } from './dkim/trace.ts';

export interface DkimKey {
  selector: string;
  /** d=. Where nobody has said which and no key was found: the From domain. */
  domain: string;
  /** Where it stands, or where it was looked for first. */
  name: string;
  /** Who names it: a person beside the message, the route that signs with it (or its provider), or a signature. */
  by: 'person' | 'route' | 'signature';
  /** The domain is under the same registered domain as From. */
  own: boolean;
  state: KeyPlace['state'];
  /** null unless a single record was found. */
  record: Omit<KeyReading, 'material' | 'state'> | null;
  /** Where the name is an alias (CNAME): what it leads to in the end. */
  alias: string | null;
  /** How many TXT records that are no keys stand at the same name. */
  beside: number;
  /** All names that were asked for, and those that were silent. */
  asked: readonly string[];
  silent: readonly string[];
}

export interface DkimSignature {
  /** null: not readable. */
  domain: string | null;
  selector: string | null;
  own: boolean;
  result: 'pass' | 'fail' | 'unknown';
  failure: SignatureFailure | null;
  /** Header fields that it covers, in small letters; twice where it says so. */
  signed: readonly string[];
  /** `l=`: only so many bytes of the body are covered. */
  bodyLength: number | null;
  /** Of how many; null without `l=`. */
  bodyBytes: number | null;
  /** Seconds from when it was made to when it is no longer to be used; null: it does not say. */
  life: number | null;
  at: Place;
}

export interface DkimFact {
  keys: readonly DkimKey[];
  /** Of a message; a template has none yet. */
  signatures: readonly DkimSignature[];
  /** How many more signatures there are than are verified; the sender's own go first. */
  omitted: number;
  trace: Trace;
}

/** Looks the keys up and verifies the signatures. Never fails: what DNS did not say is `unanswered`. */
export async function gatherDkim(gathering: Gathering): Promise<DkimFact> {
  const { submission } = gathering;
  const message = submission.message && splitMessage(submission.message);
  const { read, omitted } = readSignatures(message?.fields ?? [], ranking(submission));
  const places = signingPlaces(submission);
  const route = routeKeys(submission);
  const named = (await namesOf(gathering)).map(async (name) => {
    const [selector = '', place] = name.split(keyLabel);
    const by = route.includes(name) || signsUnnamed(submission) ? 'route' : 'person';
    if (place) return findKeys(selector, [place], by, gathering);
    const own = read.filter((signature) => signature.selector === selector).map(({ domain }) => domain);
    const domains = own.filter((domain) => domain !== null);
    return findKeys(selector, domains.length > 0 ? [...new Set(domains)] : places, by, gathering);
  });
  const verifier = message && createVerifier(message);
  const verified = read.map(async (signature) => {
    const { domain, selector } = signature;
    const place = domain !== null && selector !== null ? await askKey(selector, domain, gathering) : null;
    const outcome =
      signature.fault ??
      (place?.reading && verifier ? await verifier.verify(signature, place.reading) : null);
    const bodyBytes = signature.bodyLength === null || !verifier ? null : verifier.bodyBytes(signature.body);
    return { place, told: { ...tell(signature, place, outcome, submission), bodyBytes } };
  });
  const [byPerson, bySignature] = await Promise.all([Promise.all(named), Promise.all(verified)]);
  const keys = new Map(byPerson.flat().map((key) => [key.name, key]));
  for (const { place } of bySignature) {
    if (place && !keys.has(place.name)) keys.set(place.name, keyOf(place, 'signature', submission));
  }
  const signatures = bySignature.map(({ told }) => told);
  return { keys: [...keys.values()], signatures, omitted, trace: readTrace(submission.headers) };
}

/** Of the places where a selector may stand: every usable key; else what is nearest to one, unless any is silent. */
async function findKeys(
  selector: string,
  domains: readonly string[],
  by: DkimKey['by'],
  gathering: Gathering,
): Promise<DkimKey[]> {
  const all = await Promise.all(domains.map((domain) => askKey(selector, domain, gathering)));
  const usable = all.filter(({ state }) => state === 'usable');
  const silent = all.filter(({ state }) => state === 'unanswered');
  const found = all.find(({ state }) => state !== 'missing');
  const telling = usable.length > 0 ? usable : [silent[0] ?? found ?? all[0]];
  return telling
    .filter((place) => place !== undefined)
    .map((place) => ({
      ...keyOf(place, by, gathering.submission),
      asked: all.map(({ name }) => name),
      silent: silent.map(({ name }) => name),
    }));
}

function keyOf(place: KeyPlace, by: DkimKey['by'], { from }: SenderPart): DkimKey {
  const { reading, ...rest } = place;
  const silent = place.state === 'unanswered' ? [place.name] : [];
  let record: DkimKey['record'] = null;
  if (reading) {
    const { material: _, state: __, ...told } = reading;
    record = told;
  }
  return { ...rest, by, own: isOwn(place.domain, from.domain), record, asked: [place.name], silent };
}

function tell(
  { domain, selector, signed, bodyLength, life, field }: WrittenSignature,
  place: KeyPlace | null,
  outcome: SignatureFailure | 'unknown' | null,
  { from }: SenderPart,
): Omit<DkimSignature, 'bodyBytes'> {
  const silent = outcome === null && place?.state === 'unanswered';
  // Without a usable key nobody can verify it, whatever else is right.
  const failure = outcome === 'unknown' ? null : (outcome ?? (place?.state === 'usable' ? null : 'key'));
  return {
    domain,
    selector,
    own: domain !== null && isOwn(domain, from.domain),
    result: silent || outcome === 'unknown' ? 'unknown' : failure === null ? 'pass' : 'fail',
    failure: silent ? null : failure,
    signed,
    bodyLength,
    life,
    at: { part: 'headers', line: field.line, column: 1, snippet: field.raw.slice(0, 120) },
  };
}
