/** What only the command line says. */
import type { Ask, Locale } from '../rule.ts';

interface CliWords {
  usage: string;
  unknownCommand: string;
  noFile: string;
  tooMany: string;
  unknownFlag: string;
  flagValue: string;
  flagNoValue: string;
  conflict: string;
  unreadable: string;
  unwritable: string;
  zoneTooLarge: string;
  badZone: string;
  badResolver: string;
  badConfiguration: string;
  crashed: string;
  choose(values: readonly string[]): string;
  /** How to give what a check asks for. */
  asks: Partial<Record<Ask, string>>;
  /** By the system's own codes. */
  reasons: Record<string, string>;
}

const flags = `audit FILE --from ADDRESS [--mail-from SUBDOMAIN] [--reply-to ADDRESS] [--subject TEXT]
      [--class marketing|transactional] [--dkim-selector NAME]...
      [--resolver IP:PORT|https://… | --zone ZONE.json | --offline]
      [--previews DIR | --no-previews] [--format text|json] [--locale en|sv]`;

export const cliWords: Record<Locale, CliWords> = {
  en: {
    usage: `klarsignal ${flags}

  FILE             HTML, MJML (a language for mail templates) or EML (a mail saved from
                   a mail program); - reads standard input.
  --from           the sender that readers see, such as "Our club <news@example.com>".
  --mail-from      where bounces go: a subdomain of the From domain.
  --reply-to       where answers go, if not to the sender.
  --class          marketing (the default) or transactional, such as receipts.
  --dkim-selector  a name the mail is signed under (s= in DKIM-Signature); may be given several times.
  --resolver       asks this DNS server; such an audit is a trial and gives no clearance.
  --zone           answers all DNS from a file; a trial as well.
  --offline        asks no DNS at all.
  --previews       saves the drawn previews in this folder.
  --no-previews    draws none.

Exit: 0 clear, 1 blocked, 2 undecided, 3 bad input, 70 Klarsignal itself failed.
`,
    unknownCommand: 'There is no such command. Try: klarsignal help',
    noFile: 'Say which file to audit.',
    tooMany: 'One file at a time.',
    unknownFlag: 'There is no such option. Try: klarsignal help',
    flagValue: 'This option needs a value.',
    flagNoValue: 'This option takes no value.',
    conflict: 'These options cannot be used together.',
    unreadable: 'The file cannot be read',
    unwritable: 'The previews cannot be saved here',
    zoneTooLarge: 'The zone file is too large.',
    badZone: 'The zone file cannot be used',
    badResolver: 'Write an address such as 192.0.2.53, 192.0.2.53:5353 or https://dns.example/dns-query.',
    badConfiguration: 'An environment variable cannot be used',
    crashed: 'Something went wrong in Klarsignal itself. That is our fault, not yours. Nothing was decided.',
    choose: (values) => `Choose one of ${values.join(', ')}.`,
    asks: {
      'mail-from': 'Give it with --mail-from.',
    },
    reasons: {
      ENOENT: 'there is none with this name',
      ENOTDIR: 'a part of the path is not a folder',
      EACCES: 'permission is missing',
      EPERM: 'permission is missing',
      EISDIR: 'it is a folder',
      EEXIST: 'there is a file with this name',
      EROFS: 'nothing can be written there',
      ENOSPC: 'the disk is full',
      ENOTREG: 'it is a device or a pipe; use - to read standard input',
      ENXIO: 'it is a device or a pipe; use - to read standard input',
    },
  },
  sv: {
    usage: `klarsignal ${flags}

  FILE             HTML, MJML (ett språk för mejlmallar) eller EML (ett mejl sparat från
                   ett mejlprogram); - läser från standard in.
  --from           avsändaren som läsarna ser, till exempel "Vår förening <nyhetsbrev@exempel.se>".
  --mail-from      hit skickas studsar: en underdomän till avsändardomänen.
  --reply-to       hit går svaren, om de inte ska till avsändaren.
  --class          marketing (om inget anges) eller transactional, till exempel kvitton.
  --dkim-selector  ett namn som mejlet signeras under (s= i DKIM-Signature); kan anges flera gånger.
  --resolver       frågar den här DNS-servern; granskningen är då ett prov och ger ingen klarsignal.
  --zone           svarar på alla DNS-frågor ur en fil; också det ett prov.
  --offline        ställer inga DNS-frågor alls.
  --previews       sparar förhandsvisningarna i den här mappen.
  --no-previews    ritar inga.

Slutkod: 0 klart, 1 inte klart, 2 kan inte avgöras, 3 fel i det som lämnades in, 70 fel i Klarsignal.
`,
    unknownCommand: 'Det kommandot finns inte. Prova: klarsignal help',
    noFile: 'Ange vilken fil som ska granskas.',
    tooMany: 'En fil i taget.',
    unknownFlag: 'Flaggan finns inte. Prova: klarsignal help',
    flagValue: 'Flaggan behöver ett värde.',
    flagNoValue: 'Flaggan tar inget värde.',
    conflict: 'De här flaggorna går inte att använda tillsammans.',
    unreadable: 'Filen går inte att läsa',
    unwritable: 'Förhandsvisningarna går inte att spara här',
    zoneTooLarge: 'Zonfilen är för stor.',
    badZone: 'Zonfilen går inte att använda',
    badResolver: 'Skriv en adress som 192.0.2.53, 192.0.2.53:5353 eller https://dns.example/dns-query.',
    badConfiguration: 'En miljövariabel går inte att använda',
    crashed: 'Något gick sönder i Klarsignal. Det är vårt fel, inte ditt. Inget är avgjort.',
    choose: (values) => `Välj något av ${values.join(', ')}.`,
    asks: {
      'mail-from': 'Ange den med --mail-from.',
    },
    reasons: {
      ENOENT: 'det finns ingen med det namnet',
      ENOTDIR: 'en del av sökvägen är ingen mapp',
      EACCES: 'behörighet saknas',
      EPERM: 'behörighet saknas',
      EISDIR: 'det är en mapp',
      EEXIST: 'det finns en fil med det namnet',
      EROFS: 'det går inte att skriva där',
      ENOSPC: 'disken är full',
      ENOTREG: 'det är en enhet eller en pipe; använd - för att läsa från standard in',
      ENXIO: 'det är en enhet eller en pipe; använd - för att läsa från standard in',
    },
  },
};
