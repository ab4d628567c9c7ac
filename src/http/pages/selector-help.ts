/** Where a DKIM selector is found, for somebody who has never seen the headers of a mail. */
import { html } from 'hono/html';
import type { Locale } from '../../rule.ts';
import type { Markup } from './markup.ts';

const words = {
  en: {
    how: 'How do I find it?',
    mail: 'Easiest: save a mail that you have sent as EML and hand that in instead of the template. Then it comes by itself.',
    ways: [
      'Your sending service shows the name under DKIM: what stands before ._domainkey.',
      'In a mail that you have sent: after s= on the line DKIM-Signature, the one where d= is your domain. It stands among the headers. Gmail: the three dots, Show original. Outlook: File, Properties. Apple Mail: View, Message, All Headers.',
    ],
  },
  sv: {
    how: 'Hur hittar jag den?',
    mail: 'Enklast: spara ett mejl som du har skickat som EML och lämna in det i stället för mallen. Då följer selektorn med.',
    ways: [
      'Din utskickstjänst visar namnet under DKIM: det som står före ._domainkey.',
      'I ett mejl som du har skickat: efter s= på raden DKIM-Signature, den där d= är din domän. Raden finns i mejlhuvudet. Gmail: de tre prickarna, Visa original. Outlook: Arkiv, Egenskaper. Apple Mail: Innehåll, Brev, Alla rubriker.',
    ],
  },
} as const satisfies Record<Locale, object>;

/** Folded under the field: whoever knows needs none of it. `takesMail`: a sent mail can be handed in there. */
export function selectorHelp(takesMail: boolean, locale: Locale): Markup {
  const { how, mail, ways } = words[locale];
  const all = takesMail ? [mail, ...ways] : ways;
  return html`<details class="hint help"><summary>${how}</summary><ul class="in">${all.map((way) => html`<li>${way}</li>`)}</ul></details>`;
}
