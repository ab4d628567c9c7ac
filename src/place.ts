/** Where something stands in what was handed in, and what to put there instead. Types only. */

export interface Place {
  /** `source`: the submitted HTML or MJML. `html`, `text`, `headers`: a part of a submitted message. */
  part: 'source' | 'html' | 'text' | 'headers';
  /** From 1. */
  line: number;
  column: number;
  snippet?: string;
}

/** A repair, ready to be copied. `null`: there is nothing there now, or it is to be taken away. */
export type Change =
  | { kind: 'dns'; type: string; name: string; old: string | null; new: string | null }
  | { kind: 'source'; line: number; old: string | null; new: string | null };
