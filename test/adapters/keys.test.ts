/** Keys in real files: made once, closed to others, rotated beside the service. */
import { createPublicKey, verify } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { listKeys, openKeyring, rotateKey } from '../../src/adapters/keys/keyring.ts';

const hour = 3_600_000;
let root: string;
let dir: string;
let time: number;
const clock = { now: () => new Date(time) };
const bytes = (text: string) => new TextEncoder().encode(text);

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'klarsignal-keys-'));
  dir = join(root, 'keys');
  time = Date.UTC(2026, 10, 22, 12);
});
afterEach(() => rmSync(root, { recursive: true }));

const file = () => join(dir, 'keyring.json');
const mode = (path: string) => statSync(path).mode & 0o777;
const codeOf = (work: () => unknown) => {
  try {
    work();
    return 'no error';
  } catch (error) {
    return (error as { code?: string }).code;
  }
};

describe('the files', () => {
  test('are made once, for us alone, and nothing is left beside them', async () => {
    const first = openKeyring(dir, clock);
    await first.makeDkimKey('example.se', 's1');
    expect([mode(dir), mode(file()), mode(join(dir, 'dkim/example.se/s1.pem'))]).toEqual([
      0o700, 0o600, 0o600,
    ]);
    expect(readdirSync(dir).sort()).toEqual(['dkim', 'keyring.json']);
    const again = openKeyring(dir, clock);
    expect(again.currentKid()).toBe(first.currentKid());
    expect(again.hashAddress('org', 'a@b.se')).toBe(first.hashAddress('org', 'a@b.se'));
    expect(again.isMac('return-path', 'x', first.mac('return-path', 'x'))).toBe(true);
  });

  test('another folder has other keys', () => {
    const [one, other] = [openKeyring(dir, clock), openKeyring(join(root, 'other'), clock)];
    expect(one.currentKid()).not.toBe(other.currentKid());
    expect(one.hashAddress('o', 'a')).not.toBe(other.hashAddress('o', 'a'));
    expect(other.isMac('unsubscribe', 'x', one.mac('unsubscribe', 'x'))).toBe(false);
  });

  test.each([0o640, 0o604, 0o660, 0o644])('%o is too open', (open) => {
    openKeyring(dir, clock);
    chmodSync(file(), open);
    expect(codeOf(() => openKeyring(dir, clock))).toBe('keys-unsafe');
    expect(codeOf(() => rotateKey(dir, 'clearance', clock))).toBe('keys-unsafe');
  });

  test('a folder that others can write to is too open', () => {
    openKeyring(dir, clock);
    chmodSync(dir, 0o770);
    expect(codeOf(() => openKeyring(dir, clock))).toBe('keys-unsafe');
  });

  test('a link is not followed', () => {
    openKeyring(join(root, 'real'), clock);
    mkdirSync(dir, { mode: 0o700 });
    symlinkSync(join(root, 'real/keyring.json'), file());
    expect(codeOf(() => openKeyring(dir, clock))).toBe('keys-unsafe');
  });

  const damages: [string, (text: string) => string][] = [
    ['cut short', (text) => text.slice(0, 200)],
    ['empty', () => ''],
    ['another version', (text) => text.replace('"version": 1', '"version": 2')],
    ['a public half of another key', (text) => text.replace(/"x": "./, (x) => `${x.slice(0, -1)}_`)],
    ['no address key', (text) => text.replace('"address"', '"adress"')],
    ['a short secret', (text) => text.replace(/("key": "[0-9a-f]{60})[0-9a-f]{4}/, '$1')],
    [
      'no key that signs',
      (text) => text.replace('"retiredAt": null', '"retiredAt": "2026-01-01T00:00:00.000Z"'),
    ],
    ['no mac keys', (text) => text.replace(/"mac": \[[^\]]*\]/, '"mac": []')],
  ];
  test.each(damages)('damage (%s) is told, and no secret with it', (_, damage) => {
    openKeyring(dir, clock);
    const text = readFileSync(file(), 'utf8');
    const { address, clearance } = JSON.parse(text);
    writeFileSync(file(), damage(text));
    let told = '';
    try {
      openKeyring(dir, clock);
    } catch (error) {
      expect(error).toMatchObject({ code: 'keys-damaged' });
      told = `${(error as Error).message} ${(error as Error).cause ?? ''}`;
    }
    expect(told).toContain('backup');
    for (const secret of [address, clearance[0].d]) expect(told).not.toContain(secret.slice(0, 20));
  });

  test('a keyring lost beside its DKIM keys is never silently made anew', async () => {
    await openKeyring(dir, clock).makeDkimKey('example.se', 's1');
    rmSync(file());
    expect(codeOf(() => openKeyring(dir, clock))).toBe('keys-missing');
    expect(existsSync(file())).toBe(false);
  });
});

describe('clearance keys', () => {
  test('what is signed verifies by the published key', async () => {
    const keyring = openKeyring(dir, clock);
    const [published] = keyring.published();
    const signature = await keyring.sign(keyring.currentKid(), bytes('header.payload'));
    const key = createPublicKey({ format: 'jwk', key: { ...published } });
    expect(verify(null, bytes('header.payload'), key, signature)).toBe(true);
    expect(verify(null, bytes('header.payloae'), key, signature)).toBe(false);
    expect(published).toEqual({
      kty: 'OKP',
      crv: 'Ed25519',
      alg: 'Ed25519',
      use: 'sig',
      kid: keyring.currentKid(),
      x: expect.stringMatching(/^[\w-]{43}$/),
    });
  });

  test('rotated by another process: noticed within a second, the old one published for 24 hours', async () => {
    const keyring = openKeyring(dir, clock);
    const old = keyring.currentKid();
    const [made, before] = rotateKey(dir, 'clearance', clock);
    expect([made?.state, before?.state, before?.kid]).toEqual(['signs', 'published', old]);
    time += 999;
    expect(keyring.currentKid()).toBe(old);
    time += 1;
    expect(keyring.currentKid()).toBe(made?.kid);
    expect(keyring.published().map(({ kid }) => kid)).toEqual([old, made?.kid]);
    time += 24 * hour - 1001;
    expect(keyring.published().map(({ kid }) => kid)).toEqual([old, made?.kid]);
    time += 1;
    expect(keyring.published().map(({ kid }) => kid)).toEqual([made?.kid]);
    expect(listKeys(dir, clock).map(({ state }) => state)).toEqual(['signs', 'dropped']);
    // It is kept, out of use.
    await expect(keyring.sign(old, bytes('x'))).rejects.toThrow(RangeError);
    expect(mode(file())).toBe(0o600);
  });

  test('who asked which key signs just before it was replaced can still sign with it', async () => {
    const keyring = openKeyring(dir, clock);
    const old = keyring.currentKid();
    rotateKey(dir, 'clearance', clock);
    time += 2000;
    expect(keyring.currentKid()).not.toBe(old);
    expect(await keyring.sign(old, bytes('x'))).toHaveLength(64);
    time += 60_000;
    await expect(keyring.sign(old, bytes('x'))).rejects.toThrow(RangeError);
    await expect(keyring.sign('other', bytes('x'))).rejects.toThrow(RangeError);
  });

  test('rotated twice, the first one keeps the time at which it was replaced', () => {
    openKeyring(dir, clock);
    rotateKey(dir, 'clearance', clock);
    time += hour;
    const [, second, first] = rotateKey(dir, 'clearance', clock);
    expect(Date.parse(second?.retiredAt ?? '') - Date.parse(first?.retiredAt ?? '')).toBe(hour);
  });

  test('a rotation changes neither the hashes of addresses nor what tokens there are', () => {
    const keyring = openKeyring(dir, clock);
    const [hash, mac] = [keyring.hashAddress('org', 'a@b.se'), keyring.mac('unsubscribe', 'a')];
    rotateKey(dir, 'clearance', clock);
    rotateKey(dir, 'mac', clock);
    time += 2000;
    expect(keyring.hashAddress('org', 'a@b.se')).toBe(hash);
    expect(keyring.isMac('unsubscribe', 'a', mac)).toBe(true);
    const newer = keyring.mac('unsubscribe', 'a');
    expect(newer).not.toBe(mac);
    expect(keyring.isMac('unsubscribe', 'a', newer)).toBe(true);
    expect(keyring.isMac('unsubscribe', 'b', mac)).toBe(false);
  });

  test('a change that cannot be used is told, and the keys in hand stay', () => {
    const told: string[] = [];
    const keyring = openKeyring(dir, clock, (message) => told.push(message));
    const kid = keyring.currentKid();
    writeFileSync(file(), 'x');
    time += 1000;
    expect([keyring.currentKid(), keyring.published().length, told.length]).toEqual([kid, 1, 1]);
    time += 1000;
    keyring.currentKid();
    expect(told).toHaveLength(1);
  });

  test('without keys there is nothing to rotate; while another process does it, one waits', () => {
    expect(codeOf(() => rotateKey(dir, 'clearance', clock))).toBe('keys-missing');
    expect(codeOf(() => listKeys(dir, clock))).toBe('keys-missing');
    openKeyring(dir, clock);
    const lock = join(dir, 'keyring.lock');
    writeFileSync(lock, '', { mode: 0o600 });
    expect(codeOf(() => rotateKey(dir, 'clearance', clock))).toBe('keys-busy');
    // Whoever left it is dead.
    utimesSync(lock, new Date(), new Date(Date.now() - 61_000));
    expect(rotateKey(dir, 'clearance', clock)).toHaveLength(2);
    expect(existsSync(lock)).toBe(false);
  });
});

describe('hashes and tokens', () => {
  test('an address hashes alike every time, and otherwise in another organisation', () => {
    const keyring = openKeyring(dir, clock);
    const hash = keyring.hashAddress('org_a', 'anna@example.se');
    expect(hash).toMatch(/^[\w-]{22}$/);
    expect(keyring.hashAddress('org_a', 'anna@example.se')).toBe(hash);
    expect(keyring.hashAddress('org_b', 'anna@example.se')).not.toBe(hash);
    expect(keyring.hashAddress('org_a', 'anna@example.sf')).not.toBe(hash);
    expect(keyring.hashAddress('org_aa', 'nna@example.se')).not.toBe(hash);
  });

  test('a token proves its own text for its own purpose, and nothing else', () => {
    const keyring = openKeyring(dir, clock);
    const mac = keyring.mac('return-path', 'cmp_1.2.3');
    expect(mac).toMatch(/^[a-z2-7]{16}$/);
    expect(keyring.isMac('return-path', 'cmp_1.2.3', mac)).toBe(true);
    const others: [Parameters<typeof keyring.isMac>[0], string, string][] = [
      ['unsubscribe', 'cmp_1.2.3', mac],
      ['return-path', 'cmp_1.2.4', mac],
      ['return-path', 'cmp_1.2.3', mac.toUpperCase()],
      ['return-path', 'cmp_1.2.3', mac.slice(1)],
      ['return-path', 'cmp_1.2.3', `${mac}a`],
      ['return-path', 'cmp_1.2.3', ''],
      ['return-path', 'cmp_1.2.3', 'å'.repeat(8)],
      ['return-path', 'cmp_1.2.3', (mac[0] === 'a' ? 'b' : 'a') + mac.slice(1)],
    ];
    expect(others.map((one) => keyring.isMac(...one))).toEqual(others.map(() => false));
  });

  test('tokens use the whole alphabet evenly', () => {
    const keyring = openKeyring(dir, clock);
    const counts = new Map<string, number>();
    for (let i = 0; i < 2000; i++)
      for (const letter of keyring.mac('rehearsal', String(i)))
        counts.set(letter, (counts.get(letter) ?? 0) + 1);
    expect(counts.size).toBe(32);
    expect(Math.min(...counts.values())).toBeGreaterThan(800);
  });

  test('a million addresses are hashed in seconds', () => {
    const keyring = openKeyring(dir, clock);
    const began = performance.now();
    for (let i = 0; i < 100_000; i++) keyring.hashAddress('org_0123456789abcdef', `person${i}@example.se`);
    // A tenth of a million, and of 3 seconds three times over: other work shares the machine.
    expect(performance.now() - began).toBeLessThan(900);
  });
});

describe('DKIM keys', () => {
  test('are made once, and give the p= of their record', async () => {
    const keyring = openKeyring(dir, clock);
    expect(keyring.dkimKey('example.se', 's1')).toBeUndefined();
    const [p, again] = [
      await keyring.makeDkimKey('example.se', 's1'),
      await keyring.makeDkimKey('example.se', 's1'),
    ];
    expect(again).toBe(p);
    const pem = keyring.dkimKey('example.se', 's1') ?? '';
    expect(pem).toContain('BEGIN PRIVATE KEY');
    const key = createPublicKey({ key: Buffer.from(p, 'base64'), format: 'der', type: 'spki' });
    expect(key.asymmetricKeyDetails?.modulusLength).toBe(2048);
    expect(createPublicKey(pem).equals(key)).toBe(true);
    expect(openKeyring(dir, clock).dkimKey('example.se', 's1')).toBe(pem);
    expect(keyring.dkimKey('example.se', 's2')).toBeUndefined();
  });

  test('asked for twice at once, both get the same', async () => {
    const keyring = openKeyring(dir, clock);
    const made = await Promise.all([1, 2].map(() => keyring.makeDkimKey('example.se', 's1')));
    expect(made[0]).toBe(made[1]);
  });

  test.each([
    ['../../x', 's1'],
    ['example.se', '../x'],
    ['example.se', 'a/b'],
    ['example..se', 's1'],
    ['', 's1'],
    ['example.se', ''],
    ['example.se', '.'],
    ['Example.se', 's1'],
    ['example.se', 's\u0000'],
  ])('a name that would lead elsewhere is refused: %j %j', async (domain, selector) => {
    const keyring = openKeyring(dir, clock);
    expect(() => keyring.dkimKey(domain, selector)).toThrow(RangeError);
    await expect(keyring.makeDkimKey(domain, selector)).rejects.toThrow(RangeError);
  });

  test('one that is damaged or open to others stops the start', async () => {
    await openKeyring(dir, clock).makeDkimKey('example.se', 's1');
    const path = join(dir, 'dkim/example.se/s1.pem');
    const pem = readFileSync(path, 'utf8');
    writeFileSync(path, pem.slice(0, 300));
    expect(codeOf(() => openKeyring(dir, clock))).toBe('keys-damaged');
    writeFileSync(path, pem);
    chmodSync(path, 0o644);
    expect(codeOf(() => openKeyring(dir, clock))).toBe('keys-unsafe');
  });
});
