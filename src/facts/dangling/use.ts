/** What is found of the names that the mail uses, and what DNS is silent about. */

/** `sending`: receivers of the mail ask for it. `other`: it is about mail that comes in, or about comfort. */
export type Use = 'sending' | 'other';

export interface Silent {
  name: string;
  use: Use;
}

export interface Found<T> {
  found: T[];
  silent: Silent[];
}
