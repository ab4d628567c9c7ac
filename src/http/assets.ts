/** Stylesheets and the script, each under an address that changes with it. */
export interface Asset {
  contentType: string;
  body: string;
}

export interface Assets {
  /** Path with its version. */
  address(name: string): string;
  /** `fixed`: asked for by the version it has, so it can be kept for good. */
  find(name: string, version: string | undefined): (Asset & { fixed: boolean }) | undefined;
}

/** `assets`: by name, as the host has read them. */
export function createAssets(assets: ReadonlyMap<string, Asset>): Assets {
  const versions = new Map([...assets].map(([name, { body }]) => [name, fingerprint(body)]));
  return {
    address(name) {
      const version = versions.get(name);
      return version === undefined ? `/assets/${name}` : `/assets/${name}?v=${version}`;
    },
    find(name, version) {
      const asset = assets.get(name);
      return asset && { ...asset, fixed: version !== undefined && version === versions.get(name) };
    },
  };
}

// FNV-1a: it tells versions apart, at once and on every host; nothing rests on its strength.
function fingerprint(text: string): string {
  let hash = 0x811c9dc5;
  for (const letter of text) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, '0');
}
