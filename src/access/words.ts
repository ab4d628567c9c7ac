/** What is said of access wherever it is said: on pages, in problems, on the command line. */
import type { Locale } from '../rule.ts';
import type { Scope } from './caller.ts';
import type { KeyError } from './key-order.ts';

interface AccessWords {
  /** What a key with this scope may do. */
  scopes: Record<Scope, string>;
  keyErrors: Record<KeyError['code'], string>;
}

export const accessWords: Record<Locale, AccessWords> = {
  en: {
    scopes: {
      'audits:read': 'Read audits and reports',
      'audits:write': 'Start audits',
    },
    keyErrors: {
      'key-name-missing': 'Give the key a name, so that you know it again.',
      'key-name-invalid': 'A name has at most 80 characters, on one line.',
      'key-scope-missing': 'Choose at least one thing that the key may do.',
      'key-scope-unknown': 'The scopes are audits:read and audits:write.',
      'key-days-invalid': 'Write the days as a whole number from 1 to 3650.',
    },
  },
  sv: {
    scopes: {
      'audits:read': 'Läsa granskningar och rapporter',
      'audits:write': 'Starta granskningar',
    },
    keyErrors: {
      'key-name-missing': 'Ge nyckeln ett namn, så att du känner igen den.',
      'key-name-invalid': 'Ett namn har högst 80 tecken, på en rad.',
      'key-scope-missing': 'Välj minst en sak som nyckeln får göra.',
      'key-scope-unknown': 'Behörigheterna är audits:read och audits:write.',
      'key-days-invalid': 'Skriv dagarna som ett heltal från 1 till 3650.',
    },
  },
};
