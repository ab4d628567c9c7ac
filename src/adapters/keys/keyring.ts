/** The Keyring over a folder of files, which only the service's user can read. */
import { sign } from 'node:crypto';
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock, Keyring } from '../../ports.ts';
import { openDkimKeys } from './dkim-key.ts';
import {
  type ClearanceKey,
  newSecrets,
  readSecrets,
  type Secrets,
  withNewClearanceKey,
  withNewMacKey,
  writeSecrets,
} from './key-file.ts';
import { KeysError } from './keys-error.ts';
import { addSecret, checkFolder, readSecret, replaceSecret } from './secret-file.ts';
import { hashOf, isMacOf, macOf } from './token-mac.ts';

export { KeysError, type KeysErrorCode } from './keys-error.ts';

/** Milliseconds: as long as a clearance lives at most. */
const publishedFor = 24 * 60 * 60_000;
/** Milliseconds between two looks at whether somebody has changed the file. */
const lookEvery = 1000;
/** Milliseconds for what had asked which key signs when it was replaced. */
const signsAfter = 60_000;
/** Milliseconds after which whoever left a lock is dead: a rotation takes a few. */
const lockLife = 60_000;

/** A key as whoever runs the service sees it. */
export interface KeyState {
  kid: string;
  madeAt: string;
  retiredAt: string | null;
  state: 'signs' | 'published' | 'dropped';
}

/**
 * Opens the keys in `dir` and makes them (0600, the folder 0700) where there are none yet. What another process
 * rotates is noticed within a second of `clock`. `warn`: a change that cannot be used, and is left aside.
 * @throws KeysError when they are damaged, open to others, or lost in part.
 */
export function openKeyring(dir: string, clock: Clock, warn: (message: string) => void = () => {}): Keyring {
  const path = fileIn(dir);
  checkFolder(dir);
  let secrets = read(dir) ?? make(dir, clock.now());
  // Unlike any: what changed while it was read is found at the first look.
  let seen = '';
  let looked = clock.now().getTime();
  const dkim = openDkimKeys(join(dir, 'dkim'));

  function current(): Secrets {
    const now = clock.now().getTime();
    if (Math.abs(now - looked) < lookEvery) return secrets;
    looked = now;
    const stamp = stampOf(path);
    if (stamp === seen) return secrets;
    seen = stamp;
    try {
      secrets = read(dir) ?? secrets;
    } catch (error) {
      // What is in hand is still right: to stop every mail would be the greater harm.
      warn(error instanceof KeysError ? error.message : `${path} cannot be read.`);
    }
    return secrets;
  }

  const purposed = (purpose: string, text: string) => `${purpose}\0${text}`;

  return {
    currentKid: () => signing(current()).public.kid,
    async sign(kid, input) {
      const key = secrets.clearance.find((one) => one.public.kid === kid);
      const mayStill = (at: string) => clock.now().getTime() - Date.parse(at) < signsAfter;
      if (!key || (key.retiredAt !== null && !mayStill(key.retiredAt)))
        throw new RangeError('no key of this kid signs');
      return sign(null, input, key.private);
    },
    published: () =>
      current()
        .clearance.filter((key) => stateOf(key, clock.now()) !== 'dropped')
        .map((key) => ({ ...key.public })),
    hashAddress: (organisation, address) => hashOf(secrets.address, `${organisation}\0${address}`),
    mac(purpose, text) {
      return macOf(current().mac.at(-1)?.key ?? '', purposed(purpose, text));
    },
    isMac(purpose, text, mac) {
      const keys = current().mac.map(({ key }) => key);
      return isMacOf(keys, purposed(purpose, text), mac);
    },
    makeDkimKey: (domain, selector) => dkim.make(domain, selector),
    dkimKey: (domain, selector) => dkim.find(domain, selector),
  };
}

/**
 * For a service whose data was made with keys: they are never made anew beside it.
 * @throws KeysError `keys-missing` where there are none.
 */
export function requireKeyring(dir: string): void {
  if (!existsSync(fileIn(dir))) throw gone(dir, 'the database has senders or a suppression list');
}

/**
 * Makes a new key that signs clearances, or makes tokens; the one before is kept as long as what it made may live.
 * @returns the clearance keys as they are now, the newest first.
 * @throws KeysError `keys-missing` where there are none; `keys-busy` while another process does the same.
 */
export function rotateKey(dir: string, kind: 'clearance' | 'mac', clock: Clock): KeyState[] {
  const renew = kind === 'clearance' ? withNewClearanceKey : withNewMacKey;
  const lock = join(dir, 'keyring.lock');
  required(dir);
  const left = statSync(lock, { throwIfNoEntry: false });
  if (left && Date.now() - left.mtimeMs > lockLife) rmSync(lock, { force: true });
  if (!addSecret(lock, ''))
    throw new KeysError(
      'keys-busy',
      `Another process is changing the keys in ${dir}. Try again in a minute.`,
    );
  try {
    const now = clock.now();
    const secrets = renew(required(dir), now);
    replaceSecret(fileIn(dir), writeSecrets(secrets));
    return statesOf(secrets, now);
  } finally {
    rmSync(lock, { force: true });
  }
}

/** The clearance keys, the newest first. @throws KeysError as `rotateKey`. */
export function listKeys(dir: string, clock: Clock): KeyState[] {
  return statesOf(required(dir), clock.now());
}

function statesOf({ clearance }: Secrets, now: Date): KeyState[] {
  return clearance
    .map((key) => {
      const { madeAt, retiredAt } = key;
      return { kid: key.public.kid, madeAt, retiredAt, state: stateOf(key, now) };
    })
    .reverse();
}

function stateOf({ retiredAt }: ClearanceKey, now: Date): KeyState['state'] {
  if (retiredAt === null) return 'signs';
  return now.getTime() < Date.parse(retiredAt) + publishedFor ? 'published' : 'dropped';
}

function signing({ clearance }: Secrets): ClearanceKey {
  const key = clearance.at(-1);
  if (!key) throw new Error('a keyring without a key was read');
  return key;
}

function required(dir: string): Secrets {
  checkFolder(dir);
  const secrets = read(dir);
  if (!secrets) throw new KeysError('keys-missing', `There are no keys in ${dir}. Start the service first.`);
  return secrets;
}

function read(dir: string): Secrets | undefined {
  const path = fileIn(dir);
  const text = readSecret(path);
  return text === undefined ? undefined : readSecrets(text, path);
}

function make(dir: string, now: Date): Secrets {
  // The keyring is made before all else: what is here without it has lost it.
  const others = existsSync(join(dir, 'dkim')) ? readdirSync(join(dir, 'dkim')) : [];
  if (others.length > 0) throw gone(dir, 'keys are left beside it');
  addSecret(fileIn(dir), writeSecrets(newSecrets(now)));
  // Somebody else's, if they were first.
  const made = read(dir);
  if (!made) throw new KeysError('keys-missing', `${fileIn(dir)} was removed as it was made.`);
  return made;
}

function gone(dir: string, why: string): KeysError {
  return new KeysError(
    'keys-missing',
    `${fileIn(dir)} is gone, though ${why}. Restore it from a backup: with new keys nobody on the suppression ` +
      'list would be known again.',
  );
}

function fileIn(dir: string): string {
  return join(dir, 'keyring.json');
}

/** Changes whenever the file does: a move into place makes another inode. */
function stampOf(path: string): string {
  const found = statSync(path, { throwIfNoEntry: false, bigint: true });
  return found ? `${found.ino} ${found.mtimeNs} ${found.size}` : '';
}
