/** The next version of the same mail, handed in from its report: what was said before is filled in already. */
import { html } from 'hono/html';
import type { Audit } from '../../audits.ts';
import type { Locale } from '../../rule.ts';
import { mailClasses } from '../../submission.ts';
import { field } from './field.ts';
import type { Markup } from './markup.ts';
import { declaredRows, type FieldRow, type RowError } from './merge-fields/rows.ts';
import { declaredFields, fieldFaults } from './merge-fields.ts';
import { writtenOut } from './quoted.ts';

const words = {
  en: {
    title: 'Hand in a corrected version',
    lead: 'Change what needs changing. The new report says which audit it follows.',
    labels: {
      file: 'The corrected file',
      source: 'Or paste it here',
      subject: 'Subject',
      from: 'From',
      mailFrom: 'Sending subdomain',
      dkimSelectors: 'DKIM selector',
      replyTo: 'Reply-To',
      sendingAddresses: 'IP addresses of the sending servers',
      sampleData: 'Sample data',
      requiredFields: 'Required merge fields',
      audience: 'Mail programs of your readers',
    },
    file: 'HTML, MJML or EML, at most 10 MB. Leave both empty to keep the mail that was handed in.',
    source: 'HTML, MJML or a whole message with headers.',
    sampleData: 'A value for each merge field of your own tool, as JSON or CSV.',
    requiredFields: 'With a comma between.',
    audience: 'Shares of 100, such as outlook-windows=45, gmail=30.',
    own: 'A message saved as EML brings its own, unless you change it here.',
    class: 'Kind of mail',
    classes: { marketing: 'Marketing or newsletter', transactional: 'Transactional' },
    send: 'Audit the corrected version',
  },
  sv: {
    title: 'Lämna in en rättad version',
    lead: 'Ändra det som behöver ändras. Den nya rapporten visar vilken granskning den följer på.',
    labels: {
      file: 'Den rättade filen',
      source: 'Eller klistra in den här',
      subject: 'Ämne',
      from: 'Från',
      mailFrom: 'Underdomän för utskick',
      dkimSelectors: 'DKIM-selektor',
      replyTo: 'Svarsadress (Reply-To)',
      sendingAddresses: 'Utskicksservrarnas IP-adresser',
      sampleData: 'Exempeldata',
      requiredFields: 'Obligatoriska kopplingsfält',
      audience: 'Läsarnas mejlprogram',
    },
    file: 'HTML, MJML eller EML, högst 10 MB. Lämna båda tomma för att behålla mejlet som lämnades in.',
    source: 'HTML, MJML eller ett helt mejl med mejlhuvud.',
    sampleData: 'Ett värde för varje kopplingsfält i ditt eget verktyg, som JSON eller CSV.',
    requiredFields: 'Med komma emellan.',
    audience: 'Andelar av 100, till exempel outlook-windows=45, gmail=30.',
    own: 'Ett mejl sparat som EML har sitt eget, om du inte ändrar det här.',
    class: 'Typ av mejl',
    classes: { marketing: 'Marknadsföring eller nyhetsbrev', transactional: 'Enskilt ärende' },
    send: 'Granska den rättade versionen',
  },
} as const satisfies Record<Locale, object>;

const fields = ['subject', 'from', 'mailFrom', 'dkimSelectors', 'replyTo', 'sendingAddresses'] as const;
/** Those that no file brings with it. */
const ours = ['mailFrom', 'dkimSelectors', 'sendingAddresses'];
type Name = 'file' | 'source' | 'sampleData' | 'requiredFields' | 'audience' | (typeof fields)[number];

/** One that could not be used, to be shown where it was handed in. */
export interface FaultyCorrection {
  values: Record<string, string>;
  errors: readonly { field: string; text: string }[];
  /** The merge fields as they were handed in, and what is wrong with them. */
  rows?: readonly FieldRow[];
  rowErrors?: readonly RowError[];
}

/** What the form shows of an audit, marks that nobody sees written out, so that it can be told what was changed. */
export function shownIn(request: Audit['request']) {
  const { from, subject, mailFrom, replyTo } = request;
  const shown = {
    from,
    subject,
    mailFrom,
    dkimSelectors: request.dkimSelectors?.join(' '),
    replyTo,
    sendingAddresses: request.sendingAddresses?.join(' '),
    requiredFields: request.requiredFields?.join(', '),
    audience: request.audience,
    class: request.class ?? 'marketing',
  };
  // Of several lines, and judged as text whatever it holds.
  const { sampleData = '' } = request;
  const data = typeof sampleData === 'string' ? sampleData : JSON.stringify(sampleData, null, 1);
  const texts = Object.entries(shown).map(([name, value]) => [name, writtenOut(value ?? '')]);
  return { ...Object.fromEntries(texts), sampleData: data } as Record<string, string>;
}

/** Each fault with where it stands. */
export function correctionFaults(
  { errors, rows = [], rowErrors = [] }: FaultyCorrection,
  locale: Locale,
): { id?: string; text: string }[] {
  const { labels } = words[locale];
  const known = (name: string): name is Name => Object.hasOwn(labels, name);
  const place = (name: string) => (known(name) ? Object.keys(labels).indexOf(name) : 99);
  const sorted = [...errors].sort((one, two) => place(one.field) - place(two.field));
  const faults = sorted.map(({ field: name, text }) =>
    known(name) ? { id: `new-${name}`, text: `${labels[name]}: ${text}` } : { text },
  );
  return [...faults, ...fieldFaults({ rows, errors: rowErrors }, 'new-field', locale)];
}

export function correctionForm(
  { id, request }: Audit,
  faulty: FaultyCorrection | undefined,
  locale: Locale,
): Markup {
  const word = words[locale];
  const values = faulty?.values ?? shownIn(request);
  const own = (name: Name, hint: string, control: (attributes: Markup) => Markup) => {
    const errors = faulty?.errors.filter((error) => error.field === name) ?? [];
    return field({ id: `new-${name}`, name, label: word.labels[name], hint, errors }, control);
  };
  const picks = mailClasses.map(
    (one) =>
      html`<label class="pick"><input type="radio" name="class" value="${one}"${values.class === one ? html` checked` : ''}>${word.classes[one]}</label>`,
  );
  return html`<details class="card noprint" id="correct"${faulty ? html` open` : ''}><summary>${word.title}</summary>
<p>${word.lead}</p>
<form action="/audits/${id}/again" method="post" enctype="multipart/form-data">
<input type="hidden" name="correct" value="1">
${own('file', word.file, (attributes) => html`<input ${attributes} type="file" accept=".html,.htm,.mjml,.eml">`)}
${own(
  'source',
  word.source,
  (attributes) => html`<textarea ${attributes} rows="5" class="mono" spellcheck="false">
${faulty?.values.source ?? ''}</textarea>`,
)}
${fields.map((name) =>
  own(
    name,
    ours.includes(name) ? '' : word.own,
    (attributes) => html`<input ${attributes} value="${values[name] ?? ''}">`,
  ),
)}
${own(
  'sampleData',
  word.sampleData,
  (attributes) => html`<textarea ${attributes} rows="3" class="mono" spellcheck="false">
${values.sampleData ?? ''}</textarea>`,
)}
${own('requiredFields', word.requiredFields, (attributes) => html`<input ${attributes} value="${values.requiredFields ?? ''}">`)}
${own('audience', word.audience, (attributes) => html`<input ${attributes} value="${values.audience ?? ''}">`)}
${declaredFields({ rows: faulty?.rows ?? declaredRows(request), errors: faulty?.rowErrors ?? [] }, locale)}
<fieldset class="field chips"><legend>${word.class}</legend>${picks}</fieldset>
<p class="row"><button class="btn main">${word.send}</button></p></form></details>`;
}
