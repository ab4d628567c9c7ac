import { defineRule, problem, unknown } from '#rule';
import { listed, ownSpf, saysWhose } from '../repairs/spf-own.ts';

const letters = (text: string) =>
  [...text.matchAll(/%\{([a-z])/gi)].map(([, letter = '']) => letter.toLowerCase());

const rule = defineRule({
  id: 'spf-macro',
  severity: 'advice',
  reference: 'RFC 7208 sections 7.2 and 11.6',
  needs: ['spf', 'mailFrom'],
  check(facts, { policy }) {
    const own = ownSpf(facts, policy);
    if ('none' in own) return own.none;
    const { tree, domain } = own;
    const used = tree.root.branches.map(({ text }) => ({ text, letters: letters(text) }));
    const having = (...wanted: string[]) =>
      used.filter((one) => one.letters.some((letter) => wanted.includes(letter))).map(({ text }) => text);
    const [pointers, persons] = [having('p'), having('l', 's')];
    const found = [
      ...(pointers.length > 0 ? [problem('pointer', { domain, terms: listed(pointers) })] : []),
      ...(persons.length > 0 ? [problem('person', { domain, terms: listed(persons) })] : []),
    ];
    if (found.length > 0) return found;
    // Services that look each mail up mean it so; who may send cannot be seen from outside.
    return having('i', 'h', 'v').length > 0 ? unknown('each-mail') : [];
  },
  words: {
    en: {
      title: 'Macros in SPF',
      heading: {
        pointer: ({ domain }) => `The SPF record of ${domain} asks for the name of each server`,
        person: ({ domain }) => `The SPF record of ${domain} looks up each sender’s address`,
      },
      mend: {
        pointer: () => 'Write the part without %{p}',
        person: () => 'Write the part without %{l} and %{s}',
      },
      why: 'Receivers fill in such a part anew for each mail, so more lookups can go wrong, and then the mail counts as not authorised. Nobody can see beforehand which servers may send.',
      fix: {
        pointer: ({ terms }) =>
          `Name the servers by address or include in place of ${terms}. The standard says that %{p} should not be used.`,
        person: ({ terms }) =>
          `Name the servers by address or include in place of ${terms}, unless a service told you to have it so. With %{l} or %{s}, the addresses that you send from can be read by whoever runs a DNS server on the way.`,
      },
      problems: {
        pointer: ({ domain, terms }) => `The SPF record of ${domain} has ${terms}.`,
        person: ({ domain, terms }) => `The SPF record of ${domain} has ${terms}.`,
      },
    },
    sv: {
      title: 'Makron i SPF',
      heading: {
        pointer: ({ domain }) => `SPF-posten för ${domain} frågar efter varje servers namn`,
        person: ({ domain }) => `SPF-posten för ${domain} slår upp varje avsändaradress`,
      },
      mend: {
        pointer: () => 'Skriv delen utan %{p}',
        person: () => 'Skriv delen utan %{l} och %{s}',
      },
      why: 'Mottagarna fyller i en sådan del på nytt för varje mejl. Fler uppslag kan då gå fel, och mejlet ser ut att vara skickat utan tillstånd. Ingen kan i förväg se vilka servrar som får skicka.',
      fix: {
        pointer: ({ terms }) =>
          `Ange servrarna med adress eller include i stället för ${terms}. Standarden säger att %{p} inte bör användas.`,
        person: ({ terms }) =>
          `Ange servrarna med adress eller include i stället för ${terms}, om inte en tjänst har bett dig ha det så. Med %{l} eller %{s} kan den som driver en DNS-server på vägen läsa adresserna som du skickar från.`,
      },
      problems: {
        pointer: ({ domain, terms }) => `SPF-posten för ${domain} innehåller ${terms}.`,
        person: ({ domain, terms }) => `SPF-posten för ${domain} innehåller ${terms}.`,
      },
    },
  },
  examples: {
    good: [
      {},
      {
        zone: {
          'mejl.example.se': { TXT: ['v=spf1 include:_spf.%{d} -all'] },
          '_spf.mejl.example.se': { TXT: ['v=spf1 ip4:192.0.2.1 -all'] },
        },
      },
    ],
    bad: [
      {
        world: { zone: { 'mejl.example.se': { TXT: ['v=spf1 exists:%{p}.example.se -all'] } } },
        finds: 'pointer',
      },
      {
        world: { zone: { 'mejl.example.se': { TXT: ['v=spf1 exists:%{l}._u.example.se -all'] } } },
        finds: 'person',
      },
    ],
  },
});

export default saysWhose(rule);
