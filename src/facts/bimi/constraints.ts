/**
 * Which names the issuers of a file may certify (RFC 5280 sections 4.2.1.10 and 6.1.3 (b) and (c)). Domain names are
 * judged; of other kinds it is only seen whether they would have to be.
 */
import { first, hex, isSame, type Part, parts } from './der.ts';
import { type Certificate, text } from './x509.ts';

/** `open`: they limit something that is not judged here. */
export type Constrained = 'held' | 'excluded' | 'open';

const nameConstraints = '551d1e';
const alternativeName = '551d11';
const emailAddress = '2a864886f70d010901';
/** Kinds of names (RFC 5280 section 4.2.1.6). */
const kinds = { mail: 0x81, domain: 0x82, directory: 0xa4 };
/** Names and limits that are compared; with more, nobody has looked. */
const compared = 100;

interface Limits {
  permitted: readonly Part[];
  excluded: readonly Part[];
  /** A form that RFC 5280 does not have, or more than is compared. */
  isOpen: boolean;
}

/** Looks at the names of each certificate by the limits of all that stand after it. Never throws. */
export function judgeConstraints(certificates: readonly Certificate[]): Constrained {
  let result: Constrained = 'held';
  for (const [at, { extensions }] of certificates.entries()) {
    const extension = extensions.get(nameConstraints);
    if (!extension) continue;
    try {
      const limits = readLimits(extension);
      for (const [i, one] of certificates.slice(0, at).entries()) {
        // An authority that has certified itself is not limited, unless it is the first.
        if (i > 0 && isSame(one.issuer, one.subject)) continue;
        const found = judgeNames(one, limits);
        if (found === 'excluded') return found;
        if (found === 'open') result = found;
      }
    } catch {
      // Cut short: nobody can say what it limits.
      result = 'open';
    }
  }
  return result;
}

/** @throws RangeError for what is cut short. */
function readLimits(extension: Uint8Array): Limits {
  const fields = parts(first(extension).value);
  let isOpen = fields.some(({ tag }) => tag !== 0xa0 && tag !== 0xa1) || fields.length === 0;
  const read = (tag: number) =>
    fields
      .filter((field) => field.tag === tag)
      .flatMap(({ value }) => parts(value))
      .flatMap((subtree) => {
        const [base, ...more] = parts(subtree.value);
        // A minimum other than 0, or a maximum, must not stand there.
        if (!base || more.length > 0) isOpen = true;
        return base ?? [];
      });
  const [permitted, excluded] = [read(0xa0), read(0xa1)];
  if (permitted.length + excluded.length > compared) isOpen = true;
  return { permitted: permitted.slice(0, compared), excluded: excluded.slice(0, compared), isOpen };
}

function judgeNames(certificate: Certificate, { permitted, excluded, isOpen }: Limits): Constrained {
  const extension = certificate.extensions.get(alternativeName);
  const names = extension ? parts(first(extension).value) : [];
  const domains = names.filter(({ tag }) => tag === kinds.domain).slice(0, compared);
  const bars = excluded.filter(({ tag }) => tag === kinds.domain);
  const grants = permitted.filter(({ tag }) => tag === kinds.domain);
  const within = (name: Part, limits: readonly Part[]) => limits.map((limit) => isWithin(name, limit));
  let open = isOpen || names.length > compared;
  for (const name of domains) {
    const [barred, granted] = [within(name, bars), within(name, grants)];
    if (barred.includes(true)) return 'excluded';
    if (barred.includes(null)) open = true;
    if (grants.length === 0 || granted.includes(true)) continue;
    if (!granted.includes(null) && !isOpen) return 'excluded';
    open = true;
  }
  const others = [...permitted, ...excluded].filter(({ tag }) => tag !== kinds.domain);
  return open || others.some(({ tag }) => concerns(tag, certificate, names)) ? 'open' : 'held';
}

/** null: implementations differ about it, or it is no plain name. */
function isWithin(name: Part, limit: Part): boolean | null {
  const [own, base] = [name, limit].map(({ value }) => text(value).toLowerCase());
  if (own === undefined || base === undefined || !/^[a-z0-9_-]+(?:\.[a-z0-9_-]+)*$/.test(own)) return null;
  // The empty one is all there are.
  if (base === '') return true;
  if (!/^[a-z0-9_-]+(?:\.[a-z0-9_-]+)*$/.test(base)) return null;
  return own === base || own.endsWith(`.${base}`);
}

/** Whether a certificate has a name of this kind: one of a directory is its subject. */
function concerns(tag: number, { subject }: Certificate, names: readonly Part[]): boolean {
  if (names.some((name) => name.tag === tag)) return true;
  if (tag === kinds.directory) return subject.value.length > 0;
  return tag === kinds.mail && fieldsOf(subject).includes(emailAddress);
}

function fieldsOf(subject: Part): string[] {
  return parts(subject.value).flatMap((set) =>
    parts(set.value).flatMap((pair) => {
      const [id] = parts(pair.value);
      return id ? hex(id.value) : [];
    }),
  );
}
