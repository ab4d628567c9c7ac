import { defineRule, problem } from '#rule';
import { listed, ownSpf, saysWhose } from '../repairs/spf-own.ts';

const all = /^[+\-~?]?all$/i;
const isRedirect = (word: string) => /^redirect=/i.test(word);

const rule = defineRule({
  id: 'spf-order',
  severity: 'minor',
  reference: 'RFC 7208 sections 4.5, 5.1 and 6.1',
  needs: ['spf', 'mailFrom'],
  check(facts, { policy }) {
    const own = ownSpf(facts, policy);
    if ('none' in own) return own.none;
    const { domain, words, more, box } = own;
    if (words.some((word) => /^v=spf1$/i.test(word))) return [problem('joined', { domain })];
    const end = words.findIndex((word) => all.test(word));
    if (end === -1) return [];
    const redirects = words.filter(isRedirect);
    const rest = words.slice(end + 1).filter((word) => !/^[a-z][a-z0-9._-]*=/i.test(word));
    return [
      ...(rest.length > 0 ? [problem('unread', { domain, end: words[end] ?? '', terms: listed(rest) })] : []),
      ...(redirects.length > 0 ? [problem('redirect', { domain, terms: listed(redirects), box }, more)] : []),
    ];
  },
  words: {
    en: {
      title: 'The order in the SPF record',
      heading: {
        unread: ({ domain }) => `A part of the SPF record of ${domain} is never read`,
        redirect: ({ domain }) => `A “redirect” in the SPF record of ${domain} does nothing`,
        joined: ({ domain }) => `Two SPF records of ${domain} are written as one`,
      },
      mend: {
        unread: () => 'Put “all” last',
        redirect: () => 'Take the “redirect” out',
        joined: () => 'Join the two into one record',
      },
      why: 'Receivers read an SPF record from the left and stop at “all”. Mail from a service that is named after it counts as sent without permission.',
      fix: {
        unread: ({ end, terms }) =>
          `If you still send with what these parts name (${terms}), put them before ${end}. Otherwise take them out.`,
        redirect: ({ terms, box }) =>
          box
            ? 'Change the record to the one below: it means the same. If you want the other record to count, keep “redirect” and take out “all” in its place.'
            : `Take ${terms} out, or take out “all” if you want the other record to count.`,
        joined: () => 'Write v=spf1 once, at the start, then all the other parts, and one “all” at the end.',
      },
      problems: {
        unread: ({ domain, end, terms }) =>
          `The SPF record of ${domain} has ${terms} after ${end}, where nobody reads it.`,
        redirect: ({ domain, terms }) =>
          `The SPF record of ${domain} has both “all” and ${terms}, and then only “all” counts.`,
        joined: ({ domain }) => `The SPF record of ${domain} has v=spf1 twice.`,
      },
    },
    sv: {
      title: 'Ordningen i SPF-posten',
      heading: {
        unread: ({ domain }) => `En del av SPF-posten för ${domain} läses aldrig`,
        redirect: ({ domain }) => `En ”redirect” i SPF-posten för ${domain} gör ingenting`,
        joined: ({ domain }) => `Två SPF-poster för ${domain} är skrivna som en`,
      },
      mend: {
        unread: () => 'Sätt ”all” sist',
        redirect: () => 'Ta bort ”redirect”',
        joined: () => 'Slå ihop de två till en post',
      },
      why: 'Mottagarna läser en SPF-post från vänster och slutar vid ”all”. Mejl från en tjänst som nämns efter det ser ut att vara skickat utan tillstånd.',
      fix: {
        unread: ({ end, terms }) =>
          `Skickar du fortfarande med det som de här delarna nämner (${terms}), sätt dem före ${end}. Ta annars bort dem.`,
        redirect: ({ terms, box }) =>
          box
            ? 'Ändra posten till den nedan, som betyder samma sak. Vill du att den andra posten ska gälla, behåll ”redirect” och ta bort ”all” i stället.'
            : `Ta bort ${terms}, eller ta bort ”all” om du vill att den andra posten ska gälla.`,
        joined: () => 'Skriv v=spf1 en gång, först, sedan alla andra delar, och ett enda ”all” sist.',
      },
      problems: {
        unread: ({ domain, end, terms }) =>
          `SPF-posten för ${domain} har ${terms} efter ${end}, där ingen läser det.`,
        redirect: ({ domain, terms }) =>
          `SPF-posten för ${domain} har både ”all” och ${terms}, och då gäller bara ”all”.`,
        joined: ({ domain }) => `SPF-posten för ${domain} har v=spf1 två gånger.`,
      },
    },
  },
  examples: {
    good: [{}],
    bad: [
      {
        world: {
          zone: { 'mejl.example.se': { TXT: ['v=spf1 include:amazonses.com ~all ip4:192.0.2.1'] } },
        },
        finds: 'unread',
      },
      {
        world: {
          zone: { 'mejl.example.se': { TXT: ['v=spf1 ip4:192.0.2.1 ~all redirect=_spf.example.se'] } },
        },
        finds: 'redirect',
      },
      {
        world: {
          zone: {
            'mejl.example.se': { TXT: ['v=spf1 ip4:192.0.2.1 -all v=spf1 include:amazonses.com ~all'] },
          },
        },
        finds: 'joined',
      },
    ],
  },
});

export default saysWhose(rule);
