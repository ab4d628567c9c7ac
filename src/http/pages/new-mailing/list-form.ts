/** Where a list of recipients is handed in: a file, or pasted. */
import { html } from 'hono/html';
import type { Audit } from '../../../audits.ts';
import { readSchema } from '../../../client/merge.ts';
import type { MergeField } from '../../../client/template.ts';
import type { Locale } from '../../../rule.ts';
import { field } from '../field.ts';
import type { Markup } from '../markup.ts';

export interface FaultyList {
  /** As it was pasted. */
  list: string;
  errors: readonly { field: string; text: string }[];
  /** A file was chosen, which a browser never gives back. */
  lostFile?: boolean;
}

const words = {
  en: {
    title: 'Recipients',
    file: 'List as a file',
    fileHint:
      'CSV in UTF-8 (in Excel: Save As, CSV UTF-8), at most 20 MB. The first line names the columns. Larger lists go by the API.',
    columns: 'The mail needs these columns:',
    only: 'The mail needs one column, email. Others do no harm.',
    address: 'email',
    most: (count: number) => `text, at most ${count} characters`,
    hosts: (hosts: string) => `a link to ${hosts}`,
    empty: 'Download an empty list with these columns (CSV)',
    one: 'Download an empty list (CSV)',
    again: 'Choose the file again: a browser never gives it back.',
    list: 'Or paste it here',
    listHint: 'The same as in a file. Addresses alone, one a line, work too.',
    listHintNamed: 'The same as in a file, with the names of the columns in the first line.',
    button: 'Hand in the list',
    cancel: 'Cancel the mailing',
    within: 'If no list comes within a day, the mailing is cancelled by itself.',
  },
  sv: {
    title: 'Mottagare',
    file: 'Lista som fil',
    fileHint:
      'CSV i UTF-8 (i Excel: Spara som, CSV UTF-8), högst 20 MB. Första raden namnger kolumnerna. Större listor går via API:et.',
    columns: 'Mejlet behöver de här kolumnerna:',
    only: 'Mejlet behöver en kolumn, e-post. Andra gör inget.',
    address: 'e-post',
    most: (count: number) => `text, högst ${count} tecken`,
    hosts: (hosts: string) => `en länk till ${hosts}`,
    empty: 'Ladda ner en tom lista med kolumnerna (CSV)',
    one: 'Ladda ner en tom lista (CSV)',
    again: 'Välj filen igen: webbläsaren lämnar aldrig tillbaka den.',
    list: 'Eller klistra in den här',
    listHint: 'På samma sätt som i en fil. Bara adresser, en per rad, går också bra.',
    listHintNamed: 'På samma sätt som i en fil, med kolumnernas namn på första raden.',
    button: 'Lämna in listan',
    cancel: 'Avbryt utskicket',
    within: 'Kommer ingen lista inom ett dygn avbryts utskicket av sig självt.',
  },
} as const satisfies Record<Locale, object>;

/** What stands in the list for each recipient. */
export interface ListColumns {
  /** Of the audit whose mail it is for. */
  audit: string;
  fields: readonly MergeField[];
}

export function columnsOf({ id, request }: Pick<Audit, 'id' | 'request'>): ListColumns {
  const read = readSchema(request.mergeFields ?? []);
  return { audit: id, fields: read.ok ? read.fields : [] };
}

/** A list with its first line alone, as a spreadsheet in this language opens it. */
export function emptyList({ fields }: ListColumns, locale: Locale): string {
  const names = [words[locale].address, ...fields.map(({ name }) => name)];
  return `\ufeff${names.join(locale === 'sv' ? ';' : ',')}\r\n`;
}

function columnHelp({ audit, fields }: ListColumns, locale: Locale): Markup {
  const word = words[locale];
  const items = fields.map(
    (one) =>
      html`<li><strong class="mono">${one.name}</strong> <span class="muted small">${one.type === 'text' ? word.most(one.max_length) : word.hosts(one.hosts.join(', '))}</span></li>`,
  );
  const needs =
    fields.length === 0
      ? html`<p>${word.only}</p>`
      : html`<p>${word.columns}</p><ul class="in"><li><strong class="mono">${word.address}</strong></li>${items}</ul>`;
  return html`<div class="field">${needs}<p><a href="/mailings/new/list.csv?audit=${audit}&amp;locale=${locale}" download>${fields.length === 0 ? word.one : word.empty}</a></p></div>`;
}

/** The fields alone, for a form that asks for more. */
export function listFields(
  faulty: FaultyList | undefined,
  columns: ListColumns | undefined,
  locale: Locale,
): Markup {
  const word = words[locale];
  const { list = '', errors = [], lostFile = false } = faulty ?? {};
  const of = (name: string) => errors.filter((error) => error.field === name);
  const again = lostFile && of('file').length === 0 ? [{ text: word.again }] : [];
  return html`${columns ? columnHelp(columns, locale) : ''}${field(
    { id: 'file', name: 'file', label: word.file, hint: word.fileHint, errors: [...of('file'), ...again] },
    (attributes) => html`<input type="file" accept=".csv,.txt,text/csv" ${attributes}>`,
  )}${field(
    {
      id: 'list',
      name: 'list',
      label: word.list,
      hint: columns && columns.fields.length > 0 ? word.listHintNamed : word.listHint,
      errors: of('list'),
    },
    (attributes) =>
      html`<textarea rows="6" class="mono" spellcheck="false" autocomplete="off" ${attributes}>${list}</textarea>`,
  )}`;
}

export function listTitle(locale: Locale): string {
  return words[locale].title;
}

/** By itself, for a mailing that has none yet. */
export function listForm(
  id: string,
  faulty: FaultyList | undefined,
  columns: ListColumns | undefined,
  locale: Locale,
): Markup {
  const word = words[locale];
  return html`<form class="card narrow" action="/mailings/${id}/list" method="post" enctype="multipart/form-data"><h2>${word.title}</h2>${listFields(faulty, columns, locale)}<p class="row"><button class="btn main">${word.button}</button><a class="btn" href="/mailings/${id}/cancel">${word.cancel}</a></p><p class="small muted">${word.within}</p></form>`;
}
