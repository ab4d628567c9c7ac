import { defineRule, notApplicable, problem } from '#rule';

/** Filled in when the mail is sent, so nothing can be said of it yet. */
const mergeField =
  /\{\{|\{%|\[\[|\[\$|\*\||\$\{|<%|%%?[a-z]\w*%|##\w+##|^\[(?:unsubscribe|unsubscribe_preferences|weblink)\]$/i;
const web = /^https?:\/\/(?:[^\s/?#@]*@)?(?:[^\s/?#:.]+\.[^\s/?#:]+|\[[0-9a-f:.]+\])(?::\d+)?(?:[/?#]|$)/i;
const other = /^(?:mailto|tel|sms|geo|webcal|cid|facetime|whatsapp):[^\s?]/i;
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

export default defineRule({
  id: 'empty-link',
  severity: 'major',
  reference: 'RFC 3986 sections 4.2 and 5.1: a mail has no base address, so only a full one leads anywhere',
  needs: ['html'],
  check({ html }) {
    if (!html) return notApplicable('no-html');
    const dead = html.links.flatMap(({ href, text, at }) => {
      const target = href?.trim();
      if (target === undefined || mergeField.test(target) || web.test(target) || other.test(target))
        return [];
      // What the compiler writes for the small pictures of a carousel; a label takes the click.
      if (/^#\d+$/.test(target) && at?.snippet?.startsWith('<mj-carousel')) return [];
      if (target === '#top' || (target.startsWith('#') && html.anchors.has(target.slice(1)))) return [];
      return [{ target, text: text.slice(0, 60), at }];
    });
    return dead.map(({ target, text, at }) => {
      const data = { text, href: target.slice(0, 60) };
      if (target === '' || nothing.test(target)) return problem('empty', data, { at });
      return target.startsWith('#') ? problem('anchor', data, { at }) : problem('partial', data, { at });
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
      },
      mend: {
        empty: () => 'Give every link an address',
        partial: () => 'Write the full address of every link',
        anchor: () => 'Correct the jump within the mail',
      },
      why: 'Readers who tap the link get nowhere, and to filters a mail with dead links looks careless or fraudulent.',
      fix: {
        empty: () => 'Write the full address, beginning with https://, or remove the link.',
        partial: () =>
          'Write the full address, beginning with https://. A mail belongs to no site that could complete it.',
        anchor: () => 'Give the place it should jump to an id of that name, or link to a page on the web.',
      },
      problems: {
        empty: ({ text, href }) => `${link.en(text)} leads nowhere${href ? ` (${href})` : ''}.`,
        partial: ({ text, href }) =>
          `${link.en(text)} has no full address that a mail program can open: ${href}`,
        anchor: ({ text, href }) => `${link.en(text)} jumps to ${href}, but no such place is in the mail.`,
      },
    },
    sv: {
      title: 'Vart länkarna leder',
      heading: {
        empty: ({ text }, count) => (count > 1 ? many.sv(count) : `${link.sv(text)} leder ingenstans`),
        partial: ({ text }, count) => (count > 1 ? many.sv(count) : `${link.sv(text)} har ingen hel adress`),
        anchor: ({ text }, count) =>
          count > 1 ? many.sv(count) : `${link.sv(text)} leder till ett ställe som inte finns i mejlet`,
      },
      mend: {
        empty: () => 'Ge varje länk en adress',
        partial: () => 'Skriv hela adressen i varje länk',
        anchor: () => 'Rätta länken inom mejlet',
      },
      why: 'Den som trycker på länken kommer ingenstans, och för filter ser döda länkar ut som slarv eller bedrägeri.',
      fix: {
        empty: () => 'Skriv hela adressen, med https:// först, eller ta bort länken.',
        partial: () =>
          'Skriv hela adressen, med https:// först. Ett mejl hör inte till någon webbplats som kan fylla i resten.',
        anchor: () =>
          'Ge stället som länken ska leda till ett id med det namnet, eller länka till en sida på webben.',
      },
      problems: {
        empty: ({ text, href }) => `${link.sv(text)} leder ingenstans${href ? ` (${href})` : ''}.`,
        partial: ({ text, href }) =>
          `${link.sv(text)} har ingen hel adress som ett mejlprogram kan öppna: ${href}`,
        anchor: ({ text, href }) =>
          `${link.sv(text)} leder till ${href}, men det stället finns inte i mejlet.`,
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
    ],
    bad: [
      { world: { html: '<p>Hej!</p><a href="#">Läs mer</a>' }, finds: 'empty' },
      { world: { html: '<p>Hej!</p><a href="">Läs mer</a>' }, finds: 'empty' },
      { world: { html: '<p>Hej!</p><a href="www.example.se">Läs mer</a>' }, finds: 'partial' },
      { world: { html: '<p>Hej!</p><a href="htps://example.se/">Läs mer</a>' }, finds: 'partial' },
      { world: { html: '<p>Hej!</p><a href="#borta">Läs mer</a>' }, finds: 'anchor' },
    ],
  },
});
