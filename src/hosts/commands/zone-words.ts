/** What is wrong with a zone file, said to whoever wrote it. */
import type { ZoneFault } from '../../adapters/resolver/zone.ts';
import type { Locale } from '../../rule.ts';

type Told = (fault: Pick<ZoneFault, 'subject'>) => string;

const english: Record<ZoneFault['code'], Told> = {
  zone: () => 'it should be an object { } from names to their records',
  name: ({ subject }) => `"${subject}" is not a domain name (write xn-- for other letters)`,
  twice: ({ subject }) => `"${subject}" stands there twice`,
  types: ({ subject }) => `a name has an object { } of types, or one of ${subject}`,
  type: ({ subject }) => `"${subject}" is not a type of record that can be asked for`,
  list: ({ subject }) => `the records of ${subject} stand in a list [ ]`,
  form: ({ subject }) => `write the record as "${subject}"`,
  txt: () => 'a TXT record is a text in quotes, or a list of such',
  'txt-empty': () => 'a TXT record has at least one text',
  'txt-string': ({ subject }) => `one of the texts of a TXT record is longer than ${subject} bytes`,
  'txt-long': ({ subject }) => `the TXT record is longer than ${subject} bytes`,
  aliases: () => 'a name has at most one CNAME',
  'alias-shared': ({ subject }) => `a name with a CNAME has no other records (${subject})`,
};

const swedish: Record<ZoneFault['code'], Told> = {
  zone: () => 'den ska vara ett objekt { } med namn och deras poster',
  name: ({ subject }) => `”${subject}” är inget domännamn (skriv andra bokstäver än a–z med xn--)`,
  twice: ({ subject }) => `”${subject}” står där två gånger`,
  types: ({ subject }) => `ett namn har ett objekt { } med posttyper, eller något av ${subject}`,
  type: ({ subject }) => `”${subject}” är ingen posttyp som det går att fråga efter`,
  list: ({ subject }) => `posterna av typen ${subject} ska stå i en lista [ ]`,
  form: ({ subject }) => `skriv posten som ”${subject}”`,
  txt: () => 'en TXT-post är en text inom citattecken, eller en lista med sådana',
  'txt-empty': () => 'en TXT-post har minst en text',
  'txt-string': ({ subject }) => `en av texterna i en TXT-post är längre än ${subject} byte`,
  'txt-long': ({ subject }) => `TXT-posten är längre än ${subject} byte`,
  aliases: () => 'ett namn har högst en CNAME',
  'alias-shared': ({ subject }) => `ett namn med CNAME har inga andra poster (${subject})`,
};

const words = {
  en: {
    faults: english,
    notJson: 'it is not valid JSON',
    cut: 'the JSON ends too early',
    place: (line: string, column: string) => `line ${line}, column ${column}`,
  },
  sv: {
    faults: swedish,
    notJson: 'den är inte giltig JSON',
    cut: 'JSON-texten tar slut för tidigt',
    place: (line: string, column: string) => `rad ${line}, kolumn ${column}`,
  },
} as const satisfies Record<Locale, object>;

/** Where it stands and what it is, as a clause. */
export function zoneFault(fault: ZoneFault, locale: Locale): string {
  const said = words[locale].faults[fault.code](fault);
  return [...fault.path, `${said}.`].join(': ');
}

/** What JSON.parse has against it. Its own words are English, and tell of where it stopped. */
export function jsonFault(error: unknown, locale: Locale): string {
  const { notJson, cut, place } = words[locale];
  const said = error instanceof Error ? error.message : '';
  const [, line, column] = /line (\d+) column (\d+)/.exec(said) ?? [];
  if (line && column) return `${notJson} (${place(line, column)}).`;
  return `${/end of JSON/.test(said) ? cut : notJson}.`;
}
