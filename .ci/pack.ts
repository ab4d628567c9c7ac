/**
 * What is published: types stripped by tsc, since Node strips none under node_modules. `npm run pack` writes
 * dist/klarsignal-<version>.tgz. Laid out as the repository is, so that every path in it stays true.
 */
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  cpSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const root = new URL('..', import.meta.url).pathname;
/** Read by people, or beside the code at run time. */
const whole = ['README.md', 'LICENSE', 'THIRD_PARTY_NOTICES', 'CHANGELOG.md', 'SECURITY.md', 'docs'];
const commands = { klarsignal: 'src/hosts/cli.js', 'klarsignal-service': 'src/hosts/node.js' };

/** @returns the path of the tarball. Types are checked by `npm run types`; here they are only taken away. */
export function pack(destination: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'klarsignal-pack-'));
  try {
    const config = {
      extends: join(root, 'tsconfig.json'),
      compilerOptions: {
        noEmit: false,
        noCheck: true,
        declaration: true,
        rewriteRelativeImportExtensions: true,
        rootDir: root,
        outDir: folder,
        typeRoots: [join(root, 'node_modules/@types')],
      },
      include: [join(root, 'src'), join(root, 'rules')],
    };
    const project = join(folder, 'tsconfig.json');
    writeFileSync(project, JSON.stringify(config));
    run(join(root, 'node_modules/.bin/tsc'), ['--project', project]);
    rmSync(project);
    for (const file of globSync('{src,rules}/**/*', { cwd: root, withFileTypes: true })) {
      if (!file.isFile() || file.name.endsWith('.ts')) continue;
      const from = join(file.parentPath, file.name);
      const to = join(folder, from.slice(root.length));
      mkdirSync(dirname(to), { recursive: true });
      copyFileSync(from, to);
    }
    for (const name of whole) cpSync(join(root, name), join(folder, name), { recursive: true });
    cpSync(join(root, 'fixtures/worlds'), join(folder, 'fixtures/worlds'), { recursive: true });
    for (const file of Object.values(commands)) {
      const path = join(folder, file);
      writeFileSync(path, `#!/usr/bin/env node\n${readFileSync(path, 'utf8')}`);
      chmodSync(path, 0o755);
    }
    writeFileSync(join(folder, 'package.json'), `${JSON.stringify(published(), null, 2)}\n`);
    mkdirSync(destination, { recursive: true });
    const flags = ['--pack-destination', resolve(destination), '--json', '--ignore-scripts'];
    // npm answers with a list, or with an object by name from version 12 on.
    const answer = JSON.parse(run('npm', ['pack', folder, ...flags]));
    const [made] = Object.values(answer) as { filename: string }[];
    if (!made) throw new Error('npm pack has made nothing');
    return join(resolve(destination), made.filename);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function published(): object {
  const {
    private: _,
    scripts: __,
    devDependencies: ___,
    optionalDependencies: ____,
    ...own
  } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const entry = (name: string) => ({
    types: `./src/client/${name}.d.ts`,
    default: `./src/client/${name}.js`,
  });
  return {
    ...own,
    imports: { '#rule': './src/rule.js' },
    exports: {
      './client': entry('index'),
      './client/nodemailer': entry('nodemailer'),
      './package.json': './package.json',
    },
    bin: commands,
  };
}

function run(command: string, args: readonly string[]): string {
  return execFileSync(command, args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
}

if (import.meta.main) {
  process.stdout.write(`${pack(process.argv[2] ?? join(root, 'dist'))}\n`);
}
