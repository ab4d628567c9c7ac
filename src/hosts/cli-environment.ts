/** The environment, as the command line is told of it. */
import type { Locale } from '../rule.ts';
import { bad } from './cli-flags.ts';
import { because, cliWords } from './cli-words.ts';
import { type Config, readConfig } from './config.ts';

/** @throws BadInput that names the variable. */
export function configOf(locale: Locale): Config {
  try {
    return readConfig(process.env);
  } catch (error) {
    const text = because(cliWords[locale].badConfiguration, error);
    return bad(
      'configuration-invalid',
      'environment',
      text.replace(/: The configuration cannot be used/, ''),
    );
  }
}
