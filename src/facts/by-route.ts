import type { SenderPart, TemplateRoute } from '../submission.ts';

/** The sender as mail by this route shows it: its own Return-Path and keys. */
export function byRoute<S extends SenderPart>(sender: S, route: TemplateRoute): S {
  const dkimSelectors = route.dkim.map(({ d, s }) => `${s}._domainkey.${d}`);
  return { ...sender, routes: [route], mailFrom: route.mail_from, dkimSelectors };
}
