/** What every service of a test needs alike and is slow to make: made once for each test file, at run time. */
import { generateKeyPairSync } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { openSqlite } from '../src/adapters/store/sqlite.ts';
import type { Keyring, Store } from '../src/ports.ts';

let migrated: Buffer | undefined;
let rsaKey: string | undefined;

const memory = '/dev/shm';
/** Bytes that must be free there. */
const enough = 2 ** 31;

/** A fresh data directory, in memory where the machine has room: there nobody waits for a disk at each commit. */
export function makeDataDir(name: string): Promise<string> {
  return mkdtemp(join(hasRoom() ? memory : tmpdir(), `klarsignal-${name}-`));
}

function hasRoom(): boolean {
  if (!existsSync(memory)) return false;
  const { bavail, bsize } = statfsSync(memory);
  return bavail * bsize > enough;
}

/** The store in `path`; a new one begins as a copy of an empty one that the migrations have made. */
export async function openStore(path: string): Promise<Store> {
  if (!existsSync(path)) {
    migrated ??= await emptyDatabase();
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    writeFileSync(path, migrated, { mode: 0o600 });
  }
  return openSqlite(path);
}

async function emptyDatabase(): Promise<Buffer> {
  const dir = mkdtempSync(join(tmpdir(), 'klarsignal-empty-'));
  try {
    const path = join(dir, 'klarsignal.db');
    await (await openSqlite(path)).close();
    return readFileSync(path);
  } finally {
    rmSync(dir, { recursive: true });
  }
}

/** The keyring in `dir`, which finds the same RSA key wherever it would have made one. */
export function withOneDkimKey(keyring: Keyring, dir: string): Keyring {
  return {
    ...keyring,
    async makeDkimKey(domain, selector) {
      if (keyring.dkimKey(domain, selector) === undefined) {
        const path = join(dir, 'dkim', domain, `${selector}.pem`);
        mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
        rsaKey ??= generateKeyPairSync('rsa', { modulusLength: 2048 })
          .privateKey.export({ type: 'pkcs8', format: 'pem' })
          .toString();
        writeFileSync(path, rsaKey, { mode: 0o600, flag: 'wx' });
      }
      return keyring.makeDkimKey(domain, selector);
    },
  };
}
