/** The table of rules in a report of SpamAssassin, which stands last in it: a mail's own words may look like one. */
import type { SpamOpinion, SpamSymbol } from '../../ports.ts';
import { isScore, keptSymbols } from './opinion.ts';

/** Scores are told to one decimal, so that one just below the threshold may look like it. */
const rounding = 0.1;

/** Rules of one report: beyond it nothing is read. */
const rowsAtMost = 1000;

const heading = /^ ?pts rule name +description *$/;
const line = /^[- ]+$/;
/** `sprintf('%4s %-22s %s')`; what goes on below is indented further. */
const row = /^ {0,3}(-?\d{1,6}(?:\.\d{1,3})?) ([A-Za-z_]\w{0,120})(?: +(.*))?$/;
const goesOn = /^ {20,}(\S.*)$/;

export function opinionOf(
  engine: string,
  { spam, score, threshold }: { spam: boolean; score: number; threshold: number },
  report: string,
): SpamOpinion {
  const contradicts = spam ? score < threshold - rounding : score > threshold + rounding;
  if (contradicts) return { known: false, engine, detail: 'it contradicts itself' };
  return { known: true, engine, spam, score, threshold, action: null, ...keptSymbols(rulesOf(report)) };
}

function rulesOf(report: string): SpamSymbol[] {
  const lines = report.split(/\r?\n/);
  const start = lines.findLastIndex((one, i) => heading.test(one) && line.test(lines[i + 1] ?? ''));
  const rules: SpamSymbol[] = [];
  for (const one of start < 0 ? [] : lines.slice(start + 2, start + 2 + rowsAtMost)) {
    const found = row.exec(one);
    const last = rules.at(-1);
    if (found) {
      const points = Number(found[1]);
      if (isScore(points)) rules.push({ name: found[2] ?? '', points, description: found[3] ?? '' });
    } else if (last && goesOn.test(one)) last.description += ` ${one.trim()}`;
    else break;
  }
  return rules;
}
