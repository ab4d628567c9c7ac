/** The form: a template or message, and who sends it. */
import { html } from 'hono/html';
import type { ExampleName } from '../../audits.ts';
import type { Locale } from '../../rule.ts';
import type { FieldError } from '../problem.ts';
import { examples } from './examples.ts';
import { faultSummary, field } from './field.ts';
import { type Way, ways, formWords as words } from './form-words.ts';
import type { Markup } from './markup.ts';
import { selectorHelp } from './selector-help.ts';

export { type Way, ways } from './form-words.ts';

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
  const { sampleData, requiredFields, audience } = word;
  const beside = { sampleData, requiredFields, audience };
  const labels = {
    ...{ file, source, subject, from, mailFrom, dkimSelectors, replyTo, sendingAddresses },
    ...beside,
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
  const folded = ['previews', 'sendingAddresses', ...Object.keys(beside)];
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
${input('audience', word.audienceHint, plain)}
<label class="pick"><input type="checkbox" name="previews" value="false"${values.previews === 'false' ? html` checked` : ''}><span>${word.skip}<br><span class="hint">${word.skipHint}</span></span></label></details>
<p class="row"><button class="btn main">${word.start}</button><span class="muted small">${word.soon}</span></p>
</form>
${examples(state.examples, locale)}</div>`;
}

/** Names of domains and keys are no words. */
const plain = html` autocapitalize="none" spellcheck="false"`;
