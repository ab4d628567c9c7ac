import { defineRule, notApplicable, problem, unanswered } from '#rule';

export default defineRule({
  id: 'dnssec-algorithm',
  severity: 'minor',
  reference:
    'RFC 9904 (registries); RFC 9905 section 2 and RFC 9906 section 2; RFC 8624 section 3.3 (digests)',
  needs: ['dnssec'],
  check({ dnssec: { names } }, { policy: { dnssec } }) {
    const zones = new Map(names.filter(({ keys }) => keys.length > 0).map(({ zone, keys }) => [zone, keys]));
    const problems = [...zones].flatMap(([domain, keys]) => {
      // One that is sound is enough: validators pass over the others.
      const counted = keys.filter(({ algorithm }) => !dnssec.retiredAlgorithms.includes(algorithm));
      const weak = counted.filter(({ digest }) => dnssec.retiredDigests.includes(digest));
      if (weak.length < counted.length) return [];
      const [{ digest = 0 } = {}] = weak;
      const [{ algorithm = 0 } = {}] = keys;
      return weak.length === 0
        ? problem('algorithm', { domain, number: algorithm })
        : problem('digest', { domain, number: digest });
    });
    if (problems.length > 0) return problems;
    const silent = names.filter(({ state, keys }) => state === 'unanswered' && keys.length === 0);
    if (silent.length > 0) return unanswered(silent.map(({ name }) => name));
    return zones.size > 0 ? [] : notApplicable('no-dnssec');
  },
  words: {
    en: {
      title: 'How the domain is signed (DNSSEC)',
      heading: {
        algorithm: ({ domain }) => `The domain ${domain} is signed in a way that no longer counts`,
        digest: ({ domain }) => `The DS record of ${domain} uses an old digest`,
      },
      mend: {
        algorithm: () => 'Change to a newer DNSSEC algorithm',
        digest: () => 'Replace the DS record',
      },
      why: 'Those who check signatures take old ways of signing, such as RSA with SHA-1, as no signature at all, more of them every year. Then DNSSEC protects nothing, although it is turned on.',
      fix: {
        algorithm: ({ domain }) =>
          `Ask whoever hosts the DNS of ${domain} to change to algorithm 13 (ECDSA P-256), and hand the new DS record to the company you registered the domain with. Let the host do it step by step: a change in the wrong order breaks the domain for a while.`,
        digest: ({ domain }) =>
          `Ask the company you registered ${domain} with to replace the DS record with one of digest type 2 (SHA-256) of the same key. Your DNS host shows it.`,
      },
      problems: {
        algorithm: ({ domain, number }) =>
          `Every DS record of ${domain} names an algorithm that is retired (${number}).`,
        digest: ({ domain, number }) =>
          `Every usable DS record of ${domain} has a digest that is retired (${number}).`,
      },
    },
    sv: {
      title: 'Hur domänen är signerad (DNSSEC)',
      heading: {
        algorithm: ({ domain }) => `Domänen ${domain} är signerad på ett sätt som inte längre räknas`,
        digest: ({ domain }) => `DS-posten för ${domain} har en gammal kontrollsumma`,
      },
      mend: {
        algorithm: () => 'Byt till en nyare DNSSEC-algoritm',
        digest: () => 'Byt ut DS-posten',
      },
      why: 'De som kontrollerar signaturer räknar gamla sätt att signera, som RSA med SHA-1, som ingen signatur alls, fler för varje år. Då skyddar DNSSEC ingenting, fast det är påslaget.',
      fix: {
        algorithm: ({ domain }) =>
          `Be den som sköter DNS för ${domain} att byta till algoritm 13 (ECDSA P-256), och lämna den nya DS-posten till företaget där du registrerade domänen. Låt leverantören göra det steg för steg: ett byte i fel ordning gör att domänen inte går att nå på ett tag.`,
        digest: ({ domain }) =>
          `Be företaget där du registrerade ${domain} att byta ut DS-posten mot en med kontrollsumma av typ 2 (SHA-256) för samma nyckel. Din DNS-leverantör visar den.`,
      },
      problems: {
        algorithm: ({ domain, number }) =>
          `Varje DS-post för ${domain} anger en algoritm som är avskaffad (${number}).`,
        digest: ({ domain, number }) =>
          `Varje användbar DS-post för ${domain} har en kontrollsumma som är avskaffad (${number}).`,
      },
    },
  },
  examples: {
    good: [
      {},
      // A rollover: the sound one counts.
      { zone: { 'example.se': { DS: ['1 7 1 00', '2 13 1 00', '2 13 2 00'] } } },
    ],
    bad: [
      { world: { zone: { 'example.se': { DS: ['1 7 2 00', '1 5 2 00'] } } }, finds: 'algorithm' },
      { world: { zone: { 'example.se': { DS: ['1 13 1 00', '2 7 2 00'] } } }, finds: 'digest' },
    ],
  },
});
