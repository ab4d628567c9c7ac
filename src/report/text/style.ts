/** How the text report is set off, and what it is told by whoever shows it. */
import type { Ask, UnknownReason, ZonePlace } from '../../rule.ts';

/** How text may be set off; both do nothing where there is no terminal. */
export interface Style {
  strong(text: string): string;
  state(text: string, state: 'clear' | 'blocked' | 'undecided' | 'quiet'): string;
}

export const plain: Style = { strong: (text) => text, state: (text) => text };

/** What to do here about what has no answer, where the text is read; nothing where that goes without saying. */
export type Asks = Partial<Record<Ask | UnknownReason, string>>;

export const recordForms = ['plain', 'bind', 'terraform'] as const;
export type RecordForm = (typeof recordForms)[number];

/** How whoever shows the text has it written. */
export interface Showing {
  style: Style;
  asks: Asks;
  /** How records stand: as control panels ask for them, as lines of a zone file, or as Terraform. */
  records: RecordForm;
  /** Those that the audit has found. */
  zones: readonly ZonePlace[];
}
