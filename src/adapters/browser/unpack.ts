import { execFile } from 'node:child_process';
import {
  access,
  chmod,
  chown,
  lchown,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
} from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { type Identity, reachable } from './identity.ts';

export interface UnpackedChromium {
  path: string;
  /** NSS and its kin, for machines without them. For Chromium alone, never for the whole service. */
  libraries: string;
  fonts: string;
}

// The swiftshader archive stays packed: with --disable-gpu nothing loads it.
const archives = ['chromium.br', 'fonts.tar.br', 'al2023.tar.br'];

// The package unpacks into os.tmpdir() under fixed names and knows no other place. A child with a TMPDIR
// of its own makes that a private folder, and gives the 200 MB it needs back when it ends.
const script = `
  const [entry, bin, ...archives] = process.argv.slice(1);
  const { inflate } = await import(entry);
  await Promise.all(archives.map((archive) => inflate(bin + archive)));
`;

/**
 * Unpacks the Chromium inside @sparticuz/chromium into `<cacheDir>/chromium-<version>/`, once: the folder
 * appears whole or not at all, and two processes may do it at the same time. As root, when `identity`
 * cannot reach `cacheDir`, /var/cache/klarsignal takes its place.
 * @throws when the platform has no such package or the folder cannot be written
 */
export async function unpackChromium(
  cacheDir: string,
  identity: Identity | undefined,
): Promise<UnpackedChromium> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(`@sparticuz/chromium has no binary for ${process.platform} ${process.arch}`);
  }
  const entry = createRequire(import.meta.url).resolve('@sparticuz/chromium');
  const root = dirname(dirname(entry));
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string };
  const base = await cacheFolder(cacheDir, identity);
  const home = join(base, `chromium-${version}`);
  if (!(await exists(home))) {
    const fresh = await mkdtemp(join(base, '.unpack-'));
    try {
      await promisify(execFile)(
        process.execPath,
        ['--input-type=module', '--eval', script, pathToFileURL(entry).href, join(root, 'bin/'), ...archives],
        { env: { TMPDIR: fresh }, timeout: 120_000 },
      );
      await seal(fresh, identity === undefined ? 0o700 : 0o755);
      await rename(fresh, home).catch(async (error: unknown) => {
        // Another process was quicker: its folder is as good as ours.
        if (!(await exists(home))) throw error;
      });
    } finally {
      await rm(fresh, { recursive: true, force: true });
    }
  }
  return {
    path: join(home, 'chromium'),
    libraries: join(home, 'al2023', 'lib'),
    fonts: join(home, 'fonts', 'fonts'),
  };
}

/** A folder for browsers, made if need be, that the user who will run them can reach. */
export async function cacheFolder(cacheDir: string, identity: Identity | undefined): Promise<string> {
  const mode = identity === undefined ? 0o700 : 0o755;
  await mkdir(cacheDir, { recursive: true, mode });
  if (identity === undefined || (await reachable(cacheDir))) return cacheDir;
  const shared = '/var/cache/klarsignal';
  await mkdir(shared, { recursive: true, mode });
  if (await reachable(shared)) return shared;
  throw new Error(`the user ${identity.uid} can reach neither ${cacheDir} nor ${shared}`);
}

/** Makes everything ours and closes it to writers: as root, tar would keep the packer's user id. */
export async function seal(folder: string, mode: number): Promise<void> {
  const [uid, gid] = [process.getuid?.() ?? -1, process.getgid?.() ?? -1];
  await chown(folder, uid, gid);
  await chmod(folder, mode);
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    await lchown(path, uid, gid);
    if (!entry.isSymbolicLink()) await chmod(path, mode);
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
