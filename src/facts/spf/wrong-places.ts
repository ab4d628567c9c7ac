/** A record that somebody published where no receiver looks for it. */
import { askable, recordsOf } from '../dns.ts';
import { doubledNames } from '../doubled-names.ts';
import type { AskDns } from './evaluation.ts';
import { isSpfRecord } from './record.ts';
import type { SpfTree } from './tree.ts';

/** Names at which people put the record of a domain by mistake; the first also answers for the others. */
const wrongPlaces = ['*', '_spf', 'spf', '_dmarc'];

/** Asked only where the domain itself has none. Never fails. */
export async function findMisplaced(domain: string, ask: AskDns): Promise<SpfTree['misplaced']> {
  const labelled = wrongPlaces.map((label) => `${label}.${domain}`).filter(askable);
  const names = [...labelled, ...doubledNames(domain, domain).map(({ at }) => at)];
  const answers = await Promise.all(names.map((name) => ask(name, 'TXT')));
  const found = answers.flatMap((answer) =>
    recordsOf(answer)
      .filter(({ data }) => isSpfRecord(data))
      .map(({ data }) => ({ name: answer.name, text: data })),
  );
  return found[0] ?? null;
}
