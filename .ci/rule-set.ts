/**
 * The rule set's version: SHA-256 over every file of rules/ by name and content. Taken from the source, since
 * every runtime and bundler spells the code of a function in its own way. `npm run rule-set` writes it.
 */
import { createHash } from 'node:crypto';
import { globSync, readFileSync, writeFileSync } from 'node:fs';

const root = new URL('..', import.meta.url);
const written = 'rules/version.ts';

/** 64 hexadecimal digits. */
export function digestRuleSet(): string {
  const files = globSync('rules/**/*', { cwd: root, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath}/${entry.name}`.slice(root.pathname.length))
    .filter((file) => file !== written)
    .sort();
  const hash = createHash('sha256');
  for (const file of files) {
    const text = readFileSync(new URL(file, root), 'utf8').replaceAll('\r\n', '\n');
    hash.update(`${file}\0${text}\0`);
  }
  return hash.digest('hex');
}

if (import.meta.main) {
  const text = `/** Written by \`npm run rule-set\` after each change of rules, policy or client data. */
export const ruleSet = '${digestRuleSet()}';
`;
  writeFileSync(new URL(written, root), text);
}
