import { defineRule, problem } from '#rule';
import { askHost, overGreeted } from '../repairs/mail-servers.ts';

export default defineRule({
  id: 'mx-certificate',
  severity: 'advice',
  reference: 'RFC 7435 section 3 (opportunistic security); RFC 8461 section 4.2 (what senders verify)',
  needs: ['greetings', 'bounceGreetings'],
  check: ({ greetings, bounceGreetings }) =>
    overGreeted({ greetings, bounceGreetings }, ({ host, tls }) => {
      const day = (tls?.validTo ?? '').slice(0, 10);
      const names = (tls?.names ?? []).slice(0, 3).join(', ').slice(0, 120) || '–';
      if (tls?.fault === 'expired') return [problem('expired', { host, day })];
      if (tls?.fault === 'names') return [problem('names', { host, names })];
      return tls?.fault ? [problem('untrusted', { host })] : [];
    }),
  words: {
    en: {
      title: 'Certificates of the mail servers',
      heading: {
        expired: ({ host }) => `The certificate of the mail server ${host} has run out`,
        names: ({ host }) => `The certificate of the mail server ${host} is for another name`,
        untrusted: ({ host }) => `The certificate of the mail server ${host} is vouched for by nobody`,
      },
      mend: {
        expired: () => 'Renew the certificate of the mail server',
        names: () => 'Get a certificate for the mail server’s name',
        untrusted: () => 'Get a certificate from a known authority',
      },
      why: 'Mail to you still arrives, and encrypted: between mail servers most senders take any certificate. But then nobody can tell your server from one that poses as it, and MTA-STS cannot be used.',
      fix: {
        expired: () =>
          `Renew it, let that happen by itself, and let the mail server read the new one. ${askHost.en}`,
        names: ({ host }) => `Get a certificate that names ${host}, the name in the MX record. ${askHost.en}`,
        untrusted: () =>
          `Get a certificate from an authority such as Let’s Encrypt, and let the mail server send the whole chain along (fullchain.pem). ${askHost.en}`,
      },
      problems: {
        expired: ({ host, day }) => `The certificate of ${host} ran out on ${day}.`,
        names: ({ host, names }) => `${host} shows a certificate for ${names}.`,
        untrusted: ({ host }) =>
          `The certificate of ${host} leads to no authority that is commonly trusted, or the server leaves a part of the chain out.`,
      },
    },
    sv: {
      title: 'Mejlservrarnas certifikat',
      heading: {
        expired: ({ host }) => `Certifikatet för mejlservern ${host} har gått ut`,
        names: ({ host }) => `Certifikatet för mejlservern ${host} gäller ett annat namn`,
        untrusted: ({ host }) => `Ingen går i god för certifikatet för mejlservern ${host}`,
      },
      mend: {
        expired: () => 'Förnya mejlserverns certifikat',
        names: () => 'Skaffa ett certifikat för mejlserverns namn',
        untrusted: () => 'Skaffa ett certifikat från en känd utfärdare',
      },
      why: 'Mejl till dig kommer ändå fram, och krypterat, för mellan mejlservrar godtar de flesta vilket certifikat som helst. Men då kan ingen skilja din server från en som utger sig för att vara den, och MTA-STS går inte att använda.',
      fix: {
        expired: () =>
          `Förnya det, låt det ske av sig självt och låt mejlservern läsa in det nya. ${askHost.sv}`,
        names: ({ host }) =>
          `Skaffa ett certifikat som gäller ${host}, alltså namnet i MX-posten. ${askHost.sv}`,
        untrusted: () =>
          `Skaffa ett certifikat från en utfärdare som Let’s Encrypt, och låt mejlservern skicka med hela kedjan (fullchain.pem). ${askHost.sv}`,
      },
      problems: {
        expired: ({ host, day }) => `Certifikatet för ${host} gick ut ${day}.`,
        names: ({ host, names }) => `${host} visar ett certifikat för ${names}.`,
        untrusted: ({ host }) =>
          `Certifikatet för ${host} leder inte till någon utfärdare som de flesta litar på, eller så skickar servern inte med hela kedjan.`,
      },
    },
  },
  examples: {
    good: [{}],
    bad: [
      {
        world: { servers: { 'in.example.se': tls('CERT_HAS_EXPIRED', '2026-11-01T00:00:00.000Z') } },
        finds: 'expired',
      },
      { world: { servers: { 'in.example.se': tls('names') } }, finds: 'names' },
      { world: { servers: { 'in.example.se': tls('DEPTH_ZERO_SELF_SIGNED_CERT') } }, finds: 'untrusted' },
      { world: { servers: { 'in.example.se': tls('UNABLE_TO_VERIFY_LEAF_SIGNATURE') } }, finds: 'untrusted' },
    ],
  },
});

function tls(fault: string, validTo = '2027-02-01T00:00:00.000Z') {
  const certificate = {
    names: ['www.example.se'],
    subject: 'CN=www.example.se',
    issuer: 'CN=Test CA',
    validFrom: '2026-08-01T00:00:00.000Z',
    validTo,
    matches: {},
  };
  return { tls: { version: 'TLSv1.3', fault, chain: [certificate] } };
}
