/**
 * The longest chain of questions that depend on one another, from the questions and answers alone: a name can be asked
 * for once it is known, so a question comes one step after the first answer that names what it asks about.
 */
import type { DnsAnswer } from '../../../src/ports.ts';

export interface Step {
  question: string;
  depth: number;
  /** The question whose answer it waits for; null: it could be asked at once. */
  after: Step | null;
}

export interface Chains {
  steps: readonly Step[];
  /** The questions of the longest chain, first to last. */
  longest: readonly string[];
  /** Questions about names that nothing named. */
  unexplained: readonly string[];
}

/** `seeds`: domains and addresses that are known before anything is asked. */
export function chainsOf(answers: readonly DnsAnswer[], seeds: readonly string[]): Chains {
  const waiting = new Map(answers.map((one) => [`${one.name} ${one.type}`, one]));
  const steps = new Map<string, Step>();
  const add = (question: string, after: Step | null) => {
    steps.set(question, { question, depth: (after?.depth ?? 0) + 1, after });
    waiting.delete(question);
  };
  for (const [question, { name }] of waiting) {
    if (!conditional(question, answers) && isKnown(name, seeds)) add(question, null);
  }
  // Level by level, so that each question hangs on the earliest answer that names it.
  for (let depth = 1; [...steps.values()].some((step) => step.depth === depth); depth += 1) {
    const level = [...steps.values()].filter((step) => step.depth === depth);
    for (const [question, { name }] of [...waiting]) {
      const after = level.find((step) => {
        const answer = answers.find((one) => `${one.name} ${one.type}` === step.question);
        return answer && (conditional(question, answers) === step.question || names(answer, name));
      });
      if (after) add(question, after);
    }
  }
  const [last] = [...steps.values()].toSorted((one, other) => other.depth - one.depth);
  const longest: string[] = [];
  for (let step: Step | null = last ?? null; step; step = step.after) longest.unshift(step.question);
  return { steps: [...steps.values()], longest, unexplained: [...waiting.keys()] };
}

/** What is asked only for want of another record: addresses of a domain that has no MX (RFC 5321 section 5.1). */
function conditional(question: string, answers: readonly DnsAnswer[]): string | undefined {
  const [name, type] = question.split(' ');
  if (type !== 'A' && type !== 'AAAA') return undefined;
  const mx = answers.find((one) => one.name === name && one.type === 'MX');
  return mx?.status === 'nodata' ? `${name} MX` : undefined;
}

/** It is made of a seed: the seed, a name above or at a well-known label below it, or a list's entry for it. */
function isKnown(name: string, seeds: readonly string[]): boolean {
  return keysOf(name).some((key) =>
    seeds.some((seed) => key === seed || seed.endsWith(`.${key}`) || key.startsWith(`${seed}.`)),
  );
}

function names(answer: DnsAnswer, name: string): boolean {
  const text = answer.records.map(({ data }) => ` ${data.toLowerCase()} `).join('\n');
  return keysOf(name).some((key) => {
    for (let at = text.indexOf(key); at !== -1; at = text.indexOf(key, at + 1)) {
      const around = `${text[at - 1] ?? ' '}${text[at + key.length] ?? ' '}`;
      if (!/[a-z0-9_-]/.test(around)) return true;
    }
    return false;
  });
}

/** The name, and what of it stands behind labels that anybody knows: `_dmarc.`, `mta-sts.`, a reversed address. */
function keysOf(name: string): string[] {
  const report = name.indexOf('._report._dmarc.');
  if (report !== -1) return [name.slice(report + '._report._dmarc.'.length)];
  const labels = name.split('.');
  const keys = [name];
  for (let i = 0; i < labels.length - 1; i += 1) {
    if (!/^_|^(?:mta-sts|default)$/.test(labels[i] ?? '')) {
      if (i > 0 || !/^_/.test(labels[i + 1] ?? '')) break;
    }
    keys.push(labels.slice(i + 1).join('.'));
  }
  if (labels.length > 4 && labels.slice(0, 4).every((label) => /^\d{1,3}$/.test(label))) {
    keys.push(labels.slice(0, 4).toReversed().join('.'));
  }
  if (name.endsWith('.ip6.arpa') || labels.slice(0, 32).every((label) => /^[0-9a-f]$/.test(label))) {
    const groups = labels.slice(0, 32).toReversed().join('').match(/.{4}/g) ?? [];
    if (groups.length === 8) keys.push(new URL(`http://[${groups.join(':')}]`).hostname.slice(1, -1));
  }
  return keys;
}
