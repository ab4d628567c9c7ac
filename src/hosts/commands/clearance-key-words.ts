/** What `klarsignal clearance-key` says. */
import type { KeyState, KeysErrorCode } from '../../adapters/keys/keyring.ts';
import type { Locale } from '../../rule.ts';

interface ClearanceKeyWords {
  usage: string;
  action: string;
  unexpected: string;
  unusable: string;
  faults: Record<KeysErrorCode, string>;
  rotated: string;
  columns: readonly [kid: string, made: string, replaced: string, state: string];
  states: Record<KeyState['state'], string>;
}

const calls = `klarsignal clearance-key list
klarsignal clearance-key rotate
      [--format text|json] [--locale en|sv]`;

export const clearanceKeyWords: Record<Locale, ClearanceKeyWords> = {
  en: {
    usage: `${calls}

  The keys that sign clearances. rotate makes a new one, which signs from then on; the one before stays
  published for 24 hours, so that what it has signed lives to its end. Works while the service runs.
`,
    action: 'Say list or rotate.',
    unexpected: 'There is no place for this.',
    unusable: 'The keys cannot be read or written. Run the command as the user who runs the service.',
    faults: {
      'keys-missing':
        'There are no keys yet, or they are lost. Start the service first: it makes them, or says what is lost.',
      'keys-damaged': 'keys/keyring.json in the data directory is damaged. Restore it from a backup.',
      'keys-unsafe':
        'The keys are open to others, or not where they should be. Close them (chmod 700 the folder keys, 600 its files), and run the command as the user who runs the service.',
      'keys-busy': 'Another command is changing the keys right now. Try again in a minute.',
    },
    rotated: 'The new key signs from now on. The one before stays published for 24 hours.',
    columns: ['KEY', 'MADE', 'REPLACED', 'STATE'],
    states: { signs: 'signs', published: 'published', dropped: 'out of use' },
  },
  sv: {
    usage: `${calls}

  Nycklarna som signerar klarsignaler. rotate skapar en ny, som signerar från och med då. Den förra är
  publicerad i 24 timmar till, så att det den har signerat gäller ut. Går bra medan tjänsten är igång.
`,
    action: 'Ange list eller rotate.',
    unexpected: 'Det här hör inte hemma här.',
    unusable: 'Nycklarna går inte att läsa eller skriva. Kör kommandot som den användare som kör tjänsten.',
    faults: {
      'keys-missing':
        'Det finns inga nycklar än, eller så är de borta. Starta tjänsten först: den skapar dem, eller säger vad som är borta.',
      'keys-damaged': 'keys/keyring.json i datamappen är skadad. Återställ den från en säkerhetskopia.',
      'keys-unsafe':
        'Nycklarna är öppna för andra, eller inte där de ska vara. Stäng dem (chmod 700 på mappen keys, 600 på filerna) och kör kommandot som den användare som kör tjänsten.',
      'keys-busy': 'Ett annat kommando ändrar nycklarna just nu. Försök igen om en minut.',
    },
    rotated: 'Den nya nyckeln signerar från och med nu. Den förra är publicerad i 24 timmar till.',
    columns: ['NYCKEL', 'SKAPAD', 'ERSATT', 'LÄGE'],
    states: { signs: 'signerar', published: 'publicerad', dropped: 'ur bruk' },
  },
};
