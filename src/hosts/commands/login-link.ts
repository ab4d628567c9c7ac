/** `klarsignal login-link`: a way in for the owner, printed by itself so that a script can use it. */
import { createAccess, linkLife } from '../../access.ts';
import type { Locale } from '../../rule.ts';
import { configOf } from '../cli-environment.ts';
import { bad, readFlags } from '../cli-flags.ts';
import { reachedAt } from '../config.ts';
import { signInAddress, systemClock } from '../parts.ts';
import { addressLeft } from '../service-address.ts';
import { accessCommandWords } from './access-words.ts';
import { besideService } from './store-beside.ts';

export async function loginLink(argv: string[], locale: Locale): Promise<number> {
  const words = accessCommandWords[locale];
  const { positionals } = readFlags(argv, {}, locale);
  if (positionals[0] !== undefined) bad('argument-unexpected', positionals[0], words.unexpected);
  const config = configOf(locale);
  const link = await besideService(config, { make: true }, locale, async (store, { running }) => {
    // The service knows best where it is: only it may have been given a PORT.
    const origin = config.url ?? (running ? addressLeft(config.dataDir) : undefined);
    if (origin === undefined && config.port === 0) bad('address-unknown', 'PORT', words.noPort);
    const token = await createAccess({ store, clock: systemClock }).makeLoginLink(linkLife);
    return signInAddress(origin ?? reachedAt(config.host, config.port), token);
  });
  process.stdout.write(`${link}\n`);
  process.stderr.write(`${words.linkNote(linkLife / 60_000)}\n`);
  return 0;
}
