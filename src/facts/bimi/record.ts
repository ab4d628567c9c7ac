/** The text of a BIMI record (draft-brand-indicators-for-message-identification, section 4.3). */

export interface BimiRecord {
  /** Shortened. */
  text: string;
  /** `l=` and `a=`: addresses that may be fetched; null: there is none. */
  logo: string | null;
  certificate: string | null;
  /** `avp`: whose picture goes first, the brand's or the person's; null: it does not say. */
  preference: string | null;
  /** `l=` and `a=` are empty: the domain wants no logo shown. */
  declined: boolean;
  faults: readonly BimiFault[];
}

/** `logo`: there is no `l=`. `address`: that of `l=` or `a=` is no https address. `repeated`: a tag stands twice. */
export type BimiFault = 'logo' | 'address' | 'repeated' | 'preference';

const read = 4096;
const shown = 300;

/** A record is one that says so first (section 4.3: v MUST be the first tag). */
export function isBimiRecord(text: string): boolean {
  return /^\s*v\s*=\s*BIMI1\s*(?:;|$)/.test(text.slice(0, read));
}

/** Of a text that is a record. */
export function parseBimi(text: string): BimiRecord {
  const faults = new Set<BimiFault>();
  const tags = new Map<string, string>();
  for (const part of text.slice(0, read).split(';')) {
    const at = part.indexOf('=');
    if (at < 0) continue;
    const name = part.slice(0, at).trim().toLowerCase();
    if (tags.has(name)) faults.add('repeated');
    else tags.set(name, part.slice(at + 1).trim());
  }
  const address = (tag: string) => {
    const value = tags.get(tag) ?? '';
    if (value === '') return null;
    // A comma and a semicolon in it are to be written as %2C and %3B.
    if (/^https:\/\/[^\s,]+$/i.test(value) && URL.canParse(value)) return value;
    // Before certificates were named by address, `self` stood there.
    if (!(tag === 'a' && value.toLowerCase() === 'self')) faults.add('address');
    return null;
  };
  const [logo, certificate] = [address('l'), address('a')];
  if (!tags.has('l')) faults.add('logo');
  const preference = tags.get('avp')?.toLowerCase() ?? null;
  if (preference !== null && preference !== 'brand' && preference !== 'personal') faults.add('preference');
  return {
    text: text.slice(0, shown),
    logo,
    certificate,
    preference,
    declined: tags.get('l') === '' && (tags.get('a') ?? '') === '',
    faults: [...faults],
  };
}
