/** `klarsignal audit`: one file, judged here and now. Exit 0 clear, 1 blocked, 2 undecided. */
import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { clients } from '../../../rules/clients/index.ts';
import { rules } from '../../../rules/index.ts';
import { policy } from '../../../rules/policy.ts';
import { ruleSet } from '../../../rules/version.ts';
import { createZoneResolver, parseZone } from '../../adapters/resolver/zone.ts';
import type { Resolver } from '../../ports.ts';
import { createPreflight, type Picture } from '../../preflight.ts';
import { type AuditedMail, writeReport } from '../../report/report.ts';
import { textReport } from '../../report/text.ts';
import type { Locale } from '../../rule.ts';
import { mailClasses, readSubmission, type Submission, writeMailbox } from '../../submission.ts';
import { sharedWords } from '../../words.ts';
import { configOf } from '../cli-environment.ts';
import { readBounded } from '../cli-files.ts';
import { BadInput, bad, choice, readFlags } from '../cli-flags.ts';
import { because, cliWords } from '../cli-words.ts';
import type { Config } from '../config.ts';
import { createMjmlThread } from '../mjml-thread.ts';
import { chooseBrowser, chooseResolver, chooseScanner, systemClock } from '../parts.ts';
import { fitted, harmlessJson, showProgress, terminalStyle } from '../terminal.ts';
import { auditFlags } from './audit-flags.ts';
import { auditWords } from './audit-words.ts';

const exitCodes = { clear: 0, blocked: 1, undecided: 2 } as const;
const signalExits = { SIGINT: 130, SIGTERM: 143 } as const;

type Flags = ReturnType<typeof readFlags<typeof auditFlags>>['values'];

export async function audit(argv: string[], locale: Locale): Promise<number> {
  const words = auditWords[locale];
  const { values, positionals, format } = readFlags(argv, auditFlags, locale);
  const [file, ...rest] = positionals;
  if (file === undefined) bad('file-missing', 'FILE', words.noFile);
  if (rest.length > 0) bad('argument-unexpected', rest[0] ?? '', words.tooMany);
  const worlds = (['zone', 'resolver', 'offline'] as const).filter((flag) => values[flag] !== undefined);
  if (worlds.length > 1) bad('flags-conflict', worlds.map((flag) => `--${flag}`).join(' '), words.conflict);
  if (values.previews !== undefined && values['no-previews']) {
    bad('flags-conflict', '--previews --no-previews', words.conflict);
  }

  const config = configOf(locale);
  const submission = await submissionOf(file, values, locale);
  const world = await chooseWorld(values, config, locale);
  const progress = showProgress(process.stderr, locale);
  const browser = chooseBrowser(config, progress.say);
  const stopping = onSignals(async () => {
    progress.clear();
    await Promise.all([browser.close(), world.close()]);
  });
  try {
    if (values.previews !== undefined) await savePictures(values.previews, [], locale);
    const { resolver } = world;
    const preflight = createPreflight(rules, ruleSet, {
      resolver,
      browser,
      scanner: chooseScanner(config),
      clock: systemClock,
      policy,
      clients,
    });
    const { verdict, pictures } = await preflight.audit(submission, {
      leaveOut: { dns: values.offline ?? false, previews: values['no-previews'] ?? false },
      simulated: world.simulated,
      signal: stopping.signal,
      onProgress: progress.step,
    });
    // Cut off, it would tell of faults that are none.
    if (stopping.signal.aborted) return signalExits[stopping.signal.reason as keyof typeof signalExits];
    progress.clear();
    if (values.previews !== undefined) await savePictures(values.previews, pictures, locale);
    const report = writeReport(verdict, rules, locale, auditedOf(submission, file));
    process.stdout.write(
      format === 'json'
        ? `${harmlessJson(report)}\n`
        : fitted(
            textReport(report, locale, terminalStyle(process.stdout), auditWords[locale].asks),
            process.stdout,
          ),
    );
    return exitCodes[verdict.decision];
  } finally {
    progress.clear();
    stopping.unhear();
    await Promise.all([browser.close(), world.close()]);
  }
}

/** Which mail it was; no audit is kept here, so it has no id. */
function auditedOf(submission: Submission, file: string): AuditedMail {
  const { from, subject, mailFrom } = submission;
  return {
    id: null,
    at: systemClock.now().toISOString(),
    from: writeMailbox(from),
    subject,
    mailFrom,
    filename: file === '-' ? null : basename(file),
    class: submission.class,
  };
}

async function submissionOf(file: string, values: Flags, locale: Locale): Promise<Submission> {
  const say = sharedWords[locale].errors;
  const mailClass = choice('class', values.class, mailClasses, locale);
  const limit = policy.limits.uploadBytes;
  const read = await readBounded(file, limit);
  if (!read.ok && read.reason === 'too-large') {
    bad('message-too-large', 'file', say['message-too-large']({ limit }));
  }
  if (!read.ok) bad('file-unreadable', file, unusable(auditWords[locale].unreadable, read, locale));
  const mjml = createMjmlThread();
  const handed = {
    bytes: read.bytes,
    filename: file === '-' ? undefined : basename(file),
    from: values.from,
    replyTo: values['reply-to'],
    subject: values.subject,
    mailFrom: values['mail-from'],
    class: mailClass,
    dkimSelectors: values['dkim-selector'],
  };
  const result = await readSubmission(handed, 'command-line', policy.limits, mjml.compile);
  await mjml.close();
  if (result.ok) return result.submission;
  throw new BadInput(result.errors.map(({ code, field, data }) => ({ code, field, text: say[code](data) })));
}

async function chooseWorld(
  { zone, resolver: named }: Flags,
  config: Config,
  locale: Locale,
): Promise<{ resolver: Resolver; simulated: boolean; close(): Promise<void> }> {
  const words = auditWords[locale];
  if (zone === undefined) {
    const resolver = chooseResolver(named ?? config.resolver);
    if (!resolver)
      bad('resolver-invalid', named === undefined ? 'KLARSIGNAL_RESOLVER' : '--resolver', words.badResolver);
    return { resolver, simulated: (named ?? config.resolver) !== undefined, close: async () => {} };
  }
  const read = await readBounded(zone, policy.limits.uploadBytes);
  if (!read.ok && read.reason === 'too-large') bad('zone-invalid', zone, words.zoneTooLarge);
  if (!read.ok) bad('zone-unreadable', zone, unusable(words.unreadable, read, locale));
  let content: unknown;
  try {
    content = JSON.parse(new TextDecoder('utf-8').decode(read.bytes));
  } catch (error) {
    bad('zone-invalid', zone, because(words.badZone, error));
  }
  const parsed = parseZone(content);
  if (!parsed.ok) {
    bad('zone-invalid', zone, `${words.badZone}: ${[...parsed.path, parsed.message].join(': ')}`);
  }
  const resolver = await createZoneResolver(parsed.zone, systemClock);
  return { resolver, simulated: true, close: resolver.close };
}

async function savePictures(dir: string, pictures: readonly Picture[], locale: Locale): Promise<void> {
  try {
    await mkdir(dir, { recursive: true });
    for (const { view, png } of pictures) await writeFile(join(dir, `${view}.png`), png);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    bad('previews-unwritable', dir, unusable(auditWords[locale].unwritable, { code }, locale));
  }
}

/** Told to stop, the audit is cut off and the browser goes too. `unhear`: how to stop listening. */
function onSignals(close: () => Promise<unknown>): { signal: AbortSignal; unhear(): void } {
  const names = ['SIGINT', 'SIGTERM'] as const;
  const stopping = new AbortController();
  const stop = (name: NodeJS.Signals) => {
    const exit = () => process.exit(signalExits[name as keyof typeof signalExits]);
    stopping.abort(name);
    close().then(exit, exit);
  };
  for (const name of names) process.once(name, stop);
  return {
    signal: stopping.signal,
    unhear: () => {
      for (const name of names) process.off(name, stop);
    },
  };
}

function unusable(text: string, { code }: { code: string }, locale: Locale): string {
  return `${text}: ${cliWords[locale].reasons[code] ?? code}.`;
}
