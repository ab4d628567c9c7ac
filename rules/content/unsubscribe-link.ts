import { defineRule, type Facts, notApplicable, problem, unknown } from '#rule';
import { isKnownLanguage } from '../wordings/languages.ts';
import {
  perhapsAddress,
  unsubscribe,
  unsubscribeAddress,
  unsubscribeReply,
  unsubscribeWrite,
} from '../wordings/unsubscribe.ts';

type Span = readonly [number, number];
type Way = 'yes' | 'perhaps' | 'no';

/** Characters between words and the link they are about. */
const near = 120;
/** The same within a sentence. */
const far = 200;
/** Of the next one. */
const next = 40;
/** What a link says, it says in the beginning. */
const ownText = 200;
/** Of a longer text the beginning and the end are read: nobody hides the way out in the middle of a book. */
const readLength = 200_000;
const address = /https?:\/\/\S{1,500}|www\.\S{1,500}|[^\s@<>]{1,64}@[^\s@<>.]{1,63}\.|\{\{|\*\||<%|%%/i;
const mailAddress = /[^\s@<>]{1,64}@[^\s@<>.]{1,63}\./;

function* wordsIn(text: string, words: RegExp): Generator<Span> {
  const all = new RegExp(words, `${words.flags}g`);
  const tail = Math.max(readLength, text.length - readLength);
  for (const { 0: word, index } of text.slice(0, readLength).matchAll(all))
    yield [index, index + word.length];
  for (const { 0: word, index } of text.slice(tail).matchAll(all)) {
    yield [tail + index, tail + index + word.length];
  }
}

/** The reach of each of the words that holds a link; both in reading order, so one look from where the last ended. */
function* besideLink(
  text: string,
  words: RegExp,
  links: readonly Span[],
  reach: (text: string, word: Span) => Span,
): Generator<Span> {
  let at = 0;
  for (const word of wordsIn(text, words)) {
    const [from, to] = reach(text, word);
    while (at < links.length && (links[at]?.[1] ?? 0) < from) at += 1;
    if ((links[at]?.[0] ?? Number.POSITIVE_INFINITY) <= to) yield [from, to];
  }
}

function nearby(_: string, [start, end]: Span): Span {
  return [start - near, end + near];
}

/** The sentence round some words, and the beginning of the next; a question goes on into its answer. */
function sentenceAt(text: string, [start, end]: Span): Span {
  const before = text.slice(Math.max(0, start - far), start);
  const after = text.slice(end, end + far);
  const ended = [...before.matchAll(/[.!…](?=\s)/g)].at(-1)?.index;
  const ends = after.search(/[.!…](?=\s|$)/);
  return [
    start - before.length + (ended === undefined ? 0 : ended + 1),
    end + (ends < 0 ? after.length : ends) + next,
  ];
}

function inText(text: string, links: readonly Span[]): Way {
  for (const _ of besideLink(text, unsubscribe.sure, links, nearby)) return 'yes';
  const ends = [text.slice(0, readLength), text.slice(Math.max(readLength, text.length - readLength))];
  if (ends.some((part) => unsubscribeReply.test(part))) return 'yes';
  if (ends.some((part) => unsubscribeWrite.test(part) && mailAddress.test(part))) return 'yes';
  let way: Way = unsubscribe.sure.test(text.slice(-readLength)) ? 'perhaps' : 'no';
  for (const words of [unsubscribe.phrases, unsubscribe.ends]) {
    for (const [from, to] of besideLink(text, words, links, sentenceAt)) {
      if (words === unsubscribe.phrases || unsubscribe.these.test(text.slice(from, to - next))) return 'yes';
      way = 'perhaps';
    }
  }
  return way;
}

function inLink(text: string, href: string): Way {
  const own = text.slice(0, ownText);
  const { sure, phrases, ends, these, any, settings } = unsubscribe;
  if (unsubscribeAddress.test(href) || sure.test(own) || phrases.test(own)) return 'yes';
  if (ends.test(own)) return these.test(own) || any.test(own) ? 'yes' : 'perhaps';
  return settings.test(own) || perhapsAddress.test(href) ? 'perhaps' : 'no';
}

function inHtml({ text, links, mergeFields }: NonNullable<Facts['html']>): Way {
  const said = mergeFields.some(({ field, part }) => part === 'text' && unsubscribeAddress.test(field));
  if (said) return 'yes';
  const spans: Span[] = [];
  const seen = new Map<string, [string, string]>();
  for (const { href, span, text: own } of links) {
    // A place in the mail itself: words there may still tell how.
    if (href === null || span === null || /^\s*#./.test(href)) continue;
    spans.push(span);
    seen.set(`${href}\n${own}`, [own, href]);
  }
  const ways = new Set([...seen.values()].map(([own, href]) => inLink(own, href)));
  // Most mails say it in a link, and then their text need not be searched.
  if (ways.has('yes')) return 'yes';
  // A link may stand as an address that mail programs make one of.
  const written = inText(text, merged(spans, addressesIn(text)));
  return written === 'no' && ways.has('perhaps') ? 'perhaps' : written;
}

function inPlain(text: string): Way {
  const spans = addressesIn(text);
  const told = spans.some(([start, end]) => unsubscribeAddress.test(text.slice(start, end)));
  return told ? 'yes' : inText(text, spans);
}

function addressesIn(text: string): Span[] {
  return [...wordsIn(text, address)];
}

function merged(some: readonly Span[], others: readonly Span[]): Span[] {
  return [...some, ...others].sort(([a], [b]) => a - b);
}

export default defineRule({
  id: 'unsubscribe-link',
  severity: 'major',
  reference:
    'Gmail, Email sender guidelines, “Make it easy to unsubscribe”; Directive 2002/58/EC article 13; Marknadsföringslagen 20 §',
  needs: ['message', 'html'],
  check({ message, html }) {
    if (message.class === 'transactional') return notApplicable('transactional');
    const text = html ? html.text : message.visibleText;
    const way = html ? inHtml(html) : inPlain(text);
    if (way === 'yes') return [];
    const language = html?.language.tag?.split('-')[0]?.toLowerCase();
    const known = isKnownLanguage(text) && (!language || unsubscribe.languages.has(language));
    if (way === 'perhaps' || !known) return unknown('unclear');
    return [problem('missing', { template: message.hasHeader ? 'no' : 'yes' })];
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
      { html: '<p>Hej!</p><a href="https://example.se/email-preferences"><img src="a.png" alt=""></a>' },
      { html: '<p>Hej!</p><p>Svara ”avregistrera” på det här mejlet om du vill slippa fler.</p>' },
      { eml: 'From: a@example.se\r\n\r\nHej!\r\nAvregistrera dig: https://example.se/u\r\n' },
      { html: '<p>Hallo!</p><a href="https://example.de/a">Newsletter abbestellen</a>' },
      { html: '<p>Hej!</p><a href="https://example.se/u">Av&shy;registrera dig</a>' },
      { html: '<p>Hej!</p><a href="https://example.se/u">Lämna listan</a>' },
      {
        eml: 'From: a@example.se\r\n\r\nHej!\r\nMejla oss på a@example.se så tar vi bort dig.\r\n',
      },
    ],
    bad: [
      {
        world: {
          html: '<p>Vi vill inte att du blir utan. Du vill inte missa rean. <a href="https://example.se/">Köp</a></p>',
        },
        finds: 'missing',
      },
      { world: { html: '<p>Hej!</p><a href="https://example.se/">Läs mer</a>' }, finds: 'missing' },
      {
        world: { html: '<p>Hej!</p><a id="unsubscribe" href="#unsubscribe">Läs mer</a>' },
        finds: 'missing',
      },
      {
        world: { html: '<p>Hej! Läs mer hos oss.</p><a href="https://example.se/unsubscribe"></a>' },
        finds: 'missing',
      },
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
