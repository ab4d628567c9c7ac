/**
 * How a postal address is written at the foot of a mailing, as of 2026-11: a street with its number, a box, or a
 * postal code before or after its town. One sign is enough, since a mail without any is what is looked for.
 */
const forms = [
  // Sweden, Norway, Denmark, Finland, Germany: the street in one word, or after the name of somebody.
  /(?<!\p{L})\p{L}{0,30}(?:gatan?|vägen|väg|gränd|torget|torg|allén?|stigen|platsen|backen|kajen|gården|esplanaden|vej|vejen|gade|gata|veien|vei|plass|katu|kuja|straße|strasse|str\.|[Pp]latz|weg|damm|ufer)\s{1,3}\d{1,4}(?!\d)/u,
  // Postal codes with their towns. Four digits that may be a year are none.
  /(?<!\d)(?:SE?-)?\d{3}\s\d{2}\s{1,3}\p{Lu}\p{L}{1,30}/u,
  /(?<!\d)(?:[A-Z]{1,3}-)?\d{5}\s{1,3}\p{Lu}\p{Ll}{2,30}/u,
  /(?<![\d©]\s{0,3})(?!(?:19|20)\d\d)\d{4}\s{1,3}\p{Lu}\p{Ll}{2,30}/u,
  /(?<!\d)\d{4}\s?[A-Z]{2}\s{1,3}\p{Lu}\p{L}{1,30}/u,
  // United States, Great Britain, Ireland, Canada, Australia.
  /(?<![A-Z])[A-Z]{2}\.?,?\s{1,3}\d{5}(?:-\d{4})?(?!\d)/u,
  /(?<![A-Z])[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}(?![A-Z])/u,
  /(?<![A-Z])[A-Z]\d[A-Z]\s?\d[A-Z]\d(?!\d)/u,
  /(?<!\d)\d{1,6}[A-Za-z]?,?\s{1,3}(?:[\p{Lu}\d][\p{L}\d.'’-]{0,30}\s{1,3}){1,4}(?:S[Tt]|S[Tt][Rr][Ee]{2}[Tt]|A[Vv][Ee](?:[Nn][Uu][Ee])?|R[Dd]|R[Oo][Aa][Dd]|B[Ll][Vv][Dd]|Boulevard|Ln|Lane|Dr|Drive|Way|Pkwy|Parkway|Hwy|Highway|Sq|Square|Court|Ct|Place|Pl|Terrace|Quay|Row|Crescent|Circle|Loop)(?!\p{L})/u,
  /(?<!\p{L})(?:Suite|SUITE|Ste\.?|STE|Unit)\s#?\d{1,5}/u,
  // France, Spain, Italy, Portugal.
  /(?<!\p{L})(?:[Rr]ue|[Aa]venue|[Bb]oulevard|[Qq]uai|[Cc]alle|[Pp]laza|[Aa]venida|[Pp]aseo|[Vv]ia|[Vv]iale|[Pp]iazza|[Cc]orso|[Rr]ua|[Pp]raça)\s(?:[\p{L}.'’]{1,30}\s){0,5}[\p{L}.'’]{1,30},?\s\d{1,4}/u,
  /(?<!\d)\d{1,4},?\s(?:bis\s)?(?:[Rr]ue|[Aa]venue|[Bb]oulevard|[Pp]lace|[Qq]uai|[Aa]llée|[Cc]hemin)\s/u,
  // A box of the post.
  /(?<!\p{L})(?:[Pp]\.?\s?[Oo]\.?\s?[Bb](?:ox|OX)|[Bb]ox|[Pp]ostbox|[Pp]ostboks|[Pp]ostfach|[Aa]partado|[Cc]asilla|[Bb]oîte postale|B\.?P\.?)\s{1,3}\d{1,6}/u,
  // Japan, China, Korea.
  /〒\s?\d{3}-\d{4}|(?:都|府|県|省|市|区|區|도|시|구)[^\s]{1,20}(?:町|村|路|街|号|號|丁目|로|길)/u,
];
const address = new RegExp(forms.map(({ source }) => `(?:${source})`).join('|'), 'u');

/** Merge fields that the sending tool writes the address by. */
export const addressField =
  /addr|adress|postal|street|gatu?a?adress|company[_ .-]?(?:city|zip|location)|sender[_ .-]?(?:city|zip)|account\.(?:city|zip)|location/i;

/** The same where the form of the field is one that people write round other words too, as SendGrid's [Sender_Address]. */
const written = /[[{*%|#]\s?[\w .:-]{0,30}addr?ess[\w .:-]{0,20}[\]}*%|#]/i;

/** Of a longer text the end is read, then the beginning: an address stands in the foot. */
const readLength = 20_000;

/** Whether a text shows a postal address. */
export function showsAddress(text: string): boolean {
  const ends = text.length > 2 * readLength ? [text.slice(-readLength), text.slice(0, readLength)] : [text];
  return ends.some((part) => address.test(part) || written.test(part));
}
