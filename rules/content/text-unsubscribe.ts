import { defineRule, notApplicable, problem } from '#rule';
import { isKnownLanguage } from '../wordings/languages.ts';
import { likenessOf } from '../wordings/likeness.ts';
import { wayInHtml, wayInText } from '../wordings/unsubscribe-way.ts';

/** Shorter ones are stubs, and the matter of another check. */
const fewest = 200;

/** A message with a text part and a HTML part of the same letter. */
function both(text: string): string {
  const letter =
    'Välkommen till höstens möte i bygdegården, där styrelsen berättar om året som gått. '.repeat(3);
  const part = (type: string, body: string) =>
    `--x\r\nContent-Type: ${type}; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n${body}\r\n`;
  const html = `<p>${letter}</p><a href="https://example.se/u">Avregistrera dig</a>`;
  return `From: a@example.se\r\nMIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=x\r\n\r\n${part('text/plain', `${letter}\r\n${text}`)}${part('text/html', html)}--x--\r\n`;
}

export default defineRule({
  id: 'text-unsubscribe',
  severity: 'minor',
  reference:
    'Marknadsföringslagen (2008:486) 20 § and Directive 2002/58/EC article 13(4): a valid address for opting out, in whichever part is read; RFC 2046 section 5.1.4',
  needs: ['message', 'html'],
  check({ message, html }) {
    if (message.class === 'transactional') return notApplicable('transactional');
    if (!html) return notApplicable('no-html');
    if (message.text === null) return notApplicable(message.hasHeader ? 'other-checks' : 'template');
    const text = message.visibleText;
    // A text that says something else needs more than an address.
    if (likenessOf(text, html.text).kind !== 'same') return notApplicable('other-checks');
    if (text.length < fewest || wayInHtml(html) !== 'yes' || !isKnownLanguage(text)) return [];
    return wayInText(text) === 'no' ? [problem('missing', {})] : [];
  },
  words: {
    en: {
      title: 'Unsubscribing from the text part',
      heading: 'The text part has no link to unsubscribe',
      mend: 'Put the address to unsubscribe in the text part',
      why: 'Some watches and mail programs show the text part. Whoever reads it there finds no way out, and reports the mail as spam instead.',
      fix: 'Write the whole web address for unsubscribing at the end of the text part, for example: Unsubscribe: https://…',
      problems: { missing: () => 'Only the HTML part says how to unsubscribe.' },
    },
    sv: {
      title: 'Avregistrering i textdelen',
      heading: 'Textdelen har ingen länk för avregistrering',
      mend: 'Lägg adressen för avregistrering i textdelen',
      why: 'En del klockor och mejlprogram visar textdelen. Den som läser den hittar ingen väg ut och anmäler mejlet som skräppost i stället.',
      fix: 'Skriv hela webbadressen för avregistrering i slutet av textdelen, till exempel: Avregistrera dig: https://…',
      problems: { missing: () => 'Bara HTML-delen säger hur man avregistrerar sig.' },
    },
  },
  examples: {
    good: [
      { eml: both('Avregistrera dig: https://example.se/u') },
      { eml: both('Svara STOPP om du vill slippa fler.') },
    ],
    bad: [{ world: { eml: both('Läs mer: https://example.se/') }, finds: 'missing' }],
  },
});
