import { defineRule, problem } from '#rule';
import { overServers, withoutServer } from '../repairs/mail-servers.ts';

const two = { 'example.se': { MX: ['10 in.example.se', '20 in2.example.se'] } };

export default defineRule({
  id: 'mx-address',
  severity: 'minor',
  reference: 'RFC 5321 section 5.1; RFC 6890 (special-purpose addresses)',
  needs: ['mailServers', 'bounceServers'],
  check: (facts) =>
    overServers(facts, ({ host, kind, preference, addresses, inner, silent }, { domain, servers }) => {
      if (kind === 'null' || kind === 'literal' || addresses.length > 0) return [];
      // That nothing at all takes the mail is the matter of from-exchanger and mail-from-exchanger.
      const others = servers.some((one) => one.addresses.length > 0);
      if (inner.length > 0 && (others || domain !== facts.mailServers.domain)) {
        return [problem('inner', { domain, host, address: inner[0] ?? '' })];
      }
      if (inner.length > 0 || silent.length > 0 || !others) return [];
      return [problem('gone', { domain, host }, { change: withoutServer(domain, preference, host) })];
    }),
  words: {
    en: {
      title: 'Addresses of the mail servers',
      heading: {
        gone: ({ domain }) => `A mail server of ${domain} has no address`,
        inner: ({ domain }) => `A mail server of ${domain} cannot be reached from outside`,
      },
      mend: {
        gone: () => 'Take the dead mail server out of DNS',
        inner: () => 'Give the mail server a public address',
      },
      why: 'Mail to you that tries this server is put off or comes back. If other servers take it in the end, it comes late; if there are none, replies and bounces are lost.',
      fix: {
        gone: () =>
          'If the server is no longer yours, take the record away. Otherwise publish an A record for its name, or correct how it is spelt.',
        inner: () =>
          'Publish the address by which the internet reaches the server in its A or AAAA record, or take the server out of the MX records.',
      },
      problems: {
        gone: ({ domain, host }) =>
          `An MX record of ${domain} names ${host}, which has no address (A or AAAA).`,
        inner: ({ domain, host, address }) =>
          `The mail server ${host} of ${domain} has the address ${address}, which exists only inside a network of its own.`,
      },
    },
    sv: {
      title: 'Mejlservrarnas adresser',
      heading: {
        gone: ({ domain }) => `En mejlserver för ${domain} saknar adress`,
        inner: ({ domain }) => `En mejlserver för ${domain} går inte att nå utifrån`,
      },
      mend: {
        gone: () => 'Ta bort den döda mejlservern ur DNS',
        inner: () => 'Ge mejlservern en publik adress',
      },
      why: 'Mejl till dig som provar den här servern skjuts upp eller kommer tillbaka. Tar någon annan server emot det till slut kommer det sent. Annars går svar och studsar förlorade.',
      fix: {
        gone: () =>
          'Är servern inte längre din, ta bort posten. Publicera annars en A-post för namnet, eller rätta hur det är stavat.',
        inner: () =>
          'Publicera adressen som servern nås på från internet i dess A- eller AAAA-post, eller ta bort servern ur MX-posterna.',
      },
      problems: {
        gone: ({ domain, host }) =>
          `En MX-post för ${domain} anger ${host}, som saknar adress (A eller AAAA).`,
        inner: ({ domain, host, address }) =>
          `Mejlservern ${host} för ${domain} har adressen ${address}, som bara finns inuti ett eget nät.`,
      },
    },
  },
  examples: {
    good: [{}, { zone: { 'in.example.se': { AAAA: ['2001:db8::25'] } } }],
    bad: [
      {
        world: { zone: { 'example.se': { MX: ['10 in.example.se', '20 gone.example.se'] } } },
        finds: 'gone',
      },
      { world: { zone: { ...two, 'in2.example.se': { A: ['10.0.0.25'] } } }, finds: 'inner' },
      { world: { zone: { ...two, 'in2.example.se': { AAAA: ['fe80::1'] } } }, finds: 'inner' },
      {
        world: {
          zone: { 'mejl.example.se': { MX: ['10 b.example.se'] }, 'b.example.se': { A: ['10.0.0.25'] } },
        },
        finds: 'inner',
      },
      {
        world: { zone: { 'mejl.example.se': { MX: ['10 in.example.se', '20 gone.example.se'] } } },
        finds: 'gone',
      },
    ],
  },
});
