/** What is attached: what it says it is, what its first octets say, and what stands in it, as far as it can be told. */
import type { Submission } from '../submission.ts';
import type { SendingServer } from './asking.ts';
import { newBudget } from './attachments/budget.ts';
import { type Contents, readContents } from './attachments/contents.ts';
import { type Invite, readInvite } from './attachments/invite.ts';
import { type Kind, kindOf } from './attachments/kind.ts';
import { type Deceit, deceitOf, endingOf, shownName } from './attachments/name.ts';
import { namesOfParts } from './attachments/other-names.ts';
import { shownByLocation } from './mime/located.ts';

export type { Kind } from './attachments/kind.ts';
export type { Act, Held, Unread } from './attachments/look.ts';

export interface AttachmentFact extends Contents {
  /** Safe to show; null: it has none. */
  name: string | null;
  /** What follows the last full stop of its name, in small letters; empty: nothing does. */
  ending: string;
  contentType: string;
  bytes: number;
  /** By its first octets; null: none that is known here. */
  kind: Kind | null;
  deceit: Deceit | null;
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
/** Of one file. */
const namesAtMost = 10;

/** Never fails: all of it stands in the submission, and what cannot be read is told of. */
export async function gatherAttachments({
  submission: { attachments, markup, message, routes },
  transports,
}: {
  submission: Pick<Submission, 'attachments' | 'markup' | 'message' | 'routes'>;
  transports: readonly Pick<SendingServer, 'id' | 'kind'>[];
}): Promise<AttachmentsFact> {
  const used = usedIn(attachments.length > 0 ? (markup?.html ?? '') : '');
  const located = attachments.length > 0 ? shownByLocation(message, markup?.html ?? '') : new Set();
  const budget = newBudget();
  const files: AttachmentFact[] = [];
  const parts = message && attachments.length > 0 ? namesOfParts(message) : [];
  const each = attachments.flatMap((one) =>
    namesOf(one.filename, parts).map((filename) => ({ ...one, filename })),
  );
  for (const { filename, contentType, contentId, bytes } of each) {
    const type = contentType.toLowerCase();
    const kind = kindOf(bytes) ?? kindByType(type);
    // A mail program gives a name without an ending the one of its type.
    const ending = endingOf(filename ?? '') || (endings[type] ?? '');
    const called = endingOf(filename ?? '') ? (filename ?? '') : `${filename ?? ''}.${ending}`;
    files.push({
      name: filename === null ? null : shownName(filename),
      ending,
      contentType: type,
      bytes: bytes.length,
      kind,
      deceit: deceitOf(filename ?? ''),
      ...(await readContents(bytes, kind, called, budget)),
      unused:
        markup !== null &&
        contentId !== null &&
        type.startsWith('image/') &&
        !used.has(contentId.toLowerCase()) &&
        !located.has(contentId.toLowerCase()),
      invite: type === 'text/calendar' || ending === 'ics' ? readInvite(bytes) : null,
    });
  }
  const octets = attachments.map(({ bytes }) => Math.ceil(bytes.length / line.octets) * line.sent);
  const ses = new Set(transports.filter(({ kind }) => kind === 'ses').map(({ id }) => id));
  return {
    files,
    sent: octets.reduce((sum, one) => sum + one, 0),
    viaSes: routes.some(({ transport }) => transport !== null && ses.has(transport)),
  };
}

/** Of types that are opened as programs or pages. */
const endings: Readonly<Record<string, string>> = {
  'application/javascript': 'js',
  'application/x-javascript': 'js',
  'text/javascript': 'js',
  'text/vbscript': 'vbs',
  'application/hta': 'hta',
  'application/x-msdownload': 'exe',
  'application/x-msdos-program': 'exe',
  'application/vnd.microsoft.portable-executable': 'exe',
  'application/x-dosexec': 'exe',
  'application/x-msi': 'msi',
  'application/x-ms-installer': 'msi',
  'application/x-bat': 'bat',
  'application/x-ms-shortcut': 'lnk',
  'application/java-archive': 'jar',
  'application/xhtml+xml': 'xhtml',
  'image/svg+xml': 'svg',
};

/** The one that the parser took, and of each other ending one more. */
function namesOf(filename: string | null, parts: readonly ReadonlySet<string>[]): (string | null)[] {
  const seen = new Map<string, string | null>([[endingOf(filename ?? ''), filename]]);
  for (const names of filename === null ? [] : parts.filter((one) => one.has(filename))) {
    for (const name of names) if (endingOf(name) && !seen.has(endingOf(name))) seen.set(endingOf(name), name);
  }
  return [...seen.values()].slice(0, namesAtMost);
}

/** Where octets alone do not tell; a mail program goes by the type then. */
function kindByType(type: string): Kind | null {
  if (/^(?:text\/html|application\/xhtml\+xml|image\/svg\+xml)$/.test(type)) return 'page';
  return type === 'message/rfc822' ? 'mail' : null;
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
