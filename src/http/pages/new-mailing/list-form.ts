/** Where a list of recipients is handed in: a file, or pasted. */
import { html } from 'hono/html';
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
      'CSV, at most 20 MB, saved as UTF-8. The first line names the columns: one is email, the others are your merge fields. Larger lists go by the API.',
    again: 'Choose the file again: a browser never gives it back.',
    list: 'Or paste it here',
    listHint: 'The same as in a file. Addresses alone, one a line, work too.',
    button: 'Hand in the list',
  },
  sv: {
    title: 'Mottagare',
    file: 'Lista som fil',
    fileHint:
      'CSV, högst 20 MB, sparad som UTF-8. Första raden namnger kolumnerna: en heter email, de andra är dina kopplingsfält. Större listor går via API:et.',
    again: 'Välj filen igen: webbläsaren lämnar aldrig tillbaka den.',
    list: 'Eller klistra in den här',
    listHint: 'På samma sätt som i en fil. Bara adresser, en per rad, går också bra.',
    button: 'Lämna in listan',
  },
} as const satisfies Record<Locale, object>;

/** The fields alone, for a form that asks for more. */
export function listFields(faulty: FaultyList | undefined, locale: Locale): Markup {
  const word = words[locale];
  const { list = '', errors = [], lostFile = false } = faulty ?? {};
  const of = (name: string) => errors.filter((error) => error.field === name);
  const again = lostFile && of('file').length === 0 ? [{ text: word.again }] : [];
  return html`${field(
    { id: 'file', name: 'file', label: word.file, hint: word.fileHint, errors: [...of('file'), ...again] },
    (attributes) => html`<input type="file" accept=".csv,.txt,text/csv" ${attributes}>`,
  )}${field(
    { id: 'list', name: 'list', label: word.list, hint: word.listHint, errors: of('list') },
    (attributes) =>
      html`<textarea rows="6" class="mono" spellcheck="false" autocomplete="off" ${attributes}>${list}</textarea>`,
  )}`;
}

export function listTitle(locale: Locale): string {
  return words[locale].title;
}

/** By itself, for a mailing that has none yet. */
export function listForm(id: string, faulty: FaultyList | undefined, locale: Locale): Markup {
  const word = words[locale];
  return html`<form class="card narrow" action="/mailings/${id}/list" method="post" enctype="multipart/form-data"><h2>${word.title}</h2>${listFields(faulty, locale)}<p class="row"><button class="btn main">${word.button}</button></p></form>`;
}
