/** What is attached: what it says it is, what its first octets say, and what stands in it. Nothing is unpacked. */
import type { Submission } from '../submission.ts';
import type { SendingServer } from './asking.ts';
import { readContents } from './attachments/contents.ts';
import { type Invite, readInvite } from './attachments/invite.ts';
import { type Kind, kindOf } from './attachments/kind.ts';
import { type Deceit, deceitOf, endingOf, shownName } from './attachments/name.ts';

export type { Kind } from './attachments/kind.ts';

export interface AttachmentFact {
  /** Safe to show; null: it has none. */
  name: string | null;
  /** What follows the last full stop of its name, in small letters; empty: nothing does. */
  ending: string;
  contentType: string;
  bytes: number;
  /** By its first octets; null: none that is known here. */
  kind: Kind | null;
  deceit: Deceit | null;
  encrypted: boolean;
  macros: boolean;
  /** Of an archive: each ending of a name in it, with the first that has it; safe to show. */
  inside: readonly { ending: string; name: string }[];
  /** It is to stand in the mail (Content-ID), and nothing in the HTML points to it. */
  unused: boolean;
  invite: Invite | null;
}

export interface AttachmentsFact {
  files: readonly AttachmentFact[];
  /** Octets of all of them as they travel, in lines of base64. */
  sent: number;
  /** One of the ways that the mail may take is Amazon SES, which refuses some files itself. */
  viaSes: boolean;
}

/** RFC 2045 section 6.8: 57 octets become a line of 76 characters and its end. */
const line = { octets: 57, sent: 78 };
/** As much HTML as a mail that anybody reads has. */
const markupLength = 2_000_000;

/** Never fails: all of it stands in the submission. */
export function gatherAttachments({
  submission: { attachments, markup, routes },
  transports,
}: {
  submission: Pick<Submission, 'attachments' | 'markup' | 'routes'>;
  transports: readonly Pick<SendingServer, 'id' | 'kind'>[];
}): AttachmentsFact {
  const used = usedIn(attachments.length > 0 ? (markup?.html ?? '') : '');
  const files = attachments.map(({ filename, contentType, contentId, bytes }): AttachmentFact => {
    const kind = kindOf(bytes);
    const ending = endingOf(filename ?? '');
    const type = contentType.toLowerCase();
    return {
      name: filename === null ? null : shownName(filename),
      ending,
      contentType: type,
      bytes: bytes.length,
      kind,
      deceit: deceitOf(filename ?? ''),
      ...readContents(bytes, kind),
      unused:
        markup !== null &&
        contentId !== null &&
        type.startsWith('image/') &&
        !used.has(contentId.toLowerCase()),
      invite: type === 'text/calendar' || ending === 'ics' ? readInvite(bytes) : null,
    };
  });
  const octets = attachments.map(({ bytes }) => Math.ceil(bytes.length / line.octets) * line.sent);
  const ses = new Set(transports.filter(({ kind }) => kind === 'ses').map(({ id }) => id));
  return {
    files,
    sent: octets.reduce((sum, one) => sum + one, 0),
    viaSes: routes.some(({ transport }) => transport !== null && ses.has(transport)),
  };
}

/** Content-IDs that the HTML names, in small letters (RFC 2392: percent-encoded there). */
function usedIn(html: string): ReadonlySet<string> {
  const found = html.slice(0, markupLength).matchAll(/\bcid:([^"'\s)<>]{1,300})/gi);
  return new Set([...found].map(([, id = '']) => decoded(id.replaceAll('&amp;', '&')).toLowerCase()));
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
