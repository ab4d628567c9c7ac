/** The audited message of a campaign, read again from what was handed in: it is what it was, or it is not sent. */
import type { StoredRequest } from '../audits/audit.ts';
import type { Template } from '../client/template.ts';
import { createMail, type Mail, templateOf } from '../mail.ts';
import type { AuditRow } from '../ports.ts';
import { readSubmission, type Submission } from '../submission.ts';
import type { CampaignsOptions } from './options.ts';

export interface AuditedMessage {
  submission: Submission;
  template: Template;
  mail: Mail;
}

export interface Messages {
  /** undefined: the audit, its upload, or the message that had this digest is gone. */
  find(organisation: string, audit: string, digest: string): Promise<AuditedMessage | undefined>;
}

/** The mail as it was audited, to somebody made up. @param unsubscribeUrl null: there is none */
export function composeSample({ mail }: AuditedMessage, unsubscribeUrl: string | null, date: Date) {
  return mail.compose({
    to: 'recipient@example.com',
    fields: mail.samples,
    unsubscribeUrl,
    messageId: 'sample@example.com',
    date,
  });
}

/** As many as there can be campaigns under way, and a few that are being ordered. */
const keptAtMost = 8;

export function createMessages(
  options: Pick<CampaignsOptions, 'store' | 'blobs' | 'policy' | 'compileMjml'>,
): Messages {
  const { store, blobs, policy, compileMjml } = options;
  const kept = new Map<string, Promise<AuditedMessage | undefined>>();

  async function read(row: AuditRow, digest: string): Promise<AuditedMessage | undefined> {
    const bytes = await blobs.get(row.upload);
    if (!bytes) return undefined;
    const request = JSON.parse(row.request) as StoredRequest;
    const result = await readSubmission({ ...request, bytes }, row.organisation, policy.limits, compileMjml);
    if (!result.ok || result.submission.digest !== digest) return undefined;
    const { submission } = result;
    const template = templateOf(submission);
    const attached = submission.attachments.map((attachment) => attachment.bytes);
    return { submission, template, mail: createMail(template, attached) };
  }

  return {
    async find(organisation, audit, digest) {
      const key = `${organisation} ${audit} ${digest}`;
      const known = kept.get(key);
      if (known) return known;
      const row = await store.organisation(organisation).audit(audit);
      if (row?.state !== 'done' || row.digest !== digest) return undefined;
      const reading = read(row, digest);
      kept.set(key, reading);
      for (const old of kept.keys()) {
        if (kept.size <= keptAtMost) break;
        kept.delete(old);
      }
      // What is gone may come back, such as a file that could not be read for a moment.
      const found = await reading.catch((error) => {
        kept.delete(key);
        throw error;
      });
      if (!found) kept.delete(key);
      return found;
    },
  };
}
