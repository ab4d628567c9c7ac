/** What the mailbox providers ask, as text. */
import type { Locale } from '../../rule.ts';
import { providerCaution, type ReportProvider } from '../providers.ts';
import type { Report } from '../report.ts';
import type { Style } from './style.ts';

/** Every provider in a line, and beneath it what falls short or is not known. */
export function writeProviders({ providers }: Report, locale: Locale, style: Style): string[] {
  if (providers.length === 0) return [];
  const { title, caution } = providerCaution[locale];
  return [style.strong(title), ...providers.flatMap((one) => writeProvider(one, style)), `  ${caution}`, ''];
}

function writeProvider(
  { name, state, awaitsMail, word, text, requirements }: ReportProvider,
  style: Style,
): string[] {
  const looks = { met: 'clear', 'not-met': 'blocked', 'not-observable': 'quiet' } as const;
  const look = awaitsMail
    ? 'quiet'
    : state === 'bulk-not-met' || state === 'unknown'
      ? 'undecided'
      : looks[state];
  const told = requirements.filter((one) => one.state === 'not-met' || one.state === 'unknown');
  return [
    `  ${style.state(`[${word}]`, look)} ${style.strong(name)}: ${text}`,
    ...told.map(({ word: how, text: what, asked, rules, code }) => {
      const more = [asked, rules.join(', '), code].filter(Boolean).join('; ');
      return `    - ${how}: ${what} (${more})`;
    }),
  ];
}
