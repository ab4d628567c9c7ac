import { defineRule, notApplicable, problem, unknown } from '#rule';
import { bounceService } from '../providers/bounce-hosts.ts';
import { freeMailboxes } from '../providers/free-mailboxes.ts';
import { isAbsent } from '../repairs/absent-domain.ts';

const labels = { en: ['mail', 'news', 'send'], sv: ['mejl', 'utskick', 'nyhetsbrev'] };

/** A name to send from: one that the From domain does not have already. */
function advised(author: string, locale: keyof typeof labels): string {
  const free = labels[locale].find((label) => !author.split('.').includes(label));
  return `${free ?? labels[locale][0]}.${author}`;
}

export default defineRule({
  id: 'mail-from-subdomain',
  severity: 'major',
  reference: 'RFC 9989 section 4.4.2; Amazon SES developer guide, “Custom MAIL FROM domain”, as of 2026-11',
  needs: ['author', 'mailFrom', 'zone'],
  check({ author: from, mailFrom: { domain, relation, server }, zone }) {
    const author = from.domain;
    if (freeMailboxes.has(author)) return [problem('freeMailbox', { author })];
    if (isAbsent({ author: from, zone })) return notApplicable('no-domain');
    if (domain === null) return unknown('not-given', 'mail-from');
    if (relation === 'same') return [problem('same', { domain, author })];
    // Nobody can choose another there; whether a signature carries the mail is told by dmarc-alignment.
    if (relation === 'outside' && server === null && bounceService(domain))
      return notApplicable('service-bounces');
    return relation === 'outside' ? [problem('outside', { domain, author })] : [];
  },
  words: {
    en: {
      title: 'Sending subdomain',
      heading: {
        same: () => 'The mailing has no subdomain of its own',
        outside: ({ author }) => `The sending domain is not a subdomain of ${author}`,
        freeMailbox: ({ author }) => `The sender has an address at ${author}, not at a domain of its own`,
      },
      mend: {
        same: () => 'Give mailings a subdomain of their own',
        outside: () => 'Send from a subdomain of your domain',
        freeMailbox: () => 'Send from a domain of your own',
      },
      why: 'With a subdomain of your own, receivers know the mail as yours, and trouble with a mailing does not spread to your everyday mail. It is the domain that receivers check first and that bounces return to, called MAIL FROM or Return-Path.',
      fix: {
        same: ({ author }) =>
          `Choose a subdomain that is used for nothing else, such as ${advised(author, 'en')}, and set it as MAIL FROM where you send. The address readers see stays the same.`,
        outside: ({ author }) =>
          `Use a subdomain of your own From domain, such as ${advised(author, 'en')}. The address readers see stays the same.`,
        freeMailbox: () =>
          'Get a domain of your own and send from an address there, with a subdomain of it for mailings. You can have replies sent to the address you have now (Reply-To).',
      },
      problems: {
        same: ({ domain }) => `The Return-Path uses ${domain}, the same domain as From.`,
        outside: ({ domain, author }) => `The Return-Path domain ${domain} is not a subdomain of ${author}.`,
        freeMailbox: ({ author }) =>
          `From is an address at ${author}, a free mailbox. Nobody but the provider can publish records there, so receivers cannot know a mailing from it as yours.`,
      },
    },
    sv: {
      title: 'Underdomän för utskick',
      heading: {
        same: () => 'Utskicket har ingen egen underdomän',
        outside: ({ author }) => `Domänen för utskick är ingen underdomän till ${author}`,
        freeMailbox: ({ author }) => `Avsändaren har en adress hos ${author}, inte på en egen domän`,
      },
      mend: {
        same: () => 'Ge utskicken en egen underdomän',
        outside: () => 'Skicka från en underdomän till din domän',
        freeMailbox: () => 'Skicka från en egen domän',
      },
      why: 'Med en egen underdomän känner mottagarna igen mejlet som ditt, och problem med ett utskick sprider sig inte till dina vanliga mejl. Det är den domän som mottagarna kontrollerar först och som studsar kommer tillbaka till, kallad MAIL FROM eller Return-Path.',
      fix: {
        same: ({ author }) =>
          `Välj en underdomän som inte används till något annat, till exempel ${advised(author, 'sv')}, och ange den som MAIL FROM där du skickar. Adressen som läsarna ser ändras inte.`,
        outside: ({ author }) =>
          `Använd en underdomän till din egen avsändardomän, till exempel ${advised(author, 'sv')}. Adressen som läsarna ser ändras inte.`,
        freeMailbox: () =>
          'Skaffa en egen domän och skicka från en adress där, med en underdomän till den för utskick. Svaren kan fortfarande gå till adressen du har nu (Reply-To).',
      },
      problems: {
        same: ({ domain }) => `Return-Path använder ${domain}, samma domän som From.`,
        outside: ({ domain, author }) =>
          `Domänen i Return-Path, ${domain}, är inte en underdomän till ${author}.`,
        freeMailbox: ({ author }) =>
          `From är en adress hos ${author}, en gratis mejltjänst. Bara den som driver tjänsten kan publicera poster där, så mottagarna kan inte se att utskicket är ditt.`,
      },
    },
  },
  examples: {
    good: [{}, { from: 'a@news.example.se', mailFrom: 'mejl.example.se' }],
    bad: [
      { world: { mailFrom: 'example.se' }, finds: 'same' },
      { world: { mailFrom: 'bounce.other.example' }, finds: 'outside' },
      { world: { from: 'a@news.example.se', mailFrom: 'example.se' }, finds: 'outside' },
      { world: { from: 'a@gmail.com', mailFrom: null }, finds: 'freeMailbox' },
    ],
  },
});
