import { defineRule, problem } from '#rule';
import { listed, ownSpf, saysWhose } from '../repairs/spf-own.ts';

const rule = defineRule({
  id: 'spf-duplicate',
  severity: 'advice',
  reference: 'RFC 7208 sections 4.6.2 and 4.6.4',
  needs: ['spf', 'mailFrom'],
  check(facts, { policy }) {
    const own = ownSpf(facts, policy);
    if ('none' in own) return own.none;
    const { tree, domain, more, box } = own;
    const idle = (how: 'same' | 'covered') => tree.terms.filter((note) => note.idle?.how === how);
    const told = (notes: typeof tree.terms) => ({
      domain,
      terms: listed(notes.map(({ term }) => term)),
      lookups: notes.reduce((sum, { lookups }) => sum + lookups, 0),
      box,
    });
    const [same, covered] = [idle('same'), idle('covered')];
    return [
      ...(same.length > 0 ? [problem('same', told(same), more)] : []),
      ...(covered.length > 0 ? [problem('covered', told(covered), more)] : []),
    ];
  },
  words: {
    en: {
      title: 'Parts of the SPF record that do nothing',
      heading: {
        same: ({ domain }) => `The SPF record of ${domain} says the same thing twice`,
        covered: ({ domain }) => `The SPF record of ${domain} has parts that others cover`,
      },
      mend: {
        same: () => 'Take out what is there twice',
        covered: () => 'Take out what others cover',
      },
      why: 'The mail passes as it is. But what stands there twice makes the record long, and each include counts towards the 10 look-ups after which receivers treat SPF as broken.',
      fix: {
        same: ({ terms, box }) =>
          box ? 'Change the record to the one below: it lets the same servers send.' : `Write ${terms} once.`,
        covered: ({ terms, box }) =>
          box
            ? 'Change the record to the one below: it lets the same servers send.'
            : `Take ${terms} out: earlier parts let the same servers send.`,
      },
      problems: {
        same: ({ domain, terms, lookups }) =>
          `The SPF record of ${domain} has more than once: ${terms}.${lookups > 0 ? ` That costs ${lookups} look-ups for nothing.` : ''}`,
        covered: ({ domain, terms, lookups }) =>
          `Earlier parts of the SPF record of ${domain} already cover ${terms}.${lookups > 0 ? ` That costs ${lookups} look-ups for nothing.` : ''}`,
      },
    },
    sv: {
      title: 'Delar av SPF-posten som inte gör något',
      heading: {
        same: ({ domain }) => `SPF-posten för ${domain} säger samma sak två gånger`,
        covered: ({ domain }) => `SPF-posten för ${domain} har delar som andra täcker`,
      },
      mend: {
        same: () => 'Ta bort det som står två gånger',
        covered: () => 'Ta bort det som andra delar täcker',
      },
      why: 'Mejlet godkänns ändå. Men det som står två gånger gör posten lång, och varje include räknas mot de 10 uppslag som mottagarna gör innan de räknar SPF som trasigt.',
      fix: {
        same: ({ terms, box }) =>
          box ? 'Ändra posten till den nedan. Den låter samma servrar skicka.' : `Skriv ${terms} en gång.`,
        covered: ({ terms, box }) =>
          box
            ? 'Ändra posten till den nedan. Den låter samma servrar skicka.'
            : `Ta bort ${terms}. Tidigare delar låter samma servrar skicka.`,
      },
      problems: {
        same: ({ domain, terms, lookups }) =>
          `SPF-posten för ${domain} har mer än en gång: ${terms}.${lookups > 0 ? ` Det kostar ${lookups} uppslag i onödan.` : ''}`,
        covered: ({ domain, terms, lookups }) =>
          `Tidigare delar av SPF-posten för ${domain} täcker redan ${terms}.${lookups > 0 ? ` Det kostar ${lookups} uppslag i onödan.` : ''}`,
      },
    },
  },
  examples: {
    good: [{}, { zone: { 'mejl.example.se': { TXT: ['v=spf1 -ip4:192.0.2.1 ip4:192.0.2.0/24 -all'] } } }],
    bad: [
      {
        world: {
          zone: { 'mejl.example.se': { TXT: ['v=spf1 include:amazonses.com include:AmazonSES.com ~all'] } },
        },
        finds: 'same',
      },
      {
        world: {
          zone: { 'mejl.example.se': { TXT: ['v=spf1 ip4:192.0.2.0/24 ip4:192.0.2.7 -all'] } },
        },
        finds: 'covered',
      },
    ],
  },
});

export default saysWhose(rule);
