/** Who, what and when, so that a printed or saved report stands by itself. */
import { html } from 'hono/html';
import type { Audit } from '../../audits.ts';
import type { Locale } from '../../rule.ts';
import type { Markup } from './markup.ts';
import { moment } from './moment.ts';
import { quoted } from './quoted.ts';

const words = {
  en: {
    audited: 'Audited',
    begun: 'Started',
    classes: { marketing: 'marketing mail', transactional: 'transactional mail' },
    mailFrom: 'Sending subdomain',
    repeats: 'Follows an earlier audit',
    see: 'See the earlier one',
  },
  sv: {
    audited: 'Granskat',
    begun: 'Påbörjat',
    classes: { marketing: 'marknadsföring', transactional: 'enskilt ärende' },
    mailFrom: 'Underdomän för utskick',
    repeats: 'Följer på en tidigare granskning',
    see: 'Visa den förra',
  },
} as const satisfies Record<Locale, object>;

/** `links`: into the service, which a document of its own leaves out. */
export function aboutAudit(
  { request, createdAt, finishedAt }: Audit,
  links: boolean,
  locale: Locale,
): Markup {
  const { from, subject, mailFrom, filename, repeats } = request;
  const word = words[locale];
  const parts = [
    html`${finishedAt ? word.audited : word.begun} ${moment(finishedAt ?? createdAt, locale)}`,
    ...(from ? [quoted(from, 'address')] : []),
    word.classes[request.class ?? 'marketing'],
  ];
  const rest = [
    ...(mailFrom ? [html`${word.mailFrom}: ${quoted(mailFrom, 'address')}`] : []),
    ...(filename ? [quoted(filename, 'address')] : []),
    ...(repeats && links ? [html`${word.repeats}. <a href="/audits/${repeats}">${word.see}</a>`] : []),
  ];
  return html`<div class="about"><p class="muted">${apart(parts)}</p>${subject ? html`<p><strong>${quoted(subject)}</strong></p>` : ''}${rest.length > 0 ? html`<p class="small muted">${apart(rest)}</p>` : ''}</div>`;
}

function apart(parts: readonly (Markup | string)[]): Markup {
  return html`${parts.map((part, i) => html`${i === 0 ? '' : '\u00a0· '}${part}`)}`;
}
