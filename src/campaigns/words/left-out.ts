/** Why a line of a list was left out: what is wrong with it, then what to do. */
import type { Locale } from '../../rule.ts';

interface Left {
  code: string;
  field?: string | undefined;
}

/** By code; `field`: the merge field or column, without the sign that no text has. */
type LeftOutWords = Record<string, (field: string) => string>;

const en: LeftOutWords = {
  'address-invalid': () =>
    'This is not one mail address. Write it as name@example.com, one address to a line.',
  'address-not-ascii': () =>
    'The address has a letter such as å or é before the @. Nothing can be sent to such addresses from here: ask the reader for another one.',
  'earlier-version': () => 'Has got an earlier version of this mail in the last 30 days.',
  duplicate: () => 'The address stands earlier in the list. It gets the mail once.',
  'already-mailed': () => 'This address has got this very mail before, or is about to.',
  unsubscribed: () => 'Has unsubscribed, so nothing is sent there.',
  'bad-address': () => 'The address does not exist: mail to it has bounced. Take it off your list.',
  complained: () => 'Has reported your mail as spam, and is never mailed again. Take it off your list.',
  erased: () => 'Has asked to be forgotten here. Take it off your list.',
  'line-unreadable': () => 'The line cannot be read. Look for a quotation mark that is never closed.',
  'list-unreadable': () => 'The list cannot be read from here on.',
  'list-without-addresses': () =>
    'None of the first 1,000 lines holds a mail address, so the list was read no further. Put the addresses in the column email, one to a line.',
  'more-left-out': (count) =>
    `${count} more lines were left out. They are not told one by one; the mailing’s page has the number by reason.`,
  'recipients-too-many': () => 'One mailing cannot have more recipients. Make another one of the rest.',
  'column-ignored': (field) => `The mail does not use the column ${field}. That does no harm.`,
  'column-missing': (field) =>
    `The list has no column ${field}, which the mail needs. Name one in the first line exactly so.`,
  'field-missing': (field) => `${field} is empty, and the mail needs it. Fill it in.`,
  'field-unknown': (field) => `The mail has no merge field ${field}. Take it away.`,
  'field-too-long': (field) => `The value of ${field} is longer than was allowed when the mail was audited.`,
  'field-url-invalid': (field) => `The value of ${field} is not an https address.`,
  'field-url-host': (field) => `The address in ${field} leads to another site than the mail was audited for.`,
  'field-not-text': (field) => `The value of ${field} is not text.`,
  'field-characters': (field) =>
    `The value of ${field} holds characters that cannot be seen, such as a line break. Write it again.`,
  'field-markup': (field) => `The value of ${field} holds code (HTML). Write plain text.`,
  'field-link': (field) => `The value of ${field} holds a link, which nobody has audited. Write plain text.`,
};
const enField = (field: string) => `The value of ${field} does not fit the mail as it was audited.`;

const sv: LeftOutWords = {
  'address-invalid': () => 'Det här är inte en mejladress. Skriv den som namn@exempel.se, en adress per rad.',
  'address-not-ascii': () =>
    'Adressen har en bokstav som å eller é före @. Till sådana adresser går det inte att skicka härifrån: be läsaren om en annan.',
  'earlier-version': () => 'Har fått en tidigare version av mejlet de senaste 30 dagarna.',
  duplicate: () => 'Adressen står tidigare i listan. Den får mejlet en gång.',
  'already-mailed': () => 'Adressen har redan fått just det här mejlet, eller ska strax få det.',
  unsubscribed: () => 'Har avregistrerat sig, så inget skickas dit.',
  'bad-address': () => 'Adressen finns inte: mejl dit har studsat. Ta bort den från listan.',
  complained: () => 'Har anmält dina mejl som skräppost och får aldrig fler. Ta bort adressen från listan.',
  erased: () => 'Har bett att bli glömd här. Ta bort adressen från listan.',
  'line-unreadable': () => 'Raden går inte att läsa. Leta efter ett citattecken som aldrig avslutas.',
  'list-unreadable': () => 'Listan går inte att läsa härifrån.',
  'list-without-addresses': () =>
    'Ingen av de första 1 000 raderna har en mejladress, så resten av listan lästes inte. Skriv adresserna i kolumnen email, en per rad.',
  'more-left-out': (count) =>
    `${count} rader till togs inte med. De räknas inte upp en och en; utskickets sida har antalet per orsak.`,
  'recipients-too-many': () => 'Ett utskick kan inte ha fler mottagare. Gör ett till av resten.',
  'column-ignored': (field) => `Mejlet använder inte kolumnen ${field}. Det gör inget.`,
  'column-missing': (field) =>
    `Listan har ingen kolumn ${field}, som mejlet behöver. Kalla en precis så på första raden.`,
  'field-missing': (field) => `${field} är tomt, och mejlet behöver det. Fyll i det.`,
  'field-unknown': (field) => `Mejlet har inget kopplingsfält ${field}. Ta bort det.`,
  'field-too-long': (field) => `Värdet i ${field} är längre än vad som tilläts när mejlet granskades.`,
  'field-url-invalid': (field) => `Värdet i ${field} är ingen https-adress.`,
  'field-url-host': (field) =>
    `Adressen i ${field} leder till en annan webbplats än dem som mejlet granskades för.`,
  'field-not-text': (field) => `Värdet i ${field} är inte text.`,
  'field-characters': (field) =>
    `Värdet i ${field} innehåller tecken som inte syns, till exempel en radbrytning. Skriv det på nytt.`,
  'field-markup': (field) => `Värdet i ${field} innehåller kod (HTML). Skriv vanlig text.`,
  'field-link': (field) => `Värdet i ${field} innehåller en länk, som ingen har granskat. Skriv vanlig text.`,
};
const svField = (field: string) => `Värdet i ${field} passar inte mejlet som det granskades.`;

const words: Record<Locale, { codes: LeftOutWords; other: (field: string) => string }> = {
  en: { codes: en, other: enField },
  sv: { codes: sv, other: svField },
};

export function sayLeftOut({ code, field = '' }: Left, locale: Locale): string {
  const { codes, other } = words[locale];
  return (codes[code] ?? other)(field.replace(/[;|\t\p{Cc}]/gu, ','));
}
