/** The form of a domain audit: the domain, and what is known of how its mail goes out. */
import { html } from 'hono/html';
import type { Locale } from '../../rule.ts';
import type { FieldError } from '../problem.ts';
import { faultSummary, field } from './field.ts';
import type { Markup } from './markup.ts';
import { selectorHelp } from './selector-help.ts';

const words = {
  en: {
    labels: {
      domain: 'Domain',
      mailFrom: 'Sending subdomain',
      dkimSelectors: 'DKIM selector',
      sendingAddresses: 'IP addresses of the sending servers',
    },
    hints: {
      domain: 'What stands after @ in the address that readers see, such as example.com.',
      mailFrom:
        'Where bounces go: a subdomain kept for mailings. Your sending service calls it MAIL FROM, Return-Path or bounce domain.',
      dkimSelectors: 'The name that the mail is signed under. Several may stand here, with a space between.',
      sendingAddresses:
        'Several with a space between. We look up their names, and look for them on blocklists.',
    },
    more: 'What you know of the sending service',
    moreWhy:
      'Without it some checks have no answer. A domain that is among your senders needs none of it: its own servers are used.',
    optional: 'optional',
    start: 'Check the domain',
    again: 'Check again',
    soon: 'Takes up to a quarter of a minute. Nothing is sent, and nothing is kept.',
    correct: (count: number) => (count === 1 ? 'One thing to correct' : `${count} things to correct`),
  },
  sv: {
    labels: {
      domain: 'Domän',
      mailFrom: 'Underdomän för utskick',
      dkimSelectors: 'DKIM-selektor',
      sendingAddresses: 'Utskicksservrarnas IP-adresser',
    },
    hints: {
      domain: 'Det som står efter @ i adressen som läsarna ser, till exempel exempel.se.',
      mailFrom:
        'Hit skickas studsar: en underdomän som bara används för utskick. Din utskickstjänst kallar den MAIL FROM, Return-Path eller bounce domain.',
      dkimSelectors: 'Namnet som mejlet signeras under. Du kan ange flera, med mellanslag emellan.',
      sendingAddresses:
        'Flera med mellanslag emellan. Vi slår upp deras namn och letar efter dem på spärrlistor.',
    },
    more: 'Det du vet om utskickstjänsten',
    moreWhy:
      'Utan det saknar en del kontroller svar. En domän som finns bland dina avsändare behöver inget av det: då används dess egna servrar.',
    optional: 'valfritt',
    start: 'Granska domänen',
    again: 'Granska igen',
    soon: 'Tar upp till en kvarts minut. Inget skickas, och inget sparas.',
    correct: (count: number) => (count === 1 ? 'En sak att rätta' : `${count} saker att rätta`),
  },
} as const satisfies Record<Locale, object>;

/** Of the form itself. */
export const formId = 'ask-domain';
export const domainFields = ['domain', 'mailFrom', 'dkimSelectors', 'sendingAddresses'] as const;
export type DomainField = (typeof domainFields)[number];
export type DomainValues = Partial<Record<DomainField, string>>;

const known = (name: string): name is DomainField => domainFields.some((one) => one === name);

/** Number of faults comes first: it is what a screen reader says when the page loads. */
export function faultyDomainTitle(title: string, faults: number, locale: Locale): string {
  return faults === 0 ? title : `${words[locale].correct(faults)} – ${title}`;
}

/** `again`: it stands below a report, filled in. */
export function domainForm(
  values: DomainValues,
  errors: readonly FieldError[],
  locale: Locale,
  again = false,
): Markup {
  const word = words[locale];
  const input = (name: DomainField) =>
    field(
      {
        id: name,
        name,
        label: word.labels[name],
        mark: name === 'domain' ? undefined : word.optional,
        hint: word.hints[name],
        help: name === 'dkimSelectors' ? selectorHelp(false, locale) : undefined,
        errors: errors.filter((error) => error.field === name),
      },
      (attributes) =>
        html`<input ${attributes} value="${values[name] ?? ''}" autocapitalize="none" spellcheck="false"${name === 'domain' ? html` autocomplete="off" maxlength="300" required` : ''}>`,
    );
  const [domain, ...more] = domainFields;
  const open = more.some((name) => values[name] || errors.some((error) => error.field === name));
  return html`<form class="card narrow" id="${formId}" action="/domains" method="post">${input(domain)}
<details class="inner"${open ? html` open` : ''}><summary>${word.more}</summary><p class="hint">${word.moreWhy}</p>${more.map(input)}</details>
<p class="row above"><button class="btn main">${again ? word.again : word.start}</button><span class="muted small">${word.soon}</span></p></form>`;
}

/** What is to be corrected, first on the page. */
export function domainFaults(errors: readonly FieldError[], locale: Locale): Markup | string {
  const word = words[locale];
  const faults = errors.map(({ field: name, text }) =>
    known(name) ? { id: name, text: `${word.labels[name]}: ${text}` } : { text },
  );
  return faultSummary(word.correct(faults.length), faults);
}
