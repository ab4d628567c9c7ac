/** What the spam filters that were asked say, in words: the score of each, and every rule that it rests on. */
import type { SpamEvidence } from '../facts/facts.ts';
import type { Locale } from '../rule.ts';
import type { Report } from './report.ts';

const words = {
  en: {
    spam: 'counts the mail as spam',
    mail: 'does not count the mail as spam',
    points: (score: string) => `${score} points`,
    from: (threshold: string) => `spam from ${threshold}`,
    action: (action: string) => `action: ${action}`,
    none: 'no answer, so nothing is known',
    more: (count: number) => `… and ${count} more rules`,
    promise: 'What a filter says of the content does not tell where Gmail or others put the mail.',
  },
  sv: {
    spam: 'räknar mejlet som skräppost',
    mail: 'räknar inte mejlet som skräppost',
    points: (score: string) => `${score} poäng`,
    from: (threshold: string) => `skräppost från ${threshold}`,
    action: (action: string) => `åtgärd: ${action}`,
    none: 'inget svar, så inget är känt',
    more: (count: number) => `… och ${count} regler till`,
    promise: 'Vad ett filter säger om innehållet visar inte var Gmail eller andra lägger mejlet.',
  },
} as const satisfies Record<Locale, object>;

/** As rspamd says it. */
const nothing = 'no action';

export interface EngineWords {
  /** One sentence, with the engine's name first. */
  line: string;
  /** One line each: points, the engine's name of the rule, and its own description. */
  rules: readonly string[];
}

/** Of each engine that was asked, whether or not it answered. */
export function spamEngines({ findings }: Pick<Report, 'findings'>, locale: Locale): EngineWords[] {
  const asked = new Map(
    findings.flatMap(({ evidence }) =>
      evidence.flatMap((one) => (one.kind === 'spam-engine' ? [[JSON.stringify(one), one] as const] : [])),
    ),
  );
  const inOrder = [...asked.values()].toSorted((one, other) => (one.engine < other.engine ? -1 : 1));
  return inOrder.map((one) => engineWords(one, locale));
}

/** That a score of the content is no promise. */
export function spamEnginesNote(locale: Locale): string {
  return words[locale].promise;
}

export function engineWords({ engine, opinion }: SpamEvidence, locale: Locale): EngineWords {
  const word = words[locale];
  if (!opinion) return { line: `${engine}: ${word.none}.`, rules: [] };
  const { spam, score, threshold, action, symbols, omitted } = opinion;
  const parts = [
    word.points(number(score, locale)),
    ...(threshold === null ? [] : [word.from(number(threshold, locale))]),
    ...(action === null || action === nothing ? [] : [word.action(action)]),
  ];
  return {
    line: `${engine} ${spam ? word.spam : word.mail} (${parts.join(', ')}).`,
    rules: [
      ...symbols.map(({ name, points, description }) =>
        `${signed(points, locale).padStart(6)}  ${name}  ${description}`.trimEnd(),
      ),
      ...(omitted > 0 ? [word.more(omitted)] : []),
    ],
  };
}

function number(points: number, locale: Locale): string {
  return new Intl.NumberFormat(locale, { maximumFractionDigits: 2 }).format(points);
}

function signed(points: number, locale: Locale): string {
  return points > 0 ? `+${number(points, locale)}` : number(points, locale);
}
