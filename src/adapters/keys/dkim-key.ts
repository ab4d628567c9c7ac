/** DKIM keys in files: `dkim/<domain>/<selector>.pem`, PKCS#8. */
import { createPrivateKey, createPublicKey, generateKeyPair, type KeyObject } from 'node:crypto';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { KeysError } from './keys-error.ts';
import { addSecret, readSecret } from './secret-file.ts';

/** RFC 6376 section 3.3.3: what every receiver can check, and one TXT string less than 4096 bits would need. */
const bits = 2048;
const label = '[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?';
// What becomes a path: labels alone, so neither a slash nor an empty label.
const nameForm = new RegExp(`^${label}(?:\\.${label})*$`);

export interface DkimKeys {
  make(domain: string, selector: string): Promise<string>;
  find(domain: string, selector: string): string | undefined;
}

/** @throws KeysError when one that is there cannot be used. `dir`: need not be there yet. */
export function openDkimKeys(dir: string): DkimKeys {
  const held = new Map<string, string>();

  function find(domain: string, selector: string): string | undefined {
    const path = pathOf(domain, selector);
    const known = held.get(path);
    if (known !== undefined) return known;
    const pem = readSecret(path);
    if (pem === undefined) return undefined;
    keyIn(pem, path);
    held.set(path, pem);
    return pem;
  }

  function pathOf(domain: string, selector: string): string {
    const fits = [domain, selector].every((name) => name.length <= 253 && nameForm.test(name));
    if (!fits) throw new RangeError('a DKIM key is named by a domain and a selector in lower-case A-labels');
    return join(dir, domain, `${selector}.pem`);
  }

  for (const file of globSync('*/*.pem', { cwd: dir })) {
    const path = join(dir, file);
    const pem = readSecret(path);
    if (pem !== undefined) keyIn(pem, path);
  }

  return {
    find,
    async make(domain, selector) {
      const path = pathOf(domain, selector);
      if (find(domain, selector) === undefined) {
        const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: bits });
        // Whoever was first has the key that counts.
        addSecret(path, privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
      }
      const key = createPublicKey(keyIn(find(domain, selector) ?? '', path));
      return key.export({ type: 'spki', format: 'der' }).toString('base64');
    },
  };
}

function keyIn(pem: string, path: string): KeyObject {
  let key: KeyObject | undefined;
  try {
    key = createPrivateKey(pem);
  } catch {
    // Told below, without what a parser quotes.
  }
  if (key?.asymmetricKeyType !== 'rsa')
    throw new KeysError('keys-damaged', `${path} is not an RSA key in PKCS#8 PEM. Restore it from a backup.`);
  return key;
}
