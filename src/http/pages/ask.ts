/** What a check lacks, asked for where it is missed. The answer starts the audit again, judged anew. */
import { html } from 'hono/html';
import type { Ask, Locale } from '../../rule.ts';
import { sharedWords } from '../../words.ts';
import { field } from './field.ts';
import type { Markup } from './markup.ts';
import { selectorHelp } from './selector-help.ts';

const words = {
  en: {
    mend: {
      'mail-from': 'Say where bounces go',
      'dkim-selector': 'Name the DKIM selector',
      'sending-address': 'Name the sending servers',
      subject: 'Say what the subject is',
      'sent-message': 'Hand in a message that was sent',
    },
    label: {
      'mail-from': 'Sending subdomain',
      'dkim-selector': 'DKIM selector',
      'sending-address': 'IP addresses of the sending servers',
      subject: 'Subject',
      'sent-message': 'A sent message',
    },
    hint: {
      'mail-from':
        'A subdomain such as utskick.example.com, without @ and https://. Your sending service calls it MAIL FROM, Return-Path or bounce domain.',
      'dkim-selector':
        'For example s1, or the whole name of its record, s1._domainkey.example.com. Several may stand here, with a space between.',
      'sending-address': 'For example 192.0.2.10. Several may stand here, with a space between.',
      subject: 'As readers will see it.',
      'sent-message': 'EML, as your mail program saves it. At most 10 MB.',
    },
    empty: {
      'mail-from': 'Write the sending subdomain here.',
      'dkim-selector': 'Write the selector here.',
      'sending-address': 'Write the IP address here.',
      subject: 'Write the subject here.',
      'sent-message': 'Choose the file here.',
    },
    send: 'Audit again',
    above: 'Answer this further up',
  },
  sv: {
    mend: {
      'mail-from': 'Ange vart studsarna går',
      'dkim-selector': 'Ange DKIM-selektorn',
      'sending-address': 'Ange utskicksservrarna',
      subject: 'Ange ämnet',
      'sent-message': 'Lämna in ett mejl som har skickats',
    },
    label: {
      'mail-from': 'Underdomän för utskick',
      'dkim-selector': 'DKIM-selektor',
      'sending-address': 'Utskicksservrarnas IP-adresser',
      subject: 'Ämne',
      'sent-message': 'Ett skickat mejl',
    },
    hint: {
      'mail-from':
        'En underdomän som utskick.exempel.se, utan @ och https://. Din utskickstjänst kallar den MAIL FROM, Return-Path eller bounce domain.',
      'dkim-selector':
        'Till exempel s1, eller hela namnet på posten, s1._domainkey.exempel.se. Du kan ange flera, med mellanslag emellan.',
      'sending-address': 'Till exempel 192.0.2.10. Du kan ange flera, med mellanslag emellan.',
      subject: 'Så som läsarna kommer att se det.',
      'sent-message': 'EML, så som ditt mejlprogram sparar det. Högst 10 MB.',
    },
    empty: {
      'mail-from': 'Skriv underdomänen för utskick här.',
      'dkim-selector': 'Skriv selektorn här.',
      'sending-address': 'Skriv IP-adressen här.',
      subject: 'Skriv ämnet här.',
      'sent-message': 'Välj filen här.',
    },
    send: 'Granska igen',
    above: 'Svara längre upp',
  },
} as const satisfies Record<Locale, object>;

/** The field of a request that answers each. */
const fields: Record<Ask, 'mailFrom' | 'dkimSelectors' | 'sendingAddresses' | 'subject' | 'file'> = {
  'mail-from': 'mailFrom',
  'dkim-selector': 'dkimSelectors',
  'sending-address': 'sendingAddresses',
  subject: 'subject',
  'sent-message': 'file',
};

export const asks = Object.keys(fields) as Ask[];

/** An answer that could not be used, to be shown where it was given. */
export interface FaultyAnswer {
  ask: Ask;
  value: string;
  errors: readonly { text: string }[];
}

/** Id of the control in which it is answered. */
export function askId(ask: Ask): string {
  return `ask-${ask}`;
}

export function emptyAnswer(ask: Ask, locale: Locale): string {
  return words[locale].empty[ask];
}

/** What it is called, in front of what is wrong with it. */
export function askLabel(ask: Ask, locale: Locale): string {
  return words[locale].label[ask];
}

/** Its question is the finding's note, which stands beside it. */
export function askForm(audit: string, ask: Ask, faulty: FaultyAnswer | undefined, locale: Locale): Markup {
  return html`<form class="ask" action="/audits/${audit}/again" method="post" enctype="multipart/form-data">
<input type="hidden" name="ask" value="${ask}">
${control(ask, true, faulty?.ask === ask ? faulty : undefined, locale)}
<button class="btn main">${words[locale].send}</button></form>`;
}

/** Where nothing is kept, the answer goes with all that was asked for before. */
export interface AskedHere {
  action: string;
  others: Readonly<Record<string, string>>;
}

export function askField(ask: Ask, { action, others }: AskedHere, locale: Locale): Markup {
  const kept = Object.entries(others).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
  );
  return html`<form class="ask" action="${action}" method="post">${kept}
${control(ask, false, undefined, locale)}
<button class="btn main">${words[locale].send}</button></form>`;
}

/** `takesMail`: a mail can be handed in there as well. */
function control(ask: Ask, takesMail: boolean, own: FaultyAnswer | undefined, locale: Locale): Markup {
  const word = words[locale];
  const name = fields[ask];
  return field(
    {
      id: askId(ask),
      name,
      label: word.label[ask],
      hint: word.hint[ask],
      help: ask === 'dkim-selector' ? selectorHelp(takesMail, locale) : undefined,
      errors: own?.errors ?? [],
    },
    (attributes) =>
      name === 'file'
        ? html`<input ${attributes} type="file" accept=".eml" required>`
        : html`<input ${attributes} value="${own?.value ?? ''}"${name === 'subject' ? '' : plain} required>`,
  );
}

/** Names of domains and keys are no words. */
const plain = html` autocapitalize="none" spellcheck="false"`;

/** Where the same is asked a second time. */
export function askedAbove(ask: Ask, locale: Locale): Markup {
  return html`<p><a href="#${askId(ask)}">${words[locale].above}</a></p>`;
}

/** In a list of what to do: what to do, and the question itself. `ofDomain`: it is asked of a domain, without a mail. */
export function askMend(ask: Ask, ofDomain: boolean, locale: Locale): { mend: string; text: string } {
  const { asks, domainAsks } = sharedWords[locale];
  return { mend: words[locale].mend[ask], text: (ofDomain && domainAsks[ask]) || asks[ask] };
}
