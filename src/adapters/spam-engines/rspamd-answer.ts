/** What rspamd answers to /checkv2, in JSON. */
import type { SpamOpinion, SpamSymbol } from '../../ports.ts';
import { isScore, keptSymbols, plain } from './opinion.ts';

/** rspamd 3.4, src/libmime/scan_result.c and lualib: what each of its actions means for a reader. */
const asSpam: ReadonlySet<string> = new Set([
  'reject',
  'rewrite subject',
  'add header',
  'quarantine',
  'discard',
]);
/** `soft reject`: come again later, for reasons that are not the mail's. */
const asMail: ReadonlySet<string> = new Set(['no action', 'greylist', 'soft reject']);

export function opinionOf(server: string, body: string): SpamOpinion {
  const version = /^rspamd\/(\d[\w.-]{0,20})$/i.exec(server)?.[1];
  const engine = version ? `rspamd ${version}` : 'rspamd';
  const none = (detail: string): SpamOpinion => ({ known: false, engine, detail });
  const answer = parsed(body);
  if (!answer) return none('not an answer of rspamd');
  const { score, action, is_skipped: skipped } = answer;
  if (!isScore(score) || typeof action !== 'string' || !isRecord(answer.symbols))
    return none('an answer without a score');
  const threshold = thresholdOf(answer);
  const spam = asSpam.has(action) || (!asMail.has(action) && threshold !== null && score >= threshold);
  if (!spam && !asMail.has(action)) return none(`it would do what is not known here: ${plain(action, 40)}`);
  // GTUBE ends the work before it begins, and is no less spam.
  if (skipped === true && !spam) return none('it is told not to look at this mail');
  return {
    known: true,
    engine,
    spam,
    score,
    threshold,
    action: plain(action, 40),
    ...keptSymbols(symbolsOf(answer.symbols)),
  };
}

function parsed(body: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The lowest from which a reader would see it as spam. Older ones tell only from where they refuse mail. */
function thresholdOf({ thresholds }: Record<string, unknown>): number | null {
  if (!isRecord(thresholds)) return null;
  const told = Object.entries(thresholds).flatMap(([action, points]) =>
    asSpam.has(action) && isScore(points) ? [points] : [],
  );
  return told.length > 0 ? Math.min(...told) : null;
}

function symbolsOf(symbols: unknown): SpamSymbol[] {
  if (!isRecord(symbols)) return [];
  return Object.entries(symbols).flatMap(([name, one]) => {
    if (!isRecord(one) || !isScore(one.score)) return [];
    return [
      { name, points: one.score, description: typeof one.description === 'string' ? one.description : '' },
    ];
  });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
