import { defineRule, notApplicable, problem } from '#rule';
import { linksOf, namedLink, shownAddress } from '../wordings/link-names.ts';
import { placeholderDomain } from '../wordings/link-placeholders.ts';

export default defineRule({
  id: 'link-placeholder',
  severity: 'major',
  reference: 'RFC 2606 section 3 (example.com, example.net and example.org are set aside)',
  needs: ['html', 'message'],
  check(facts) {
    const links = linksOf(facts);
    if (!links) return notApplicable('no-links');
    const { standIn } = facts.message;
    return [...links, ...(facts.html?.outlookLinks ?? [])].flatMap(({ href, target, text, at }) =>
      target && href !== standIn && placeholderDomain.test(target.domain)
        ? [problem('left', { text: text.slice(0, 60), address: shownAddress(href?.trim() ?? '') }, { at })]
        : [],
    );
  },
  words: {
    en: {
      title: 'The template’s own links',
      heading: {
        left: ({ text }, count) =>
          count > 1
            ? `${count} links still have the template’s address`
            : `${namedLink.en(text)} still has the template’s address`,
      },
      mend: 'Write your own address',
      why: 'Whoever taps the link comes to an empty page, or to a stranger’s.',
      fix: 'Replace the address with that of your own page, or remove the link.',
      problems: {
        left: ({ text, address }) =>
          `${namedLink.en(text)} leads to ${address}, an address that is only an example.`,
      },
    },
    sv: {
      title: 'Mallens egna länkar',
      heading: {
        left: ({ text }, count) =>
          count > 1
            ? `${count} länkar har kvar mallens adress`
            : `${namedLink.sv(text)} har kvar mallens adress`,
      },
      mend: 'Skriv din egen adress',
      why: 'Den som trycker på länken kommer till en tom sida, eller till någon annans.',
      fix: 'Byt adressen mot den till din egen sida, eller ta bort länken.',
      problems: {
        left: ({ text, address }) =>
          `${namedLink.sv(text)} leder till ${address}, en adress som bara är ett exempel.`,
      },
    },
  },
  examples: {
    good: [
      {
        html: '<p>Hej!</p><a href="https://example.se/">Läs</a> <a href="https://yourdomainname.se/">Se</a> <a href="{{unsubscribe_url}}">Avregistrera</a>',
      },
      { html: '<p>Hej!</p><a href="mailto:a@example.com">Skriv</a>' },
    ],
    bad: [
      {
        world: {
          eml: 'From: a@example.se\r\nSubject: Hej\r\n\r\nHej!\r\nAnmäl dig: https://www.example.com/sida\r\n',
        },
        finds: 'left',
      },
      { world: { html: '<p>Hej!</p><a href="https://www.example.com/sida">Läs</a>' }, finds: 'left' },
      {
        world: {
          html: '<p>Hej!</p><!--[if mso]><v:roundrect href="https://www.example.com/sida"><center>Köp</center></v:roundrect><![endif]-->',
        },
        finds: 'left',
      },
      { world: { html: '<p>Hej!</p><a href="http://yourdomain.com">Läs</a>' }, finds: 'left' },
      { world: { html: '<p>Hej!</p><a href="https://www.din-webbplats.se/">Läs</a>' }, finds: 'left' },
    ],
  },
});
