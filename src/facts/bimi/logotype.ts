/** The logo within a certificate (RFC 9399 section 4.1): that of its subject, embedded as compressed SVG. */
import { first, type Part, parts } from './der.ts';
import { fromBase64, text } from './x509.ts';

/** Of a logo unpacked; one that a provider shows has 32 KB at most. */
const logoBytes = 128 * 1024;
const tags = { subjectLogo: 0xa2, direct: 0xa0, row: 0x30, address: 0x16 };
const embedded = /^data:image\/svg\+xml[^,]{0,80};base64,([A-Za-z0-9+/=\s]+)$/i;

/**
 * The logo as text; null: it has more than is read. undefined: there is none that anybody could read, for Mark
 * Certificates have it as a data: address (RFC 9399 section 7: SVG within such an address is compressed by gzip).
 */
export async function readLogotype(extension: Uint8Array): Promise<string | null | undefined> {
  const data = addressesOf(extension)
    .map((address) => embedded.exec(address)?.[1])
    .find((found) => found !== undefined);
  if (data === undefined) return undefined;
  try {
    const logo = fromBase64(data);
    if (logo[0] === 0x1f && logo[1] === 0x8b) return await unpack(logo);
    const plain = new TextDecoder().decode(logo);
    if (!/^\s*</.test(plain)) return undefined;
    return logo.length > logoBytes ? null : plain;
  } catch {
    // No base64, or no gzip.
    return undefined;
  }
}

/** Of each image of the subject's logo. */
function addressesOf(extension: Uint8Array): string[] {
  try {
    return within([first(extension)], tags.row)
      .filter(({ tag }) => tag === tags.subjectLogo)
      .flatMap(({ value }) => within(parts(value), tags.direct).slice(0, 1))
      .flatMap((images) => within([images], tags.row))
      .flatMap((image) => within([image], tags.row).slice(0, 1))
      .flatMap((details) => within([details], tags.row).slice(2, 3))
      .flatMap((addresses) => within([addresses], tags.row))
      .filter(({ tag }) => tag === tags.address)
      .map(({ value }) => text(value));
  } catch {
    // Cut short.
    return [];
  }
}

function within(some: readonly Part[], tag: number): Part[] {
  return some.filter((part) => part.tag === tag).flatMap(({ value }) => parts(value));
}

/** A bomb is stopped at its bound: null. @throws TypeError for what is no gzip. */
async function unpack(packed: Uint8Array): Promise<string | null> {
  const source = new Blob([packed as BlobPart]).stream();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of source.pipeThrough(new DecompressionStream('gzip'))) {
    chunks.push(chunk);
    length += chunk.length;
    // Leaving the loop cancels the stream.
    if (length > logoBytes) return null;
  }
  return new Blob(chunks as BlobPart[]).text();
}
