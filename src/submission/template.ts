/** The submission as it goes out, before merging: what its digest covers (law 2). */
import { sha256 } from '../client/canonical.ts';
import { composerVersion } from '../client/compose.ts';
import { isCarried } from '../client/headers.ts';
import type { MergeField, Template, TemplateRoute } from '../client/template.ts';
import type { Submission } from '../submission.ts';

type Templated = Pick<
  Submission,
  'organisation' | 'class' | 'from' | 'replyTo' | 'headers' | 'attachments' | 'routes'
> & {
  /** All three as written, fields unfilled. */
  subject: string | null;
  html: string | null;
  text: string | null;
  mergeFields: readonly MergeField[];
};

/** Two submissions with equal templates are the same mail by the same routes. */
export async function readTemplate(submission: Templated): Promise<Template> {
  const { from, replyTo, html, text } = submission;
  const attachments = await Promise.all(
    submission.attachments.map(async ({ bytes, filename, contentType, disposition, contentId }) => ({
      filename: wellFormed(filename),
      contentType: wellFormed(contentType),
      disposition: wellFormed(disposition),
      contentId: wellFormed(contentId),
      sha256: await sha256(bytes),
    })),
  );
  return {
    composer: composerVersion,
    organisation: submission.organisation,
    class: submission.class,
    headers: {
      from: { name: from.name, address: from.address },
      reply_to: replyTo.map(({ name, address }) => ({ name, address })),
      subject: submission.subject,
      other: submission.headers
        .map(({ name, value }): [string, string] => [name.toLowerCase(), onOneLine(value)])
        .filter(([name]) => isCarried(name)),
    },
    parts: { html, text, attachments },
    routes: submission.routes.map((route) => ({ ...route })),
    merge_fields: submission.mergeFields.map((field) => ({ ...field })),
  };
}

/** Of a message that nobody has registered routes for: by a sending system of the caller's own. */
export function ownRoute({
  from,
  mailFrom,
  dkimSelectors,
  headers,
}: Pick<Submission, 'from' | 'mailFrom' | 'dkimSelectors' | 'headers'>): TemplateRoute {
  const dkim = dkimSelectors.map((selector) => {
    const [s = '', d = from.domain] = selector.split(keyLabel);
    return { d, s };
  });
  return { transport: null, mail_from: mailFrom, dkim, signed_by: signersOf(headers) };
}

/** As a person names them: a bare selector where the key stands at From's domain. */
export function selectorsOf(routes: readonly TemplateRoute[], domain: string): string[] {
  const keys = routes.flatMap(({ dkim }) => dkim);
  return [...new Set(keys.map(({ d, s }) => (d === domain ? s : `${s}${keyLabel}${d}`)))];
}

const keyLabel = '._domainkey.';

/**
 * Whose keys have signed a message (d= and s=): a verdict rests on them. The rest of a signature is another one
 * each time the mail goes out.
 */
function signersOf(headers: Submission['headers']): string[] {
  const tag = (value: string, name: string) =>
    new RegExp(`(?:^|;)\\s*${name}\\s*=([^;]*)`).exec(value)?.[1]?.replace(/\s+/g, '').toLowerCase() ?? '';
  const signatures = headers.filter(({ name }) => /^dkim-signature$/i.test(name));
  const signers = signatures.map(({ value }) => `${tag(value, 's')}${keyLabel}${tag(value, 'd')}`);
  return [...new Set(signers)].filter((signer) => signer !== keyLabel).sort();
}

/** A tab is a fold's white space; any other control character has no place in a header (RFC 5322 section 2.2). */
function onOneLine(value: string): string {
  return value
    .toWellFormed()
    .replace(/\p{Cc}+/gu, ' ')
    .trim();
}

function wellFormed<T extends string | null>(text: T): T {
  return (text === null ? null : onOneLine(text)) as T;
}
