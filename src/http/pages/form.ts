/** The form: a template or message, and who sends it. */
import { html } from 'hono/html';
import type { ExampleName } from '../../audits.ts';
import type { Locale } from '../../rule.ts';
import type { FieldError } from '../problem.ts';
import { examples } from './examples.ts';
import { faultSummary, field } from './field.ts';
import type { Markup } from './markup.ts';
import { selectorHelp } from './selector-help.ts';

/** Who sends the mail: we by the routes of its sender, we by a standard route, or somebody else. */
export const ways = ['here', 'standard', 'own'] as const;
export type Way = (typeof ways)[number];

const words = {
  en: {
    title: 'Check an email before you send it',
    lead: 'Hand in the template and say who sends it. We show what is wrong and how to fix it.',
    message: 'The message',
    file: 'Upload a file',
    fileHint:
      'HTML, MJML (a language for mail templates) or EML (a mail saved from your mail program). At most 10 MB.',
    again: 'Choose the file again.',
    source: 'Or paste it here',
    sourceHint: 'HTML, MJML or a whole message with headers. We can tell which it is.',
    subject: 'Subject',
    subjectHint: 'As readers see it. A message saved as EML has it already.',
    kind: 'Kind of mail',
    marketing: 'Marketing or newsletter',
    marketingHint: 'To many at once. Readers must be able to unsubscribe.',
    transactional: 'Transactional',
    transactionalHint: 'A receipt, a password, a booking: to one person, because of something they did.',
    by: 'Who sends this?',
    ways: {
      here: 'Klarsignal',
      standard: 'Klarsignal, by the standard route',
      own: 'A system of my own',
    } satisfies Record<Way, string>,
    waysHint: {
      here: 'By the servers of your sender. The domain in From is among your senders.',
      standard: 'For a domain that is not among your senders, but has a standard route here.',
      own: 'A newsletter service, or a server that you look after. Klarsignal audits, and sends nothing.',
    } satisfies Record<Way, string>,
    sender: 'The sender',
    from: 'From',
    fromHint:
      'What readers see: a name and an address on your domain. A message saved as EML has it already.',
    mailFrom: 'Sending subdomain',
    mailFromHint:
      'Where bounces go (word of mail that did not arrive): a subdomain of the From domain, kept for mailings. Your sending service calls it MAIL FROM, Return-Path or bounce domain. Do not know? Ask them.',
    dkimSelectors: 'DKIM selector',
    dkimSelectorsHint:
      'The name that the mail is signed under. Amazon SES shows three CNAME names: paste them all, with a space between.',
    sendingAddresses: 'IP addresses of the sending servers',
    sendingAddressesHint:
      'If you know them, several with a space between. Then we also check that they have names, and look for them on blocklists.',
    replyTo: 'Reply-To',
    replyToHint: 'Where answers go, if not to the From address.',
    sampleData: 'Sample data',
    sampleDataHint:
      'For a template that your own tool fills in: a value for each merge field, as JSON or as the first two lines of your list in CSV. The mail is audited with them in place, and a field that is not among them stops it. An empty value counts as filled in.',
    requiredFields: 'Required merge fields',
    requiredFieldsHint: 'Names of fields that the mail must have, with a comma between.',
    advanced: 'Advanced settings',
    skip: 'Leave out the previews',
    skipHint: 'Faster, but the audit is then only a trial: it never gives a clearance.',
    start: 'Start the audit',
    soon: 'Takes a few seconds, at most about half a minute. Nothing is sent.',
    marks: {
      file: 'needed, here or pasted below',
      subject: 'optional',
      from: 'needed',
      mailFrom: 'needed for a clear answer',
      dkimSelectors: 'needed for a clear answer, unless the file is EML',
      replyTo: 'optional',
      sendingAddresses: 'optional',
      sampleData: 'optional',
      requiredFields: 'optional',
    },
    correct: (count: number) => (count === 1 ? 'One thing to correct' : `${count} things to correct`),
  },
  sv: {
    title: 'Granska ett mejl innan du skickar det',
    lead: 'Lämna in mallen och ange vem som skickar. Vi visar vad som är fel och hur du rättar till det.',
    message: 'Mejlet',
    file: 'Ladda upp en fil',
    fileHint:
      'HTML, MJML (ett språk för mejlmallar) eller EML (ett mejl sparat från ditt mejlprogram). Högst 10 MB.',
    again: 'Välj filen igen.',
    source: 'Eller klistra in det här',
    sourceHint: 'HTML, MJML eller ett helt mejl med mejlhuvud. Vi känner av vilket det är.',
    subject: 'Ämne',
    subjectHint: 'Så som läsarna ser det. Ett mejl sparat som EML har det redan.',
    kind: 'Typ av mejl',
    marketing: 'Marknadsföring eller nyhetsbrev',
    marketingHint: 'Till många på en gång. Läsarna måste kunna avregistrera sig.',
    transactional: 'Enskilt ärende',
    transactionalHint: 'Kvitto, lösenord, bokning: till en person, för att hen har gjort något.',
    by: 'Vem skickar det här?',
    ways: {
      here: 'Klarsignal',
      standard: 'Klarsignal, via standardvägen',
      own: 'Ett eget system',
    } satisfies Record<Way, string>,
    waysHint: {
      here: 'Med servrarna hos din avsändare. Domänen i Från finns bland dina avsändare.',
      standard: 'För en domän som inte finns bland dina avsändare men har en standardväg här.',
      own: 'En nyhetsbrevstjänst, eller en server som du sköter. Klarsignal granskar men skickar inget.',
    } satisfies Record<Way, string>,
    sender: 'Avsändaren',
    from: 'Från',
    fromHint: 'Det läsarna ser: ett namn och en adress på din domän. Ett mejl sparat som EML har den redan.',
    mailFrom: 'Underdomän för utskick',
    mailFromHint:
      'Hit skickas studsar (besked om mejl som inte kom fram): en underdomän till avsändardomänen som bara används för utskick. Din utskickstjänst kallar den MAIL FROM, Return-Path eller bounce domain. Vet du inte? Fråga dem.',
    dkimSelectors: 'DKIM-selektor',
    dkimSelectorsHint:
      'Namnet som mejlet signeras under. Amazon SES visar tre CNAME-namn: klistra in alla, med mellanslag emellan.',
    sendingAddresses: 'Utskicksservrarnas IP-adresser',
    sendingAddressesHint:
      'Om du vet dem, flera med mellanslag emellan. Då kontrollerar vi också att de har namn, och letar efter dem på spärrlistor.',
    replyTo: 'Svarsadress (Reply-To)',
    replyToHint: 'Hit går svaren, om de inte ska till avsändaradressen.',
    sampleData: 'Exempeldata',
    sampleDataHint:
      'För en mall som ditt eget verktyg fyller i: ett värde för varje kopplingsfält, som JSON eller som de två första raderna i din lista i CSV. Mejlet granskas med dem på plats, och ett fält som inte finns med stoppar det. Ett tomt värde räknas som ifyllt.',
    requiredFields: 'Obligatoriska kopplingsfält',
    requiredFieldsHint: 'Namn på fält som mejlet måste ha, med komma emellan.',
    advanced: 'Fler inställningar',
    skip: 'Hoppa över förhandsvisningarna',
    skipHint: 'Går fortare, men granskningen blir bara en provkörning: den ger aldrig klarsignal.',
    start: 'Starta granskningen',
    soon: 'Tar några sekunder, som mest ungefär en halv minut. Inget skickas.',
    marks: {
      file: 'behövs, här eller inklistrat nedan',
      subject: 'valfritt',
      from: 'behövs',
      mailFrom: 'behövs för ett tydligt besked',
      dkimSelectors: 'behövs för ett tydligt besked, om filen inte är EML',
      replyTo: 'valfri',
      sendingAddresses: 'valfritt',
      sampleData: 'valfritt',
      requiredFields: 'valfritt',
    },
    correct: (count: number) => (count === 1 ? 'En sak att rätta' : `${count} saker att rätta`),
  },
} as const satisfies Record<Locale, object>;

export const formId = 'audit';

export interface FormState {
  locale: Locale;
  values: Record<string, string>;
  errors: readonly FieldError[];
  /** A file had been chosen: it is to be chosen once more, since no browser fills it in by itself. */
  lostFile?: boolean;
  examples: readonly ExampleName[];
  /** Those that there are; none where this service sends nothing, and then nobody is asked. */
  ways: readonly Way[];
}

/** With errors, their number comes first: it is what a screen reader says when the page loads. */
export function formTitle(locale: Locale, errors: number): string {
  const { title, correct } = words[locale];
  return errors === 0 ? title : `${correct(errors)} – ${title}`;
}

export function form(state: FormState): Markup {
  const { locale, values, errors, lostFile = false } = state;
  const word = words[locale];
  const { file, source, subject, from, mailFrom, dkimSelectors, replyTo, sendingAddresses } = word;
  const { sampleData, requiredFields } = word;
  const merging = { sampleData, requiredFields };
  const labels = {
    ...{ file, source, subject, from, mailFrom, dkimSelectors, replyTo, sendingAddresses },
    ...merging,
  };
  type Name = keyof typeof labels;
  const known = (name: string): name is Name => Object.hasOwn(labels, name);

  const own = (name: Name, hint: string, control: (attributes: Markup) => Markup, help?: Markup) => {
    const found = errors.filter((error) => error.field === name);
    const { [name]: mark }: Partial<Record<Name, string>> = word.marks;
    return field({ id: name, name, label: labels[name], mark, hint, help, errors: found }, control);
  };
  const input = (name: Name, hint: string, more: Markup | string = '', help?: Markup) =>
    own(name, hint, (attributes) => html`<input ${attributes} value="${values[name] ?? ''}"${more}>`, help);
  const pick = (value: 'marketing' | 'transactional') => {
    const checked = (values.class ?? 'marketing') === value;
    return html`<label class="pick choice"><input type="radio" name="class" value="${value}"${checked ? html` checked` : ''}><span><strong>${word[value]}</strong><br><span class="hint">${word[`${value}Hint`]}</span></span></label>`;
  };
  // Who named a sending subdomain before meant a system of their own.
  const way = ways.find((one) => one === values.by) ?? (values.mailFrom ? 'own' : state.ways[0]);
  const asked = state.ways.map(
    (one) =>
      html`<label class="pick choice"><input type="radio" name="by" value="${one}"${one === way ? html` checked` : ''}><span><strong>${word.ways[one]}</strong><br><span class="hint">${word.waysHint[one]}</span></span></label>`,
  );
  const folded = ['previews', 'sendingAddresses', ...Object.keys(merging)];
  const advanced =
    values.previews === 'false' ||
    folded.slice(1).some((name) => Boolean(values[name])) ||
    errors.some(({ field: name }) => folded.includes(name));

  // A field that is not on this form (sent by a program) has nowhere to point.
  // In the order of the form, whoever found them.
  const order = Object.keys(labels);
  const place = (name: string) => (known(name) ? order.indexOf(name) : order.length);
  const sorted = [...errors].sort((one, two) => place(one.field) - place(two.field));
  const faults = sorted.map(({ field: name, text }) =>
    known(name) ? { id: name, text: `${labels[name]}: ${text}` } : { text },
  );
  const technical = html`${input('mailFrom', word.mailFromHint, plain)}
${input('dkimSelectors', word.dkimSelectorsHint, plain, selectorHelp(true, locale))}`;
  return html`<div><h1>${word.title}</h1><p class="lead">${word.lead}</p></div>
${faultSummary(word.correct(errors.length), faults)}
<div class="${state.examples.length > 0 ? 'split right' : 'narrow'}">
<form class="stack even" id="${formId}" action="/audits" method="post" enctype="multipart/form-data">
${asked.length > 0 ? html`<fieldset class="card"><legend>${word.by}</legend><div class="choices">${asked}</div></fieldset>` : ''}
<fieldset class="card"><legend>${word.message}</legend>
${own('file', lostFile ? `${word.fileHint} ${word.again}` : word.fileHint, (attributes) => html`<input ${attributes} type="file" accept=".html,.htm,.mjml,.eml">`)}
${own(
  'source',
  word.sourceHint,
  (attributes) => html`<textarea ${attributes} rows="7" class="mono" spellcheck="false">
${values.source ?? ''}</textarea>`,
)}
${input('subject', word.subjectHint)}
<fieldset class="choices"><legend>${word.kind}</legend>${pick('marketing')}${pick('transactional')}</fieldset></fieldset>
<fieldset class="card"><legend>${word.sender}</legend>
${input('from', word.fromHint)}
${asked.length > 0 ? html`<div class="of-own">${technical}</div>` : technical}
${input('replyTo', word.replyToHint, plain)}</fieldset>
<details class="card"${advanced ? html` open` : ''}><summary>${word.advanced}</summary>
${input('sendingAddresses', word.sendingAddressesHint, plain)}
${own(
  'sampleData',
  word.sampleDataHint,
  (attributes) => html`<textarea ${attributes} rows="3" class="mono" spellcheck="false">
${values.sampleData ?? ''}</textarea>`,
)}
${input('requiredFields', word.requiredFieldsHint, plain)}
<label class="pick"><input type="checkbox" name="previews" value="false"${values.previews === 'false' ? html` checked` : ''}><span>${word.skip}<br><span class="hint">${word.skipHint}</span></span></label></details>
<p class="row"><button class="btn main">${word.start}</button><span class="muted small">${word.soon}</span></p>
</form>
${examples(state.examples, locale)}</div>`;
}

/** Names of domains and keys are no words. */
const plain = html` autocapitalize="none" spellcheck="false"`;
