/**
 * Merge fields as sending tools write them: in a finished mail each is one that nobody filled in. Only forms
 * that nobody writes by chance: {name}, [name], %name%, #name# and ${HOME} may be anything, and are left out.
 */

/** Of a text that could hold more, or a hostile one. */
const fieldsAtMost = 50;
const textLength = 1_000_000;

/** Names that fields have everywhere, for marks that people write round other words too. */
const known =
  '(?:[Ff]irst_?[Nn]ame|[Ll]ast_?[Nn]ame|[Ff]ull_?[Nn]ame|[Nn]ame|[Ee]-?mail|FIRST_?NAME|LAST_?NAME|FULL_?NAME|[FL]?NAME|E-?MAIL|[Ff]örnamn|[Nn]amn|FÖRNAMN|NAMN)';
/** In capitals only, since people write 50 % and 60 %; PATH and its like belong to a computer. */
const capitals =
  '(?!(?:PATH|HOME|TE?MP|APPDATA|LOCALAPPDATA|USERPROFILE|PROGRAM\\w*|SYSTEM\\w*|WINDIR|USERNAME|COMPUTERNAME)%)[A-Z][A-Z_]{3,40}(?:-[A-Z_]{2,40})?';

/** Each form with its first tool in mind; a length bounds every run, so that the search is linear. */
const forms = [
  /\{\{(?:[^{}\n]|\{[^{}\n]{0,40}\}){1,120}\}\}/, // Handlebars, Liquid, Amazon SES, Brevo
  /\{%[^%{}\n]{1,80}%\}/, // Liquid, Twig
  /<%[^<>%\n]{1,80}%>/, // ERB, SendGrid
  /\*\|[^|*\n]{1,60}\|\*/, // Mailchimp
  /%%[A-Za-z_][\w .:-]{0,60}%%/, // Salesforce
  /%(?:recipient[._]\w[\w.]{0,40}|(?:tag_|mailing_list_)?unsubscribe_(?:url|email))%/, // Mailgun
  /\$\{(?![A-Z_\d]{1,60}\})[A-Za-z_][\w.]{0,60}\}/, // FreeMarker, Adobe; in capitals it is a shell's
  new RegExp(`\\$\\{${known}\\}`),
  /\[\$[A-Za-z_][\w.]{0,60}\]/,
  /\[\[(?:(?:data|var):[^[\]\n]{1,60}|(?:UNSUB_LINK|PERMALINK|EMAIL_TO|SHARE)(?:_[A-Z]{1,20}){0,3})\]\]/, // Mailjet
  new RegExp(`\\[\\[(?:${known}|remove|unsubscribe|change_details|custom "[^"\\[\\]\\n]{1,40}")\\]\\]`), // GetResponse
  /(?<![\w$%@)\]}>])\{\$[A-Za-z][\w.]{1,60}(?:\|[^{}\n]{1,60})?\}/, // MailerLite; after a name it is a program's
  /\{!(?:\$?[A-Za-z]\w{0,40}[._]\w[\w.]{0,40}|email|name)(?: [^{}\n]{1,60})?\}/, // Salesforce, AWeber
  /\[[A-Za-z_][\w ]{0,40},\s?fallback=[^[\]\n]{0,60}\]/, // Campaign Monitor, Sendy
  /\$\[[A-Za-z_][\w.:]{0,40}(?:\|[^[\]|\n]{0,60}){0,2}\]\$/, // Zoho
  /~(?:Contact|Company|Owner|User|Order|Affiliate|Referral)\.[A-Z_]\w{0,40}~/, // Keap
  /(?<!#)##(?=[\w.-]{0,40}[a-z])[A-Za-z][\w.-]{1,40}##(?!#)/, // Apsis, Get a Newsletter
  new RegExp(`(?<![\\w@])@${known}@(?![\\w@])`),
].map(({ source }) => source);

const inText = new RegExp(
  // ActiveCampaign; what stands in an address may be any byte.
  [...forms, `(?<![\\w%/=?&.;:#-])%${capitals}%(?!\\w)`].join('|'),
  'g',
);
/** In an address a percent sign stands before two digits of any byte. */
const inAddress = new RegExp(
  [
    ...forms,
    `%(?![\\dA-Fa-f]{2})${capitals}%(?![\\dA-Fa-f]{2})`,
    '%7[Bb]%7[Bb][^{}\\s]{1,60}?%7[Dd]%7[Dd]',
    // SendGrid
    '^\\[(?:unsubscribe|Unsubscribe_Preferences|weblink)\\]$',
  ].join('|'),
  'g',
);
const tell = /\{[{%$!]|<%|\*\||%[%A-Zrtmu7]|\$[{[]|\[[[$]|^\[|fallback=|~[A-Z]|##|@[A-Za-z]/;

/** Campaign Monitor writes them as elements of their own. */
export const mergeElements: ReadonlySet<string> = new Set(['unsubscribe', 'preferences', 'webversion']);

/** Each merge field of a text as it stands there, with its place, in order. */
export function findMergeFields(text: string): { field: string; index: number }[] {
  return found(text, inText);
}

/** The same without their places. */
export function mergeFieldsOf(text: string): string[] {
  return found(text, inText).map(({ field }) => field);
}

/** Those in the address of a link or a picture. */
export function mergeFieldsOfAddress(address: string): string[] {
  return found(address, inAddress).map(({ field }) => field);
}

function found(text: string, forms: RegExp): { field: string; index: number }[] {
  if (!tell.test(text)) return [];
  const fields: { field: string; index: number }[] = [];
  for (const { 0: field, index } of text.slice(0, textLength).matchAll(forms)) {
    fields.push({ field, index });
    if (fields.length === fieldsAtMost) break;
  }
  return fields;
}
