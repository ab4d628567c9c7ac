/** What `klarsignal login-link` and `klarsignal key` say. */
import { accessWords } from '../../access/words.ts';
import { type Key, scopes } from '../../access.ts';
import type { Locale } from '../../rule.ts';

interface AccessCommandWords {
  usage: string;
  /** Of a login link, beside it. */
  linkNote(minutes: number): string;
  noPort: string;
  noData(dir: string): string;
  unusable(dir: string): string;
  version: Record<'database-older' | 'database-newer', string>;
  unexpected: string;
  keyAction: string;
  keyNote: string;
  /** Name of a key that is given none. */
  unnamed: string;
  noKeys: string;
  noKey: string;
  noKeyId: string;
  revoked(id: string): string;
  columns: readonly [id: string, name: string, key: string, scopes: string, used: string, state: string];
  never: string;
  states: Record<Key['state'], string>;
}

/** Each scope with what it lets a key do, under the option. */
function listed(locale: Locale): string {
  const say = accessWords[locale].scopes;
  return scopes.map((scope) => `                   ${scope.padEnd(17)} ${say[scope]}\n`).join('');
}

const flags = {
  link: 'klarsignal login-link [--locale en|sv]',
  key: `klarsignal key create --scope SCOPE... [--name NAME] [--days N]
klarsignal key list
klarsignal key revoke ID
      [--format text|json] [--locale en|sv]`,
};

export const accessCommandWords: Record<Locale, AccessCommandWords> = {
  en: {
    usage: `${flags.link}

  Prints a link that signs you in once, within 15 minutes. Works while the service runs.

${flags.key}

  API keys for programs: made, listed, revoked. A new key is shown once.
  --scope          what the key may do; may be given several times:
${listed('en')}  --name           so that you know it again.
  --days           how long it lasts; without it, until it is revoked.
`,
    linkNote: (minutes) => `The link works once, within ${minutes} minutes.`,
    noPort: 'The port is not known, since PORT is 0. Set KLARSIGNAL_URL.',
    noData: (dir) => `There is no Klarsignal data in ${dir}.`,
    unusable: (dir) => `${dir} cannot be used. Run the command as the user who runs the service.`,
    version: {
      'database-older':
        'The service that runs is of an older version than this command. Stop it and start the new one.',
      'database-newer': 'The data is of a newer version than this command. Use the newer one.',
    },
    unexpected: 'There is no place for this.',
    keyAction: 'Say create, list or revoke.',
    keyNote: 'Keep the key now: it is not shown again.',
    unnamed: 'API key',
    noKeys: 'There are no keys.',
    noKey: 'There is no such key. Try: klarsignal key list',
    noKeyId: 'Say which key to revoke: its ID, from klarsignal key list.',
    revoked: (id) => `${id} is revoked and opens nothing any more.`,
    columns: ['ID', 'NAME', 'KEY', 'SCOPES', 'LAST USED', 'STATE'],
    never: 'never',
    states: { live: 'works', revoked: 'revoked', ended: 'ended' },
  },
  sv: {
    usage: `${flags.link}

  Skriver ut en länk som loggar in dig en gång, inom 15 minuter. Går bra medan tjänsten är igång.

${flags.key}

  API-nycklar för program: skapa, visa, återkalla. En ny nyckel visas en gång.
  --scope          vad nyckeln får göra; kan anges flera gånger:
${listed('sv')}  --name           så att du känner igen den.
  --days           hur länge den gäller; annars tills den återkallas.
`,
    linkNote: (minutes) => `Länken fungerar en gång, inom ${minutes} minuter.`,
    noPort: 'Porten är inte känd, eftersom PORT är 0. Ange KLARSIGNAL_URL.',
    noData: (dir) => `Det finns inga data från Klarsignal i ${dir}.`,
    unusable: (dir) => `${dir} går inte att använda. Kör kommandot som den användare som kör tjänsten.`,
    version: {
      'database-older':
        'Tjänsten som är igång är en äldre version än det här kommandot. Stoppa den och starta den nya.',
      'database-newer': 'Uppgifterna kommer från en nyare version än det här kommandot. Använd den nyare.',
    },
    unexpected: 'Det här hör inte hemma här.',
    keyAction: 'Ange create, list eller revoke.',
    keyNote: 'Spara nyckeln nu: den visas inte igen.',
    unnamed: 'API-nyckel',
    noKeys: 'Det finns inga nycklar.',
    noKey: 'Den nyckeln finns inte. Prova: klarsignal key list',
    noKeyId: 'Ange vilken nyckel som ska återkallas: dess ID, ur klarsignal key list.',
    revoked: (id) => `${id} är återkallad och gäller inte längre.`,
    columns: ['ID', 'NAMN', 'NYCKEL', 'FÅR', 'SENAST ANVÄND', 'LÄGE'],
    never: 'aldrig',
    states: { live: 'fungerar', revoked: 'återkallad', ended: 'har gått ut' },
  },
};
