/** Parts that a mail shows by an address that it gives them itself (RFC 2557). */
import { readParts } from './parts.ts';

/** As much HTML as a mail that anybody reads has. */
const markupLength = 2_000_000;
/** Content-IDs, in small letters, of the parts whose Content-Location the HTML names, whole or by its file name. */
export function shownByLocation(message: Uint8Array | null, html: string): ReadonlySet<string> {
  if (!message) return new Set();
  const parts = readParts(message).filter(({ id, location }) => id !== null && location !== null);
  if (parts.length === 0) return new Set();
  const text = html.slice(0, markupLength).replaceAll('&amp;', '&');
  const named = new Set(text.split(/[\s"'()<>]+/).map((one) => one.replace(/^[a-z-]{1,20}=/i, '')));
  const names = (location: string) =>
    named.has(location) || named.has(location.slice(location.lastIndexOf('/') + 1) || location);
  return new Set(
    parts.flatMap(({ id, location }) => (names(location ?? '') ? [(id ?? '').toLowerCase()] : [])),
  );
}
