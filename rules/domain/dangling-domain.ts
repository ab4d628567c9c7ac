import { defineRule, problem, unanswered } from '#rule';

export default defineRule({
  id: 'dangling-domain',
  severity: 'major',
  reference: 'RFC 1034 section 3.6.2; RFC 8020; subdomain takeover by dangling CNAME records, as of 2026-11',
  needs: ['dangling'],
  check({ dangling: { names, silent } }) {
    const found = names.flatMap(({ name, kind, use, target, registered, holding }) => {
      if (kind !== 'alias' || use !== 'sending' || holding !== 'free' || registered === null) return [];
      const change = { kind: 'dns', type: 'CNAME', name, old: target, new: null } as const;
      return [problem('free', { name, target, registered }, { change })];
    });
    const servers = names.flatMap(({ name, kind, target, registered, holding }) =>
      kind === 'name-server' && holding === 'free' && registered !== null
        ? [problem('server', { name, target, registered })]
        : [],
    );
    if (found.length + servers.length > 0) return [...found, ...servers];
    return silent.sending.length > 0 ? unanswered(silent.sending) : [];
  },
  words: {
    en: {
      title: 'Domains that your names are lent to',
      heading: {
        free: ({ name }) => `The name ${name} is lent to a domain that nobody holds`,
        server: ({ name }) => `A name server of ${name} is in a domain nobody holds`,
      },
      mend: { free: () => 'Take the alias away', server: () => 'Take the lost name server away' },
      why: 'Anybody who registers that domain decides what stands at your name: keys to sign mail with, or where it counts as sent from. Receivers take such mail for yours.',
      fix: {
        free: ({ name }) =>
          `Take the CNAME record of ${name} away today. If it belonged to a service that you still use, ask it for the right name.`,
        server: ({ name, target }) =>
          `Ask the registrar or DNS host of ${name} today to take ${target} out of its name servers (NS), both in the zone and at the registrar.`,
      },
      problems: {
        free: ({ name, target, registered }) =>
          `${name} is an alias (CNAME) for ${target}, but the domain ${registered} does not exist: it was never registered, has lapsed or is suspended.`,
        server: ({ name, target, registered }) =>
          `${name} has the name server (NS) ${target}, but the domain ${registered} does not exist. Whoever registers it answers for the whole of ${name}.`,
      },
    },
    sv: {
      title: 'Domäner som dina namn är utlånade till',
      heading: {
        free: ({ name }) => `Namnet ${name} är utlånat till en domän som ingen har`,
        server: ({ name }) => `En namnserver för ${name} har en domän som ingen har`,
      },
      mend: { free: () => 'Ta bort aliaset', server: () => 'Ta bort den förlorade namnservern' },
      why: 'Den som registrerar domänen bestämmer vad som står på ditt namn: nycklar att signera mejl med, eller var det räknas som skickat från. Mottagarna tar sådana mejl för dina.',
      fix: {
        free: ({ name }) =>
          `Ta bort CNAME-posten för ${name} redan i dag. Hörde den till en tjänst som du fortfarande använder, fråga den efter rätt namn.`,
        server: ({ name, target }) =>
          `Be redan i dag den som sköter domänen ${name} att ta bort ${target} bland namnservrarna (NS), både i zonen och hos registraren.`,
      },
      problems: {
        free: ({ name, target, registered }) =>
          `${name} är ett alias (CNAME) för ${target}, men domänen ${registered} finns inte: den har aldrig registrerats, har gått ut eller är avstängd.`,
        server: ({ name, target, registered }) =>
          `${name} har namnservern (NS) ${target}, men domänen ${registered} finns inte. Den som registrerar den svarar för hela ${name}.`,
      },
    },
  },
  examples: {
    good: [
      {},
      {
        zone: {
          's1._domainkey.example.se': { CNAME: ['s1.dkim.example.net'] },
          'example.net': { NS: ['ns.example.net'] },
        },
      },
    ],
    bad: [
      {
        world: { zone: { 's1._domainkey.example.se': { CNAME: ['s1.dkim.example.net'] } } },
        finds: 'free',
      },
      { world: { zone: { 'mejl.example.se': { CNAME: ['u1.mail.example.org'] } } }, finds: 'free' },
      { world: { zone: { '_dmarc.example.se': { CNAME: ['x.example.net'] } } }, finds: 'free' },
      // Above the From domain: the tree walk reads it.
      {
        world: {
          from: 'nytt@news.example.se',
          zone: { '_dmarc.example.se': { CNAME: ['x.example.net'] } },
        },
        finds: 'free',
      },
      {
        world: { zone: { 'example.se': { NS: ['ns1.example.net', 'ns2.example.se'] } } },
        finds: 'server',
      },
    ],
  },
});
