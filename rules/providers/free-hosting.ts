/**
 * Places where anyone publishes a page for nothing, at once, under the service's name, as of 2026-11: where phishing is
 * hosted that has no domain of its own (Interisle, “Phishing Landscape 2024”, subdomain providers; rspamd's and
 * SpamAssassin's lists). Forms that associations use a lot (forms.gle, docs.google.com, forms.office.com) are not here.
 */
export const freeHosting: readonly string[] = [
  '000webhostapp.com',
  'azurewebsites.net',
  'blob.core.windows.net',
  'duckdns.org',
  'firebaseapp.com',
  'ngrok-free.app',
  'glitch.me',
  'godaddysites.com',
  'herokuapp.com',
  'ipfs.io',
  'netlify.app',
  'pages.dev',
  'r2.dev',
  'repl.co',
  'square.site',
  'storage.googleapis.com',
  'surge.sh',
  'trycloudflare.com',
  'vercel.app',
  'web.app',
  'weebly.com',
  'weeblysite.com',
  'webflow.io',
  'wixsite.com',
  'workers.dev',
];

/** The service under whose name a host is; undefined where it is another's. */
export function freeHostOf(host: string): string | undefined {
  return freeHosting.find((service) => host === service || host.endsWith(`.${service}`));
}
