import { defineRule, problem } from '#rule';
import { listed, ownSpf, saysWhose } from '../repairs/spf-own.ts';

const rule = defineRule({
  id: 'spf-pointer',
  severity: 'minor',
  reference: 'RFC 7208 section 5.5',
  needs: ['spf', 'mailFrom'],
  check(facts, { policy }) {
    const own = ownSpf(facts, policy);
    if ('none' in own) return own.none;
    const { tree, domain, more, box } = own;
    const pointers = tree.root.branches.filter(({ kind }) => kind === 'ptr').map(({ text }) => text);
    return pointers.length > 0 ? [problem('pointer', { domain, terms: listed(pointers), box }, more)] : [];
  },
  words: {
    en: {
      title: 'The ptr part in SPF',
      heading: { pointer: ({ domain }) => `The SPF record of ${domain} uses ptr` },
      mend: 'Name the servers in place of ptr',
      why: 'Some receivers pass over ptr, since it is slow and leans on names that others keep. Mail that only this part lets through may then go to spam. The standard says not to use it.',
      fix: {
        pointer: ({ terms, box }) =>
          box
            ? `Change the record to the one below, which leaves ${terms} out. If a server sends that no other part names, add its address as ip4 or ip6.`
            : `Write the addresses of the servers that send as ip4 and ip6, or the include of your sending service, in place of ${terms}.`,
      },
      problems: { pointer: ({ domain, terms }) => `The SPF record of ${domain} has ${terms}.` },
    },
    sv: {
      title: 'Delen ptr i SPF',
      heading: { pointer: ({ domain }) => `SPF-posten för ${domain} använder ptr` },
      mend: 'Nämn servrarna i stället för ptr',
      why: 'En del mottagare hoppar över ptr, eftersom den är långsam och bygger på namn som andra sköter. Mejl som bara den delen släpper igenom kan då hamna i skräpposten. Standarden säger att den inte ska användas.',
      fix: {
        pointer: ({ terms, box }) =>
          box
            ? `Ändra posten till den nedan, där ${terms} är borttagen. Om en server skickar som ingen annan del nämner, lägg till dess adress som ip4 eller ip6.`
            : `Skriv adresserna till servrarna som skickar som ip4 och ip6, eller din utskickstjänsts include, i stället för ${terms}.`,
      },
      problems: { pointer: ({ domain, terms }) => `SPF-posten för ${domain} innehåller ${terms}.` },
    },
  },
  examples: {
    good: [{}],
    bad: [
      {
        world: { zone: { 'mejl.example.se': { TXT: ['v=spf1 ptr ip4:192.0.2.1 -all'] } } },
        finds: 'pointer',
      },
      { world: { zone: { 'mejl.example.se': { TXT: ['v=spf1 ptr:example.se -all'] } } }, finds: 'pointer' },
    ],
  },
});

export default saysWhose(rule);
