import { defineRule, problem } from '#rule';
import { isCheap } from '../providers/cheap-endings.ts';
import { linksOf } from '../wordings/link-names.ts';

export default defineRule({
  id: 'cheap-ending',
  severity: 'advice',
  reference:
    'SpamAssassin 4.0, FROM_SUSPICIOUS_NTLD; Interisle, “Cybercrime reported in June 2025”; Spamhaus, reputation statistics',
  needs: ['message', 'html'],
  points: 1,
  check(facts) {
    const { from } = facts.message;
    if (isCheap(from.domain)) return [problem('sender', { host: from.domain })];
    const links = (linksOf(facts) ?? []).flatMap(({ target, at }) =>
      target && isCheap(target.host) ? [problem('link', { host: target.host.slice(0, 80) }, { at })] : [],
    );
    return links.slice(0, 5);
  },
  words: {
    en: {
      title: 'Endings of domains',
      heading: {
        sender: ({ host }) => `The sender’s domain ${host} has an ending common in spam`,
        link: ({ host }, count) =>
          count > 1
            ? `${count} links lead to domains with endings common in spam`
            : `A link leads to ${host}, whose ending is common in spam`,
      },
      mend: { sender: () => 'Send from another domain', link: () => 'Link to another domain' },
      why: 'Some endings cost next to nothing and most of what is registered there is spam, so filters trust none of it.',
      fix: {
        sender: () =>
          'Use a domain under .se, .nu, .com, .org or your country’s ending for mail, even if the site keeps the other.',
        link: () =>
          'Link to the page under another domain if there is one. For a page of your own, get a domain with another ending.',
      },
      problems: {
        sender: ({ host }) => `The mail is from ${host}.`,
        link: ({ host }) => `A link leads to ${host}.`,
      },
    },
    sv: {
      title: 'Domänernas ändelser',
      heading: {
        sender: ({ host }) => `Avsändardomänen ${host} har en ändelse som är vanlig i skräppost`,
        link: ({ host }, count) =>
          count > 1
            ? `${count} länkar leder till domäner med ändelser som är vanliga i skräppost`
            : `En länk leder till ${host}, med en ändelse som är vanlig i skräppost`,
      },
      mend: { sender: () => 'Skicka från en annan domän', link: () => 'Länka till en annan domän' },
      why: 'En del ändelser kostar nästan ingenting och används mest till skräppost, så filter litar inte på något som kommer därifrån.',
      fix: {
        sender: () =>
          'Använd en domän under .se, .nu, .com, .org eller ditt lands ändelse för mejl, även om webbplatsen behåller den andra.',
        link: () =>
          'Länka till sidan på en annan domän om det finns en. Är sidan din egen, skaffa en domän med en annan ändelse.',
      },
      problems: {
        sender: ({ host }) => `Mejlet kommer från ${host}.`,
        link: ({ host }) => `En länk leder till ${host}.`,
      },
    },
  },
  examples: {
    good: [{}, { html: '<p>Hej!</p><a href="https://top.example.se/">Läs</a>' }],
    bad: [
      {
        world: {
          eml: 'From: a@example.se\r\nSubject: Hej\r\n\r\nHej!\r\nAnmäl dig: https://anmalan.example.top/\r\n',
        },
        finds: 'link',
      },

      { world: { from: 'F <a@nyhetsbrev.top>' }, finds: 'sender' },
      { world: { html: '<p>Hej!</p><a href="https://erbjudande.icu/">Läs</a>' }, finds: 'link' },
    ],
  },
});
