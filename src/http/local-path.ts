/** Far more than any address of ours. */
const longest = 2000;

/**
 * An address on this site, as a `Location` may have it; `/` for whatever could lead elsewhere: another scheme
 * or host, `//` and `/\` (which browsers read as `//`), control characters (which they leave out).
 */
export function localPath(text: string | undefined): string {
  if (!text?.startsWith('/') || text.length > longest || /[\p{Cc}\\]/u.test(text)) return '/';
  const here = 'http://here.invalid';
  if (!URL.canParse(text, here)) return '/';
  const { origin, pathname, search, hash } = new URL(text, here);
  // What dots have been taken out of may begin with two slashes: `/.//evil.example`.
  return origin !== here || pathname.startsWith('//') ? '/' : pathname + search + hash;
}
