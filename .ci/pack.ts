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
/** By command: what it loads, and what it then does. */
const commands = {
  klarsignal: "import('../src/hosts/cli.js')",
  'klarsignal-service': "import('../src/hosts/node.js').then(function (host) { host.runProcess(); })",
};

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
    const manifest = published();
    mkdirSync(join(folder, 'bin'));
    for (const [command, run] of Object.entries(commands)) {
      const path = join(folder, `bin/${command}.cjs`);
      writeFileSync(path, started(run, manifest.engines.node));
      chmodSync(path, 0o755);
    }
    writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
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

/**
 * A command in the language of a Node that is too old for the rest: it says so, where that one would show a stack.
 * @param wanted such as `>=24.15`
 */
function started(run: string, wanted: string): string {
  const least = /^>=(\d+)\.(\d+)$/.exec(wanted);
  if (!least) throw new Error(`engines.node is ${wanted}`);
  const [, major, minor] = least;
  return `#!/usr/bin/env node
'use strict';
var parts = process.versions.node.split('.');
if (+parts[0] > ${major} || (+parts[0] === ${major} && +parts[1] >= ${minor})) {
  ${run};
} else {
  var language = process.env.LC_ALL || process.env.LC_MESSAGES || process.env.LANG || '';
  var swedish = /^sv/.test(language) || /--locale[= ]sv/.test(process.argv.join(' '));
  process.stderr.write(
    (swedish
      ? 'Klarsignal behöver Node ${major}.${minor} eller senare. Det här är Node '
      : 'Klarsignal needs Node ${major}.${minor} or later. This is Node ') +
      process.versions.node + ' (' + process.execPath + '). ' +
      (swedish
        ? 'Hämta en nyare på https://nodejs.org/ och kör kommandot igen.\\n'
        : 'Get a later one from https://nodejs.org/ and run the command again.\\n')
  );
  process.exitCode = 70;
}
`;
}

function published() {
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
    bin: Object.fromEntries(Object.keys(commands).map((command) => [command, `bin/${command}.cjs`])),
  };
}

function run(command: string, args: readonly string[]): string {
  return execFileSync(command, args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
}

if (import.meta.main) {
  process.stdout.write(`${pack(process.argv[2] ?? join(root, 'dist'))}\n`);
}
