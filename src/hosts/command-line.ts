/** The command line. Exit 0 clear or done, 1 blocked, 2 undecided, 3 bad input; 70 Klarsignal itself failed. */
import type { KeyError } from '../access.ts';
import type { Locale } from '../rule.ts';
import type { InputError } from '../submission.ts';
import { asksForJson, BadInput, bad, localeFrom, readFlags, wholeCall } from './cli-flags.ts';
import { cliWords } from './cli-words.ts';
import { accessCommandWords } from './commands/access-words.ts';
import { auditFlags, domainFlags, replayFlags } from './commands/audit-flags.ts';
import { auditWords } from './commands/audit-words.ts';
import { clearanceKeyWords } from './commands/clearance-key-words.ts';
import { domainWords } from './commands/domain-words.ts';
import { keyFlags } from './commands/key-flags.ts';
import { replayWords } from './commands/replay-words.ts';
import { send, sendFlags } from './commands/send.ts';
import { sendWords } from './commands/send-words.ts';
import { fitted, harmless, harmlessJson } from './terminal.ts';

const badInput = 3;
const ownFault = 70;

/** Each gets the whole call and reads what is its own. Only the one that is called is loaded. */
const commands = new Map<string, (argv: string[], locale: Locale) => Promise<number>>([
  ['audit', async (...call) => (await import('./commands/audit.ts')).audit(...call)],
  ['domain', async (...call) => (await import('./commands/domain.ts')).domain(...call)],
  ['replay', async (...call) => (await import('./commands/replay.ts')).replay(...call)],
  ['login-link', async (...call) => (await import('./commands/login-link.ts')).loginLink(...call)],
  ['key', async (...call) => (await import('./commands/key.ts')).key(...call)],
  ['clearance-key', async (...call) => (await import('./commands/clearance-key.ts')).clearanceKey(...call)],
  ['send', send],
]);

const flagOf: Record<InputError['field'] | KeyError['field'], string> = {
  file: 'FILE',
  from: '--from',
  replyTo: '--reply-to',
  subject: '--subject',
  mailFrom: '--mail-from',
  dkimSelectors: '--dkim-selector',
  sendingAddresses: '--ip',
  mergeFields: 'mergeFields',
  sampleData: '--sample-data',
  requiredFields: '--require-field',
  audience: '--audience',
  name: '--name',
  scopes: '--scope',
  days: '--days',
};

async function main(argv: string[]): Promise<number> {
  const locale = localeFrom(argv, process.env);
  try {
    return await run(argv, locale);
  } catch (error) {
    if (!(error instanceof BadInput)) return crashed(error, locale, asksForJson(argv));
    if (asksForJson(argv)) process.stdout.write(`${harmlessJson({ errors: error.errors })}\n`);
    for (const { field, text } of asksForJson(argv) ? [] : error.errors) {
      const name = Object.hasOwn(flagOf, field) ? flagOf[field as keyof typeof flagOf] : field;
      process.stderr.write(fitted(`${harmless(`${name}: ${text}`)}\n`, process.stderr));
    }
    return badInput;
  }
}

async function run(argv: string[], locale: Locale): Promise<number> {
  const words = cliWords[locale];
  const commandWords = [
    auditWords,
    domainWords,
    replayWords,
    accessCommandWords,
    clearanceKeyWords,
    sendWords,
  ];
  const usage = `${commandWords.map(({ [locale]: own }) => `${own.usage}\n`).join('')}${words.exits}\n`;
  const { name, help } = wholeCall(argv, {
    ...auditFlags,
    ...domainFlags,
    ...replayFlags,
    ...keyFlags,
    ...sendFlags,
  });
  const command = commands.get(name ?? '');
  if (help || name === 'help') {
    process.stdout.write(usage);
    return 0;
  }
  if (command) return command(argv, locale);
  if (name !== undefined) bad('command-unknown', name, words.unknownCommand);
  readFlags(argv, {}, locale);
  process.stderr.write(usage);
  return badInput;
}

function crashed(error: unknown, locale: Locale, json: boolean): number {
  const text = cliWords[locale].crashed;
  if (json) process.stdout.write(`${harmlessJson({ errors: [{ code: 'crashed', field: '', text }] })}\n`);
  else process.stderr.write(`${text}\n`);
  if (process.env.KLARSIGNAL_DEBUG) {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  }
  return ownFault;
}

// Whoever reads may stop reading, as head does; the exit code still tells the decision.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
process.on('uncaughtException', (error) => {
  const argv = process.argv.slice(2);
  process.exit(crashed(error, localeFrom(argv, process.env), asksForJson(argv)));
});
// Until main has ended, whatever ends the process is a fault of ours and never looks like a decision.
process.exitCode = ownFault;
process.exitCode = await main(process.argv.slice(2));
