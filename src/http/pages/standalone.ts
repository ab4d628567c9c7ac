/** A report as a document of its own, to keep or send on: it asks nobody for anything. */
import { html, raw } from 'hono/html';
import type { Audit } from '../../audits.ts';
import type { Locale } from '../../rule.ts';
import type { AppOptions } from '../options.ts';
import { auditPage, auditTitle } from './audit.ts';
import { signalMark } from './signal.ts';

export interface Standalone {
  text: string;
  /** Content-Security-Policy: nothing but what stands in it. */
  policy: string;
}

/** The report page with its styles and pictures in it, and without what leads back into the service. */
export async function standalone(
  audit: Audit,
  options: Pick<AppOptions, 'rules' | 'clients' | 'providers' | 'assets'>,
  locale: Locale,
  picture: (view: string) => Promise<Uint8Array | undefined>,
): Promise<Standalone> {
  const style = [...options.assets]
    .filter(([name]) => name.endsWith('.css'))
    .map(([, { body }]) => body)
    .join('\n');
  const only = `default-src 'none'; style-src 'sha256-${await hashOf(style)}'; img-src data:; base-uri 'none'; form-action 'none'`;
  const pictures = new Map<string, string>();
  for (const { view } of audit.verdict?.previews ?? []) {
    const png = await picture(view);
    if (png) pictures.set(view, `data:image/png;base64,${base64(png)}`);
  }
  const { rules, clients, providers } = options;
  const shown = {
    rules,
    clients,
    providers,
    standalone: true,
    picture: (view: string) => pictures.get(view),
  };
  const text = await html`<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${only}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${auditTitle(audit, locale)} – Klarsignal</title>
<link rel="icon" href="data:,">
<style>${raw(style)}</style>
</head>
<body>
<header class="top"><div class="wrap"><span class="brand">${signalMark()}Klarsignal</span></div></header>
<main id="main" class="wrap"><div class="stack">${auditPage(audit, shown, locale)}</div></main>
</body>
</html>
`;
  // In the header alone: a document cannot say of itself who may frame it.
  return { text: String(text), policy: `${only}; frame-ancestors 'none'` };
}

async function hashOf(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return base64(new Uint8Array(digest));
}

function base64(bytes: Uint8Array): string {
  let binary = '';
  // In pieces: a call has only so many arguments.
  for (let at = 0; at < bytes.length; at += 8192) {
    binary += String.fromCharCode(...bytes.subarray(at, at + 8192));
  }
  return btoa(binary);
}
