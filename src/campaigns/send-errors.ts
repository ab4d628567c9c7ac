/** What is wrong with a send order, in words: first what happens to the mail, then what to do. */
import type { Locale } from '../rule.ts';
import type { SendError, SendErrorCode } from './campaign.ts';

type Data = SendError['data'];

const megabytes = (bytes: string | number) => Math.round(Number(bytes) / 1024 / 1024);

const en: Record<SendErrorCode, (data: Data) => string> = {
  'clearance-invalid': () =>
    'Nothing is sent: this is not a clearance that this service has signed. Copy it whole, or get a new one from the report.',
  'clearance-expired': () =>
    'Nothing is sent: the clearance has ended. It lives for a day. Audit the mail again and get a new one.',
  'clearance-revoked': () =>
    'Nothing is sent: somebody has revoked the clearance. Ask why, then audit the mail again and get a new one.',
  'clearance-other-organisation': () =>
    'Nothing is sent: the clearance belongs to another organisation. Get one of your own from your own audit.',
  'clearance-other-message': () =>
    'Nothing is sent: the clearance is for another message than the one we keep. Audit the mail again and get a new one.',
  'audit-missing': () =>
    'Nothing is sent: the audit that the clearance rests on, or its message, is gone. Audit the mail again.',
  'sender-unregistered': ({ domain }) =>
    `Nothing is sent: ${domain ?? 'the domain in From'} is not one of your senders. Add it under Senders and publish its record, or choose the standard route if there is one.`,
  'sender-unproved': ({ domain }) =>
    `Nothing is sent: nobody has proved yet that ${domain ?? 'the domain in From'} is yours. Publish the record that stands under Senders, then press Check now.`,
  'sender-taken': ({ domain }) =>
    `Nothing is sent: another organisation here has proved that ${domain ?? 'the domain in From'} is theirs. Ask them to remove it, or send from another domain.`,
  'standard-not-registered': ({ domain }) =>
    `Nothing is sent: there is no standard route for ${domain ?? 'the domain in From'}. Add the domain under Senders instead, or ask whoever runs the service.`,
  'route-missing': ({ domain }) =>
    `Nothing is sent: ${domain ?? 'the sender'} has no sending server. Add one under Senders, then audit the mail again.`,
  'route-own': () =>
    'Nothing is sent: a sending subdomain was given when the mail was handed in, so it was audited for a sending system of your own. Hand it in again with that field empty, and get a new clearance.',
  'routes-changed': () =>
    'Nothing is sent: the sending servers are other ones than when the mail was audited. Audit it again and get a new clearance.',
  'reserve-not-armed': () =>
    'Nothing is sent: the backup server has not passed a rehearsal. Rehearse it under Senders, or remove it there and audit again.',
  'service-address-missing': () =>
    'Nothing is sent: the service has no public https address, so readers could not unsubscribe. Whoever runs it sets KLARSIGNAL_URL to one.',
  'starts-at-invalid': () =>
    'Give the start as a time with its zone, such as 2026-12-01T09:00:00+01:00, within a year from now.',
  'per-minute-invalid': () => 'Give the pace as a whole number of messages a minute, 1 to 100,000.',
  'recipients-missing': () => 'There are no recipients. Hand in a list with at least one line.',
  'recipients-too-many': ({ limit }) =>
    `The list is too long: one mailing goes to at most ${limit ?? '1,000,000'} recipients. Divide it.`,
  'list-unreadable': ({ line }) =>
    `The list cannot be read${line === undefined ? '' : ` (line ${line})`}. Save it as CSV in UTF-8 with a line of column names first, or as one JSON object a line.`,
  'list-too-large': ({ limit }) =>
    `The list is too large${limit === undefined ? '' : `: at most ${megabytes(limit)} MB are taken`}. Leave out columns that the mail does not use, or divide it.`,
  'list-address-column': () =>
    'No column holds the addresses. Name one of them email, or e-post, in the first line.',
  'list-not-awaited': () =>
    'This mailing has its list already, and one mailing takes one list. Cancel it and make a new one.',
};

const sv: Record<SendErrorCode, (data: Data) => string> = {
  'clearance-invalid': () =>
    'Inget skickas: det här är ingen klarsignal som tjänsten har undertecknat. Kopiera hela, eller hämta en ny från rapporten.',
  'clearance-expired': () =>
    'Inget skickas: klarsignalen har gått ut. Den gäller i ett dygn. Granska mejlet igen och hämta en ny.',
  'clearance-revoked': () =>
    'Inget skickas: någon har återkallat klarsignalen. Ta reda på varför, granska sedan mejlet igen och hämta en ny.',
  'clearance-other-organisation': () =>
    'Inget skickas: klarsignalen hör till en annan organisation. Hämta en egen från din egen granskning.',
  'clearance-other-message': () =>
    'Inget skickas: klarsignalen gäller ett annat mejl än det vi har sparat. Granska mejlet igen och hämta en ny.',
  'audit-missing': () =>
    'Inget skickas: granskningen som klarsignalen bygger på, eller mejlet i den, finns inte kvar. Granska mejlet igen.',
  'sender-unregistered': ({ domain }) =>
    `Inget skickas: ${domain ?? 'domänen i From'} finns inte bland dina avsändare. Lägg till den under Avsändare och publicera dess post, eller välj standardvägen om det finns en.`,
  'sender-unproved': ({ domain }) =>
    `Inget skickas: ingen har visat att ${domain ?? 'domänen i From'} är din än. Publicera posten som står under Avsändare och tryck sedan på Kontrollera nu.`,
  'sender-taken': ({ domain }) =>
    `Inget skickas: en annan organisation här har visat att ${domain ?? 'domänen i From'} är deras. Be dem ta bort den, eller skicka från en annan domän.`,
  'standard-not-registered': ({ domain }) =>
    `Inget skickas: det finns ingen standardväg för ${domain ?? 'domänen i From'}. Lägg till domänen under Avsändare i stället, eller fråga den som sköter tjänsten.`,
  'route-missing': ({ domain }) =>
    `Inget skickas: ${domain ?? 'avsändaren'} har ingen utskicksserver. Lägg till en under Avsändare och granska sedan mejlet igen.`,
  'route-own': () =>
    'Inget skickas: när mejlet lämnades in angavs en underdomän för utskick, så det granskades för ett eget utskickssystem. Lämna in det igen med det fältet tomt och hämta en ny klarsignal.',
  'routes-changed': () =>
    'Inget skickas: utskicksservrarna är andra än när mejlet granskades. Granska det igen och hämta en ny klarsignal.',
  'reserve-not-armed': () =>
    'Inget skickas: reservservern har inte klarat någon provsändning. Provsänd genom den under Avsändare, eller ta bort den där och granska igen.',
  'service-address-missing': () =>
    'Inget skickas: tjänsten har ingen öppen https-adress, så läsarna skulle inte kunna avregistrera sig. Den som sköter tjänsten anger en i KLARSIGNAL_URL.',
  'starts-at-invalid': () =>
    'Ange starten som en tid med tidszon, till exempel 2026-12-01T09:00:00+01:00, inom ett år från nu.',
  'per-minute-invalid': () => 'Ange takten som ett heltal mejl per minut, 1 till 100 000.',
  'recipients-missing': () => 'Det finns inga mottagare. Lämna in en lista med minst en rad.',
  'recipients-too-many': ({ limit }) =>
    `Listan är för lång: ett utskick går till högst ${limit ?? '1 000 000'} mottagare. Dela upp den.`,
  'list-unreadable': ({ line }) =>
    `Listan går inte att läsa${line === undefined ? '' : ` (rad ${line})`}. Spara den som CSV i UTF-8 med kolumnernas namn på första raden, eller som ett JSON-objekt per rad.`,
  'list-too-large': ({ limit }) =>
    `Listan är för stor${limit === undefined ? '' : `: högst ${megabytes(limit)} MB går att ta emot`}. Ta bort kolumner som mejlet inte använder, eller dela upp den.`,
  'list-address-column': () =>
    'Ingen kolumn innehåller adresserna. Kalla en av dem för email, eller e-post, på första raden.',
  'list-not-awaited': () =>
    'Utskicket har redan fått sin lista, och varje utskick tar en lista. Avbryt det och gör ett nytt.',
};

export const sendErrorWords: Record<Locale, Record<SendErrorCode, (data: Data) => string>> = { en, sv };
