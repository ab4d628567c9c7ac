import { defineRule, problem } from '#rule';
import { askHost, overGreeted } from '../repairs/mail-servers.ts';

export default defineRule({
  id: 'mx-starttls',
  severity: 'minor',
  reference: 'RFC 3207 (STARTTLS); RFC 7435 section 3 (opportunistic security)',
  needs: ['greetings', 'bounceGreetings'],
  check: ({ greetings, bounceGreetings }) =>
    overGreeted({ greetings, bounceGreetings }, ({ host, state, said }) => {
      if (state === 'plain') return [problem('plain', { host })];
      return state === 'tls-failed' ? [problem('failed', { host, said })] : [];
    }),
  words: {
    en: {
      title: 'Encryption of incoming mail',
      heading: {
        plain: ({ host }) => `The mail server ${host} takes mail without encryption alone`,
        failed: ({ host }) => `The mail server ${host} fails when encryption should begin`,
      },
      mend: { plain: () => 'Turn STARTTLS on', failed: () => 'Mend STARTTLS on the mail server' },
      why: 'Mail to you goes over the internet in the clear: anyone on the way can read replies from your members. Senders that insist on encryption do not deliver at all. It does not touch the mail that you send.',
      fix: {
        plain: () => `Turn STARTTLS on in the mail server, with a certificate. ${askHost.en}`,
        failed: () =>
          `Look in the mail server’s log for TLS; often its certificate or key cannot be read. ${askHost.en}`,
      },
      problems: {
        plain: ({ host }) => `${host} does not offer STARTTLS on port 25.`,
        failed: ({ host, said }) =>
          `${host} offers STARTTLS, but no encrypted connection came of it: ${said}.`,
      },
    },
    sv: {
      title: 'Kryptering av inkommande mejl',
      heading: {
        plain: ({ host }) => `Mejlservern ${host} tar bara emot mejl utan kryptering`,
        failed: ({ host }) => `Mejlservern ${host} misslyckas när krypteringen ska börja`,
      },
      mend: { plain: () => 'Slå på STARTTLS', failed: () => 'Laga STARTTLS på mejlservern' },
      why: 'Mejl till dig går okrypterat över internet, så den som sitter på vägen kan läsa svaren från dina medlemmar. Avsändare som kräver kryptering levererar inte alls. Mejlen du skickar påverkas inte.',
      fix: {
        plain: () => `Slå på STARTTLS i mejlservern, med ett certifikat. ${askHost.sv}`,
        failed: () =>
          `Se i mejlserverns logg vad som står om TLS. Ofta går certifikatet eller nyckeln inte att läsa. ${askHost.sv}`,
      },
      problems: {
        plain: ({ host }) => `${host} erbjuder inte STARTTLS på port 25.`,
        failed: ({ host, said }) =>
          `${host} erbjuder STARTTLS, men det blev ingen krypterad anslutning: ${said}.`,
      },
    },
  },
  examples: {
    good: [{}],
    bad: [
      { world: { servers: { 'in.example.se': { state: 'plain', tls: null } } }, finds: 'plain' },
      {
        world: {
          servers: { 'in.example.se': { state: 'tls-failed', said: '454 TLS not available', tls: null } },
        },
        finds: 'failed',
      },
      {
        world: {
          zone: { 'example.se': { MX: ['10 in.example.se', '20 gone.example.se', '30 in2.example.se'] } },
          servers: { 'in2.example.se': { state: 'plain', tls: null } },
        },
        finds: 'plain',
      },
      // Where bounces go counts as well.
      {
        world: {
          zone: {
            'mejl.example.se': { MX: ['10 studs.example.se'] },
            'studs.example.se': { A: ['192.0.2.27'] },
          },
          servers: { 'studs.example.se': { state: 'plain', tls: null } },
        },
        finds: 'plain',
      },
    ],
  },
});
