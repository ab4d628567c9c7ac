import { defineRule, notApplicable, problem, unanswered } from '#rule';

export default defineRule({
  id: 'name-servers',
  severity: 'minor',
  reference: 'RFC 1034 section 4.1 (at least two); RFC 2182 (BCP 16) section 5',
  needs: ['zone'],
  check({ zone: { zones, silent } }) {
    const known = zones.filter(({ servers }) => servers.length > 0);
    const single = known.filter(({ servers }) => new Set(servers).size === 1);
    if (single.length > 0) {
      return single.map(({ apex, servers }) => problem('single', { domain: apex, server: servers[0] ?? '' }));
    }
    if (silent.length > 0) return unanswered(silent.map((name) => `${name} NS`));
    return known.length > 0 ? [] : notApplicable('no-record');
  },
  words: {
    en: {
      title: 'Name servers',
      heading: { single: ({ domain }) => `The domain ${domain} has a single name server` },
      mend: 'Add a second name server',
      why: 'While that server is down, nobody can look up the domain: receivers cannot see who may send for it and put your mail off, and mail to you waits. Every domain is to have at least two name servers, apart from one another.',
      fix: 'Ask whoever hosts your DNS for a second name server and add it, both as an NS record and where the domain is registered. If they have none, another host can be a second one, or take over the DNS.',
      problems: { single: ({ domain, server }) => `${domain} has one NS record, ${server}, and no other.` },
    },
    sv: {
      title: 'Namnservrar',
      heading: { single: ({ domain }) => `Domänen ${domain} har en enda namnserver` },
      mend: 'Lägg till en andra namnserver',
      why: 'När den servern ligger nere kan ingen slå upp domänen: mottagare ser inte vem som får skicka för den och skjuter upp dina mejl, och mejl till dig får vänta. Varje domän ska ha minst två namnservrar, skilda från varandra.',
      fix: 'Be den som sköter din DNS om en andra namnserver och lägg till den, både som NS-post och där domänen är registrerad. Har de ingen kan en annan leverantör vara den andra, eller ta över DNS.',
      problems: { single: ({ domain, server }) => `${domain} har en enda NS-post, ${server}.` },
    },
  },
  examples: {
    good: [{ zone: { 'example.se': { NS: ['ns1.dns.example', 'ns2.dns.example'] } } }],
    bad: [
      { world: { zone: { 'example.se': { NS: ['ns1.dns.example'] } } }, finds: 'single' },
      { world: { zone: { 'example.se': { NS: ['ns1.dns.example', 'NS1.dns.example'] } } }, finds: 'single' },
      {
        world: {
          zone: {
            'example.se': { NS: ['ns1.dns.example', 'ns2.dns.example'] },
            'mejl.example.se': { NS: ['ns.send.example'], TXT: ['v=spf1 -all'] },
          },
        },
        finds: 'single',
      },
    ],
  },
});
