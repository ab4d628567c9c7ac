import { clearancesSwedish } from './docs-swedish/clearances.ts';
import { domainsSwedish } from './docs-swedish/domains.ts';
import { providersSwedish } from './docs-swedish/providers.ts';
import { sendersSwedish } from './docs-swedish/senders.ts';
import { sendsSwedish } from './docs-swedish/sends.ts';
import { templateSwedish } from './docs-swedish/template.ts';

/** What openapi.json says, in Swedish. A test holds that nothing is missing and nothing left over. */
export const swedish: Record<string, string> = {
  ...sendsSwedish,
  ...clearancesSwedish,
  ...sendersSwedish,
  ...domainsSwedish,
  ...providersSwedish,
  ...templateSwedish,
  'Audit a template or message and its sender domain':
    'Granska en mall eller ett mejl, och avsändarens domän',
  'Your audits, newest first': 'Dina granskningar, de senaste först',
  'Run an audit again: as it was, with what was missing, or in a corrected version':
    'Granska igen: som förra gången, med det som saknades, eller i rättad form',
  'The state of an audit, and its report when done':
    'Hur det går för en granskning, och rapporten när den är klar',
  'The picture of one preview': 'Bilden av en förhandsvisning',
  'Follow an audit: each change as it happens, until it has ended':
    'Följ en granskning: varje förändring när den sker, tills den är klar',
  'The report of an audit that is done: JSON, a document of its own in HTML, or text':
    'Rapporten för en granskning som är klar: JSON, ett fristående HTML-dokument eller text',

  'Language of the texts; without it Accept-Language decides.':
    'Texternas språk. Utan den avgör Accept-Language.',
  'Wait so many seconds for the result, at most 60.': 'Vänta så många sekunder på resultatet, högst 60.',
  'The same key and content give the same audit.': 'Samma nyckel och innehåll ger samma granskning.',
  'How many at most.': 'Hur många som mest.',
  '`next` of the page before. An id that is not known gives an empty list.':
    '`next` från sidan före. Ett id som inte finns ger en tom lista.',
  'Id of the audit.': 'Granskningens id.',
  '`view` of a preview in the report.': '`view` för en förhandsvisning i rapporten.',
  'Wins over Accept, since a link cannot set that.': 'Går före Accept, som en länk inte kan ange.',
  'Given, whatever its value: to be saved as a file.': 'Om den finns, oavsett värde: ska sparas som fil.',

  'The audit has ended (Prefer: wait)': 'Granskningen är klar (Prefer: wait)',
  'The audit is under way; Location says where': 'Granskningen pågår. Location säger var',
  'The audit': 'Granskningen',
  'The audits; Link leads to the next page': 'Granskningarna. Link leder till nästa sida',
  PNG: 'PNG',
  'You have it already (If-None-Match)': 'Du har den redan (If-None-Match)',
  'Server-sent events. `event: audit`: the audit, as GET gives it while it is queued or running. `event: end`: its last state, `{"state":"done"}` or `{"state":"failed"}`; then the stream closes. A stream that closes without `end` is to be opened again.':
    'Server-sent events. `event: audit`: granskningen, så som GET visar den medan den väntar eller pågår. `event: end`: hur det slutade, `{"state":"done"}` eller `{"state":"failed"}`. Sedan stängs strömmen. Stängs den utan `end` ska den öppnas igen.',
  'The report. The HTML needs nothing else: styles and pictures stand in it':
    'Rapporten. HTML-dokumentet behöver inget annat: utseende och bilder finns i det',
  'The request is not well formed': 'Anropet är inte rätt utformat',
  'Neither signed in nor a valid API key': 'Varken inloggad eller giltig API-nyckel',
  'The API key or your role does not allow this, or a browser sent it for another site':
    'API-nyckeln eller din roll räcker inte till det här, eller så skickade en webbläsare det åt en annan webbplats',
  'There is no such audit': 'Granskningen finns inte',
  'There is no such audit, or its upload is gone': 'Granskningen finns inte, eller så är filen borta',
  'There is no such picture': 'Bilden finns inte',
  'Accept allows none of JSON, HTML and text': 'Accept tillåter varken JSON, HTML eller text',
  'The audit has not ended (Retry-After says when to ask again), or it failed':
    'Granskningen är inte klar (Retry-After säger när det är dags att fråga igen), eller så misslyckades den',
  'The request is too large': 'Anropet är för stort',
  'Neither JSON nor multipart': 'Varken JSON eller multipart',
  'The Host is not a name of this service': 'Host är inte ett namn på tjänsten',
  'The submission cannot be audited, or the Idempotency-Key was used for something else':
    'Mejlet kan inte granskas, eller så har Idempotency-Key använts till något annat',
  'Something went wrong on our side': 'Något gick fel hos oss',
  'You follow too many audits at once; Retry-After says when to try again':
    'Du följer för många granskningar på en gång. Retry-After säger när du kan försöka igen',
  'Too much is handed in at once; Retry-After says when to try again':
    'För mycket lämnas in på en gång. Retry-After säger när det är dags att försöka igen',

  'An API key (`klarsignal key create`). Each call needs one scope of these, and without it the answer is 403 and names the scope: `audits:read`, `audits:write`, `clearances:write`, `senders:read`, `senders:write`, `sends:read`, `sends:write`, `recipients:write`. Exceptions, members and keys are for people alone.':
    'En API-nyckel (`klarsignal key create`). Varje anrop kräver en av de här behörigheterna. Saknas den blir svaret 403, som säger vilken det är: `audits:read`, `audits:write`, `clearances:write`, `senders:read`, `senders:write`, `sends:read`, `sends:write`, `recipients:write`. Undantag, medlemmar och nycklar är bara för människor.',

  'Of all that shapes what a reader gets.': 'Av allt som formar det läsaren får.',
  'Judged in the world of this example, which has a DNS of its own.':
    'Bedömd i det här exemplets värld, som har en egen DNS.',
  'Id of the audit that this one runs again.': 'Id för den granskning som görs om.',
  'Parts were left out by choice. Never earns a clearance.': 'Delar är bortvalda. Ger aldrig klarsignal.',
  'DNS was not the real one, or sample data was filled in. Never earns a clearance.':
    'DNS var inte den riktiga, eller så fylldes exempeldata i. Ger aldrig klarsignal.',
  'For people only: it opens nothing. Failures alone lower it, so it is too high while checks that can stop the mail have no answer; pages and texts show none then.':
    'Bara för människor: det avgör inget. Bara underkända kontroller sänker det, så det är för högt så länge kontroller som kan stoppa mejlet saknar svar. Sidor och texter visar då inget betyg.',
  'What of the links and pictures was opened. Absent: nothing was to be, or may be.':
    'Vad av länkar och bilder som öppnades. Saknas: inget fanns att öppna, eller fick öppnas.',
  'Addresses that nobody asked for, by why: they may act for a reader (`acting`) or be one reader’s own (`personal`), have a merge field (`unfinished`), are the template’s example (`placeholder`), cannot be read (`elsewhere`), or are more than are opened (`too-many`).':
    'Adresser som ingen frågade efter, efter skäl: de kan handla åt en läsare (`acting`) eller vara en enda läsares (`personal`), har kopplingsfält (`unfinished`), är mallens exempel (`placeholder`), går inte att läsa (`elsewhere`) eller är fler än de som öppnas (`too-many`).',
  'Sum of the points of the checks that failed; null: one of them has no answer.':
    'Summan av poängen från de kontroller som inte godkändes. null: någon av dem saknar svar.',
  'Sending servers that have it, where others do not.':
    'Utskicksservrar där det är så, när det inte är så för alla.',
  'Sending servers that the outcome is of, where it is not of all.':
    'Utskicksservrar som utfallet gäller, när det inte gäller alla.',
  'Sending servers of which there is no answer, beside those that fail.':
    'Utskicksservrar som det inte finns något svar om, utöver dem som underkänns.',
  'HTTP status; null: there was no answer.': 'HTTP-status. null: det kom inget svar.',
  'What the check adds to the spam score when it fails.':
    'Vad kontrollen lägger till spampoängen när den inte är godkänd.',
  'As it stands, this finding keeps the mail from going.': 'Som det är nu stoppar iakttagelsen mejlet.',
  'What to hand in so that this can be judged.': 'Vad du behöver lämna in för att det ska gå att bedöma.',
  'What is looked at.': 'Vad som kontrolleras.',
  'What is wrong, as a headline; the title when nothing is wrong.':
    'Vad som är fel, som en rubrik. Titeln när inget är fel.',
  'What is wrong, as a headline.': 'Vad som är fel, som en rubrik.',
  'What to do, in a few words.': 'Vad du gör åt det, i några ord.',
  'How many more problems there are than are listed.': 'Hur många fler fel det finns än de som räknas upp.',
  "Whose the dark colours are: the mail's own, nobody's, or the client's. null: light mode.":
    'Vems de mörka färgerna är: mejlets egna (own), ingens (unchanged) eller mejlprogrammets (changed). null: ljust läge.',
  'Whose SPF record it is.': 'Vems SPF-post det är.',
  'How many look-ups a receiver makes at most.': 'Hur många uppslag en mottagare gör som mest.',
  'false: not all could be read, so there may be more.':
    'false: allt gick inte att läsa, så det kan vara fler.',
  'It cannot be read: receivers stop there.': 'Den går inte att läsa: mottagarna stannar där.',
  'The SPF tree that receivers read; null when it was not looked up.':
    'SPF-trädet som mottagare läser det. null när det inte har slagits upp.',
  'Which look-up it spends, from 1.': 'Vilket uppslag i ordningen det förbrukar, räknat från 1.',
  'How many more terms there are than are listed.': 'Hur många fler led det finns än de som räknas upp.',
  'Envelope subdomain: domain of the Return-Path.': 'Underdomän för utskick: domänen i Return-Path.',
  'Default marketing.': 'Annars marketing.',
  'Its ending (html, mjml, eml) decides the format.': 'Ändelsen (html, mjml, eml) avgör formatet.',
  'The template or message as text: html, mjml, eml.': 'Mallen eller mejlet som text: html, mjml, eml.',
  'The same as bytes; for messages that are not UTF-8.': 'Samma sak som byte, för mejl som inte är UTF-8.',
  'Whether the previews were drawn in a sandbox. null: none was drawn.':
    'Om förhandsvisningarna ritades i en sandlåda. null: inga ritades.',
  'false: no previews are drawn and the audit is partial.':
    'false: inga förhandsvisningar ritas och granskningen blir ofullständig.',
  'Pasted instead of a file.': 'Inklistrat i stället för en fil.',
  'Several: separated by commas or spaces.': 'Flera: åtskilda av komman eller mellanslag.',
  'What is to be different; all else is as it was. A message in place of the one before brings its own From, Subject and Reply-To. An empty text in JSON takes away what was said.':
    'Vad som ska vara annorlunda. Allt annat är som förut. Ett mejl i stället för det förra har sina egna From, Subject och Reply-To. En tom text i JSON tar bort det som var sagt.',
  'All that an API key without the scope `audits:read` is told of an audit.':
    'Allt som en API-nyckel utan behörigheten `audits:read` får veta om en granskning.',
  'When it was judged.': 'När det bedömdes.',
  'Which mail the report is about.': 'Vilket mejl rapporten handlar om.',
  'To be given as `before`; null on the last page.': 'Ges som `before`. null på sista sidan.',
  'Checks that failed and must be fixed.': 'Underkända kontroller som måste åtgärdas.',
  'Checks that failed and should be fixed.': 'Underkända kontroller som bör åtgärdas.',
  'Checks that can stop the mail and have no answer.': 'Kontroller som kan stoppa mejlet och saknar svar.',
  'null until the audit is done.': 'null tills granskningen är klar.',
  'The failure in words.': 'Felet i ord.',
};
