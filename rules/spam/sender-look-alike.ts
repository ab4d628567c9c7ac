import { defineRule, lettersOf, problem } from '#rule';
import { brandDomains, brandNames } from '../providers/brands.ts';
import { imitated, mixesScripts, skeleton } from '../wordings/look-alikes.ts';

/** Shorter names are near too many others. */
const shortest = 6;
const known = new Map(
  [...brandDomains, ...imitated.values()].flatMap((name) => {
    const label = name.slice(0, name.indexOf('.'));
    return label.length >= shortest ? [[skeleton(label), { label, name }] as const] : [];
  }),
);

export default defineRule({
  id: 'sender-look-alike',
  severity: 'minor',
  reference:
    'Unicode Technical Standard 39, sections 4 (confusables) and 5.2; SpamAssassin 4.0, T_PDS_* (names near known ones)',
  needs: ['message'],
  points: 2.5,
  check({ message: { from } }) {
    const labels = lettersOf(from.domain) ?? from.domain.split('.');
    for (const label of labels.slice(0, -1)) {
      if (mixesScripts(label)) return [problem('mixed', { domain: from.domain })];
      const plain = label.normalize('NFD').replace(/\p{M}/gu, '');
      const like = known.get(skeleton(plain));
      if (like && label !== like.label && !brandNames.has(label))
        return [problem('like', { domain: labels.join('.').slice(0, 80), like: like.name })];
    }
    return [];
  },
  words: {
    en: {
      title: 'A sender that looks like another',
      heading: {
        like: ({ like }) => `The sender’s domain can be taken for ${like}`,
        mixed: ({ domain }) => `The sender’s domain ${domain} mixes alphabets`,
      },
      mend: 'Send from a domain that cannot be taken for another',
      why: 'Fraudsters register names that look like known ones, so filters refuse mail from them.',
      fix: 'Send from a domain with your own name, written in letters of one alphabet.',
      problems: {
        like: ({ domain, like }) => `The mail is from ${domain}, which looks like ${like}.`,
        mixed: ({ domain }) => `The name ${domain} has letters of several alphabets.`,
      },
    },
    sv: {
      title: 'En avsändare som liknar en annan',
      heading: {
        like: ({ like }) => `Avsändardomänen är lätt att ta för ${like}`,
        mixed: ({ domain }) => `Avsändardomänen ${domain} blandar alfabet`,
      },
      mend: 'Skicka från en domän som inte går att förväxla',
      why: 'Bedragare registrerar namn som liknar kända, så filter avvisar mejl från dem.',
      fix: 'Skicka från en domän med ditt eget namn, skrivet med bokstäver ur ett alfabet.',
      problems: {
        like: ({ domain, like }) => `Mejlet kommer från ${domain}, som liknar ${like}.`,
        mixed: ({ domain }) => `Namnet ${domain} har bokstäver ur flera alfabet.`,
      },
    },
  },
  examples: {
    good: [{}, { from: 'PayPal <service@paypal.com>' }, { from: 'Räksmörgås <brev@räksmörgås.se>' }],
    bad: [
      { world: { from: 'Robinhood <support@xn--robnhood-e2a.com>' }, finds: 'like' },
      { world: { from: 'Support <help@paypa1.com>' }, finds: 'like' },
      { world: { from: 'Support <help@xn--exmple-4nf.com>' }, finds: 'mixed' },
    ],
  },
});
