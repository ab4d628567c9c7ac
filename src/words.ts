/** Shared words in English and Swedish: what is said of every rule alike, and of bad input. */
import type { Locale } from './rule.ts';
import { en } from './words/english.ts';
import type { SharedWords } from './words/shape.ts';
import { sv } from './words/swedish.ts';

export type { SharedWords } from './words/shape.ts';

export const sharedWords: Record<Locale, SharedWords> = { en, sv };
