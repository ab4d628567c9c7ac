import { defineRule, notApplicable, problem, unanswered } from '#rule';

export default defineRule({
  id: 'address-name',
  severity: 'advice',
  reference:
    'GMX and WEB.DE postmaster pages (an individual PTR record, not one of the provider’s pattern), as of 2026-11',
  needs: ['addresses'],
  check({ addresses: { addresses } }) {
    const named = addresses.filter(({ names }) => names.length > 0);
    if (named.length === 0) {
      const silent = addresses.flatMap(({ silent: names }) => names);
      if (silent.length > 0) return unanswered(silent);
      return notApplicable(addresses.length === 0 ? 'no-addresses' : 'faulty-record');
    }
    return named.flatMap(({ ip, names }) => {
      const [first] = names;
      return first && names.every(({ generic }) => generic)
        ? [problem('generic', { ip, host: first.name })]
        : [];
    });
  },
  words: {
    en: {
      title: 'A name of their own for the sending servers',
      heading: {
        generic: ({ ip }, count) =>
          count > 1
            ? `${count} sending servers have names that were made by a machine`
            : `The name of the address ${ip} was made by a machine`,
      },
      mend: 'Give the server a name of its own',
      why: 'Mail from such a server looks like mail from a home line or a rented machine that was taken over, and some receivers turn it away or count it as spam.',
      fix: 'Ask whoever rents you the server to set its PTR record to a name under your domain that is for nothing else, and give that name an A record with the address.',
      problems: {
        generic: ({ ip, host }) =>
          `The address ${ip} is called ${host}, which spells out its number or its line.`,
      },
    },
    sv: {
      title: 'Ett eget namn för utskicksservrarna',
      heading: {
        generic: ({ ip }, count) =>
          count > 1
            ? `${count} utskicksservrar har namn som en maskin har gett dem`
            : `Namnet på adressen ${ip} har getts av en maskin`,
      },
      mend: 'Ge servern ett eget namn',
      why: 'Mejl från en sådan server ser ut att komma från ett hemabonnemang eller en kapad hyrd dator, och en del mottagare avvisar det eller räknar det som skräppost.',
      fix: 'Be den som du hyr servern av att ange ett namn under din domän som inte används till något annat i PTR-posten, och ge det namnet en A-post med adressen.',
      problems: {
        generic: ({ ip, host }) =>
          `Adressen ${ip} heter ${host}, vilket bara är dess nummer eller uppkoppling.`,
      },
    },
  },
  examples: {
    good: [
      {
        // Amazon SES names its servers by a part of their address alone.
        sendingAddresses: ['54.240.7.10'],
        zone: { '10.7.240.54.in-addr.arpa': { PTR: ['a7-10.smtp-out.eu-west-1.amazonses.com'] } },
      },
    ],
    bad: [
      {
        world: {
          sendingAddresses: ['199.255.192.10'],
          zone: { '10.192.255.199.in-addr.arpa': { PTR: ['static.10.192.255.199.clients.example.net'] } },
        },
        finds: 'generic',
      },
      {
        world: {
          sendingAddresses: ['199.255.192.10'],
          zone: { '10.192.255.199.in-addr.arpa': { PTR: ['h77.pool.example.net'] } },
        },
        finds: 'generic',
      },
    ],
  },
});
