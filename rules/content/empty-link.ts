import { defineRule, notApplicable, problem } from '#rule';
import { mergeField, onDisk, reachOf } from '../wordings/addresses.ts';
import { shortened } from '../wordings/shortening.ts';

const web = /^https?:\/\/(?:[^\s/?#@]*@)?(?:[^\s/?#:.]+\.[^\s/?#:]+|\[[0-9a-f:.]+\])(?::\d+)?(?:[/?#]|$)/i;
// A mailto: without an address opens a new mail for the reader to address: how mails are passed on.
const other =
  /^(?:(?:mailto|tel|sms|geo|webcal|cid|facetime|whatsapp):[^\s?]|mailto:\?(?:subject|body|to|cc|bcc)=[^&\s])/i;
const nothing = /^(?:#!?|https?:\/{0,3}#?|about:blank#?|javascript:.*|(?:mailto|tel|sms):)$/i;

/** How a link is named, by its text if it has one; and several links at once. */
const link = {
  en: (text: string) => (text ? `The link “${text}”` : 'A link without text'),
  sv: (text: string) => (text ? `Länken ”${text}”` : 'En länk utan text'),
};
const many = {
  en: (count: number) => `${count} links do not work`,
  sv: (count: number) => `${count} länkar fungerar inte`,
};
/** The same for both ways of having no address, so that one card says it once. */
const fullAddress = {
  en: 'Write the full address, beginning with https://, or remove the link. A mail belongs to no site that could complete a shorter one.',
  sv: 'Skriv hela adressen, med https:// först, eller ta bort länken. Ett mejl hör inte till någon webbplats som kan fylla i resten.',
};

export default defineRule({
  id: 'empty-link',
  severity: 'major',
  reference:
    'RFC 3986 sections 4.2 and 5.1: a mail has no base address, so only a full one leads anywhere; RFC 6761 section 6.3 (localhost)',
  needs: ['html'],
  check({ html }) {
    if (!html) return notApplicable('no-html');
    const dead = html.links.flatMap(({ href, text, at }) => {
      const target = href?.trim();
      if (target === undefined || mergeField.test(target) || other.test(target)) return [];
      if (web.test(target) && reachOf(target) !== 'computer') return [];
      // What the compiler writes for the small pictures of a carousel; a label takes the click.
      if (/^#\d+$/.test(target) && at?.snippet?.startsWith('<mj-carousel')) return [];
      if (target === '#top' || (target.startsWith('#') && html.anchors.has(target.slice(1)))) return [];
      return [{ target, text: shortened(text, 60), at }];
    });
    return dead.map(({ target, text, at }) => {
      const data = { text, href: shortened(target, 60) };
      if (target === '' || nothing.test(target)) return problem('empty', data, { at });
      if (target.startsWith('#')) return problem('anchor', data, { at });
      if (onDisk(target)) return problem('disk', data, { at });
      return problem(reachOf(target) === 'everyone' ? 'partial' : 'local', data, { at });
    });
  },
  words: {
    en: {
      title: 'Link targets',
      heading: {
        empty: ({ text }, count) => (count > 1 ? many.en(count) : `${link.en(text)} leads nowhere`),
        partial: ({ text }, count) => (count > 1 ? many.en(count) : `${link.en(text)} has no full address`),
        anchor: ({ text }, count) =>
          count > 1 ? many.en(count) : `${link.en(text)} jumps to a place that is not there`,
        disk: ({ text }, count) =>
          count > 1 ? many.en(count) : `${link.en(text)} leads to your own computer`,
        local: ({ text }, count) => (count > 1 ? many.en(count) : `${link.en(text)} works for you alone`),
      },
      mend: {
        empty: () => 'Give every link an address',
        partial: () => 'Write the full address of every link',
        anchor: () => 'Correct the jump within the mail',
        disk: () => 'Upload the file and link to it',
        local: () => 'Link to a site that everyone can reach',
      },
      why: 'Readers who tap the link get nowhere, and to filters a mail with dead links looks careless or fraudulent.',
      fix: {
        empty: () => fullAddress.en,
        partial: () => fullAddress.en,
        anchor: () => 'Give the place it should jump to an id of that name, or link to a page on the web.',
        disk: () =>
          'Upload the file to your site, and link to the web address it gets there. Readers cannot open files on your computer.',
        local: () =>
          'Link to the page where it is published for everyone. Addresses such as localhost work on your own computer or network alone.',
      },
      problems: {
        empty: ({ text, href }) => `${link.en(text)} leads nowhere${href ? ` (${href})` : ''}.`,
        partial: ({ text, href }) =>
          `${link.en(text)} has no full address that a mail program can open: ${href}`,
        anchor: ({ text, href }) => `${link.en(text)} jumps to ${href}, but no such place is in the mail.`,
        disk: ({ text, href }) => `${link.en(text)} leads to a file on your own computer: ${href}`,
        local: ({ text, href }) =>
          `${link.en(text)} leads to an address on your own computer or network: ${href}`,
      },
    },
    sv: {
      title: 'Vart länkarna leder',
      heading: {
        empty: ({ text }, count) => (count > 1 ? many.sv(count) : `${link.sv(text)} leder ingenstans`),
        partial: ({ text }, count) => (count > 1 ? many.sv(count) : `${link.sv(text)} har ingen hel adress`),
        anchor: ({ text }, count) =>
          count > 1 ? many.sv(count) : `${link.sv(text)} leder till ett ställe som inte finns i mejlet`,
        disk: ({ text }, count) =>
          count > 1 ? many.sv(count) : `${link.sv(text)} leder till din egen dator`,
        local: ({ text }, count) => (count > 1 ? many.sv(count) : `${link.sv(text)} fungerar bara hos dig`),
      },
      mend: {
        empty: () => 'Ge varje länk en adress',
        partial: () => 'Skriv hela adressen i varje länk',
        anchor: () => 'Rätta länken inom mejlet',
        disk: () => 'Ladda upp filen och länka till den',
        local: () => 'Länka till en sida som alla kan nå',
      },
      why: 'Den som trycker på länken kommer ingenstans, och för filter ser döda länkar ut som slarv eller bedrägeri.',
      fix: {
        empty: () => fullAddress.sv,
        partial: () => fullAddress.sv,
        anchor: () =>
          'Ge stället som länken ska leda till ett id med det namnet, eller länka till en sida på webben.',
        disk: () =>
          'Ladda upp filen till din webbplats, och länka till webbadressen den får där. Läsarna kan inte öppna filer i din dator.',
        local: () =>
          'Länka till sidan där den är publicerad för alla. Adresser som localhost fungerar bara på din egen dator eller i ditt eget nät.',
      },
      problems: {
        empty: ({ text, href }) => `${link.sv(text)} leder ingenstans${href ? ` (${href})` : ''}.`,
        partial: ({ text, href }) =>
          `${link.sv(text)} har ingen hel adress som ett mejlprogram kan öppna: ${href}`,
        anchor: ({ text, href }) =>
          `${link.sv(text)} leder till ${href}, men det stället finns inte i mejlet.`,
        disk: ({ text, href }) => `${link.sv(text)} leder till en fil på din egen dator: ${href}`,
        local: ({ text, href }) =>
          `${link.sv(text)} leder till en adress på din egen dator eller i ditt eget nät: ${href}`,
      },
    },
  },
  examples: {
    good: [
      {
        html: '<a href="https://example.se/">Läs mer</a> <a href="#del">Ner</a> <p id="del">Del</p> <a name="x"></a>',
      },
      {
        html: '<p>Hej!</p><a href="{{unsubscribe_url}}">Avregistrera dig</a> <a href="*|UNSUB|*">Avregistrera</a>',
      },
      { html: '<p>Hej!</p><a href="[unsubscribe]">Avregistrera dig</a>' },
      {
        mjml: '<mjml><mj-body><mj-section><mj-column><mj-carousel><mj-carousel-image src="https://example.se/a.png" alt="A" /><mj-carousel-image src="https://example.se/b.png" alt="B" /></mj-carousel></mj-column></mj-section></mj-body></mjml>',
      },
      { html: '<a href="mailto:a@example.se?subject=Hej">Skriv</a> <a href="tel:+468123456">Ring</a>' },
      { html: '<p>Hej!</p><a href="mailto:?subject=H%C3%B6stm%C3%B6te">Tipsa en vän</a>' },
    ],
    bad: [
      { world: { html: '<p>Hej!</p><a href="#">Läs mer</a>' }, finds: 'empty' },
      { world: { html: '<p>Hej!</p><a href="mailto:?subject=">Skriv</a>' }, finds: 'partial' },
      { world: { html: '<p>Hej!</p><a href="">Läs mer</a>' }, finds: 'empty' },
      { world: { html: '<p>Hej!</p><a href="www.example.se">Läs mer</a>' }, finds: 'partial' },
      { world: { html: '<p>Hej!</p><a href="htps://example.se/">Läs mer</a>' }, finds: 'partial' },
      { world: { html: '<p>Hej!</p><a href="#borta">Läs mer</a>' }, finds: 'anchor' },
      { world: { html: '<p>Hej!</p><a href="file:///C:/Users/Eva/karta.pdf">Karta</a>' }, finds: 'disk' },
      { world: { html: '<p>Hej!</p><a href="C:\\Users\\Eva\\karta.pdf">Karta</a>' }, finds: 'disk' },
      { world: { html: '<p>Hej!</p><a href="http://localhost:3000/a">Läs mer</a>' }, finds: 'local' },
      { world: { html: '<p>Hej!</p><a href="http://127.0.0.1:8080/a">Läs mer</a>' }, finds: 'local' },
      { world: { html: '<p>Hej!</p><a href="http://intranet/a">Läs mer</a>' }, finds: 'local' },
    ],
  },
});
