import { defineRule, notApplicable, problem } from '#rule';
import { heardAs, isVague } from '../wordings/link-words.ts';
import { shortened } from '../wordings/shortening.ts';

/** Without what only counts clicks. */
function target(href: string): string {
  return href
    .trim()
    .slice(0, 2000)
    .replace(/\/?(?:[?#].*)?$/s, '');
}

export default defineRule({
  id: 'link-repetition',
  severity: 'advice',
  reference: 'WCAG 2.2, success criterion 2.4.9 (level AAA); axe-core 4.14, identical-links-same-purpose',
  needs: ['html'],
  check({ html }) {
    if (!html) return notApplicable('no-html');
    const groups = new Map<
      string,
      { text: string; targets: Set<string>; at: (typeof html.links)[number]['at'] }
    >();
    for (const { href, text, span, at } of html.links) {
      const heard = heardAs(text);
      if (!href?.trim() || span === null || heard === '' || isVague(text)) continue;
      const group = groups.get(heard);
      if (!group) groups.set(heard, { text, targets: new Set([target(href)]), at });
      else group.targets.add(target(href));
    }
    return [...groups.values()].flatMap(({ text, targets, at }) =>
      targets.size > 1 ? [problem('same', { text: shortened(text, 60), count: targets.size }, { at })] : [],
    );
  },
  words: {
    en: {
      title: 'Links with the same words',
      heading: {
        same: ({ text, count }, groups) =>
          groups > 1
            ? 'Links with the same words lead to different pages'
            : `The words “${shortened(text, 40)}” lead to ${count} pages`,
      },
      mend: 'Give links to different pages different words',
      why: 'People who listen go by the list of links, and cannot tell these apart.',
      fix: 'Add what each one is about: “Sign up for the seed swap” and “Sign up for the autumn meeting”.',
      problems: {
        same: ({ text, count }) =>
          `“${text}” stands on links to ${count} different pages; here is the first.`,
      },
    },
    sv: {
      title: 'Länkar med samma ord',
      heading: {
        same: ({ text, count }, groups) =>
          groups > 1
            ? 'Länkar med samma ord leder till olika sidor'
            : `Orden ”${shortened(text, 40)}” leder till ${count} sidor`,
      },
      mend: 'Ge länkar till olika sidor olika ord',
      why: 'Den som lyssnar går efter listan över länkar, och kan inte skilja de här åt.',
      fix: 'Lägg till vad var och en handlar om: ”Anmäl dig till fröbytet” och ”Anmäl dig till höstmötet”.',
      problems: {
        same: ({ text, count }) => `”${text}” står på länkar till ${count} olika sidor. Här är den första.`,
      },
    },
  },
  examples: {
    good: [
      {
        html: '<a href="https://example.se/a?utm=1">Till sidan</a> <a href="https://example.se/a/?utm=2">Till sidan »</a> <a href="https://example.se/b">Läs om fröbytet</a>',
      },
    ],
    bad: [
      {
        world: {
          html: '<p>Hej!</p><a href="https://example.se/a">Till anmälan</a> <a href="https://example.se/b">Till anmälan »</a>',
        },
        finds: 'same',
      },
    ],
  },
});
