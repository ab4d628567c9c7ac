/** Merge fields as sending tools write them: in a finished mail each is one that nobody filled in. */

/** Of a text that could hold more, or a hostile one. */
const fieldsAtMost = 50;
const textLength = 1_000_000;

/**
 * Each form with its first tool in mind; a length bounds every run, so that the search is linear.
 * A single pair of braces or brackets is left out: people write those.
 */
const forms = [
  /\{\{[^{}\n]{1,80}\}\}/, // Handlebars, Liquid, Amazon SES, Brevo
  /\{%[^%{}\n]{1,80}%\}/, // Liquid, Twig
  /<%[^<>%\n]{1,80}%>/, // ERB, SendGrid
  /\*\|[^|*\n]{1,60}\|\*/, // Mailchimp
  /%%[A-Za-z_][\w .:-]{0,60}%%/, // Salesforce
  /%[A-Z][A-Z_]{3,40}(?:-[A-Z_]{2,40})?%/, // ActiveCampaign; in capitals only, since people write 50 % and 60 %
  /\$\{[A-Za-z_][\w.]{0,60}\}/, // FreeMarker, Adobe
  /\[\$[A-Za-z_][\w.]{0,60}\]/,
  /\[\[(?:(?:data|var):[^[\]\n]{1,60}|[A-Z]{2,20}(?:_[A-Z]{1,20}){1,5})\]\]/, // Mailjet
].map(({ source }) => source);

const capitals = '%[A-Z]';
const inText = new RegExp(forms.join('|'), 'g');
/** In an address a percent sign stands before two digits of any byte. */
const inAddress = new RegExp(
  [
    ...forms.filter((form) => !form.startsWith(capitals)),
    '%7[Bb]%7[Bb][^{}\\s]{1,60}?%7[Dd]%7[Dd]',
    // SendGrid
    '^\\[(?:unsubscribe|Unsubscribe_Preferences|weblink)\\]$',
  ].join('|'),
  'g',
);
const tell = /\{[{%]|<%|\*\||%[%A-Z7]|\$\{|\[[$[]|^\[/;

/** Campaign Monitor writes them as elements of their own. */
export const mergeElements: ReadonlySet<string> = new Set(['unsubscribe', 'preferences', 'webversion']);

/** Each merge field of a text as it stands there, in order. */
export function mergeFieldsOf(text: string): string[] {
  return found(text, inText);
}

/** The same in the address of a link or a picture. */
export function mergeFieldsOfAddress(address: string): string[] {
  return found(address, inAddress);
}

function found(text: string, forms: RegExp): string[] {
  if (!tell.test(text)) return [];
  const fields: string[] = [];
  for (const [field] of text.slice(0, textLength).matchAll(forms)) {
    fields.push(field);
    if (fields.length === fieldsAtMost) break;
  }
  return fields;
}
