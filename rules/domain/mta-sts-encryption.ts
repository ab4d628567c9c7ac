import { defineRule, notApplicable, problem, unanswered } from '#rule';
import { askHost, overGreeted } from '../repairs/mail-servers.ts';

export default defineRule({
  id: 'mta-sts-encryption',
  severity: 'minor',
  reference: 'RFC 8461 sections 4.2 and 5.1',
  needs: ['mtaSts', 'greetings'],
  check({ mtaSts: { record, policy }, greetings }) {
    if (record.state === 'unanswered') return unanswered([`${record.name} TXT`]);
    if (record.state !== 'one' || policy.state !== 'read' || policy.mode === 'none') {
      return notApplicable('no-record');
    }
    const enforced = policy.mode === 'enforce';
    return overGreeted({ greetings }, ({ host, state, tls }) => {
      if (state === 'plain' || state === 'tls-failed') return [problem('plain', { host, enforced })];
      return tls?.fault ? [problem('certificate', { host, enforced, fault: tls.fault })] : [];
    });
  },
  words: {
    en: {
      title: 'Mail servers that keep what MTA-STS promises',
      heading: {
        plain: ({ host }) => `The mail server ${host} does not encrypt as MTA-STS promises`,
        certificate: ({ host }) => `The certificate of ${host} does not hold, and MTA-STS needs it`,
      },
      mend: {
        plain: () => 'Mend STARTTLS, or set the policy to testing',
        certificate: () => 'Get a valid certificate for the mail server',
      },
      why: 'Senders that heed MTA-STS do not deliver to this server. With the policy on enforce, mail to you is put off and then comes back; on testing, they deliver and report it.',
      fix: {
        plain: () =>
          `Turn STARTTLS on in the mail server. Until it works, set the policy to testing and give the record a new id. ${askHost.en}`,
        certificate: ({ host }) =>
          `The certificate must be valid, name ${host}, and come with its chain from a known authority. Until it does, set the policy to testing and give the record a new id. ${askHost.en}`,
      },
      problems: {
        plain: ({ host, enforced }) =>
          `No encrypted connection to ${host} came about, and the policy ${enforced ? 'is enforced' : 'is in testing'}.`,
        certificate: ({ host, enforced, fault }) =>
          `The certificate of ${host} ${faults.en[fault]}, and the policy ${enforced ? 'is enforced' : 'is in testing'}.`,
      },
    },
    sv: {
      title: 'Mejlservrar som håller vad MTA-STS lovar',
      heading: {
        plain: ({ host }) => `Mejlservern ${host} krypterar inte som MTA-STS lovar`,
        certificate: ({ host }) => `Certifikatet för ${host} håller inte, och MTA-STS kräver det`,
      },
      mend: {
        plain: () => 'Laga STARTTLS, eller sätt regelfilen till testing',
        certificate: () => 'Skaffa ett giltigt certifikat för mejlservern',
      },
      why: 'Avsändare som följer MTA-STS levererar inte till den här servern. Står regelfilen på enforce skjuts mejl till dig upp och kommer sedan tillbaka. Står den på testing levererar de och rapporterar det.',
      fix: {
        plain: () =>
          `Slå på STARTTLS i mejlservern. Sätt regelfilen till testing tills det fungerar, och ge posten ett nytt id. ${askHost.sv}`,
        certificate: ({ host }) =>
          `Certifikatet ska vara giltigt, gälla ${host} och ha hela kedjan från en känd utfärdare med sig. Sätt regelfilen till testing tills det är så, och ge posten ett nytt id. ${askHost.sv}`,
      },
      problems: {
        plain: ({ host, enforced }) =>
          `Det blev ingen krypterad anslutning till ${host}, och regelfilen står på ${enforced ? 'enforce' : 'testing'}.`,
        certificate: ({ host, enforced, fault }) =>
          `Certifikatet för ${host} ${faults.sv[fault]}, och regelfilen står på ${enforced ? 'enforce' : 'testing'}.`,
      },
    },
  },
  examples: {
    good: [{}],
    bad: [
      { world: { servers: { 'in.example.se': { state: 'plain', tls: null } } }, finds: 'plain' },
      { world: { servers: { 'in.example.se': tls('names') } }, finds: 'certificate' },
      { world: { servers: { 'in.example.se': tls('CERT_HAS_EXPIRED') } }, finds: 'certificate' },
    ],
  },
});

const faults = {
  en: {
    expired: 'has run out',
    early: 'is not valid yet',
    names: 'is for another name',
    'self-signed': 'is signed by itself alone',
    untrusted: 'leads to no known authority',
  },
  sv: {
    expired: 'har gått ut',
    early: 'gäller inte än',
    names: 'gäller ett annat namn',
    'self-signed': 'är signerat av sig självt',
    untrusted: 'leder inte till någon känd utfärdare',
  },
};

function tls(fault: string) {
  const certificate = {
    names: ['www.example.se'],
    subject: 'CN=www.example.se',
    issuer: 'CN=Test CA',
    validFrom: '2026-08-01T00:00:00.000Z',
    validTo: '2027-02-01T00:00:00.000Z',
    matches: {},
  };
  return { tls: { version: 'TLSv1.3', fault, chain: [certificate] } };
}
