/** What a finding rests on: each question and its answer, folded. */
import { html } from 'hono/html';
import type { Evidence } from '../../facts/facts.ts';
import type { ReportFinding } from '../../report/report.ts';
import { engineWords } from '../../report/spam-engines.ts';
import type { Locale } from '../../rule.ts';
import type { Markup } from './markup.ts';

const words = {
  en: {
    evidence: 'Evidence',
    resolver: 'resolver',
    time: 'time',
    ttl: 'TTL',
    noAnswer: 'no answer',
    knows: { yes: 'sending service', no: 'sending service did not say' },
  },
  sv: {
    evidence: 'Underlag',
    resolver: 'namnserver',
    time: 'tid',
    ttl: 'TTL',
    noAnswer: 'inget svar',
    knows: { yes: 'utskickstjänsten', no: 'utskickstjänsten svarade inte' },
  },
} as const satisfies Record<Locale, object>;

/** What all of them rest on, each answer once. */
export function evidenceBox(group: readonly ReportFinding[], locale: Locale): Markup | string {
  const word = words[locale];
  const answers = new Map(
    group.flatMap(({ evidence }) => evidence.map((one) => [JSON.stringify(one), lineOf(one, locale)])),
  );
  if (answers.size === 0) return '';
  const lines = [...answers.values()];
  const headings = group.map(({ heading }) => heading).join('; ');
  return html`<details><summary>${word.evidence}<span class="vh">: ${headings}</span></summary><pre>${lines.join('\n')}</pre></details>`;
}

function lineOf(one: Evidence, locale: Locale): string {
  const word = words[locale];
  if (one.kind === 'web') {
    const came =
      one.status === null ? `${word.noAnswer} (${one.failure})` : `${one.status}\n  ${one.excerpt}`;
    return `GET ${one.url}  ${came}\n  ${word.time} ${one.at}\n`;
  }
  if (one.kind === 'smtp') {
    return `SMTP ${one.host} ${one.address ?? ''}  ${one.state}\n  ${one.said}\n  ${word.time} ${one.at}\n`;
  }
  if (one.kind === 'provider') {
    const known = Object.entries(one.status ?? {}).map(
      ([name, value]) => `  ${name}: ${[value].flat().join(' ')}\n`,
    );
    const head = one.status ? word.knows.yes : word.knows.no;
    return `${head} (${one.transport})  ${one.domain}\n${known.join('')}  ${word.time} ${one.at}\n`;
  }
  if (one.kind === 'spam-engine') {
    const { line, rules } = engineWords(one, locale);
    return `${[line, ...rules].join('\n')}\n  ${word.time} ${one.at}\n`;
  }
  const { name, type, status, records, resolver, at } = one;
  const found = records.map(({ data, ttl }) => `  ${data}  (${word.ttl} ${ttl})\n`).join('');
  return `${name}  ${type}  ${status}\n${found}  ${word.resolver} ${resolver}, ${word.time} ${at}\n`;
}
