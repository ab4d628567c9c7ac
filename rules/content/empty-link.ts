import { defineRule, type Facts, notApplicable, problem } from '#rule';
import {
  fileName,
  isOfApp,
  isOpenTemplate,
  isPerhapsField,
  mergeField,
  onDisk,
  reachOf,
} from '../wordings/addresses.ts';
import { namedLink } from '../wordings/link-names.ts';
import { shortened } from '../wordings/shortening.ts';

const web = /^https?:\/\/(?:[^\s/?#@]*@)?(?:[^\s/?#:.]+\.[^\s/?#:]+|\[[0-9a-f:.]+\])(?::\d+)?(?:[/?#]|$)/i;
/** Begun as a web address, and none. */
const misspelt = /^[htps]{2,8}:/i;
const doubled = /^https?:\/\/https?(?::|\/\/)/i;
// A mailto: without an address opens a new mail for the reader to address: how mails are passed on.
const other =
  /^(?:(?:mailto|tel|sms|geo|webcal|cid|facetime|whatsapp):\s{0,9}[^\s?]|mailto:\?(?:subject|body|to|cc|bcc)=[^&\s])/i;
const nothing = /^(?:#!?|https?:\/{0,3}#?|about:blank#?|javascript:.*|(?:mailto|tel|sms):(?:\?.*)?)$/i;

const many = {
  en: (count: number) => `${count} links do not work`,
  sv: (count: number) => `${count} länkar fungerar inte`,
};

/** Buttons drawn for Outlook are forgotten where others are mended, so that it is said of them. */
const named = {
  en: (text: string, outlook: boolean) =>
    `${namedLink.en(text)}${outlook ? ', in the part that only Outlook for Windows shows,' : ''}`,
  sv: (text: string, outlook: boolean) =>
    `${namedLink.sv(text)}${outlook ? ' i den del som bara Outlook för Windows visar' : ''}`,
};

const mailbox = /^[^\s@/:]{1,64}@[^\s@/:]{1,200}\.[a-z]{2,24}$/i;

/**
 * It stops half of all published templates, and should: their buttons have # until somebody has written an address. In
 * the mail that is sent a # is a mistake, wherever it stands, and the one that readers notice first.
 */
export default defineRule({
  id: 'empty-link',
  severity: 'major',
  reference:
    'RFC 3986 sections 4.2 and 5.1: a mail has no base address, so only a full one leads anywhere; RFC 6761 section 6.3 (localhost)',
  needs: ['html', 'message'],
  check({ html, message }) {
    if (!html) return notApplicable('no-html');
    const template = isOpenTemplate(message);
    const ordinary = html.links.flatMap(({ href, text: said, picture, span, at }) => {
      const target = href?.trim();
      if (target === undefined || mergeField.test(target) || (template && isPerhapsField(target))) return [];
      // Nothing to see, and nothing to tap.
      if (said === '' && span === null) return [];
      const text = said || fileName(picture ?? '');
      // What the compiler writes for the small pictures of a carousel; a label takes the click.
      if (/^#\d+$/.test(target) && at?.snippet?.startsWith('<mj-carousel')) return [];
      const key = faultOf(target, html.anchors);
      if (!key) return [];
      const navbar = key === 'broken' && at?.snippet?.startsWith('<mj-navbar') === true;
      const data = { text: shortened(text, 60), href: shortened(target, 60), navbar, outlook: false };
      return [problem(key, data, { at })];
    });
    const ofOutlook = html.outlookLinks.flatMap(({ href, text, at }) => {
      const target = href.trim();
      if (mergeField.test(target) || (template && isPerhapsField(target))) return [];
      const key = faultOf(target, html.anchors);
      if (!key) return [];
      const data = { text: shortened(text, 60), href: shortened(target, 60), navbar: false, outlook: true };
      return [problem(key, data, { at })];
    });
    return [...ordinary, ...ofOutlook];
  },
  words: {
    en: {
      title: 'Link targets',
      heading: {
        empty: ({ text }, count) => (count > 1 ? many.en(count) : `${namedLink.en(text)} leads nowhere`),
        partial: ({ text }, count) =>
          count > 1 ? many.en(count) : `${namedLink.en(text)} has no full address`,
        broken: ({ text }, count) =>
          count > 1 ? many.en(count) : `${namedLink.en(text)} has an address that is misspelt`,
        anchor: ({ text }, count) =>
          count > 1 ? many.en(count) : `${namedLink.en(text)} jumps to a place that is not there`,
        disk: ({ text }, count) =>
          count > 1 ? many.en(count) : `${namedLink.en(text)} leads to your own computer`,
        local: ({ text }, count) =>
          count > 1 ? many.en(count) : `${namedLink.en(text)} works for you alone`,
      },
      mend: {
        empty: () => 'Give every link an address',
        partial: () => 'Write the full address of every link',
        broken: () => 'Correct the address of the link',
        anchor: () => 'Correct the jump within the mail',
        disk: () => 'Upload the file and link to it',
        local: () => 'Link to a site that everyone can reach',
      },
      why: 'Readers who tap the link get nowhere, and to filters a mail with dead links looks careless or fraudulent.',
      fix: {
        empty: () =>
          'Write the address of the page, beginning with https://, or remove the link. A mail address is written mailto:name@example.com, a telephone number tel:+46701234567.',
        partial: ({ href }) =>
          mailbox.test(href)
            ? `It is a mail address: write mailto:${href}`
            : 'Write the whole address: https://, the name of the site, and the page. A mail belongs to no site that could complete it.',
        broken: ({ navbar }) =>
          `Correct it so that it begins with https:// once, with the name of a site after it, and open it in a browser.${navbar ? ' The base-url of mj-navbar is put before every href: write only the rest there, or remove base-url.' : ''}`,
        anchor: () =>
          'Give the place that it should jump to an id of that name, or link to a page on the web.',
        disk: () =>
          'Upload the file to your site, and link to the web address it gets there. Readers cannot open files on your computer.',
        local: () =>
          'Link to the page where it is published for everyone. Addresses such as localhost work on your own computer or network alone.',
      },
      problems: {
        empty: ({ text, href, outlook }) =>
          `${named.en(text, outlook)} has ${href ? `only ${href} as its` : 'no'} address.`,
        partial: ({ text, href, outlook }) =>
          `${named.en(text, outlook)} has only a part of an address: ${href}`,
        broken: ({ text, href, outlook }) =>
          `${named.en(text, outlook)} leads to what is not a web address: ${href}`,
        anchor: ({ text, href, outlook }) =>
          `${named.en(text, outlook)} jumps to ${href}, but no such place is in the mail.`,
        disk: ({ text, href, outlook }) =>
          `${named.en(text, outlook)} leads to a file on your own computer: ${href}`,
        local: ({ text, href, outlook }) =>
          `${named.en(text, outlook)} leads to an address on your own computer or network: ${href}`,
      },
    },
    sv: {
      title: 'Vart länkarna leder',
      heading: {
        empty: ({ text }, count) => (count > 1 ? many.sv(count) : `${namedLink.sv(text)} leder ingenstans`),
        partial: ({ text }, count) =>
          count > 1 ? many.sv(count) : `${namedLink.sv(text)} har ingen hel adress`,
        broken: ({ text }, count) =>
          count > 1 ? many.sv(count) : `${namedLink.sv(text)} har en felskriven adress`,
        anchor: ({ text }, count) =>
          count > 1 ? many.sv(count) : `${namedLink.sv(text)} leder till ett ställe som inte finns i mejlet`,
        disk: ({ text }, count) =>
          count > 1 ? many.sv(count) : `${namedLink.sv(text)} leder till din egen dator`,
        local: ({ text }, count) =>
          count > 1 ? many.sv(count) : `${namedLink.sv(text)} fungerar bara hos dig`,
      },
      mend: {
        empty: () => 'Ge varje länk en adress',
        partial: () => 'Skriv hela adressen i varje länk',
        broken: () => 'Rätta länkens adress',
        anchor: () => 'Rätta länken inom mejlet',
        disk: () => 'Ladda upp filen och länka till den',
        local: () => 'Länka till en sida som alla kan nå',
      },
      why: 'Den som trycker på länken kommer ingenstans, och för filter ser döda länkar ut som slarv eller bedrägeri.',
      fix: {
        empty: () =>
          'Skriv adressen till sidan, med https:// först, eller ta bort länken. En mejladress skrivs mailto:namn@example.se, ett telefonnummer tel:+46701234567.',
        partial: ({ href }) =>
          mailbox.test(href)
            ? `Det är en mejladress: skriv mailto:${href}`
            : 'Skriv hela adressen: https://, webbplatsens namn och sidan. Ett mejl hör inte till någon webbplats som kan fylla i resten.',
        broken: ({ navbar }) =>
          `Rätta den så att den börjar med https:// en enda gång och sedan har namnet på en webbplats, och öppna den i en webbläsare.${navbar ? ' Det som står som base-url i mj-navbar sätts före varje href: skriv bara resten där, eller ta bort base-url.' : ''}`,
        anchor: () =>
          'Ge stället som länken ska leda till ett id med det namnet, eller länka till en sida på webben.',
        disk: () =>
          'Ladda upp filen till din webbplats, och länka till webbadressen den får där. Läsarna kan inte öppna filer på din dator.',
        local: () =>
          'Länka till sidan där den är publicerad för alla. Adresser som localhost fungerar bara på din egen dator eller i ditt eget nät.',
      },
      problems: {
        empty: ({ text, href, outlook }) =>
          `${named.sv(text, outlook)} ${href ? `har bara ${href} som` : 'saknar'} adress.`,
        partial: ({ text, href, outlook }) =>
          `${named.sv(text, outlook)} har bara en del av en adress: ${href}`,
        broken: ({ text, href, outlook }) =>
          `${named.sv(text, outlook)} leder till något som inte är en webbadress: ${href}`,
        anchor: ({ text, href, outlook }) =>
          `${named.sv(text, outlook)} leder till ${href}, men det stället finns inte i mejlet.`,
        disk: ({ text, href, outlook }) =>
          `${named.sv(text, outlook)} leder till en fil på din egen dator: ${href}`,
        local: ({ text, href, outlook }) =>
          `${named.sv(text, outlook)} leder till en adress på din egen dator eller i ditt eget nät: ${href}`,
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
      { html: '<p>Hej!</p><a href="https://%65xample.se/">Läs mer</a>' },
      {
        html: '<p>Hej!</p><a href="mailto: a@example.se">Skriv</a> <a href="swish://payment?a=1">Swisha</a>',
      },
      {
        html: '<p id="de%C3%A5">Hej!</p><a href="#h%C3%B6st">Ner</a><p id="höst">Höst</p><a href="{$unsubscribe}">Avregistrera</a> <a href="{kampanj}">Läs</a>',
      },
      {
        // Nothing to tap; and a button for Outlook alone that leads somewhere.
        html: '<a href="#"></a><p>Hej!</p><!--[if mso]><v:roundrect href="https://example.se/"><a href="https://example.se/">Köp</a></v:roundrect><![endif]--><!--[if !mso]><!--><a href="https://example.se/" style="display:block;height:40px;background:url(https://example.se/a.png)"></a><!--<![endif]-->',
      },
      { html: '<a href="https://example.se/"><img src="https://example.se/a.png" alt="Till vår sida"></a>' },
    ],
    bad: [
      { world: { html: '<p>Hej!</p><a href="#">Läs mer</a>' }, finds: 'empty' },
      { world: { html: '<p id="hej">Hej!</p><a href="#">Läs mer</a>' }, finds: 'empty' },
      {
        world: { html: '<a href="#"><img src="https://example.se/a.png" alt="Vår sida"></a>' },
        finds: 'empty',
      },
      { world: { html: '<p>Hej!</p><a href="mailto:?subject=">Skriv</a>' }, finds: 'empty' },
      { world: { html: '<p>Hej!</p><a href="[LÄNK]">Läs mer</a>' }, finds: 'partial' },
      { world: { html: '<p>Hej!</p><a href="anna@example.se">Skriv</a>' }, finds: 'partial' },
      { world: { html: '<p>Hej!</p><a href="h%C3%B6st%C3%A5ret">Läs mer</a>' }, finds: 'partial' },
      { world: { html: '<p>Hej!</p><a href="https://https://example.se/">Läs mer</a>' }, finds: 'broken' },
      {
        world: {
          mjml: '<mjml><mj-body><mj-section><mj-column><mj-navbar base-url="https://example.se"><mj-navbar-link href="https://example.se/a">Läs</mj-navbar-link></mj-navbar></mj-column></mj-section></mj-body></mjml>',
        },
        finds: 'broken',
      },
      { world: { html: '<p>Hej!</p><a href="">Läs mer</a>' }, finds: 'empty' },
      {
        world: {
          html: '<!--[if mso]><v:roundrect href="www.example.se"><center>Köp</center></v:roundrect><![endif]--><!--[if !mso]><!--><a href="https://example.se/">Köp</a><!--<![endif]-->',
        },
        finds: 'partial',
      },
      { world: { html: '<p>Hej!</p><a href="www.example.se">Läs mer</a>' }, finds: 'partial' },
      { world: { html: '<p>Hej!</p><a href="htps://example.se/">Läs mer</a>' }, finds: 'broken' },
      { world: { html: '<p>Hej!</p><a href="#borta">Läs mer</a>' }, finds: 'anchor' },
      { world: { html: '<p>Hej!</p><a href="file:///C:/Users/Eva/karta.pdf">Karta</a>' }, finds: 'disk' },
      { world: { html: '<p>Hej!</p><a href="C:\\Users\\Eva\\karta.pdf">Karta</a>' }, finds: 'disk' },
      { world: { html: '<p>Hej!</p><a href="http://localhost:3000/a">Läs mer</a>' }, finds: 'local' },
      { world: { html: '<p>Hej!</p><a href="http://127.0.0.1:8080/a">Läs mer</a>' }, finds: 'local' },
      { world: { html: '<p>Hej!</p><a href="http://intranet/a">Läs mer</a>' }, finds: 'local' },
    ],
  },
});

/** null: it leads somewhere, or opens an app, which is another check's matter. */
function faultOf(
  target: string,
  anchors: NonNullable<Facts['html']>['anchors'],
): 'empty' | 'partial' | 'broken' | 'anchor' | 'disk' | 'local' | null {
  if (other.test(target) || (web.test(withHost(target)) && reachOf(target) !== 'computer')) return null;
  if (target === '' || nothing.test(target)) return 'empty';
  if (target.startsWith('#')) return isAnchor(target.slice(1), anchors) ? null : 'anchor';
  if (onDisk(target)) return 'disk';
  if (doubled.test(target)) return 'broken';
  if (reachOf(target) !== 'everyone') return 'local';
  if (misspelt.test(target)) return 'broken';
  return isOfApp(target) ? null : 'partial';
}

/** Browsers read a host that is written as bytes. */
function withHost(target: string): string {
  return /^https?:\/\/[^/?#]{0,300}%/i.test(target) ? decoded(target) : target;
}

/** HTML section 7.4.6.4: as it is written, or with its bytes read; the top of the page is always there. */
function isAnchor(name: string, anchors: ReadonlySet<string>): boolean {
  return /^top$/i.test(name) || anchors.has(name) || anchors.has(decoded(name));
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
