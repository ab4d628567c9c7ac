import { defineRule, problem } from '#rule';
import { askHost, overGreeted } from '../repairs/mail-servers.ts';

const dayMs = 86_400_000;

export default defineRule({
  id: 'mx-certificate-expiry',
  severity: 'advice',
  reference:
    'RFC 5280 section 4.1.2.5 (validity); Let’s Encrypt, news of 2026-10-07 (renew after two thirds)',
  needs: ['greetings', 'bounceGreetings'],
  check: ({ greetings, bounceGreetings }, { policy, now }) =>
    overGreeted({ greetings, bounceGreetings }, ({ host, tls }) => {
      const [own] = tls?.chain ?? [];
      if (!own) return [];
      const [from, to] = [Date.parse(own.validFrom), Date.parse(own.validTo)];
      const left = to - now.getTime();
      // Some live for days alone, and are renewed every few.
      const soon = Math.min(policy.transport.certificateDays * dayMs, (to - from) / 3);
      return left > 0 && left < soon
        ? [problem('soon', { host, day: own.validTo.slice(0, 10), days: Math.ceil(left / dayMs) })]
        : [];
    }),
  words: {
    en: {
      title: 'Renewal of the mail servers’ certificates',
      heading: { soon: ({ host }) => `The certificate of the mail server ${host} soon runs out` },
      mend: { soon: () => 'See that the certificate is renewed' },
      why: 'Nothing is wrong yet. Certificates that renew themselves have done so by now; after the end, senders that verify your server no longer deliver to it.',
      fix: { soon: () => `Look at why it has not renewed itself, and renew it. ${askHost.en}` },
      problems: {
        soon: ({ host, day, days }) =>
          `The certificate of ${host} runs out on ${day}, in ${days} ${days === 1 ? 'day' : 'days'}.`,
      },
    },
    sv: {
      title: 'Förnyelse av mejlservrarnas certifikat',
      heading: { soon: ({ host }) => `Certifikatet för mejlservern ${host} går snart ut` },
      mend: { soon: () => 'Se till att certifikatet förnyas' },
      why: 'Inget är fel än. Certifikat som förnyar sig själva har gjort det vid det här laget, och när det har gått ut slutar avsändare som kontrollerar din server att leverera till den.',
      fix: { soon: () => `Ta reda på varför det inte har förnyat sig, och förnya det. ${askHost.sv}` },
      problems: {
        soon: ({ host, day, days }) =>
          `Certifikatet för ${host} går ut ${day}, om ${days} ${days === 1 ? 'dag' : 'dagar'}.`,
      },
    },
  },
  examples: {
    good: [{}, { servers: { 'in.example.se': tls('2026-11-20', '2026-11-25') } }],
    bad: [
      { world: { servers: { 'in.example.se': tls('2026-09-03', '2026-12-02') } }, finds: 'soon' },
      { world: { servers: { 'in.example.se': tls('2026-11-17', '2026-11-23') } }, finds: 'soon' },
    ],
  },
});

function tls(from: string, to: string) {
  const certificate = {
    names: ['in.example.se'],
    subject: 'CN=in.example.se',
    issuer: 'CN=Test CA',
    validFrom: `${from}T00:00:00.000Z`,
    validTo: `${to}T12:00:00.000Z`,
    matches: {},
  };
  return { tls: { version: 'TLSv1.3', fault: null, chain: [certificate] } };
}
