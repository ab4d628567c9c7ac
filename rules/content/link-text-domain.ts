import { defineRule, notApplicable, problem } from '#rule';

export default defineRule({
  id: 'link-text-domain',
  severity: 'minor',
  reference:
    'Rspamd’s phishing module (rspamd.com/doc/modules/phishing.html) and Thunderbird’s PhishingDetector compare a link’s text with its target, read 2026-11-22; RFC 3986 section 7.6',
  needs: ['html'],
  points: 1,
  check({ html }) {
    if (!html) return notApplicable('no-html');
    return html.links.flatMap(({ shown, target, span, at }) =>
      shown && target && span && shown.domain !== target.domain
        ? [problem('other', { shown: shown.host.slice(0, 60), target: target.host.slice(0, 60) }, { at })]
        : [],
    );
  },
  words: {
    en: {
      title: 'Addresses in the text of links',
      heading: {
        other: ({ shown }, count) =>
          count > 1
            ? `${count} links show another address than the one they lead to`
            : `The link ${shown} leads to another address`,
      },
      mend: 'Write words on the link, not an address',
      why: 'Fraudsters show one address and lead to another, so filters and mail programs warn of such links. It easily happens without anyone meaning harm: a sending tool that counts clicks leads every link by way of itself.',
      fix: 'Let the link say where it leads in words, such as “Read more on our site”, or link to exactly the address that it shows. If it is your sending tool that counts clicks, let it do so under your own domain.',
      problems: { other: ({ shown, target }) => `The link shows ${shown}, but leads to ${target}.` },
    },
    sv: {
      title: 'Adresser i länkarnas text',
      heading: {
        other: ({ shown }, count) =>
          count > 1
            ? `${count} länkar visar en annan adress än den de leder till`
            : `Länken ${shown} leder till en annan adress`,
      },
      mend: 'Skriv ord på länken, inte en adress',
      why: 'Bedragare visar en adress men leder till en annan, så filter och mejlprogram varnar för sådana länkar. Det blir lätt så utan att någon menar illa: ett utskicksverktyg som räknar klick leder alla länkar via sig självt.',
      fix: 'Låt länken säga med ord vart den leder, till exempel ”Läs mer på vår webbplats”, eller länka till just den adress som den visar. Är det utskicksverktyget som räknar klick, låt det göra det på din egen domän.',
      problems: { other: ({ shown, target }) => `Länken visar ${shown} men leder till ${target}.` },
    },
  },
  examples: {
    good: [
      { html: '<p>Hej!</p><a href="https://www.example.se/om">www.example.se</a>' },
      { html: '<p>Hej!</p><a href="https://klick.example.se/1">https://www.example.se/om?x=1</a>' },
      { html: '<p>Hej!</p><a href="https://other.example/">Läs mer på example.se</a>' },
      {
        html: '<p>Hej!</p><a href="https://klick.example.com/">Tradera.com</a> <a href="mailto:a@example.se">www.other.se</a>',
      },
      { html: '<p>Hej!</p><a href="{{link}}">www.example.se</a>' },
      {
        html: '<p>Hej!</p><a href="https://www.example.se/om">example.se/om</a> <a href="https://files.example.com/1">rapport.pdf</a> <a href="https://files.example.com/2">index.html</a> <a href="https://files.example.com/3">readme.md</a>',
      },
      {
        html: '<p>Hej!</p><a href="https://other.example/">Node.js</a> <a href="https://other.example/">Boka på Booking.com i dag</a>',
      },
    ],
    bad: [
      { world: { html: '<p>Hej!</p><a href="https://evil.example.com/">swedbank.se</a>' }, finds: 'other' },
      {
        world: { html: '<p>Hej!</p><a href="https://evil.example.com/">skatteverket.se/aterbaring</a>' },
        finds: 'other',
      },
      { world: { html: '<p>Hej!</p><a href="https://evil.example.com/">www.bank.se</a>' }, finds: 'other' },
      {
        world: { html: '<p>Hej!</p><a href="http://192.0.2.1/x">https://bank.se/login</a>' },
        finds: 'other',
      },
    ],
  },
});
