/** What is found while a file, and what stands in it, is looked into. */
import { shown } from '../../submission/errors.ts';
import { type Budget, newBudget } from './budget.ts';
import type { Kind } from './kind.ts';
import { endingOf } from './name.ts';

/**
 * What happens when it is opened, or is one tap away. `script`: a PDF runs a program of its own. `launch`: a PDF starts
 * another program. `page`: a web page that runs scripts, asks for something, or leads on by itself. `template`: a
 * document fetches a part of itself from elsewhere. `object`: a text holds an object that another program runs.
 * `notebook`: a notebook holds a file.
 */
export type Act = 'script' | 'launch' | 'page' | 'template' | 'object' | 'notebook';

/** What nobody could look for: which files stand in it, what it does, or whether it is locked. */
export type Unread = 'files' | 'code' | 'lock';

export interface Held {
  ending: string;
  /** Safe to show. */
  name: string;
  /** By its first octets; null: none that is known here, or nobody saw them. */
  kind: Kind | null;
}

export interface Look {
  encrypted: boolean;
  macros: boolean;
  acts: Set<Act>;
  unread: Set<Unread>;
  /** Each ending and kind with the first file that has both. */
  inside: Map<string, Held>;
  budget: Budget;
}

/** Archives that people make have a handful. */
const insideAtMost = 5000;

export function newLook(budget: Budget = newBudget()): Look {
  return {
    encrypted: false,
    macros: false,
    acts: new Set(),
    unread: new Set(),
    inside: new Map(),
    budget,
  };
}

export function noteInside({ inside, unread }: Look, name: string, kind: Kind | null = null): void {
  const ending = endingOf(name);
  const key = `${ending} ${kind ?? ''}`;
  if (inside.has(key)) return;
  if (inside.size >= insideAtMost) unread.add('files');
  else inside.set(key, { ending, name: shown(name), kind });
}
