/** What of a submission the digest covers: all that shapes what a reader gets (law 2). */
import { composerVersion, digestOf, sha256 } from '../digest.ts';
import type { Submission } from '../submission.ts';

/** Fields of transport and time say nothing of what the reader gets. */
const passing =
  /^(received|return-path|delivered-to|dkim-signature|arc-.*|authentication-results|date|message-id)$/i;

/** Two submissions with the same digest are the same mail by the same route. */
export async function digestSubmission(submission: Omit<Submission, 'digest'>): Promise<string> {
  const { from, replyTo, markup } = submission;
  const attachments = await Promise.all(
    submission.attachments.map(async ({ bytes, ...attachment }) => ({
      ...attachment,
      sha256: await sha256(bytes),
    })),
  );
  return digestOf({
    composer: composerVersion,
    organisation: submission.organisation,
    class: submission.class,
    headers: {
      from: { name: from.name, address: from.address },
      reply_to: replyTo.map(({ name, address }) => ({ name, address })),
      subject: submission.subject,
      other: submission.headers
        .filter(({ name }) => !passing.test(name))
        .map(({ name, value }) => [name.toLowerCase(), value]),
    },
    parts: { html: markup?.html ?? null, text: submission.text, attachments },
    routes: [
      {
        mail_from: submission.mailFrom,
        dkim_selectors: submission.dkimSelectors,
        signed_by: signersOf(submission.headers),
      },
    ],
    merge_fields: [],
  });
}

/**
 * Whose keys have signed a message (d= and s=): a verdict rests on them. The rest of a signature is another one
 * each time the mail goes out.
 */
function signersOf(headers: Submission['headers']): string[] {
  const tag = (value: string, name: string) =>
    new RegExp(`(?:^|;)\\s*${name}\\s*=([^;]*)`).exec(value)?.[1]?.replace(/\s+/g, '').toLowerCase() ?? '';
  const signatures = headers.filter(({ name }) => /^dkim-signature$/i.test(name));
  const signers = signatures.map(({ value }) => `${tag(value, 's')}._domainkey.${tag(value, 'd')}`);
  return [...new Set(signers)].filter((signer) => signer !== '._domainkey.').sort();
}
