/** What is said of clearances wherever it is said. First what happens to the mail, then what to do. */
import type { Locale } from '../rule.ts';
import type { ClearanceErrorCode, Verified, WaiverErrorCode } from './clearance.ts';

interface ClearanceWords {
  /** Why no clearance is granted, and what to do. */
  refused: Record<ClearanceErrorCode, string>;
  waiver: Record<WaiverErrorCode, string>;
  /** Why one that was handed in opens nothing. */
  invalid: Record<Extract<Verified, { valid: false }>['code'], string>;
}

export const clearanceWords: Record<Locale, ClearanceWords> = {
  en: {
    refused: {
      'audit-not-found': 'There is no such audit. Audit the mail first.',
      'not-finished': 'The audit has not finished yet. Wait for it, then ask again.',
      'audit-failed': 'The audit did not finish, so nothing is known of the mail. Audit it again.',
      simulated:
        'The DNS answers were not the real ones, or the merge fields were filled with sample data, so this audit never gives a clearance. Audit the mail by itself.',
      partial:
        'Parts were left out of this audit, so it never gives a clearance. Audit the mail again with previews.',
      blocked:
        'Checks failed that keep the mail from going. Mend what the report lists, and audit the new version.',
      undecided:
        'Checks that can stop the mail have no answer yet. Give what the report asks for, or audit again later.',
      'facts-stale': 'The answers from DNS are more than an hour old and may have changed. Audit again.',
      'rule-set-changed': 'The checks have changed since this audit. Audit again.',
      'message-changed':
        'The sender’s routes have changed since this audit, so the mail would go out another way. Audit again.',
      'organisation-other': 'The audit belongs to another organisation. Audit the mail in your own.',
      'follows-revoked':
        'The clearance in whose place this one would come was revoked. Ask why, then get a new one from the report.',
    },
    waiver: {
      'audit-not-found': 'There is no such audit.',
      'not-finished': 'The audit has no result yet. Wait until it is done.',
      'rule-not-failed':
        'This check did not fail in a real audit of this mail, so there is nothing to except.',
      'rule-not-major':
        'Only what “should be fixed” can be excepted. What must be fixed has to be mended, and the rest stops nothing.',
      'owner-only': 'Only an owner who has signed in can make an exception. Ask one of them.',
      'name-missing': 'An exception is a named person’s. Write your name, here or under Members.',
      'reason-missing': 'Write why, in at least 10 characters. Whoever reads it later should understand.',
      'reason-too-long': 'The reason may have at most 1,000 characters.',
      'ends-at-invalid': 'Choose a last day from today on, at most 90 days ahead.',
    },
    invalid: {
      malformed: 'This is not a clearance. Send the whole text, from the first letter to the last.',
      signature: 'It was not signed by this service, or it has been changed. Get a new clearance.',
      expired: 'It has ended. Audit the mail again, and get a new clearance.',
      revoked: 'It has been revoked. Audit the mail again, and get a new clearance.',
      'other-organisation': 'It belongs to another organisation. Get one in your own.',
      unknown: 'This service has not granted it as it stands. Get a new clearance.',
    },
  },
  sv: {
    refused: {
      'audit-not-found': 'Granskningen finns inte. Granska mejlet först.',
      'not-finished': 'Granskningen är inte klar än. Vänta på den och försök sedan igen.',
      'audit-failed': 'Granskningen blev inte klar, så inget är känt om mejlet. Granska det igen.',
      simulated:
        'DNS-svaren var inte de verkliga, eller så var kopplingsfälten ifyllda med exempeldata, så den här granskningen ger aldrig klarsignal. Granska mejlet för sig.',
      partial:
        'Delar valdes bort i den här granskningen, så den ger aldrig klarsignal. Granska mejlet igen med förhandsvisningar.',
      blocked:
        'Underkända kontroller stoppar mejlet. Rätta det som står i rapporten och granska den nya versionen.',
      undecided:
        'Kontroller som kan stoppa mejlet saknar svar än. Ange det som rapporten frågar efter, eller granska igen senare.',
      'facts-stale': 'DNS-svaren är mer än en timme gamla och kan ha ändrats. Granska igen.',
      'rule-set-changed': 'Kontrollerna har ändrats sedan granskningen. Granska igen.',
      'message-changed':
        'Avsändarens vägar har ändrats sedan granskningen, så mejlet skulle gå ut på ett annat sätt. Granska igen.',
      'organisation-other': 'Granskningen tillhör en annan organisation. Granska mejlet i din egen.',
      'follows-revoked':
        'Klarsignalen som den här skulle ersätta har återkallats. Ta reda på varför och hämta sedan en ny från rapporten.',
    },
    waiver: {
      'audit-not-found': 'Granskningen finns inte.',
      'not-finished': 'Granskningen har inget resultat än. Vänta tills den är klar.',
      'rule-not-failed':
        'Kontrollen underkändes inte i en verklig granskning av mejlet, så det finns inget att göra undantag för.',
      'rule-not-major':
        'Undantag går bara att göra för det som ”bör åtgärdas”. Det som måste åtgärdas behöver rättas, och resten stoppar inget.',
      'owner-only': 'Bara en ägare som har loggat in kan göra undantag. Be någon av dem.',
      'name-missing': 'Ett undantag görs av en person med namn. Skriv ditt namn, här eller under Medlemmar.',
      'reason-missing': 'Skriv varför, med minst 10 tecken. Den som läser senare ska förstå.',
      'reason-too-long': 'Skälet får ha högst 1 000 tecken.',
      'ends-at-invalid': 'Välj en sista dag, från i dag och högst 90 dagar framåt.',
    },
    invalid: {
      malformed: 'Det här är ingen klarsignal. Skicka hela texten, från första till sista tecknet.',
      signature: 'Den är inte signerad av den här tjänsten, eller så är den ändrad. Hämta en ny klarsignal.',
      expired: 'Den har slutat gälla. Granska mejlet igen och hämta en ny klarsignal.',
      revoked: 'Den är återkallad. Granska mejlet igen och hämta en ny klarsignal.',
      'other-organisation': 'Den tillhör en annan organisation. Hämta en i din egen.',
      unknown: 'Tjänsten har inte gett den som den ser ut. Hämta en ny klarsignal.',
    },
  },
};
