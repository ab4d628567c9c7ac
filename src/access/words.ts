/** What is said of access wherever it is said: on pages, in problems, on the command line. */

import type { Role } from '../ports.ts';
import type { Locale } from '../rule.ts';
import { type Scope, scopes } from './caller.ts';
import type { KeyError } from './key-order.ts';
import type { InvitationError } from './members.ts';

interface AccessWords {
  /** What a key with this scope may do. */
  scopes: Record<Scope, string>;
  keyErrors: Record<KeyError['code'], string>;
  roles: Record<Role, { name: string; may: string }>;
  invitationErrors: Record<InvitationError['code'], string>;
}

export const accessWords: Record<Locale, AccessWords> = {
  en: {
    scopes: {
      'audits:read': 'Read audits and reports',
      'audits:write': 'Start audits',
      'clearances:write': 'Get and revoke clearances',
      'senders:read': 'See senders and their records',
      'senders:write': 'Add and change senders',
      'sends:read': 'See mailings and their recipients',
      'sends:write': 'Send, pause and cancel mailings',
      'recipients:write': 'Show and erase what is kept of one recipient',
    },
    keyErrors: {
      'key-name-missing': 'Give the key a name, so that you know it again.',
      'key-name-invalid': 'A name has at most 80 characters, on one line.',
      'key-scope-missing': 'Choose at least one thing that the key may do.',
      'key-scope-unknown': `The scopes are ${scopes.join(', ')}.`,
      'key-days-invalid': 'Write the days as a whole number from 1 to 3650.',
    },
    roles: {
      owner: { name: 'Owner', may: 'Everything, and alone: members, API keys, exceptions.' },
      editor: { name: 'Editor', may: 'Audits, clearances, senders and mailings.' },
      viewer: { name: 'Viewer', may: 'Sees everything and changes nothing.' },
    },
    invitationErrors: {
      'member-name-missing': 'Write the person’s name, so that the others know who it is.',
      'member-name-invalid': 'A name has at most 80 characters, on one line.',
      'role-unknown': 'Choose a role: owner, editor or viewer.',
    },
  },
  sv: {
    scopes: {
      'audits:read': 'Läsa granskningar och rapporter',
      'audits:write': 'Starta granskningar',
      'clearances:write': 'Hämta och återkalla klarsignaler',
      'senders:read': 'Se avsändare och deras poster',
      'senders:write': 'Lägga till och ändra avsändare',
      'sends:read': 'Se utskick och deras mottagare',
      'sends:write': 'Skicka, pausa och avbryta utskick',
      'recipients:write': 'Visa och radera det som finns om en mottagare',
    },
    keyErrors: {
      'key-name-missing': 'Ge nyckeln ett namn, så att du känner igen den.',
      'key-name-invalid': 'Ett namn har högst 80 tecken, på en rad.',
      'key-scope-missing': 'Välj minst en sak som nyckeln får göra.',
      'key-scope-unknown': `Behörigheterna är ${scopes.join(', ')}.`,
      'key-days-invalid': 'Skriv dagarna som ett heltal från 1 till 3650.',
    },
    roles: {
      owner: { name: 'Ägare', may: 'Allt, och ensam om medlemmar, API-nycklar och undantag.' },
      editor: { name: 'Redaktör', may: 'Granskningar, klarsignaler, avsändare och utskick.' },
      viewer: { name: 'Läsare', may: 'Ser allt och ändrar inget.' },
    },
    invitationErrors: {
      'member-name-missing': 'Skriv personens namn, så att de andra vet vem det är.',
      'member-name-invalid': 'Ett namn har högst 80 tecken, på en rad.',
      'role-unknown': 'Välj en roll: ägare, redaktör eller läsare.',
    },
  },
};
