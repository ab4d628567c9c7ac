/** Which merge fields come from the list: asked where a report misses it, and in a corrected version. */
import { html } from 'hono/html';
import type { Audit } from '../../audits.ts';
import type { ReportFinding } from '../../report/report.ts';
import type { Locale } from '../../rule.ts';
import { field } from './field.ts';
import type { Markup } from './markup.ts';
import { controlOf, type FieldRow, type RowError, type RowFault, rowsOf } from './merge-fields/rows.ts';
import { quoted } from './quoted.ts';

const words = {
  en: {
    title: 'These come from my list',
    lead: 'Each needs a sample: the mail is audited with it, and the list then needs a column with the same name.',
    listed: 'Comes from my list',
    type: 'Kind',
    types: { text: 'Text', url: 'Link' },
    sample: 'Sample',
    most: 'Characters, at most',
    hosts: 'Where the link may go',
    hostsHint:
      'Such as example.com; several with a space between. The sample begins with https:// and goes there.',
    send: 'Audit with these fields',
    declared: 'Merge fields from your list',
    faults: {
      sample:
        'Write a sample. It may hold no address, no link and no code, and no more characters than you allow.',
      'sample-link': 'This is a link, and the kind is Text. Choose the kind Link, or write a plain text.',
      'sample-url': 'Write a sample that begins with https:// and goes to where the link may go.',
      hosts: 'Write 1 to 20 domains, such as example.com or *.example.com, with a space between.',
      max_length: 'Write a whole number from 1 to 500.',
      reserved: 'Klarsignal fills it in by itself. Take away the tick.',
      place:
        'It stands where its value could do harm. A text stands in plain text, in alt or title, or in the subject, and not next to what makes a link of it. A link stands alone as the href of a link, or in plain text.',
      unused: 'It stands nowhere in the mail. Take away the tick, or write it in the mail.',
    } satisfies Record<RowFault, string>,
    none: 'Tick those that come from your list. Take the others out of the mail, and hand in the corrected version.',
  },
  sv: {
    title: 'De här kommer från min lista',
    lead: 'Varje fält behöver ett exempel: mejlet granskas med det. Listan ska sedan ha en kolumn med samma namn.',
    listed: 'Kommer från min lista',
    type: 'Typ',
    types: { text: 'Text', url: 'Länk' },
    sample: 'Exempel',
    most: 'Tecken, högst',
    hosts: 'Dit länken får gå',
    hostsHint:
      'Till exempel exempel.se; flera med mellanslag emellan. Exemplet börjar med https:// och går dit.',
    send: 'Granska med fälten',
    declared: 'Kopplingsfält från din lista',
    faults: {
      sample:
        'Skriv ett exempel. Det får inte innehålla någon adress, länk eller kod, och inte fler tecken än du tillåter.',
      'sample-link': 'Det här är en länk, men typen är Text. Välj typen Länk, eller skriv en vanlig text.',
      'sample-url': 'Skriv ett exempel som börjar med https:// och går dit länken får gå.',
      hosts: 'Skriv 1 till 20 domäner, som exempel.se eller *.exempel.se, med mellanslag emellan.',
      max_length: 'Skriv ett heltal från 1 till 500.',
      reserved: 'Klarsignal fyller i det själv. Ta bort bocken.',
      place:
        'Det står där värdet kan göra skada. En text ska stå i vanlig text, i alt eller title, eller i ämnesraden, och inte intill något som gör en länk av den. En länk ska stå ensam som href i en länk, eller i vanlig text.',
      unused: 'Det finns ingenstans i mejlet. Ta bort bocken, eller skriv in fältet i mejlet.',
    } satisfies Record<RowFault, string>,
    none: 'Bocka för dem som kommer från din lista. Ta bort de andra ur mejlet och lämna in den rättade versionen.',
  },
} as const satisfies Record<Locale, object>;

/** Rows that could not be used, to be shown where they were handed in. */
export interface FaultyFields {
  rows: readonly FieldRow[];
  errors: readonly RowError[];
}

type Prefix = 'field' | 'new-field';
type Part = 'listed' | 'type' | 'sample' | 'most' | 'hosts';

/** Which control a fault belongs to. */
const partOf: Record<RowFault, Part> = {
  sample: 'sample',
  'sample-link': 'type',
  'sample-url': 'sample',
  hosts: 'hosts',
  max_length: 'most',
  reserved: 'listed',
  place: 'listed',
  unused: 'listed',
};

const idOf = (prefix: Prefix, row: number, part: Part) => `${prefix}-${row}-${part}`;

function told({ fault, text }: RowError, locale: Locale): { part: Part; text: string } {
  const word = words[locale];
  if (fault === 'none') return { part: 'listed', text: word.none };
  if (fault === 'other') return { part: 'listed', text: text ?? word.none };
  return { part: partOf[fault], text: word.faults[fault] };
}

/** Each fault with where it stands. */
export function fieldFaults(
  { rows, errors }: FaultyFields,
  prefix: Prefix,
  locale: Locale,
): { id?: string; text: string }[] {
  return errors.map((error) => {
    const { part, text } = told(error, locale);
    const row = rows[error.row];
    return row ? { id: idOf(prefix, error.row, part), text: `{{${row.name}}}: ${text}` } : { text };
  });
}

/** In the finding that misses them; nothing where none of them can be one of ours. */
export function fieldsForm(
  audit: Pick<Audit, 'id' | 'request'>,
  finding: ReportFinding,
  faulty: FaultyFields | undefined,
  locale: Locale,
): Markup | string {
  const word = words[locale];
  const { rows, errors } = faulty ?? { rows: rowsOf(audit.request, finding), errors: [] };
  if (rows.length === 0) return '';
  const whole = errors.filter(({ row }) => row < 0).map((error) => told(error, locale).text);
  return html`<form class="ask merging" action="/audits/${audit.id}/again" method="post" enctype="multipart/form-data"><input type="hidden" name="fields" value="1">
<h4 class="m">${word.title}</h4><p>${word.lead}</p>${whole.map((text) => html`<p class="error">${text}</p>`)}${fieldRows({ rows, errors }, 'field', locale)}
<button class="btn main">${word.send}</button></form>`;
}

/** In the form of a corrected version, for those that are declared. */
export function declaredFields(faulty: FaultyFields, locale: Locale): Markup | string {
  if (faulty.rows.length === 0) return '';
  return html`<fieldset class="field merging"><legend>${words[locale].declared}</legend>${fieldRows(faulty, 'new-field', locale)}</fieldset>`;
}

function fieldRows({ rows, errors }: FaultyFields, prefix: Prefix, locale: Locale): Markup[] {
  return rows.map((row, index) => {
    const own = errors.filter((error) => error.row === index).map((error) => told(error, locale));
    return fieldRow(row, index, own, prefix, locale);
  });
}

function fieldRow(
  { name, listed, type, sample, hosts, most }: FieldRow,
  index: number,
  errors: readonly { part: Part; text: string }[],
  prefix: Prefix,
  locale: Locale,
): Markup {
  const word = words[locale];
  const control = (
    part: Part,
    label: string,
    hint: string | undefined,
    write: (attributes: Markup) => Markup,
  ) => {
    const id = idOf(prefix, index, part);
    const found = errors.filter((error) => error.part === part);
    return field({ id, name: controlOf(index, part), label, hint: hint ?? '', errors: found }, write);
  };
  const kinds = (['text', 'url'] as const).map(
    (kind) =>
      html`<option value="${kind}"${kind === type ? html` selected` : ''}>${word.types[kind]}</option>`,
  );
  const id = idOf(prefix, index, 'listed');
  const wrong = errors.filter(({ part }) => part === 'listed');
  const tick = html`<input type="checkbox" id="${id}" name="${controlOf(index, 'listed')}"${listed ? html` checked` : ''}${wrong.length > 0 ? html` aria-invalid="true" aria-describedby="${id}-e"` : ''}>`;
  return html`<fieldset class="merge"><legend class="mono">{{${quoted(name, 'address')}}}</legend><input type="hidden" name="${controlOf(index, 'name')}" value="${name}">
${wrong.length > 0 ? html`<div id="${id}-e">${wrong.map(({ text }) => html`<p class="error">${text}</p>`)}</div>` : ''}<label class="pick">${tick}<span>${word.listed}</span></label>
<div class="parts">${control('type', word.type, undefined, (attributes) => html`<select ${attributes}>${kinds}</select>`)}
${control('sample', word.sample, undefined, (attributes) => html`<input ${attributes} maxlength="2000" autocomplete="off" value="${sample}">`)}
<div class="of-text">${control('most', word.most, undefined, (attributes) => html`<input ${attributes} inputmode="numeric" autocomplete="off" value="${most}">`)}</div>
<div class="of-url">${control('hosts', word.hosts, word.hostsHint, (attributes) => html`<input ${attributes} autocapitalize="none" spellcheck="false" autocomplete="off" value="${hosts}">`)}</div></div></fieldset>`;
}
