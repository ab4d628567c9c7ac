import { defineRule, problem, unknown } from '#rule';

export default defineRule({
  id: 'mail-from-subdomain',
  severity: 'major',
  reference: 'RFC 9989 section 4.4.2; Amazon SES developer guide, “Custom MAIL FROM domain”, as of 2026-11',
  needs: ['message', 'mailFrom'],
  check({ message, mailFrom: { domain, relation } }) {
    const author = message.from.domain;
    const advised = `mejl.${author}`;
    if (domain === null) return unknown('not-given', 'mail-from');
    if (relation === 'same') return [problem('same', { domain, advised })];
    return relation === 'outside' ? [problem('outside', { domain, author, advised })] : [];
  },
  words: {
    en: {
      title: 'Sending subdomain',
      why: 'Receivers check this domain first, and bounces return to it. A subdomain of yours makes them know the mail as yours, and keeps mailings and everyday mail apart.',
      fix: {
        same: ({ advised }) =>
          `Choose a subdomain that is used for nothing else, such as ${advised}, and set it as MAIL FROM where you send. The address readers see stays the same.`,
        outside: ({ advised }) =>
          `Use a subdomain of your own From domain, such as ${advised}. The address readers see stays the same.`,
      },
      problems: {
        same: ({ domain }) => `The Return-Path uses ${domain}, the same domain as From.`,
        outside: ({ domain, author }) => `The Return-Path domain ${domain} is not a subdomain of ${author}.`,
      },
    },
    sv: {
      title: 'Underdomän för utskick',
      why: 'Mottagarna kontrollerar den här domänen först, och studsar kommer tillbaka till den. Med en egen underdomän känner de igen mejlet som ditt, och utskicken hålls isär från vardagens mejl.',
      fix: {
        same: ({ advised }) =>
          `Välj en underdomän som inte används till något annat, till exempel ${advised}, och ange den som MAIL FROM där du skickar. Adressen som läsarna ser ändras inte.`,
        outside: ({ advised }) =>
          `Använd en underdomän till din egen avsändardomän, till exempel ${advised}. Adressen som läsarna ser ändras inte.`,
      },
      problems: {
        same: ({ domain }) => `Return-Path använder ${domain}, samma domän som From.`,
        outside: ({ domain, author }) =>
          `Domänen i Return-Path, ${domain}, är inte en underdomän till ${author}.`,
      },
    },
  },
  examples: {
    good: [{}, { from: 'a@news.example.se', mailFrom: 'mejl.example.se' }],
    bad: [
      { world: { mailFrom: 'example.se' }, finds: 'same' },
      { world: { mailFrom: 'bounce.other.example' }, finds: 'outside' },
      { world: { from: 'a@news.example.se', mailFrom: 'example.se' }, finds: 'outside' },
    ],
  },
});
