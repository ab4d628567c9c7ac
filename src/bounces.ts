/** What comes back by mail: whose it is, by the address it comes to, and what it says. */

export { type BounceClass, judge, type Report, readReport } from './bounces/report.ts';
export {
  type Attempt,
  readAttempt,
  readRehearsalAddress,
  readReturnPath,
  rehearsalAddressOf,
  returnPathOf,
} from './bounces/return-path.ts';
