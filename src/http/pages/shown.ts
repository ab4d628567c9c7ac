/** What an audit's page is shown with. */
import type { Client, MailboxProvider } from '../../rule.ts';
import type { Rules } from '../../verdict.ts';
import type { FaultyAnswer } from './ask.ts';
import type { ClearanceShown } from './clearance.ts';
import type { FaultyCorrection } from './correction.ts';
import type { FaultyFields } from './merge-fields.ts';

export interface Shown {
  rules: Rules;
  clients: readonly Client[];
  /** Of whose requirements it tells. */
  providers?: readonly MailboxProvider[] | undefined;
  /** Moment at which it is shown, for an audit under way; now without it. */
  now?: Date;
  /** A document of its own: no forms, no buttons, no links into the service, and the icons it needs. */
  standalone?: boolean;
  /** Address of a view's picture, in place of the API's; undefined leaves it out. */
  picture?: (view: string) => string | undefined;
  /** An answer to what was asked that could not be used. */
  faulty?: FaultyAnswer | undefined;
  /** A corrected version that could not be used. */
  correction?: FaultyCorrection | undefined;
  /** Merge fields that could not be used. */
  fields?: FaultyFields | undefined;
  /** Left out where there is nothing to be cleared. */
  clearance?: ClearanceShown | undefined;
}
