import { defineRule, problem } from '#rule';
import { ownSpf, saysWhose } from '../repairs/spf-own.ts';

/** Of the parts that are told of. */
const named = 6;

const rule = defineRule({
  id: 'spf-network',
  severity: 'minor',
  reference: 'RFC 7208 section 5.6; RFC 4632 section 3.1',
  needs: ['spf', 'mailFrom'],
  check(facts, { policy }) {
    const own = ownSpf(facts, policy);
    if ('none' in own) return own.none;
    const { tree, domain, more, box } = own;
    return tree.terms
      .filter(({ network }) => network !== null)
      .slice(0, named)
      .map(({ term, network }) =>
        problem(
          'wider',
          { domain, term, network: network ?? '', single: term.replace(/\/.*$/, ''), box },
          more,
        ),
      );
  },
  words: {
    en: {
      title: 'Address blocks in SPF',
      heading: {
        wider: ({ domain }, count) =>
          count === 1
            ? `A part of the SPF record of ${domain} means more than it seems`
            : `${count} parts of the SPF record of ${domain} mean more than they seem`,
      },
      mend: 'Write the address or the whole block',
      why: 'Your mail passes. But the number after the slash lets in a whole block of addresses, also those before the one that is written. If you meant one server, its neighbours may send in your name too.',
      fix: {
        wider: ({ network, single, box }) =>
          `${box ? `Change the record to the one below if you meant the whole block, ${network}.` : `Write ${network} if you meant the whole block.`} If you meant one server, write ${single} alone.`,
      },
      problems: {
        wider: ({ domain, term, network }) =>
          `The SPF record of ${domain} has ${term}. Receivers read it as ${network}.`,
      },
    },
    sv: {
      title: 'Adressblock i SPF',
      heading: {
        wider: ({ domain }, count) =>
          count === 1
            ? `En del av SPF-posten för ${domain} betyder mer än den ser ut att göra`
            : `${count} delar av SPF-posten för ${domain} betyder mer än de ser ut att göra`,
      },
      mend: 'Skriv adressen eller hela blocket',
      why: 'Dina mejl godkänns. Men talet efter snedstrecket släpper in ett helt block av adresser, även de som kommer före den som står skriven. Menade du en server, får dess grannar också skicka i ditt namn.',
      fix: {
        wider: ({ network, single, box }) =>
          `${box ? `Ändra posten till den nedan om du menade hela blocket, ${network}.` : `Skriv ${network} om du menade hela blocket.`} Menade du en server, skriv bara ${single}.`,
      },
      problems: {
        wider: ({ domain, term, network }) =>
          `SPF-posten för ${domain} innehåller ${term}. Mottagarna läser det som ${network}.`,
      },
    },
  },
  examples: {
    good: [{}, { zone: { 'mejl.example.se': { TXT: ['v=spf1 ip4:192.0.2.0/24 ip6:2001:db8::/32 -all'] } } }],
    bad: [
      {
        world: { zone: { 'mejl.example.se': { TXT: ['v=spf1 ip4:203.0.113.7/24 -all'] } } },
        finds: 'wider',
      },
      {
        world: { zone: { 'mejl.example.se': { TXT: ['v=spf1 ip6:2001:db8::1/64 -all'] } } },
        finds: 'wider',
      },
    ],
  },
});

export default saysWhose(rule);
