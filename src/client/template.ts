/**
 * The message as it was audited, before merging: everything that shapes what a reader gets, and by which routes.
 * Its digest is what a clearance is bound to.
 */

export interface TemplateAttachment {
  filename: string | null;
  contentType: string;
  disposition: string | null;
  /** Without angle brackets. */
  contentId: string | null;
  /** Of its bytes, lower-case hex. */
  sha256: string;
}

/** How a mail goes out. `transport` null: by a sending system of the caller's own. */
export interface TemplateRoute {
  transport: string | null;
  /** Domain of the Return-Path; null when nobody has said. */
  mail_from: string | null;
  /** Keys that sign, or that somebody has named. */
  dkim: { d: string; s: string }[];
  /** `s._domainkey.d` of the signatures that an audited message carried. */
  signed_by: string[];
}

/** Text is escaped and holds no markup and no address; a URL is https and goes to one of the hosts. */
export type MergeField =
  | { name: string; type: 'text'; max_length: number; sample: string }
  | { name: string; type: 'url'; hosts: string[]; sample: string };

export interface Template {
  /** Version of what composes: another one makes another mail. */
  composer: number;
  organisation: string;
  class: 'marketing' | 'transactional';
  headers: {
    from: { name: string; address: string };
    reply_to: { name: string; address: string }[];
    subject: string | null;
    /** Name in lower case, value; in order. */
    other: [string, string][];
  };
  parts: { html: string | null; text: string | null; attachments: TemplateAttachment[] };
  routes: TemplateRoute[];
  merge_fields: MergeField[];
}
