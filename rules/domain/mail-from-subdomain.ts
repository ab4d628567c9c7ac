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
      heading: {
        same: () => 'The mailing has no subdomain of its own',
        outside: ({ author }) => `The sending domain is not a subdomain of ${author}`,
      },
      mend: {
        same: () => 'Give mailings a subdomain of their own',
        outside: () => 'Send from a subdomain of your domain',
      },
      why: 'With a subdomain of your own, receivers know the mail as yours, and trouble with a mailing does not spread to your everyday mail. It is the domain that receivers check first and that bounces return to, called MAIL FROM or Return-Path.',
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
      heading: {
        same: () => 'Utskicket har ingen egen underdomän',
        outside: ({ author }) => `Domänen för utskick är ingen underdomän till ${author}`,
      },
      mend: {
        same: () => 'Ge utskicken en egen underdomän',
        outside: () => 'Skicka från en underdomän till din domän',
      },
      why: 'Med en egen underdomän känner mottagarna igen mejlet som ditt, och problem med ett utskick sprider sig inte till dina vanliga mejl. Det är den domän som mottagarna kontrollerar först och som studsar kommer tillbaka till, kallad MAIL FROM eller Return-Path.',
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
