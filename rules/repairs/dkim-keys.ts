/** Which DKIM keys the checks are about, and what is said of a name that is not the sender's own. */
import { type Facts, type NotApplicable, notApplicable, type Unknown, unanswered } from '#rule';

type Dkim = Facts['dkim'];
export type Key = Dkim['keys'][number];
export type Signature = Dkim['signatures'][number];

/** False for an RSA key so short that receivers must not accept what it signed. */
export function isStrong(key: Key | undefined, leastBits: number): boolean {
  return (key?.record?.bits ?? leastBits) >= leastBits;
}

/** The key of a signature. */
export function keyOf({ keys }: Dkim, { selector, domain }: Signature): Key | undefined {
  return keys.find((key) => key.selector === selector && key.domain === domain);
}

/**
 * True when a good key of the sender's own has signed the mail: one is enough, whatever others do (RFC 6376 section
 * 6.1). It has also where the body is not what it was: the header holds, and only that key can have made it.
 */
export function hasGoodKey(dkim: Dkim, leastBits: number): boolean {
  return dkim.signatures.some(
    (one) =>
      one.own && (one.result === 'pass' || one.failure === 'body') && isStrong(keyOf(dkim, one), leastBits),
  );
}

/** True when part of the body is not signed (l=), so that anybody can add to it. */
export function isPartial({ bodyLength, bodyBytes }: Signature): boolean {
  return bodyLength !== null && bodyBytes !== null && bodyLength < bodyBytes;
}

/**
 * The keys that a person named and those of the sender's own signatures. A foreign signature, such as that of a
 * sending service, is looked at only where there is nothing else, and then one key that works is enough.
 */
export function relevantKeys({ keys }: Dkim): Key[] {
  const own = keys.filter((key) => key.by === 'person' || key.own);
  if (own.length > 0) return own;
  const usable = keys.filter(({ state }) => state === 'usable');
  return usable.length > 0 ? usable : [...keys];
}

/** Those that receivers can read, and what to answer when none of them has a fault. */
export function usableKeys(dkim: Dkim): { usable: Key[]; otherwise: never[] | Unknown | NotApplicable } {
  const keys = relevantKeys(dkim);
  // Nobody has named one, so nobody has looked.
  if (keys.length === 0) return { usable: [], otherwise: notApplicable('no-selector') };
  const usable = keys.filter(({ state }) => state === 'usable');
  if (hasGoodKey(dkim, 0)) return { usable, otherwise: [] };
  const silent = keys.flatMap((key) => (key.state === 'unanswered' ? key.silent : []));
  if (silent.length > 0) return { usable, otherwise: unanswered(silent.map((name) => `${name} TXT`)) };
  // That a key is missing, or cannot be used, is the matter of dkim-key.
  return { usable, otherwise: usable.length > 0 ? [] : notApplicable('no-record') };
}

/** Where to get what is to be published. */
export const origin = {
  en: ({ name, domain, own }: Pick<Key, 'name' | 'domain' | 'own'>) =>
    own
      ? `Open the page about DKIM in your sending service and publish the record that it shows for ${name}, exactly as it stands there. It is a CNAME or a TXT record; Amazon SES shows three CNAME records.`
      : `${domain} is not yours, so only the service behind it can mend this. Ask it, or let it sign for your own domain.`,
  sv: ({ name, domain, own }: Pick<Key, 'name' | 'domain' | 'own'>) =>
    own
      ? `Öppna sidan om DKIM i din utskickstjänst och publicera posten som den visar för ${name}, exakt som den står där. Det är en CNAME- eller TXT-post. Amazon SES visar tre CNAME-poster.`
      : `${domain} är inte din, så bara tjänsten bakom den kan rätta det. Fråga den, eller låt den signera för din egen domän.`,
};
