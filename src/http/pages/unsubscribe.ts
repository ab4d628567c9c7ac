/**
 * What a reader of a mailing sees who no longer wants it. The reader is nobody's customer here, so there is no way
 * into the service on it, no script, and no cookie.
 */
import type { Context } from 'hono';
import { html } from 'hono/html';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { Locale } from '../../rule.ts';
import type { Leaving } from '../../unsubscribe.ts';
import type { Assets } from '../assets.ts';
import { localeOf } from '../locale.ts';
import { icon, sprite } from './icons.ts';
import type { Markup } from './markup.ts';
import { quoted } from './quoted.ts';

/** `ask`: nothing has happened yet. `unread`: the address has lost a part on its way. */
export type UnsubscribeState = 'ask' | 'done' | 'unread' | 'not-asked';

const statuses: Record<UnsubscribeState, ContentfulStatusCode> = {
  ask: 200,
  done: 200,
  unread: 404,
  'not-asked': 400,
};

const words = {
  en: {
    button: 'Unsubscribe',
    ask: {
      title: 'Do you want to unsubscribe?',
      text: (who: Markup | undefined, from: Markup | undefined) =>
        html`Press the button, and ${who ?? 'you'} ${who ? 'gets' : 'get'} no more mailings from ${from ?? 'this sender'}.`,
    },
    done: {
      title: 'You are unsubscribed',
      text: (who: Markup | undefined, from: Markup | undefined) =>
        html`${who ?? 'You'} ${who ? 'gets' : 'get'} no more mailings from ${from ?? 'this sender'}. You do not need to do anything else.`,
    },
    unread: {
      title: 'The link is not complete',
      text: () =>
        'Nothing has changed. A part of the link may have been lost on the way. Open it again from the mailing itself, or answer the mailing and ask to be taken off the list.',
    },
    'not-asked': {
      title: 'You are not unsubscribed yet',
      text: () =>
        'The request came without the words that ask for it. Open the link from the mailing again, and press the button.',
    },
  },
  sv: {
    button: 'Avregistrera mig',
    ask: {
      title: 'Vill du avregistrera dig?',
      text: (who: Markup | undefined, from: Markup | undefined) =>
        html`Tryck på knappen, så får ${who ?? 'du'} inga fler utskick från ${from ?? 'den här avsändaren'}.`,
    },
    done: {
      title: 'Du är avregistrerad',
      text: (who: Markup | undefined, from: Markup | undefined) =>
        html`${who ?? 'Du'} får inga fler utskick från ${from ?? 'den här avsändaren'}. Du behöver inte göra något mer.`,
    },
    unread: {
      title: 'Länken är inte hel',
      text: () =>
        'Inget har ändrats. En bit av länken kan ha försvunnit på vägen. Öppna den igen från själva utskicket, eller svara på utskicket och be att få slippa fler.',
    },
    'not-asked': {
      title: 'Du är inte avregistrerad än',
      text: () =>
        'I anropet saknades orden som ber om det. Öppna länken från utskicket igen och tryck på knappen.',
    },
  },
} as const satisfies Record<Locale, { button: string } & Record<UnsubscribeState, object>>;

/** `about`: from whom and for which address, as far as the reader may see it. */
export function unsubscribePage(
  c: Context,
  state: UnsubscribeState,
  about?: Leaving,
): Response | Promise<Response> {
  const locale = localeOf(c);
  const { button } = words[locale];
  const { title, text } = words[locale][state];
  const { assets } = c.get('frame') as { assets: Assets };
  c.header('content-language', locale);
  c.header('cache-control', 'no-store');
  c.header('x-robots-tag', 'noindex');
  // The address is the reader's own: it is told to nobody.
  c.header('referrer-policy', 'no-referrer');
  const page = html`<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${assets.address('tokens.css')}">
<link rel="stylesheet" href="${assets.address('klarsignal.css')}">
</head>
<body>
${sprite()}
<main id="main" class="wrap"><div class="card alone stack even"><div${state === 'done' ? html` role="status"` : ''}>
<h1>${state === 'done' ? icon('pass') : ''} ${title}</h1><p class="lead">${text(reader(about), sender(about))}</p></div>
${state === 'ask' ? html`<form method="post"><input type="hidden" name="List-Unsubscribe" value="One-Click"><p class="row"><button class="btn main">${button}</button></p></form>` : ''}
</div></main>
</body>
</html>`;
  return c.html(page, statuses[state]);
}

function reader(about: Leaving | undefined): Markup | undefined {
  return about?.address ? quoted(about.address, 'address') : undefined;
}

/** By name, as in the mail itself, and by domain, which a name cannot feign. */
function sender(about: Leaving | undefined): Markup | undefined {
  if (!about?.sender) return undefined;
  const { name, domain } = about.sender;
  return name
    ? html`<strong>${quoted(name)}</strong> (${quoted(domain, 'address')})`
    : html`<strong>${quoted(domain, 'address')}</strong>`;
}
