import { defineRule, problem } from '#rule';
import { ownSpf, saysWhose } from '../repairs/spf-own.ts';

const rule = defineRule({
  id: 'spf-size',
  severity: 'advice',
  reference: 'RFC 7208 section 3.4',
  needs: ['spf', 'mailFrom'],
  check(facts, { policy }) {
    const own = ownSpf(facts, policy);
    if ('none' in own) return own.none;
    const { domain, record, tree } = own;
    const { octets } = tree.root;
    const limit = policy.spf.answerOctets;
    if (octets <= limit) return [];
    return [problem('large', { domain, octets, limit, alone: record.length > limit / 2 })];
  },
  words: {
    en: {
      title: 'Size of the SPF answer',
      heading: { large: ({ domain }) => `The TXT records of ${domain} are large` },
      mend: 'Make the TXT records smaller',
      why: 'A few old receivers and firewalls drop DNS answers of more than 512 bytes. They then find no SPF record, and your mail counts as not authorised there.',
      fix: {
        large: ({ domain, alone }) =>
          alone
            ? `Take out of the SPF record what you no longer use. What is left can be shared out: put some of its parts into a record of its own, such as _spf1.${domain}, and write include:_spf1.${domain} in their place.`
            : `Take away the TXT records of ${domain} that nothing uses any more, such as old proofs of ownership.`,
      },
      problems: {
        large: ({ domain, octets, limit }) =>
          `The answer with the TXT records of ${domain} has ${octets} bytes; up to ${limit} fit everywhere.`,
      },
    },
    sv: {
      title: 'SPF-svarets storlek',
      heading: { large: ({ domain }) => `TXT-posterna för ${domain} är stora` },
      mend: 'Gör TXT-posterna mindre',
      why: 'En del gamla mottagare och brandväggar kastar DNS-svar som är större än 512 byte. Då hittar de ingen SPF-post, och ditt mejl ser ut att vara skickat utan tillstånd.',
      fix: {
        large: ({ domain, alone }) =>
          alone
            ? `Ta bort det ur SPF-posten som du inte längre använder. Resten kan delas upp. Lägg några delar i en egen post, till exempel _spf1.${domain}, och skriv include:_spf1.${domain} i deras ställe.`
            : `Ta bort de TXT-poster för ${domain} som ingenting använder längre, till exempel gamla ägarbevis.`,
      },
      problems: {
        large: ({ domain, octets, limit }) =>
          `Svaret med TXT-posterna för ${domain} är ${octets} byte. Upp till ${limit} får plats överallt.`,
      },
    },
  },
  examples: {
    good: [
      {},
      // Several strings are one record: 255 is the most of each, not of the record.
      { zone: { 'mejl.example.se': { TXT: [['v=spf1 include:amazonses.com', ' ~all']] } } },
    ],
    bad: [
      {
        world: {
          zone: {
            'mejl.example.se': {
              TXT: [`v=spf1 ${Array.from({ length: 40 }, (_, i) => `ip4:192.0.2.${2 * i}`).join(' ')} -all`],
            },
          },
        },
        finds: 'large',
      },
      {
        world: {
          zone: {
            'mejl.example.se': {
              TXT: ['v=spf1 ip4:192.0.2.1 -all', ...[1, 2, 3].map((i) => `proof-${i}=${'x'.repeat(150)}`)],
            },
          },
        },
        finds: 'large',
      },
    ],
  },
});

export default saysWhose(rule);
