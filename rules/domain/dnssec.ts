import { defineRule, notApplicable, problem, unanswered, unknown } from '#rule';

export default defineRule({
  id: 'dnssec',
  severity: 'advice',
  reference: 'RFC 9364 (BCP 237) section 1.1; RFC 4035 section 3.2.3 (AD); RFC 5155 section 9.2',
  needs: ['dnssec'],
  check({ dnssec: { names } }, { policy }) {
    const zones = new Set(names.filter(({ state }) => state === 'unsigned').map(({ zone }) => zone));
    if (zones.size > 0) return [...zones].map((domain) => problem('unsigned', { domain }));
    const silent = names.filter(({ state }) => state === 'unanswered');
    if (silent.length > 0) return unanswered(silent.map(({ name }) => name));
    const isRetired = ({ algorithm }: { algorithm: number }) =>
      policy.dnssec.retiredAlgorithms.includes(algorithm);
    const untold = ({ state, keys }: (typeof names)[number]) =>
      state === 'unvalidated' || (state === 'ignored' && !keys.every(isRetired));
    if (names.some(untold)) return unknown('unvalidated');
    return names.every(({ state }) => state === 'signed') ? [] : notApplicable('faulty-record');
  },
  words: {
    en: {
      title: 'Signed DNS records (DNSSEC)',
      heading: { unsigned: ({ domain }) => `The domain ${domain} is not signed with DNSSEC` },
      mend: 'Turn on DNSSEC for the domain',
      why: 'The mail arrives all the same. But without signatures, someone on the way can answer DNS questions in your name, and so make your mail seem forged or theirs seem yours. DNSSEC signs your DNS records so that a false answer is noticed. Safe delivery of mail to you (DANE) needs it too.',
      fix: 'Turn on DNSSEC where your DNS is hosted; often it is a single switch. If the domain was registered elsewhere, hand the DS record that you are shown there to the company you registered it with. Change nothing by hand after that without looking at this check again.',
      problems: {
        unsigned: ({ domain }) =>
          `The zone above ${domain} has no DS record for it, so its records are not signed.`,
      },
    },
    sv: {
      title: 'Signerade DNS-poster (DNSSEC)',
      heading: { unsigned: ({ domain }) => `Domänen ${domain} är inte signerad med DNSSEC` },
      mend: 'Slå på DNSSEC för domänen',
      why: 'Mejlet kommer fram ändå. Men utan signaturer kan någon på vägen svara på DNS-frågor i ditt namn, så att dina mejl ser förfalskade ut eller deras ser ut att vara dina. DNSSEC signerar dina DNS-poster, så att ett falskt svar märks. Säker leverans av mejl till dig (DANE) kräver det också.',
      fix: 'Slå på DNSSEC där din DNS finns, ofta är det ett enda reglage. Är domänen registrerad hos någon annan, lämna DS-posten som visas till företaget där du registrerade den. Ändra sedan inget för hand utan att titta på den här kontrollen igen.',
      problems: {
        unsigned: ({ domain }) =>
          `Zonen ovanför ${domain} har ingen DS-post för den, så domänens poster är inte signerade.`,
      },
    },
  },
  examples: {
    good: [{}],
    bad: [
      { world: { zone: { 'example.se': { TXT: ['v=spf1 mx -all'] } } }, finds: 'unsigned' },
      {
        world: {
          from: 'a@n.example.se',
          zone: {
            'n.example.se': { NS: ['ns.example.net'], SOA: ['ns.example.net a.example.net 1 2 3 4 5'] },
          },
        },
        finds: 'unsigned',
      },
    ],
  },
});
