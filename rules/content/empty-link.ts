import { defineRule, notApplicable, problem } from '#rule';

/** Filled in when the mail is sent, so nothing can be said of it yet. */
const mergeField = /\{\{|\[\[|\[\$|\*\||\$\{|<%|%%?[a-z]\w*%/i;
const web = /^https?:\/\/(?:[^\s/?#@]*@)?(?:[^\s/?#:.]+\.[^\s/?#:]+|\[[0-9a-f:.]+\])(?::\d+)?(?:[/?#]|$)/i;
const other = /^(?:mailto|tel|sms|geo|webcal|cid|facetime|whatsapp):[^\s?]/i;
const nothing = /^(?:#!?|https?:\/{0,3}#?|about:blank#?|javascript:.*|(?:mailto|tel|sms):)$/i;

export default defineRule({
  id: 'empty-link',
  severity: 'major',
  reference: 'RFC 3986 sections 4.2 and 5.1: a mail has no base address, so only a full one leads anywhere',
  needs: ['html'],
  check({ html }) {
    if (!html) return notApplicable('no-html');
    const dead = html.links.flatMap((link) => {
      const target = link.href?.trim();
      if (target === undefined || mergeField.test(target) || web.test(target) || other.test(target))
        return [];
      if (target === '#top' || (target.startsWith('#') && html.anchors.has(target.slice(1)))) return [];
      return [{ target, text: link.text.slice(0, 60), at: link.at }];
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
      why: 'Readers who tap it get nowhere, and mails with dead links look unfinished or fraudulent to filters.',
      fix: {
        empty: () => 'Write the full address, beginning with https://, or remove the link.',
        partial: () =>
          'Write the full address, beginning with https://. A mail belongs to no site that could complete it.',
        anchor: () => 'Give the place it should jump to an id of that name, or link to a page on the web.',
      },
      problems: {
        empty: ({ text, href }) =>
          `The link ${text ? `“${text}”` : 'without text'} leads nowhere${href ? ` (${href})` : ''}.`,
        partial: ({ text, href }) =>
          `The link ${text ? `“${text}”` : 'without text'} has no full address that a mail program can open: ${href}`,
        anchor: ({ text, href }) =>
          `The link ${text ? `“${text}”` : 'without text'} jumps to ${href}, but no such place is in the mail.`,
      },
    },
    sv: {
      title: 'Länkarnas mål',
      why: 'Den som trycker på länken kommer ingenstans, och för filter ser döda länkar ut som slarv eller bedrägeri.',
      fix: {
        empty: () => 'Skriv hela adressen, med https:// först, eller ta bort länken.',
        partial: () =>
          'Skriv hela adressen, med https:// först. Ett mejl hör inte till någon webbplats som kan fylla i resten.',
        anchor: () =>
          'Ge stället som länken ska hoppa till ett id med det namnet, eller länka till en sida på webben.',
      },
      problems: {
        empty: ({ text, href }) =>
          `Länken ${text ? `”${text}”` : 'utan text'} leder ingenstans${href ? ` (${href})` : ''}.`,
        partial: ({ text, href }) =>
          `Länken ${text ? `”${text}”` : 'utan text'} har ingen hel adress som ett mejlprogram kan öppna: ${href}`,
        anchor: ({ text, href }) =>
          `Länken ${text ? `”${text}”` : 'utan text'} hoppar till ${href}, men det stället finns inte i mejlet.`,
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
