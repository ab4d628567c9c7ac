import { defineRule, problem } from '#rule';
import { ownPolicy } from '../repairs/dmarc-record.ts';
import { barredBox, waiting } from '../repairs/dmarc-steps.ts';
import { byHand, changes } from '../repairs/dmarc-words.ts';

const strength = { none: 0, quarantine: 1, reject: 2 };

export default defineRule({
  id: 'dmarc-subdomains',
  severity: 'advice',
  reference: 'RFC 9989 section 4.7 (sp and np), May 2026',
  needs: ['dmarc', 'dmarcPassing'],
  check(facts) {
    const { dmarc } = facts;
    const own = ownPolicy(dmarc);
    if ('otherwise' in own) return own.otherwise;
    const { record } = own.applied;
    const { p, sp, np, domain, policyFault } = record;
    // Below the organisation's own record, sp and np have no say (section 4.7).
    const isTop = dmarc.author.organisationalDomain === domain;
    if (p === null || policyFault || !isTop) return [];
    const weak = (policy: typeof p | null) => policy !== null && strength[policy] < strength[p];
    const tags = [...(weak(sp) ? ['sp'] : []), ...(weak(np ?? null) ? ['np'] : [])];
    if (tags.length === 0) return [];
    const { data, more } = barredBox(facts, record);
    const written = tags.map((tag) => `${tag}=${tag === 'sp' ? sp : np}`).join(', ');
    return [
      problem(
        'weaker',
        { ...data, written, p, onlyNp: !weak(sp) && !record.testing && record.percent === 100 },
        more,
      ),
    ];
  },
  words: {
    en: {
      title: 'DMARC for subdomains',
      heading: { weaker: ({ domain }) => `Subdomains of ${domain} are less protected than the domain` },
      mend: 'Let the DMARC policy cover subdomains too',
      why: 'Your mail is not hurt, but who wants to forge you takes a subdomain: there the policy is weaker than for the domain itself. The tag sp is for subdomains, and np for those that do not exist, which nobody but a forger uses.',
      fix: {
        weaker: ({ domain, box, written, onlyNp, changed, wakes, lowered, waits }) =>
          `${waiting.en(waits)}${box === 'shown' ? `Publish the record below in its place.${changes.en({ changed, wakes, lowered })}` : byHand.en(domain, box, `take ${written} away`)}${onlyNp ? '' : ' First see in the reports that all your own mail passes, from subdomains too.'}`,
      },
      problems: {
        weaker: ({ domain, written, p }) =>
          `The DMARC record of ${domain} asks for ${p}, but for subdomains for less: ${written}.`,
      },
    },
    sv: {
      title: 'DMARC för underdomäner',
      heading: { weaker: ({ domain }) => `Underdomäner till ${domain} är sämre skyddade än domänen` },
      mend: 'Låt DMARC-policyn gälla underdomäner också',
      why: 'Dina mejl skadas inte, men den som vill förfalska dig väljer en underdomän: där är policyn svagare än för själva domänen. Taggen sp gäller underdomäner, och np sådana som inte finns, som ingen annan än en förfalskare använder.',
      fix: {
        weaker: ({ domain, box, written, onlyNp, changed, wakes, lowered, waits }) =>
          `${waiting.sv(waits)}${box === 'shown' ? `Publicera posten nedan i stället.${changes.sv({ changed, wakes, lowered })}` : byHand.sv(domain, box, `ta bort ${written}`)}${onlyNp ? '' : ' Se först i rapporterna att alla dina egna mejl godkänns, också de från underdomäner.'}`,
      },
      problems: {
        weaker: ({ domain, written, p }) =>
          `DMARC-posten för ${domain} begär ${p}, men mindre för underdomäner: ${written}.`,
      },
    },
  },
  examples: {
    good: [
      {},
      { zone: { '_dmarc.example.se': { TXT: ['v=DMARC1; p=none; sp=reject; np=reject'] } } },
      {
        zone: {
          '_dmarc.news.example.se': { TXT: ['v=DMARC1; p=reject; sp=none'] },
          '_dmarc.example.se': { TXT: ['v=DMARC1; p=reject'] },
        },
        from: 'a@news.example.se',
      },
    ],
    bad: [
      { world: { zone: { '_dmarc.example.se': { TXT: ['v=DMARC1; p=reject; sp=none'] } } }, finds: 'weaker' },
      {
        world: { zone: { '_dmarc.example.se': { TXT: ['v=DMARC1; p=reject; np=quarantine'] } } },
        finds: 'weaker',
      },
    ],
  },
});
