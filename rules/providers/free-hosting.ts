/**
 * Places where anyone publishes a page for nothing, at once, under the service's name, as of 2026-11: where phishing is
 * hosted that has no domain of its own (Interisle, “Phishing Landscape 2024”, subdomain providers; rspamd's and
 * SpamAssassin's lists). Forms that associations use a lot (forms.gle, docs.google.com, forms.office.com) are not here.
 */
export const freeHosting: readonly string[] = [
  '000webhostapp.com',
  'azurewebsites.net',
  'backblazeb2.com',
  'blob.core.windows.net',
  'digitaloceanspaces.com',
  'duckdns.org',
  'dweb.link',
  'firebaseapp.com',
  'fleek.co',
  'framer.app',
  'glitch.me',
  'godaddysites.com',
  'herokuapp.com',
  'hostingersite.com',
  'ipfs.io',
  'linodeobjects.com',
  'netlify.app',
  'ngrok-free.app',
  'onrender.com',
  'pages.dev',
  'r2.dev',
  'repl.co',
  'replit.app',
  'square.site',
  'storage.googleapis.com',
  'surge.sh',
  'trycloudflare.com',
  'vercel.app',
  'web.app',
  'web.core.windows.net',
  'webflow.io',
  'webnode.page',
  'weebly.com',
  'weeblysite.com',
  'wixsite.com',
  'workers.dev',
];

/** The service under whose name a host is; undefined where it is another's. */
export function freeHostOf(host: string): string | undefined {
  return freeHosting.find((service) => host === service || host.endsWith(`.${service}`));
}
