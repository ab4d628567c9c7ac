import { defineRule, notApplicable, problem } from '#rule';

const placeholder =
  /^(?:#|https?:\/\/?|https?:\/\/#|javascript:.*|about:blank|url|link|\[url\]|insert[ _-]?link)$/i;

export default defineRule({
  id: 'empty-link',
  severity: 'major',
  reference: 'WHATWG HTML section 4.6.1 (an href that is empty points at the page itself)',
  needs: ['html'],
  check({ html }) {
    if (!html) return notApplicable('no-html');
    return html.links.flatMap(({ href, text, at }) => {
      const target = href?.trim();
      if (target === undefined || (target !== '' && !placeholder.test(target))) return [];
      return [problem('empty', { text: text.slice(0, 60), href: target.slice(0, 60) }, { at })];
    });
  },
  words: {
    en: {
      title: 'Empty links',
      why: 'Readers who tap it get nowhere, and mails with dead links look unfinished or fraudulent to filters.',
      fix: 'Write the full address, beginning with https://, or take the link away.',
      problems: {
        empty: ({ text, href }) =>
          `The link ${text ? `“${text}”` : 'without text'} leads nowhere${href ? ` (${href})` : ''}.`,
      },
    },
    sv: {
      title: 'Tomma länkar',
      why: 'Den som trycker på länken kommer ingenstans, och för filter ser döda länkar ut som slarv eller bedrägeri.',
      fix: 'Skriv hela adressen, med https:// först, eller ta bort länken.',
      problems: {
        empty: ({ text, href }) =>
          `Länken ${text ? `”${text}”` : 'utan text'} leder ingenstans${href ? ` (${href})` : ''}.`,
      },
    },
  },
  examples: {
    good: [
      { html: '<a href="https://example.se/">Läs mer</a> <a href="#top">Upp</a> <a name="top"></a>' },
      { html: '<p>Hej!</p><a href="{{unsubscribe_url}}">Avregistrera dig</a>' },
    ],
    bad: [
      { world: { html: '<p>Hej!</p><a href="#">Läs mer</a>' }, finds: 'empty' },
      { world: { html: '<p>Hej!</p><a href="">Läs mer</a>' }, finds: 'empty' },
    ],
  },
});
