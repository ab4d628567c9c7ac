/**
 * Law 3 from end to end: what befalls a mailing, and what becomes of it. Each row is a test; after each, the ledger
 * is held against both servers, where no attempt may have come twice.
 */
import { rateTable } from './faults/rates.ts';
import { recoveryTable } from './faults/recovery.ts';
import { repostTable } from './faults/repost.ts';
import { sesTable } from './faults/ses.ts';
import { smtpTables } from './faults/smtp.ts';
import { standardTable } from './faults/standard.ts';

sesTable();
smtpTables();
rateTable();
recoveryTable();
repostTable();
standardTable();
