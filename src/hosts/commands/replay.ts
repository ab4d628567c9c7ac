/** `klarsignal replay`: a kept audit judged again with today's rules. Exit 0 clear, 1 blocked, 2 undecided. */
import { join } from 'node:path';
import { clients } from '../../../rules/clients/index.ts';
import { rules } from '../../../rules/index.ts';
import { policy } from '../../../rules/policy.ts';
import { providers } from '../../../rules/providers/index.ts';
import { ruleSet } from '../../../rules/version.ts';
import { readFileBlobs } from '../../adapters/blobs/files.ts';
import { type Replayed, replayAudit } from '../../audits.ts';
import { createPreflight } from '../../preflight.ts';
import { type AuditedMail, writeReport } from '../../report/report.ts';
import type { Locale } from '../../rule.ts';
import { writeMailbox } from '../../submission.ts';
import { configOf } from '../cli-environment.ts';
import { bad, readFlags } from '../cli-flags.ts';
import { createMjmlThread } from '../mjml-thread.ts';
import { chooseBrowser, choosePolicy, chooseScanner, chooseSpamEngines } from '../parts.ts';
import { fitted, showProgress } from '../terminal.ts';
import { replayFlags } from './audit-flags.ts';
import { exitCodes, onSignals, printingOf, printReport } from './judging.ts';
import { replayWords } from './replay-words.ts';
import { besideService } from './store-beside.ts';

export async function replay(argv: string[], locale: Locale): Promise<number> {
  const words = replayWords[locale];
  const { values, positionals, format } = readFlags(argv, replayFlags, locale);
  const [id, ...rest] = positionals;
  if (id === undefined) bad('audit-id-missing', 'ID', words.noId);
  if (rest[0] !== undefined) bad('argument-unexpected', rest[0], words.tooMany);
  const printing = printingOf(values, format, locale);
  const config = configOf(locale);
  const progress = showProgress(process.stderr, locale);
  const browser = chooseBrowser(config, progress.say);
  const mjml = createMjmlThread();
  const close = () => Promise.all([browser.close(), mjml.close()]);
  const stopping = onSignals(async () => {
    progress.clear();
    await close();
  });
  try {
    const blobs = readFileBlobs(join(config.dataDir, 'blobs'));
    const replayed = await besideService(config, { make: false }, locale, async (store) =>
      replayAudit(
        {
          store,
          blobs,
          compileMjml: mjml.compile,
          policy,
          preflightWith: (answering) =>
            createPreflight(rules, ruleSet, {
              ...answering,
              browser,
              scanner: chooseScanner(config),
              ...chooseSpamEngines(config),
              policy: choosePolicy(config),
              clients,
              providers,
            }),
        },
        { organisation: await store.firstOrganisation(), id },
        { previews: !values['no-previews'], signal: stopping.signal, onProgress: progress.step },
      ),
    );
    if (stopping.signal.aborted) return stopping.exitCode();
    progress.clear();
    if (replayed.kind !== 'judged') return bad(`audit-${replayed.kind}`, id, words.refused[replayed.kind]);
    const { verdict } = replayed.audited;
    const time = `${replayed.at.slice(0, 16).replace('T', ' ')} UTC`;
    const said = [
      words.note(time, replayed.ruleSet === ruleSet),
      ...(replayed.leftOut > 0 ? [words.leftOut(replayed.leftOut)] : []),
    ];
    process.stderr.write(`${said.map((text) => fitted(text, process.stderr)).join('\n')}\n`);
    printReport(
      writeReport(verdict, rules, locale, auditedOf(replayed), replayed.example, providers),
      printing,
      locale,
    );
    return exitCodes[verdict.decision];
  } finally {
    progress.clear();
    stopping.unhear();
    await close();
  }
}

function auditedOf({ id, filename, submission, at }: Extract<Replayed, { kind: 'judged' }>): AuditedMail {
  const { from, subject, mailFrom } = submission;
  return { id, at, from: writeMailbox(from), subject, mailFrom, filename, class: submission.class };
}
