/** What a finding rests on: each question and its answer, folded. */
import { html } from 'hono/html';
import type { ReportFinding } from '../../report/report.ts';
import type { Locale } from '../../rule.ts';
import type { Markup } from './markup.ts';

const words = {
  en: { evidence: 'Evidence', resolver: 'resolver', time: 'time', ttl: 'TTL' },
  sv: { evidence: 'Underlag', resolver: 'namnserver', time: 'tid', ttl: 'TTL' },
} as const satisfies Record<Locale, object>;

/** What all of them rest on, each answer once. */
export function evidenceBox(group: readonly ReportFinding[], locale: Locale): Markup | string {
  const word = words[locale];
  const answers = new Map(
    group.flatMap(({ evidence }) => evidence.map((one) => [`${one.name} ${one.type} ${one.at}`, one])),
  );
  if (answers.size === 0) return '';
  const lines = [...answers.values()].map(({ name, type, status, records, resolver, at }) => {
    const found = records.map(({ data, ttl }) => `  ${data}  (${word.ttl} ${ttl})\n`).join('');
    return `${name}  ${type}  ${status}\n${found}  ${word.resolver} ${resolver}, ${word.time} ${at}\n`;
  });
  const headings = group.map(({ heading }) => heading).join('; ');
  return html`<details><summary>${word.evidence}<span class="vh">: ${headings}</span></summary><pre>${lines.join('\n')}</pre></details>`;
}
