/** The whole plan for a domain, in order. To add a step: its file, and its line here. */
import type { PlanStep } from '#rule';
import bimi from './bimi.ts';
import dkim from './dkim.ts';
import dmarcNone from './dmarc-none.ts';
import dmarcQuarantine from './dmarc-quarantine.ts';
import dmarcReject from './dmarc-reject.ts';
import envelope from './envelope.ts';
import mail from './mail.ts';
import mtaSts from './mta-sts.ts';
import provider from './provider.ts';
import register from './register.ts';
import spf from './spf.ts';
import tlsReports from './tls-reports.ts';

export const planSteps: readonly PlanStep[] = [
  register,
  mail,
  spf,
  dkim,
  envelope,
  provider,
  dmarcNone,
  dmarcQuarantine,
  dmarcReject,
  tlsReports,
  mtaSts,
  bimi,
];
