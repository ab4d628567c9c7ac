/** What the spam filters that are set up here say of the mail, as a reader would get it. */
import type { SpamOpinion } from '../ports.ts';
import type { Evidence } from './evidence.ts';
import { FactError } from './facts.ts';
import type { Gathering } from './gather.ts';
import { letterOf } from './spam-engines/letter.ts';

export interface SpamEnginesFact {
  /** One of each engine that is set up, whether it answers or not; empty: there is none. */
  opinions: readonly { id: string; opinion: SpamOpinion }[];
}

/**
 * Asks each engine for itself: what one says stays said, whatever the others do.
 * @throws FactError where there is an engine, and nobody to write the mail it is to read.
 */
export async function gatherSpamEngines(gathering: Gathering): Promise<SpamEnginesFact> {
  const { spamEngines = [], mime, submission, signal, now, attest } = gathering;
  if (spamEngines.length === 0) return { opinions: [] };
  if (!mime) throw new FactError('missing-engine', 'nothing here writes mail');
  const letter = await letterOf(submission, mime, now);
  const opinions = await Promise.all(
    spamEngines.map(async (engine) => {
      const opinion = await engine.score(letter, signal);
      attest(evidenceOf(opinion, now.toISOString()));
      return { id: engine.id, opinion };
    }),
  );
  return { opinions };
}

function evidenceOf(opinion: SpamOpinion, at: string): Evidence {
  const { engine } = opinion;
  if (!opinion.known) return { kind: 'spam-engine', engine, opinion: null, detail: opinion.detail, at };
  const { spam, score, threshold, action, symbols, omitted } = opinion;
  return { kind: 'spam-engine', engine, opinion: { spam, score, threshold, action, symbols, omitted }, at };
}
