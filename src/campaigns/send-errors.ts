/** What is wrong with a send order, in words: first what happens to the mail, then what to do. */
import type { Locale } from '../rule.ts';
import type { SendError, SendErrorCode } from './campaign.ts';

type Data = SendError['data'];

const written = (at: string | number) => `${String(at).slice(0, 16).replace('T', ' ')} UTC`;
const megabytes = (bytes: string | number) => Math.round(Number(bytes) / 1024 / 1024);

/** Of an account no more is told: others send by it too. */
const whoseEnglish = ({ what, domain, provider }: Data) =>
  what === 'account'
    ? `of all mails by ${provider ?? 'the sending server'} in the last 24 hours, whoever sent them,`
    : what === 'organisation'
      ? `of all that your organisation has mailed by ${provider ?? 'the sending server'} in the last 24 hours`
      : `of all mails from ${domain ?? 'the sender'} in the last 24 hours`;
const whoseSwedish = ({ what, domain, provider }: Data) =>
  what === 'account'
    ? `av alla mejl genom ${provider ?? 'utskicksservern'} det senaste dygnet, vem som än skickat dem,`
    : what === 'organisation'
      ? `av allt som din organisation har mejlat genom ${provider ?? 'utskicksservern'} det senaste dygnet`
      : `av alla mejl från ${domain ?? 'avsändaren'} det senaste dygnet`;
const share = (percent: string | number | undefined, locale: string, space: string, many: string) =>
  percent === undefined ? many : `${new Intl.NumberFormat(locale).format(Number(percent))}${space}%`;

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
    'Nothing is sent: the service has no public https address, so readers could not unsubscribe. Whoever runs it sets KLARSIGNAL_URL to one: a name on the internet, not localhost, an IP address, another port or a name inside one’s own network.',
  'starts-at-invalid': () =>
    'Give the start as a time with its zone, such as 2026-12-01T09:00:00+01:00, within a year from now.',
  'starts-after-clearance': ({ at }) =>
    `Nothing is sent: the mailing would start after its clearance has ended${at === undefined ? '' : ` (${written(at)})`}. Choose an earlier start, or have the mail audited again before it: tick that box, or say onExpiry audit-again.`,
  'on-expiry-forbidden': () =>
    'Nothing is sent: a mailing is audited again by itself only for who may get clearances. Let a member who may order it, or a key with clearances:write, or leave it out.',
  'per-minute-invalid': () => 'Give the pace as a whole number of messages a minute, 1 to 100,000.',
  'recipients-missing': () => 'There are no recipients. Hand in a list with at least one line.',
  'recipients-too-many': ({ limit }) =>
    `The list is too long: one mailing goes to at most ${limit ?? '1,000,000'} recipients. Divide it.`,
  'list-unreadable': ({ format }) =>
    format === 'ndjson'
      ? 'The list cannot be read: it is not text in UTF-8. Write one JSON object a line, in UTF-8.'
      : 'The list cannot be read: it is not CSV in UTF-8. In Excel, choose File, Save As, and the file type CSV UTF-8 (Comma delimited). Only CSV or Excel’s own format will not do.',
  'list-too-large': ({ limit }) =>
    `The list is too large${limit === undefined ? '' : `: at most ${megabytes(limit)} MB are taken`}. Leave out columns that the mail does not use, or divide it.`,
  'list-address-column': () =>
    'No column holds the addresses. The first line names the columns: call one of them Email or E-post, in capitals or not.',
  'list-columns-missing': ({ missing, columns, fields }) =>
    `The list lacks the ${fields === 1 ? 'column' : 'columns'} ${missing ?? ''}, which the mail needs.${columns ? ` It has ${columns}.` : ''} Name ${fields === 1 ? 'one' : 'them'} exactly so in the first line, and hand it in again.`,
  'list-not-awaited': () =>
    'This mailing has its list already, and one mailing takes one list. Cancel it and make a new one.',
  'bounce-rate': (data) =>
    `Nothing is sent: ${whoseEnglish(data)} ${share(data.percent, 'en-GB', '', 'too many')} bounced for good, and the limit is 8%. Clean the list: remove addresses that nobody has confirmed for a year. Order again when the rate has fallen: at the latest a day after the last of those mails.`,
  'complaint-rate': (data) =>
    `Nothing is sent: ${whoseEnglish(data)} ${share(data.percent, 'en-GB', '', 'too many')} were reported as spam, and the limit is 0.3%. Make sure that everyone on the list has asked for the mail. Order again when the rate has fallen: at the latest a day after the last of those mails.`,
  'not-composed': ({ part }) =>
    `Nothing is sent: the mail has a merge field that cannot be filled in${part ? ` (${part})` : ''}. An exception cannot change that. Declare the field when you hand the mail in, or take it out, and audit the mail again.`,
  'list-not-read': () =>
    'Nothing is sent: the service stopped twice while it read the list, so only a part of it is in. Cancel this mailing, divide the list, and make a new one for each part.',
};

const sv: Record<SendErrorCode, (data: Data) => string> = {
  'bounce-rate': (data) =>
    `Inget skickas: ${whoseSwedish(data)} studsade ${share(data.percent, 'sv-SE', '\u00a0', 'för många')} permanent, och gränsen är 8\u00a0%. Rensa listan: ta bort adresser som ingen har bekräftat på ett år. Beställ igen när andelen har sjunkit: senast ett dygn efter det sista av de mejlen.`,
  'complaint-rate': (data) =>
    `Inget skickas: ${whoseSwedish(data)} anmäldes ${share(data.percent, 'sv-SE', '\u00a0', 'för många')} som skräppost, och gränsen är 0,3\u00a0%. Se till att alla på listan har bett om mejlet. Beställ igen när andelen har sjunkit: senast ett dygn efter det sista av de mejlen.`,
  'not-composed': ({ part }) =>
    `Inget skickas: mejlet har ett kopplingsfält som inte går att fylla i${part ? ` (${part})` : ''}. Ett undantag ändrar inte det. Ange fältet när du lämnar in mejlet, eller ta bort det, och granska mejlet igen.`,
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
    'Inget skickas: tjänsten har ingen öppen https-adress, så läsarna skulle inte kunna avregistrera sig. Den som sköter tjänsten anger en i KLARSIGNAL_URL: ett namn på internet, inte localhost, en IP-adress, en annan port eller ett namn i det egna nätet.',
  'starts-at-invalid': () =>
    'Ange starten som en tid med tidszon, till exempel 2026-12-01T09:00:00+01:00, inom ett år från nu.',
  'starts-after-clearance': ({ at }) =>
    `Inget skickas: utskicket skulle börja efter att klarsignalen har gått ut${at === undefined ? '' : ` (${written(at)})`}. Välj en tidigare start, eller låt mejlet granskas om före den: kryssa i den rutan, eller ange onExpiry audit-again.`,
  'on-expiry-forbidden': () =>
    'Inget skickas: ett utskick granskas om av sig självt bara för den som får hämta klarsignaler. Låt en medlem som får det beställa, eller en nyckel med clearances:write, eller utelämna det.',
  'per-minute-invalid': () => 'Ange takten som ett heltal mejl per minut, 1 till 100 000.',
  'recipients-missing': () => 'Det finns inga mottagare. Lämna in en lista med minst en rad.',
  'recipients-too-many': ({ limit }) =>
    `Listan är för lång: ett utskick går till högst ${limit ?? '1 000 000'} mottagare. Dela upp den.`,
  'list-unreadable': ({ format }) =>
    format === 'ndjson'
      ? 'Listan går inte att läsa: den är inte text i UTF-8. Skriv ett JSON-objekt per rad, i UTF-8.'
      : 'Listan går inte att läsa: den är inte CSV i UTF-8. I Excel väljer du Arkiv, Spara som och filtypen CSV UTF-8 (kommaavgränsad). Enbart CSV eller Excels eget format går inte.',
  'list-too-large': ({ limit }) =>
    `Listan är för stor${limit === undefined ? '' : `: högst ${megabytes(limit)} MB går att ta emot`}. Ta bort kolumner som mejlet inte använder, eller dela upp den.`,
  'list-address-column': () =>
    'Ingen kolumn innehåller adresserna. Första raden namnger kolumnerna: kalla en av dem för E-post eller Email, med stora eller små bokstäver.',
  'list-columns-missing': ({ missing, columns, fields }) =>
    `Listan saknar ${fields === 1 ? 'kolumnen' : 'kolumnerna'} ${missing ?? ''}, som mejlet behöver.${columns ? ` Den har ${columns}.` : ''} Kalla ${fields === 1 ? 'en kolumn' : 'dem'} precis så på första raden och lämna in listan igen.`,
  'list-not-awaited': () =>
    'Utskicket har redan fått sin lista, och varje utskick tar en lista. Avbryt det och gör ett nytt.',
  'list-not-read': () =>
    'Inget skickas: tjänsten stannade två gånger medan den läste listan, så bara en del av den är inläst. Avbryt utskicket, dela upp listan och gör ett nytt för varje del.',
};

export const sendErrorWords: Record<Locale, Record<SendErrorCode, (data: Data) => string>> = { en, sv };
