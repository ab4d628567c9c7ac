/** The form: a template or message, and who sends it. */
import { html } from 'hono/html';
import type { Locale } from '../../rule.ts';
import type { FieldError } from '../problem.ts';
import type { Markup } from './layout.ts';

const words = {
  en: {
    title: 'Check an email before you send it',
    lead: 'Hand in the template and say who sends it. We show what is wrong and how to fix it, and nothing is sent.',
    message: 'The message',
    file: 'Upload a file',
    fileHint:
      'HTML, MJML (a language for mail templates) or EML (a mail saved from your mail program). At most 10 MB.',
    again: 'Choose the file again.',
    source: 'Or paste it here',
    sourceHint: 'HTML, MJML or a whole message with headers. We can tell which it is.',
    subject: 'Subject',
    kind: 'Kind of mail',
    marketing: 'Marketing or newsletter',
    transactional: 'Transactional (a receipt, a password, a booking)',
    sender: 'The sender',
    from: 'From',
    fromHint:
      'What readers see: a name and an address on your domain. A message saved as EML has it already.',
    mailFrom: 'Sending subdomain',
    mailFromHint:
      'Where bounces go (word of mail that did not arrive): a subdomain of the From domain, kept for mailings. Needed for a clear answer. Your mailing service calls it MAIL FROM, Return-Path or bounce domain. Do not know? Ask them.',
    replyTo: 'Reply-To (optional)',
    replyToHint: 'Where answers go, if not to the From address.',
    start: 'Start the audit',
    correct: (count: number) => (count === 1 ? 'One thing to correct' : `${count} things to correct`),
  },
  sv: {
    title: 'Granska ett mejl innan du skickar det',
    lead: 'Lämna in mallen och ange vem som skickar. Vi visar vad som är fel och hur du rättar till det, och inget skickas.',
    message: 'Mejlet',
    file: 'Ladda upp en fil',
    fileHint:
      'HTML, MJML (ett språk för mejlmallar) eller EML (ett mejl sparat från ditt mejlprogram). Högst 10 MB.',
    again: 'Välj filen igen.',
    source: 'Eller klistra in det här',
    sourceHint: 'HTML, MJML eller ett helt mejl med mejlhuvud. Vi känner av vilket det är.',
    subject: 'Ämne',
    kind: 'Typ av mejl',
    marketing: 'Marknadsföring eller nyhetsbrev',
    transactional: 'Enskilt ärende (kvitto, lösenord, bokning)',
    sender: 'Avsändaren',
    from: 'Från',
    fromHint: 'Det läsarna ser: ett namn och en adress på er domän. Ett mejl sparat som EML har den redan.',
    mailFrom: 'Underdomän för utskick',
    mailFromHint:
      'Hit skickas studsar (besked om mejl som inte kom fram): en underdomän till avsändardomänen som bara används för utskick. Behövs för att kunna ge klartecken. Din utskickstjänst kallar den MAIL FROM, Return-Path eller bounce domain. Vet du inte? Fråga dem.',
    replyTo: 'Svarsadress, Reply-To (valfri)',
    replyToHint: 'Hit går svaren, om de inte ska till avsändaradressen.',
    start: 'Starta granskningen',
    correct: (count: number) => (count === 1 ? 'En sak att rätta' : `${count} saker att rätta`),
  },
} as const satisfies Record<Locale, object>;

export interface FormState {
  locale: Locale;
  values: Record<string, string>;
  errors: readonly FieldError[];
}

/** With errors, their number comes first: it is what a screen reader says when the page loads. */
export function formTitle(locale: Locale, errors: number): string {
  const { title, correct } = words[locale];
  return errors === 0 ? title : `${correct(errors)} – ${title}`;
}

export function form({ locale, values, errors }: FormState): Markup {
  const word = words[locale];
  const kind = values.class ?? 'marketing';
  // A browser never fills in a file by itself.
  const lost = errors.length > 0 && !values.source;
  const { file, source, subject, from, mailFrom, replyTo } = word;
  const labels = new Map(Object.entries({ file, source, subject, from, mailFrom, replyTo }));

  /** Label, hint, errors, and the control with the attributes that tie it to them. */
  const field = (name: string, hint: string, control: (attributes: Markup) => Markup) => {
    const found = errors.filter((error) => error.field === name);
    const described = [...(hint ? [`${name}-h`] : []), ...found.map((_, i) => `${name}-e${i}`)];
    return html`<div class="field"><label for="${name}">${labels.get(name)}</label>
${hint ? html`<p class="hint" id="${name}-h">${hint}</p>` : ''}${found.map(({ text }, i) => html`<p class="error" id="${name}-e${i}">${text}</p>`)}
${control(html`id="${name}" name="${name}"${described.length > 0 ? html` aria-describedby="${described.join(' ')}"` : ''}${found.length > 0 ? html` aria-invalid="true"` : ''}`)}</div>`;
  };
  const input = (name: string, hint = '') =>
    field(name, hint, (attributes) => html`<input ${attributes} value="${values[name] ?? ''}">`);
  const pick = (value: string, label: string) =>
    html`<label class="pick"><input type="radio" name="class" value="${value}"${kind === value ? html` checked` : ''}><span>${label}</span></label>`;
  // A field that is not on this form (sent by a program) has nowhere to point.
  const summed = ({ field: name, text }: FieldError) =>
    labels.has(name) ? html`<a href="#${name}">${labels.get(name)}: ${text}</a>` : text;

  return html`<div><h1>${word.title}</h1><p class="lead">${word.lead}</p></div>
${errors.length === 0 ? '' : html`<div class="note blocked" role="alert"><h2>${word.correct(errors.length)}</h2><ul class="in">${errors.map((error) => html`<li>${summed(error)}</li>`)}</ul></div>`}
<form class="stack" action="/audits?locale=${locale}" method="post" enctype="multipart/form-data">
<fieldset class="card"><legend>${word.message}</legend>
${field('file', lost ? `${word.fileHint} ${word.again}` : word.fileHint, (attributes) => html`<input ${attributes} type="file" accept=".html,.htm,.mjml,.eml">`)}
${field(
  'source',
  word.sourceHint,
  (attributes) => html`<textarea ${attributes} rows="7" class="mono" spellcheck="false">
${values.source ?? ''}</textarea>`,
)}
${input('subject')}
<fieldset><legend>${word.kind}</legend>${pick('marketing', word.marketing)}${pick('transactional', word.transactional)}</fieldset></fieldset>
<fieldset class="card"><legend>${word.sender}</legend>
${input('from', word.fromHint)}
${input('mailFrom', word.mailFromHint)}
${input('replyTo', word.replyToHint)}</fieldset>
<p class="row"><button class="btn main">${word.start}</button></p>
</form>`;
}
