import { defineRule, type Facts, notApplicable, problem } from '#rule';
import { unsubscribeAddress, unsubscribeReply, unsubscribeWords } from '../wordings/unsubscribe.ts';

/** Characters between the words and the link they are about. */
const near = 120;
const address = /https?:\/\/|www\.|[^\s@]@[^\s@.]+\.|\{\{|\*\||<%|%%/i;
/** An alternative text says it in the beginning. */
const ownText = 200;

/** Every place where one of the words stands; one after the other, so that long texts cost their length. */
function wordsIn(text: string): [number, number][] {
  const all = new RegExp(unsubscribeWords, 'giu');
  return [...text.matchAll(all)].map(({ index, 0: word }) => [index, index + word.length]);
}

function inText(text: string, words = wordsIn(text)): boolean {
  return (
    unsubscribeReply.test(text) ||
    words.some(([start, end]) => address.test(text.slice(Math.max(0, start - near), end + near)))
  );
}

function inHtml({ text, links, mergeFields }: NonNullable<Facts['html']>): boolean {
  const seen = links.filter(({ href, span }) => href !== null && span !== null);
  const said = new Set(seen.flatMap(({ href, text: own }) => [href ?? '', own.slice(0, ownText)]));
  if ([...said].some((one) => unsubscribeAddress.test(one) || unsubscribeWords.test(one))) return true;
  if (mergeFields.some(({ field }) => unsubscribeAddress.test(field))) return true;
  // Links stand in reading order, so for each place of the words one look from where the last one ended.
  const spans = seen.flatMap(({ span }) => (span ? [span] : []));
  let at = 0;
  const words = wordsIn(text);
  const beside = words.some(([start, end]) => {
    while (at < spans.length && (spans[at]?.[1] ?? 0) < start - near) at += 1;
    return (spans[at]?.[0] ?? Number.POSITIVE_INFINITY) <= end + near;
  });
  return beside || inText(text, words);
}

export default defineRule({
  id: 'unsubscribe-link',
  severity: 'major',
  reference:
    'Gmail, Email sender guidelines, “Make it easy to unsubscribe”; Directive 2002/58/EC article 13; Marknadsföringslagen 20 §',
  needs: ['message', 'html'],
  check({ message, html }) {
    if (message.class === 'transactional') return notApplicable('transactional');
    const found = html ? inHtml(html) : inText(message.visibleText);
    return found ? [] : [problem('missing', { template: message.hasHeader ? 'no' : 'yes' })];
  },
  words: {
    en: {
      title: 'Link to unsubscribe',
      heading: { missing: () => 'Readers find no way to unsubscribe in the mail' },
      mend: 'Add a link to unsubscribe',
      why: 'Whoever cannot leave reports the mail as spam, and then your next ones land there too, for everyone. The law asks for a way out in every mailing as well.',
      fix: {
        missing: ({ template }) =>
          template === 'yes'
            ? 'Put a link in the footer with a text such as “Unsubscribe”, with your sending tool’s merge field as its address. If the tool adds the link by itself, hand in a message that was really sent instead of the template.'
            : 'Put a link in the footer with a text such as “Unsubscribe”. If the mail answers something that the reader has done, such as a receipt, choose Transactional when you hand it in.',
      },
      problems: {
        missing: () =>
          'No link in the mail is for unsubscribing, neither by its text, by its address nor by the words round it.',
      },
    },
    sv: {
      title: 'Länk för avregistrering',
      heading: { missing: () => 'Läsarna hittar inget sätt att avregistrera sig i mejlet' },
      mend: 'Lägg till en länk för avregistrering',
      why: 'Den som inte kan avregistrera sig anmäler mejlet som skräppost, och då hamnar även dina nästa mejl där, hos alla. Lagen kräver också en väg ut i varje utskick.',
      fix: {
        missing: ({ template }) =>
          template === 'yes'
            ? 'Lägg en länk i sidfoten med en text som ”Avregistrera dig”, och med utskicksverktygets kopplingsfält som adress. Lägger verktyget till länken själv, lämna då in ett mejl som verkligen har skickats i stället för mallen.'
            : 'Lägg en länk i sidfoten med en text som ”Avregistrera dig”. Är mejlet ett svar på något som läsaren har gjort, till exempel ett kvitto, välj Enskilt ärende när du lämnar in det.',
      },
      problems: {
        missing: () =>
          'Ingen länk i mejlet är till för avregistrering, varken enligt sin text, sin adress eller orden runt omkring.',
      },
    },
  },
  examples: {
    good: [
      { html: '<p>Hej!</p><a href="https://example.se/u?id=1">Avregistrera dig</a>' },
      { html: '<p>Don’t want these mails? <a href="{{unsubscribe_url}}">Click here</a>.</p>' },
      {
        html: '<p>Du får brevet som medlem. Vill du inte längre ha det? <a href="https://example.se/x">Klicka här</a></p>',
      },
      { html: '<p>Hej!</p><a href="https://example.se/preferences"><img src="a.png" alt=""></a>' },
      { html: '<p>Hej!</p><p>Svara ”avregistrera” på det här mejlet om du vill slippa fler.</p>' },
      { eml: 'From: a@example.se\r\n\r\nHej!\r\nAvregistrera dig: https://example.se/u\r\n' },
      { html: '<p>Hallo!</p><a href="https://example.de/a">Newsletter abbestellen</a>' },
    ],
    bad: [
      { world: { html: '<p>Hej!</p><a href="https://example.se/">Läs mer</a>' }, finds: 'missing' },
      {
        world: { eml: 'From: a@example.se\r\n\r\nHej!\r\nLäs mer: https://example.se/\r\n' },
        finds: 'missing',
      },
      {
        world: { html: '<p>Hej!</p><div hidden><a href="https://example.se/u">Avregistrera dig</a></div>' },
        finds: 'missing',
      },
    ],
  },
});
