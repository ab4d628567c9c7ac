/** The frame round every page. */
import type { Context } from 'hono';
import { html } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { Locale } from '../../rule.ts';

export type Markup = HtmlEscapedString | Promise<HtmlEscapedString>;

const words = {
  en: {
    skip: 'Skip to content',
    audit: 'New audit',
    main: 'Main',
    other: 'Svenska',
    own: 'Klarsignal runs on your own server. Nothing you audit leaves it, except DNS questions about your domains.',
  },
  sv: {
    skip: 'Hoppa till innehållet',
    audit: 'Ny granskning',
    main: 'Huvudmeny',
    other: 'English',
    own: 'Klarsignal körs på din egen server. Inget du granskar lämnar den, utom DNS-frågor om dina domäner.',
  },
} as const satisfies Record<Locale, object>;

export interface Page {
  locale: Locale;
  title: string;
  /** Address of the same page, for the language switch. */
  path: string;
  /** Seconds until it loads itself again; none when it is finished. */
  refresh?: number;
  body: Markup;
}

export function sendPage(
  c: Context,
  page: Page,
  status: ContentfulStatusCode = 200,
): Response | Promise<Response> {
  c.header('content-language', page.locale);
  return c.html(layout(page), status);
}

function layout({ locale, title, path, refresh, body }: Page): Markup {
  const word = words[locale];
  const other = locale === 'sv' ? 'en' : 'sv';
  return html`<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
${refresh === undefined ? '' : html`<meta http-equiv="refresh" content="${refresh}">`}
<title>${title} – Klarsignal</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/assets/tokens.css">
<link rel="stylesheet" href="/assets/klarsignal.css">
</head>
<body>
<a class="skip" href="#main">${word.skip}</a>
<header class="top"><div class="wrap">
  <a class="brand" href="/?locale=${locale}">${signalMark()}Klarsignal</a>
  <nav aria-label="${word.main}"><a href="/?locale=${locale}">${word.audit}</a></nav>
  <a class="small" href="${path}?locale=${other}" lang="${other}" hreflang="${other}">${word.other}</a>
</div></header>
<main id="main" class="wrap"><div class="stack">${body}</div></main>
<footer class="foot"><div class="wrap">${word.own}</div></footer>
</body>
</html>`;
}

function signalMark(): Markup {
  return html`<svg width="26" height="30" viewBox="0 0 26 30" aria-hidden="true"><path d="M6 6h4v22H6z" fill="currentColor"/><path d="M2 26h12v3H2z" fill="currentColor"/><g transform="rotate(-45 8 12)"><path d="M4 8.500h15a3.5 3.5 0 0 1 0 7H4z" fill="var(--clear)"/></g></svg>`;
}

const arms = { clear: -45, blocked: 0, undecided: 22 } as const;
const lamps = {
  clear: 'M33 122l7 7 13-15',
  blocked: 'M32 121h20',
  undecided: 'M36 117a6.5 6.5 0 1 1 9.5 5.600c-2.5 1.4-3.5 2.6-3.5 5M42 133v2',
} as const;

/** The signal: its arm, its lamp and its colour all say the same. */
export function signal(decision: keyof typeof arms): Markup {
  return html`<svg class="signal" viewBox="0 0 120 200" aria-hidden="true">
<path d="M38 30h8v152h-8z" fill="var(--ink)"/><path d="M22 182h40l6 12H16z" fill="var(--ink)"/><circle cx="42" cy="27" r="6" fill="var(--ink)"/>
<g transform="rotate(${arms[decision]} 42 62)"><path d="M30 50h68a12 12 0 0 1 0 24H30z" fill="currentColor"/><path d="M80 50h9v24h-9z" fill="var(--b)"/><circle cx="42" cy="62" r="5" fill="var(--b)"/></g>
<rect x="17" y="97" width="50" height="50" rx="14" fill="var(--ink)"/><circle cx="42" cy="122" r="20" fill="currentColor"/><path d="${lamps[decision]}" fill="none" stroke="var(--b)" stroke-width="5" stroke-linecap="round" stroke-linejoin="round"/>
</svg>`;
}
