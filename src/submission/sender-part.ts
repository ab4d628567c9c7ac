/** A sender domain without a message: what the domain audit is asked about. */
import type { TemplateRoute } from '../client/template.ts';
import type { SenderPart } from '../submission.ts';
import type { InputError } from './errors.ts';
import { type HandedFields, readFields } from './fields.ts';
import { ownRoute } from './template.ts';

/** A domain, and what a person says of how its mail goes out. */
export interface HandedSender extends Pick<HandedFields, 'mailFrom' | 'dkimSelectors' | 'sendingAddresses'> {
  domain: string;
  /** Of the registered sender, resolved by the intake; they hold unless a MAIL FROM is named. */
  routes?: readonly TemplateRoute[] | undefined;
}

/** @returns the sender, or what is wrong; an error of the domain itself is one of the field `from`. */
export function readSender(
  { domain, routes = [], ...fields }: HandedSender,
  organisation: string,
): { ok: true; sender: SenderPart } | { ok: false; errors: readonly InputError[] } {
  // An address that every domain with mail has (RFC 5321 section 4.5.1); nobody sees it.
  const named = namedIn(domain);
  const author = named.includes('@') ? named : `postmaster@${named.replace(/\.$/, '')}`;
  const read = readFields({ ...fields, from: author }, undefined, 0);
  if (!read.ok) return read;
  const { replyTo: _, subject: __, ...part } = read.value;
  const common = { ...part, organisation, headers: [], message: null };
  const [first, ...rest] = routes;
  if (first && !fields.mailFrom?.trim()) {
    const dkimSelectors = first.dkim.map(({ d, s }) => `${s}._domainkey.${d}`);
    const selectors = dkimSelectors.length > 0 ? dkimSelectors : part.dkimSelectors;
    return {
      ok: true,
      sender: { ...common, mailFrom: first.mail_from, dkimSelectors: selectors, routes: [first, ...rest] },
    };
  }
  return { ok: true, sender: { ...common, routes: [ownRoute(common)] } };
}

/** As people paste it: an address of the web is one of its domain. */
function namedIn(text: string): string {
  const bare = text.trim().replace(/^https?:\/\/(?:[^/?#@]*@)?/i, '');
  return bare.includes('@') ? bare : bare.replace(/(?::\d*)?(?:[/?#].*)?$/s, '');
}
