/** What Node has compiled, kept between two starts: for us alone, and never in the way of a start. */
import { chmod, mkdir, readdir, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { clearAway, command, dataDir } from './process.ts';

afterAll(clearAway);

/** The shortest command there is. */
const help = (folder: string, environment: Record<string, string> = {}) =>
  command(['help'], { NODE_COMPILE_CACHE: '', KLARSIGNAL_CACHE: folder, ...environment });

/** How many files are in there, in folders too; 0 where it does not stand. */
const count = (folder: string) =>
  readdir(folder, { recursive: true }).then(
    (names) => names.length,
    () => 0,
  );

test('is kept for the next process, and closed to others', async () => {
  const folder = join(await dataDir(), 'cache', 'klarsignal');
  const { code, out, err } = await help(folder);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  const compiled = join(folder, 'compiled');
  const kept = await count(compiled);
  expect(kept).toBeGreaterThan(20);
  expect((await stat(compiled)).mode & 0o777).toBe(0o700);
  // From it the next one says the same.
  expect(await help(folder)).toEqual({ code: 0, out, err: '' });
  expect(await count(compiled)).toBe(kept);
});

const elsewhere: [string, (folder: string, outside: string) => Promise<unknown>][] = [
  ['others can write to the folder', (folder) => mkdir(folder).then(() => chmod(folder, 0o777))],
  [
    'others can write to its own',
    (folder) =>
      mkdir(join(folder, 'compiled'), { recursive: true }).then(() => chmod(join(folder, 'compiled'), 0o777)),
  ],
  [
    'its own leads elsewhere',
    (folder, outside) => mkdir(folder).then(() => symlink(outside, join(folder, 'compiled'))),
  ],
  ['a file stands in its place', (folder) => writeFile(folder, '')],
];
test.each(elsewhere)('%s: nothing is kept, and the start does not suffer', async (_, prepare) => {
  const dir = await dataDir();
  const [folder, outside] = [join(dir, 'cache'), join(dir, 'outside')];
  await mkdir(outside);
  await prepare(folder, outside);
  expect(await help(folder)).toMatchObject({ code: 0, err: '' });
  expect([await count(join(folder, 'compiled')), await count(outside)]).toEqual([0, 0]);
});

test('whoever names a folder to Node gets it there alone', async () => {
  const dir = await dataDir();
  const own = join(dir, 'own');
  expect((await help(join(dir, 'cache'), { NODE_COMPILE_CACHE: own })).code).toBe(0);
  expect(await count(own)).toBeGreaterThan(20);
  expect(await count(join(dir, 'cache'))).toBe(0);
});
