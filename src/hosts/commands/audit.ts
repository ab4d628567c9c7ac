/** `klarsignal audit`: one file, judged here and now. Exit 0 clear, 1 blocked, 2 undecided. */
import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { clients } from '../../../rules/clients/index.ts';
import { rules } from '../../../rules/index.ts';
import { policy } from '../../../rules/policy.ts';
import { providers } from '../../../rules/providers/index.ts';
import { ruleSet } from '../../../rules/version.ts';
import { createPreflight, type Picture } from '../../preflight.ts';
import { type AuditedMail, writeReport } from '../../report/report.ts';
import type { Locale } from '../../rule.ts';
import {
  mailClasses,
  readSubmission,
  type Submission,
  sampleLength,
  writeMailbox,
} from '../../submission.ts';
import { sharedWords } from '../../words.ts';
import { configOf } from '../cli-environment.ts';
import { readBounded } from '../cli-files.ts';
import { BadInput, bad, choice, readFlags } from '../cli-flags.ts';
import { createMjmlThread } from '../mjml-thread.ts';
import { chooseBrowser, choosePolicy, chooseScanner, chooseSpamEngines, systemClock } from '../parts.ts';
import { showProgress } from '../terminal.ts';
import { auditFlags } from './audit-flags.ts';
import { auditWords } from './audit-words.ts';
import { chooseWorld, exitCodes, oneWorld, onSignals, printingOf, printReport, unusable } from './judging.ts';

type Flags = ReturnType<typeof readFlags<typeof auditFlags>>['values'];

export async function audit(argv: string[], locale: Locale): Promise<number> {
  const words = auditWords[locale];
  const { values, positionals, format } = readFlags(argv, auditFlags, locale);
  const [file, ...rest] = positionals;
  if (file === undefined) bad('file-missing', 'FILE', words.noFile);
  if (rest.length > 0) bad('argument-unexpected', rest[0] ?? '', words.tooMany);
  oneWorld(values, locale);
  const printing = printingOf(values, format, locale);
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
    const preflight = createPreflight(rules, ruleSet, {
      ...world.answering,
      browser,
      scanner: chooseScanner(config),
      ...chooseSpamEngines(config),
      clock: systemClock,
      policy: choosePolicy(config),
      clients,
      providers,
    });
    const { verdict, pictures } = await preflight.audit(submission, {
      leaveOut: { dns: values.offline ?? false, previews: values['no-previews'] ?? false },
      simulated: world.simulated,
      signal: stopping.signal,
      onProgress: progress.step,
    });
    // Cut off, it would tell of faults that are none.
    if (stopping.signal.aborted) return stopping.exitCode();
    progress.clear();
    if (values.previews !== undefined) await savePictures(values.previews, pictures, locale);
    const report = writeReport(verdict, rules, locale, auditedOf(submission, file), false, providers);
    printReport(report, printing, locale);
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
    sendingAddresses: values.ip,
    sampleData: await samplesOf(values['sample-data'], locale),
    requiredFields: values['require-field'],
    audience: values.audience,
  };
  const result = await readSubmission(handed, 'command-line', policy.limits, mjml.compile);
  await mjml.close();
  if (result.ok) return result.submission;
  throw new BadInput(result.errors.map(({ code, field, data }) => ({ code, field, text: say[code](data) })));
}

/** Read as text: JSON, or a list in CSV. */
async function samplesOf(file: string | undefined, locale: Locale): Promise<string | undefined> {
  if (file === undefined) return undefined;
  const read = await readBounded(file, sampleLength);
  if (!read.ok && read.reason === 'too-large') {
    bad(
      'sample-data-invalid',
      '--sample-data',
      sharedWords[locale].errors['sample-data-invalid']({ part: 'form', name: '' }),
    );
  }
  if (!read.ok) bad('file-unreadable', file, unusable(auditWords[locale].unreadable, read, locale));
  return new TextDecoder('utf-8').decode(read.bytes);
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
