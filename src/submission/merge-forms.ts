/**
 * Merge fields as sending tools write them: in a finished mail each is one that nobody filled in. Only forms
 * that nobody writes by chance: {name}, [name], %name%, #name# and ${HOME} may be anything, and are left out,
 * but where somebody has said that there is a field of that name.
 */

/** Of a text that could hold more, or a hostile one. */
const fieldsAtMost = 50;
/** Where they are counted or filled in, not told of. */
const fieldsOfPart = 5000;
const textLength = 10_000_000;

/** Names that fields have everywhere, for marks that people write round other words too. */
const known =
  '(?:[Ff]irst_?[Nn]ame|[Ll]ast_?[Nn]ame|[Ff]ull_?[Nn]ame|[Nn]ame|[Ee]-?mail|FIRST_?NAME|LAST_?NAME|FULL_?NAME|[FL]?NAME|E-?MAIL|[Ff]örnamn|[Nn]amn|FÖRNAMN|NAMN)';
/** Names that stand for a reader and nothing else, so that a single mark round them is enough. */
const personal =
  '(?:(?:[Ss]ubscriber|[Cc]ontact|[Uu]ser|[Pp]erson|[Mm]ottagare|[Kk]ontakt)[.:_])?(?:[Ff]irst[_ -]?[Nn]ame|[Ll]ast[_ -]?[Nn]ame|FIRST[_ ]?NAME|LAST[_ ]?NAME|[FL]NAME|[Ff]örnamn|[Ee]fternamn|FÖRNAMN|EFTERNAMN)';
/** Where it is one of a row, it says how addresses are made: {förnamn}.{efternamn}@example.se. */
const alone = (start: string, end: string) =>
  new RegExp(`(?<![\\w.@/-])${start}${personal}${end}(?![\\w@/-]|\\.[\\w[{<%#$])`);
/** A letter as names of fields in Swedish have it. */
const letter = '[\\wÀ-ÖØ-öø-ÿ]';

/** In capitals only, since people write 50 % and 60 %; PATH and its like belong to a computer. */
const capitals =
  '(?!(?:PATH|HOME|TE?MP|APPDATA|LOCALAPPDATA|USERPROFILE|PROGRAM\\w*|SYSTEM\\w*|WINDIR|USERNAME|COMPUTERNAME)%)[A-Z][A-Z_]{3,40}(?:-[A-Z_]{2,40})?';

const field = '[A-Za-zÀ-ÖØ-öø-ÿ_][\\wÀ-ÖØ-öø-ÿ.]{1,40}';

/** Each form with its first tool in mind; a length bounds every run, so that the search is linear. */
const forms = [
  /\{\{(?:[^{}\n]|\{[^{}\n]{0,40}\}){1,120}\}\}/, // Handlebars, Liquid, Amazon SES, Brevo
  // One of the same that has lost a brace; a name alone, since code has such pairs too.
  new RegExp(`(?<!\\{)\\{\\{ ?${field} ?\\}(?!\\})|(?<![\\w{$#}])\\{ ?${field} ?\\}\\}(?!\\})`),
  new RegExp(`\\*\\|${field}\\*|(?<![*|])\\|${field}\\|\\*`), // and of Mailchimp's
  /\{%(?:[^%{}\n]|%(?!\})){1,200}%\}/, // Liquid, Twig
  /<%[^<>%\n]{1,80}%>/, // ERB, SendGrid
  /\*\|[^|*\n]{1,60}\|\*/, // Mailchimp
  new RegExp(`%%[A-Za-z_](?:${letter}|[ .:-]){0,60}%%`), // Salesforce
  /%%=[^%\n]{1,200}=%%|%%\[[^%]{1,1000}\]%%/, // AMPscript
  /%(?:(?:recipient|subscriber|contact|user|member|customer)[._:]\w[\w.]{0,40}|(?:tag_|mailing_list_)?unsubscribe_(?:url|email))%/, // Mailgun
  // FreeMarker, Adobe; in capitals it is a shell's
  /\$!?\{(?![A-Z_\d]{1,60}\})[!(]?[A-Za-z_][\w.]{0,60}\)?(?:[!?(][^{}\n]{0,80})?\}/,
  new RegExp(`\\$\\{${known}\\}`),
  /\[\$[A-Za-z_][\w.]{0,60}\]/,
  /(?<![\w$#])#\{[A-Za-z_][\w.]{0,60}\}/, // Ruby, Thymeleaf
  /<\?(?:php|=)[^<>?]{1,200}\?>/,
  /\[\[(?:(?:data|var):[^[\]\n]{1,60}|(?:UNSUB_LINK|PERMALINK|EMAIL_TO|SHARE)(?:_[A-Z]{1,20}){0,3})\]\]/, // Mailjet
  /\[\[[a-zà-öø-ÿ][a-z0-9à-öø-ÿ_]{1,40}\]\]/, // Get a Newsletter; a wiki's begins with a capital
  /\[\[[A-Za-z]\w{1,40}\.\w[\w.]{0,40}\]\]/, // Omnisend
  new RegExp(`\\[\\[(?:${known}|remove|unsubscribe|change_details|custom "[^"\\[\\]\\n]{1,40}")\\]\\]`), // GetResponse
  /(?<![\w$%@)\]}>])\{\$[A-Za-z][\w.]{1,60}(?:\|[^{}\n]{1,60})?\}/, // MailerLite; after a name it is a program's
  /\{!(?:\$?[A-Za-z]\w{0,40}[._]\w[\w.]{0,40}|email|name)(?: [^{}\n]{1,60})?\}/, // Salesforce, AWeber
  /\[[A-Za-z_][\w ]{0,40},\s?fallback=[^[\]\n]{0,60}\]/, // Campaign Monitor, Sendy
  /\$\[[A-Za-z_][\w.:]{0,40}(?:\|[^[\]|\n]{0,60}){0,2}\]\$/, // Zoho
  /~(?:Contact|Company|Owner|User|Order|Affiliate|Referral)\.[A-Z_]\w{0,40}~/, // Keap
  // Apsis, Get a Newsletter, SocketLabs; in capitals it is an ornament, but for a name
  new RegExp(
    `(?<!#)##/?(?:${known}|${personal}|(?=[\\w.-]{0,40}[a-z])[A-Za-z](?:${letter}|[.-]){0,40})##(?!#)`,
  ),
  /!![A-Za-z]+_[A-Za-z_]{1,40}!!/, // Carma
  /\[(?:subscriber|newsletter|link|activation_link|date|user|mailpoet_page):[a-z_]\w{0,40}(?:\s?\|\s?default:[^[\]\n]{0,60})?\]/, // MailPoet
  /\{(?:subtag|contactfield|pagelink|dynamiccontent|userinfo)[:=][^{}\n]{1,60}\}/, // AcyMailing, Mautic
  /\{(?:unsubscribe|webview|resubscribe)_(?:url|text)\}/, // Mautic
  /\[(?:UNSUBSCRIBE|PREFERENCES|FORWARD|CONFIRMATION|BLACKLIST)URL\]/, // phpList
  /\[%\s?[A-Za-z_][\w:.]{0,40}\s?%\]/, // Emma, Selligent
  /\[object Object\]/, // what a program writes in place of a value
  alone('\\{', '\\}'),
  alone('\\[', '\\]'),
  alone('<<', '>>'),
  alone('«', '»'), // Word
  alone('%', '%'),
  alone('#', '#'), // Flexmail
  alone('\\$', '\\$'), // Responsys
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
    '\\*%7[Cc][^%*\\s]{1,60}%7[Cc]\\*|%24%7[Bb][^%{}\\s]{1,60}%7[Dd]|%3[Cc]%25=?[^<>\\s]{1,80}?%25%3[Ee]',
    // SendGrid
    '^\\[(?:unsubscribe|Unsubscribe_Preferences|weblink)\\]$',
  ].join('|'),
  'g',
);
const tell = /[{[%#$@~][\w{%$!#/[\u00c0-\u00ff]|<[%?<]|«|!!|\*[|%]|\$!|fallback=/;

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

/** Of a whole part as it is written, markup and all. */
const anywhere = new RegExp(
  [
    ...forms,
    `(?<![\\w%])%(?![\\dA-Fa-f]{2})${capitals}%(?![\\dA-Fa-f]{2}|\\w)`,
    '%7[Bb]%7[Bb][^{}\\s"\'<>]{1,60}?%7[Dd]%7[Dd]',
    // A word between single marks may be anything: its reader has to know the name. After a name it is a selector's.
    '\\{[\\p{L}_][\\p{L}\\p{N}_. -]{0,60}\\}|(?<![\\w.#*)\\]:-])\\[[\\p{L}_][\\p{L}\\p{N}_. -]{0,60}\\]|\\[\\[[\\p{L}_][\\p{L}\\p{N}_. -]{0,60}\\]\\]',
    '%[\\p{L}_][\\p{L}\\p{N}_. -]{0,60}%|#[\\p{L}_][\\p{L}\\p{N}_.-]{0,60}#',
  ].join('|'),
  'gu',
);

/**
 * Puts values where fields stand in a part as it is written; null: it stays. Words between single marks, as in {name},
 * are asked for as well: only names that somebody has given make fields of them.
 */
export function replaceMergeFields(text: string, value: (field: MergeFieldName) => string | null): string {
  let left = fieldsOfPart;
  return text.replace(anywhere, (field) => {
    left -= 1;
    if (left < 0) return field;
    const read = readMergeField(field);
    return (read && value(read)) ?? field;
  });
}

/** A field as its tool reads it. */
export interface MergeFieldName {
  name: string;
  /** What the tool writes where it has no value; null: nothing is named. */
  fallback: string | null;
}

/** How each form begins and ends, longer ones first. */
const marks: readonly [RegExp, RegExp][] = [
  [/^\{\{\{?[&~-]?/, /[~-]?\}?\}\}$/],
  [/^\{%-?/, /-?%\}$/],
  [/^<%[=-]?/, /-?%>$/],
  [/^<\?(?:php|=)/, /\?>$/],
  [/^(?:<<|«)/, /(?:>>|»)$/],
  [/^\*\|(?:(?:UPPER|LOWER|TITLE|HTML|URL):)?/, /\|\*$/],
  [/^%%=/, /=%%$/],
  [/^%%/, /%%$/],
  [/^!!/, /!!$/],
  [/^\$!?\{[!(]?/, /\)?\}$/],
  [/^#\{/, /\}$/],
  [/^\[%/, /%\]$/],
  [/^\[\[(?:data:|var:)?/, /\]\]$/],
  [/^\[\$/, /\]$/],
  [/^\{[$!]\$?/, /\}$/],
  [/^\$\[/, /\]\$$/],
  [/^##/, /##$/],
  [/^[%~@#$]/, /[%~@#$]$/],
  [/^[[{]/, /[\]}]$/],
];

/** They choose between parts or repeat them, and stand for nothing themselves. */
const logic =
  /^(?:\{\{\{?[~-]?\s*(?:[#/^>!]|else\b)|\{%-?\s*(?:\w+\s+[^\s%]|end|else|comment|raw)|<%-?\s*(?!=)(?:\w+\s+[^\s%]|[/}]|end|else)|\*\|(?:IF|IFNOT|ELSE|ELSEIF|END|INTERESTED|RSS|FEED)[:|])/i;
/**
 * Its tool settles it, and nobody has a value for it in a list: it chooses between parts, or it is the tool's own link
 * or a detail of the list or mailing.
 */
export function isSettled(field: string): boolean {
  if (logic.test(decoded(field))) return true;
  const name = readMergeField(field)?.name;
  return name !== undefined && ofTool.test(name);
}

/** By the names that tools themselves document for links to unsubscribe, to the web version, and for the list. */
const ofTool =
  /unsub|opt[_ -]?out|preferences|update[_ -]?profile|web[_ -]?(?:version|view|link)|view[_ -]?(?:in|online)|archive|permalink|in[_ -]?browser|forward|current[_ -]?year|^(?:MC|LIST|HTML|DATE|SOCIAL|ABUSE|CAMPAIGN|REWARDS)(?:[:_]|$)/i;

const nameAtStart = /^([\p{L}_][\p{L}\p{N}_.:-]*(?: [\p{L}\p{N}_.:-]+)*)\s*/u;
const helper = /^default\s+([\p{L}_][\p{L}\p{N}_.-]*)\s+["']([^"']*)["']$/u;
const fallbacks = [
  /\bdefault\s*[:(]?\s*(?:"([^"]*)"|'([^']*)')/,
  /^,\s?fallback=(.*)$/,
  /^[:!]?\s*"([^"]*)"$/,
];

/** What a field is called; null: it stands for no value, or nobody can tell. */
export function readMergeField(field: string): MergeFieldName | null {
  const text = decoded(field);
  if (logic.test(text)) return null;
  const [start, end] = marks.find(([one, other]) => one.test(text) && other.test(text)) ?? [];
  if (!start || !end) return null;
  const inner = text.replace(start, '').replace(end, '').trim();
  const called = helper.exec(inner);
  if (called?.[1]) return { name: called[1], fallback: called[2] ?? null };
  const name = nameAtStart.exec(inner);
  if (!name?.[1]) return null;
  const rest = inner.slice(name[0].length);
  const written = text.startsWith('$[') ? /^\|([^|]*)/.exec(rest)?.[1] : undefined;
  const matched = fallbacks.map((one) => one.exec(rest)).find((one) => one !== null);
  return {
    name: name[1].replace(/[:.\s]+$/, ''),
    fallback: written ?? matched?.slice(1).find((one) => one !== undefined) ?? null,
  };
}

/** As people write them in HTML, and in addresses. */
function decoded(field: string): string {
  return field
    .replace(/%7b/gi, '{')
    .replace(/%7d/gi, '}')
    .replace(/&quot;|&#34;/g, '"')
    .replace(/&#39;|&apos;/g, "'")
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>');
}

/** Names of all the fields in a part as it is written. */
export function mergeFieldNames(text: string): ReadonlySet<string> {
  const names = new Set<string>();
  replaceMergeFields(text, ({ name }) => {
    names.add(name);
    return null;
  });
  return names;
}
