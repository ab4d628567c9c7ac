import { defineRule, problem } from '#rule';

export default defineRule({
  id: 'image-tracking',
  severity: 'advice',
  reference:
    'EDPB, Guidelines 2/2023 on the technical scope of article 5(3) of Directive 2002/58/EC, adopted 2024-10-07, section 3.1 (tracking pixels in mail); LEK (2022:482) 9 kap. 28 §',
  needs: ['pictures'],
  check({ pictures: { pixels, own } }) {
    const foreign = new Map(
      pixels.flatMap(({ target, at }) => (target.domain === own ? [] : [[target.domain, at] as const])),
    );
    return [...foreign].map(([domain, at]) => problem('foreign', { domain: domain.slice(0, 80) }, { at }));
  },
  words: {
    en: {
      title: 'Invisible images that count readers',
      heading: {
        foreign: ({ domain }, count) =>
          count > 1
            ? `${count} other domains see who opens the mail`
            : `The domain ${domain} sees who opens the mail`,
      },
      mend: 'Keep it only with the reader’s consent',
      why: 'An image of one pixel tells that domain when, and often who, opens the mail. Under EU law that takes the reader’s consent. The figures say little as well, since Apple Mail opens every such image by itself.',
      fix: 'Turn off the counting of opens in your tool, or make sure that readers said yes to it when they joined the list, and that you have told them who gets the data. Let it run under your own domain if you keep it.',
      problems: {
        foreign: ({ domain }) => `An invisible image is fetched from ${domain} when the mail is opened.`,
      },
    },
    sv: {
      title: 'Osynliga bilder som räknar läsare',
      heading: {
        foreign: ({ domain }, count) =>
          count > 1
            ? `${count} andra domäner ser vem som öppnar mejlet`
            : `Domänen ${domain} ser vem som öppnar mejlet`,
      },
      mend: 'Behåll den bara med läsarens samtycke',
      why: 'En bild på en bildpunkt berättar för den domänen när mejlet öppnas, och ofta av vem. Enligt EU-rätten kräver det läsarens samtycke. Siffrorna säger dessutom lite, eftersom Apple Mail öppnar varje sådan bild av sig självt.',
      fix: 'Stäng av räkningen av öppningar i verktyget, eller se till att läsarna har sagt ja till den när de anmälde sig och att du berättar vem som får uppgifterna. Låt den gå via din egen domän om du har den kvar.',
      problems: { foreign: ({ domain }) => `En osynlig bild hämtas från ${domain} när mejlet öppnas.` },
    },
  },
  examples: {
    good: [
      { html: '<p>Hej!</p><img src="https://spara.example.se/o.gif" width="1" height="1" alt="">' },
      { html: '<p>Hej!</p><img src="https://example.com/linje.gif" width="600" height="20" alt="">' },
    ],
    bad: [
      {
        world: { html: '<p>Hej!</p><img src="https://t.example.com/o.gif" width="1" height="1" alt="">' },
        finds: 'foreign',
      },
    ],
  },
});
