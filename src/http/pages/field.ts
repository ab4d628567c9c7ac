/** A field of a form: label, hint, what is wrong with it, and the control tied to them. */
import { html } from 'hono/html';
import type { FieldError } from '../problem.ts';
import { icon } from './icons.ts';
import type { Markup } from './markup.ts';

export interface Field {
  /** Id of the control. */
  id: string;
  name: string;
  label: string;
  /** Whether it is needed, beside the label. */
  mark?: string | undefined;
  hint?: Markup | string;
  /** More than a hint may say, folded. */
  help?: Markup | undefined;
  errors: readonly Pick<FieldError, 'text'>[];
}

/** `control` gets the attributes that name it and tie it to hint and errors. */
export function field(
  { id, name, label, mark, hint, help, errors }: Field,
  control: (attributes: Markup) => Markup,
): Markup {
  const described = [...(hint ? [`${id}-h`] : []), ...errors.map((_, i) => `${id}-e${i}`)];
  return html`<div class="field"><label for="${id}">${label}${mark ? html` <span class="mark">(${mark})</span>` : ''}</label>
${hint ? html`<p class="hint" id="${id}-h">${hint}</p>` : ''}${help ?? ''}${errors.map(({ text }, i) => html`<p class="error" id="${id}-e${i}">${icon('fail')} ${text}</p>`)}
${control(html`id="${id}" name="${name}"${described.length > 0 ? html` aria-describedby="${described.join(' ')}"` : ''}${errors.length > 0 ? html` aria-invalid="true"` : ''}`)}</div>`;
}

/** What is to be corrected, first on the page, each with a link to its place. */
export function faultSummary(
  title: string,
  faults: readonly { id?: string; text: string }[],
): Markup | string {
  if (faults.length === 0) return '';
  return html`<div class="note blocked" role="alert"><h2>${icon('fail')} ${title}</h2><ul class="in">${faults.map(({ id, text }) => html`<li>${id ? html`<a href="#${id}">${text}</a>` : text}</li>`)}</ul></div>`;
}
