/** What the command line says whatever the command; each command's own words stand beside it. */
import type { Locale } from '../rule.ts';

interface CliWords {
  exits: string;
  unknownCommand: string;
  unknownFlag: string;
  flagValue: string;
  flagNoValue: string;
  badConfiguration: string;
  crashed: string;
  choose(values: readonly string[]): string;
  /** By the system's own codes. */
  reasons: Record<string, string>;
}

export const cliWords: Record<Locale, CliWords> = {
  en: {
    exits: 'Exit: 0 clear or done, 1 blocked, 2 undecided, 3 bad input, 70 Klarsignal itself failed.',
    unknownCommand: 'There is no such command. Try: klarsignal help',
    unknownFlag: 'There is no such option. Try: klarsignal help',
    flagValue: 'This option needs a value.',
    flagNoValue: 'This option takes no value.',
    badConfiguration: 'An environment variable cannot be used',
    crashed: 'Something went wrong in Klarsignal itself. That is our fault, not yours. Nothing was decided.',
    choose: (values) => `Choose one of ${values.join(', ')}.`,
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
    exits: 'Slutkod: 0 klart, 1 inte klart, 2 kan inte avgöras, 3 fel i det som angavs, 70 fel i Klarsignal.',
    unknownCommand: 'Det kommandot finns inte. Prova: klarsignal help',
    unknownFlag: 'Flaggan finns inte. Prova: klarsignal help',
    flagValue: 'Flaggan behöver ett värde.',
    flagNoValue: 'Flaggan tar inget värde.',
    badConfiguration: 'En miljövariabel går inte att använda',
    crashed: 'Något gick fel i Klarsignal. Det är vårt fel, inte ditt. Inget är avgjort.',
    choose: (values) => `Välj något av ${values.join(', ')}.`,
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

/** A text, and what an error says of it. */
export function because(text: string, error: unknown): string {
  return `${text}: ${error instanceof Error ? error.message : String(error)}`;
}
