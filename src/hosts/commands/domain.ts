/** `klarsignal domain`: a sender domain by itself, judged here and now. Exit 0 in order, 1 blocked, 2 undecided. */
import { clients } from '../../../rules/clients/index.ts';
import { rules } from '../../../rules/index.ts';
import { planSteps } from '../../../rules/plan/index.ts';
import { providers } from '../../../rules/providers/index.ts';
import { ruleSet } from '../../../rules/version.ts';
import { absentBrowser } from '../../adapters/browser/absent.ts';
import { createPreflight } from '../../preflight.ts';
import { domainJson, writeDomainReport } from '../../report/domain.ts';
import type { Locale } from '../../rule.ts';
import { senderWords } from '../../senders/words.ts';
import { readSender, type SenderPart } from '../../submission.ts';
import { sharedWords } from '../../words.ts';
import { configOf } from '../cli-environment.ts';
import { BadInput, bad, readFlags } from '../cli-flags.ts';
import { choosePolicy, systemClock } from '../parts.ts';
import { showProgress } from '../terminal.ts';
import { domainFlags } from './audit-flags.ts';
import { domainWords } from './domain-words.ts';
import { chooseWorld, exitCodes, oneWorld, onSignals, printingOf, printReport } from './judging.ts';

export async function domain(argv: string[], locale: Locale): Promise<number> {
  const words = domainWords[locale];
  const { values, positionals, format } = readFlags(argv, domainFlags, locale);
  const [name, ...rest] = positionals;
  if (name === undefined) bad('domain-missing', 'DOMAIN', words.noDomain);
  if (rest[0] !== undefined) bad('argument-unexpected', rest[0], words.tooMany);
  oneWorld(values, locale);
  const printing = printingOf(values, format, locale);
  const sender = senderOf(name, values, locale);
  const config = configOf(locale);
  const world = await chooseWorld(values, config, locale);
  const progress = showProgress(process.stderr, locale);
  const stopping = onSignals(async () => {
    progress.clear();
    await world.close();
  });
  try {
    const preflight = createPreflight(rules, ruleSet, {
      ...world.answering,
      browser: absentBrowser,
      clock: systemClock,
      policy: choosePolicy(config),
      clients,
      providers,
      plan: planSteps,
    });
    const { verdict, plan } = await preflight.auditSender(sender, {
      simulated: world.simulated,
      signal: stopping.signal,
      onProgress: progress.step,
    });
    // Cut off, it would tell of faults that are none.
    if (stopping.signal.aborted) return stopping.exitCode();
    progress.clear();
    const judged = { sender, plan, at: systemClock.now().toISOString() };
    const report = writeDomainReport(verdict, judged, { rules, providers, planSteps }, locale);
    printReport(report, printing, locale, domainJson(report, ruleSet));
    return exitCodes[verdict.decision];
  } finally {
    progress.clear();
    stopping.unhear();
    await world.close();
  }
}

/** No registered sender is known here: it is judged as mail of a system of its own. */
function senderOf(
  name: string,
  values: ReturnType<typeof readFlags<typeof domainFlags>>['values'],
  locale: Locale,
): SenderPart {
  const handed = {
    domain: name,
    mailFrom: values['mail-from'],
    dkimSelectors: values['dkim-selector'],
    sendingAddresses: values.ip,
  };
  const read = readSender(handed, 'command-line');
  if (read.ok) return read.sender;
  throw new BadInput(
    read.errors.map(({ code, field, data }) =>
      field === 'from'
        ? {
            code: 'domain-invalid',
            field: 'DOMAIN',
            text: senderWords[locale].errors['domain-invalid'],
          }
        : { code, field, text: sharedWords[locale].errors[code](data) },
    ),
  );
}
