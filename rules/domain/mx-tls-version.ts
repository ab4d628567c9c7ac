import { defineRule, problem } from '#rule';
import { askHost, overGreeted } from '../repairs/mail-servers.ts';

const retired = /^(?:SSL|TLSv1(?:\.1)?$)/;

export default defineRule({
  id: 'mx-tls-version',
  severity: 'minor',
  reference: 'RFC 8996 (TLS 1.0 and 1.1 must not be used)',
  needs: ['greetings', 'bounceGreetings'],
  check: ({ greetings, bounceGreetings }) =>
    overGreeted({ greetings, bounceGreetings }, ({ host, tls }) =>
      tls && retired.test(tls.version)
        ? [problem('retired', { host, version: tls.version.replace('v', ' ') })]
        : [],
    ),
  words: {
    en: {
      title: 'Age of the mail servers’ encryption',
      heading: { retired: ({ host }) => `The mail server ${host} knows only encryption that is out of use` },
      mend: { retired: () => 'Let the mail server speak TLS 1.2 and 1.3' },
      why: 'Senders that no longer speak so old a version deliver to you in the clear or not at all, so replies can be read on the way or lost.',
      fix: {
        retired: () =>
          `Bring the mail server up to date, and allow TLS 1.2 and TLS 1.3 in its settings. ${askHost.en}`,
      },
      problems: { retired: ({ host, version }) => `${host} agreed on ${version} and on nothing newer.` },
    },
    sv: {
      title: 'Hur gammal mejlservrarnas kryptering är',
      heading: { retired: ({ host }) => `Mejlservern ${host} kan bara kryptering som är tagen ur bruk` },
      mend: { retired: () => 'Låt mejlservern tala TLS 1.2 och 1.3' },
      why: 'Avsändare som inte längre talar en så gammal version levererar okrypterat till dig eller inte alls, så svar kan läsas på vägen eller gå förlorade.',
      fix: {
        retired: () =>
          `Uppdatera mejlservern, och tillåt TLS 1.2 och TLS 1.3 i dess inställningar. ${askHost.sv}`,
      },
      problems: { retired: ({ host, version }) => `${host} gick med på ${version} och inget nyare.` },
    },
  },
  examples: {
    good: [{}, { servers: { 'in.example.se': tls('TLSv1.2') } }],
    bad: [
      { world: { servers: { 'in.example.se': tls('TLSv1') } }, finds: 'retired' },
      { world: { servers: { 'in.example.se': tls('TLSv1.1') } }, finds: 'retired' },
    ],
  },
});

function tls(version: string) {
  const certificate = {
    names: ['in.example.se'],
    subject: 'CN=in.example.se',
    issuer: 'CN=Test CA',
    validFrom: '2026-09-01T00:00:00.000Z',
    validTo: '2027-02-01T00:00:00.000Z',
    matches: {},
  };
  return { tls: { version, fault: null, chain: [certificate] } };
}
