/** The logo that some mail programs show beside the sender's name (BIMI): its record, its file, its certificate. */
import { getDomain } from 'tldts';
import { type BimiCertificate, readCertificate } from './bimi/certificate.ts';
import { type LogoFault, readLogo } from './bimi/logo.ts';
import { type BimiRecord, isBimiRecord, parseBimi } from './bimi/record.ts';
import { askable, recordsOf, unanswered } from './dns.ts';
import type { SenderGathering as Gathering } from './gather.ts';

export type { BimiCertificate } from './bimi/certificate.ts';
export type { LogoFault } from './bimi/logo.ts';
export type { BimiRecord } from './bimi/record.ts';

/** `reached`: it is there. `gone`: the server says that it is not. `silent`: there was no answer. */
type FileState = 'reached' | 'gone' | 'silent';

export interface BimiFact {
  /** Where the record stands, or would stand. */
  name: string;
  domain: string;
  state: 'record' | 'none' | 'several' | 'unanswered';
  record: BimiRecord | null;
  /** null: the record names none that may be fetched. */
  logo: { url: string; state: FileState; tooLarge: boolean; faults: readonly LogoFault[] } | null;
  certificate: {
    url: string;
    state: FileState;
    /** null: it cannot be read. */
    read: Omit<BimiCertificate, 'logo'> | null;
    /** It names the domain of the record, or the From domain. */
    covers: boolean;
    /** The logo within it is the one that the record names. null: one of the two could not be read. */
    sameLogo: boolean | null;
  } | null;
}

/** Nobody can say in a message that is still to be sent which other selector it will name. */
const selector = 'default._bimi';
const certificateBytes = 64 * 1024;
const redirects = 3;

/** Asks for the record, and fetches what it names. @throws FactError where there is no way out to the web. */
export async function gatherBimi(gathering: Gathering): Promise<BimiFact> {
  const { domain: author } = gathering.submission.from;
  const organisation = getDomain(author, { allowPrivateDomains: true }) ?? author;
  const places = [...new Set([author, organisation])];
  const found = await Promise.all(places.map((domain) => findRecord(domain, gathering)));
  const first = found.find(({ state }) => state !== 'none') ?? found[0];
  if (!first) throw new Error('nothing was asked');
  if (!first.record) return { ...first, logo: null, certificate: null };
  const { logo: logoUrl, certificate: certificateUrl } = first.record;
  const [logo, certificate] = await Promise.all([
    logoUrl === null ? null : fetchLogo(logoUrl, gathering),
    certificateUrl === null ? null : fetchCertificate(certificateUrl, gathering),
  ]);
  return {
    ...first,
    logo: logo && { url: logo.url, state: logo.state, tooLarge: logo.tooLarge, faults: logo.faults },
    certificate: certificate && {
      url: certificate.url,
      state: certificate.state,
      read: certificate.read,
      covers: coversAny(certificate.read?.names ?? [], [first.domain, author, organisation]),
      sameLogo:
        certificate.embedded === null || logo?.state !== 'reached' || logo.tooLarge
          ? null
          : same(certificate.embedded, logo.text),
    },
  };
}

/** Line ends may change on the way into a certificate. */
function same(one: string, other: string): boolean {
  const plain = (text: string) =>
    text
      .replace(/^\uFEFF/, '')
      .replaceAll('\r\n', '\n')
      .trim();
  return plain(one) === plain(other);
}

async function findRecord(
  domain: string,
  { dns }: Gathering,
): Promise<Pick<BimiFact, 'name' | 'domain' | 'state' | 'record'>> {
  const name = `${selector}.${domain}`;
  const nothing = { name, domain, record: null };
  if (!askable(name)) return { ...nothing, state: 'none' };
  const answer = await dns(name, 'TXT');
  if (unanswered(answer)) return { ...nothing, state: 'unanswered' };
  const records = recordsOf(answer).map(({ data }) => data);
  const [text, ...more] = records.filter(isBimiRecord);
  if (text === undefined) return { ...nothing, state: 'none' };
  if (more.length > 0) return { ...nothing, state: 'several' };
  return { ...nothing, state: 'record', record: parseBimi(text) };
}

async function fetchLogo(url: string, { fetch, policy }: Gathering) {
  const file = await fetch(url, policy.bimi.logoBytes, redirects);
  const state = stateOf(file.status);
  const read = state === 'reached' && !file.cut ? readLogo(file.body) : [];
  return { url, state, tooLarge: file.cut, faults: read, text: file.body };
}

async function fetchCertificate(url: string, { fetch }: Gathering) {
  const file = await fetch(url, certificateBytes, redirects);
  const state = stateOf(file.status);
  const certificate = state === 'reached' && !file.cut ? await readCertificate(file.body) : null;
  if (!certificate) return { url, state, read: null, embedded: null };
  const { logo: embedded, ...read } = certificate;
  return { url, state, read, embedded };
}

function stateOf(status: number | null): FileState {
  if (status === 200) return 'reached';
  return status !== null && status >= 400 && status < 500 && status !== 429 ? 'gone' : 'silent';
}

/** A certificate names domains, or the places of their records. */
function coversAny(names: readonly string[], domains: readonly string[]): boolean {
  return domains.some((domain) => names.includes(domain) || names.includes(`${selector}.${domain}`));
}
