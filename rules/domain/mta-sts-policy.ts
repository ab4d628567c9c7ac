import { defineRule, notApplicable, problem, unanswered, unknown } from '#rule';

const page = 'https://mta-sts.example.se/.well-known/mta-sts.txt';

export default defineRule({
  id: 'mta-sts-policy',
  severity: 'minor',
  reference: 'RFC 8461 sections 3.2 and 3.3',
  needs: ['mtaSts'],
  check({ mtaSts: { record, policy, url } }) {
    if (record.state === 'unanswered') return unanswered([`${record.name} TXT`]);
    if (record.state === 'none') return notApplicable('no-record');
    if (policy.state === 'unreached' || policy.state === 'none') return unknown('unanswered');
    const host = new URL(url).hostname;
    if (policy.state === 'read') {
      return policy.faults.length > 0 ? [problem('content', { url, parts: policy.faults.join(', ') })] : [];
    }
    const { failure, status, type } = policy;
    if (failure === 'no-host') return [problem('host', { url, host })];
    if (failure === 'certificate') return [problem('certificate', { url, host })];
    if (failure === 'redirect') return [problem('redirect', { url })];
    if (failure === 'type') return [problem('type', { url, type: type || '–' })];
    if (failure === 'too-long') return [problem('long', { url })];
    return [problem('page', { url, status: status ?? 0 })];
  },
  words: {
    en: {
      title: 'MTA-STS policy file',
      heading: {
        host: ({ host }) => `The host of the MTA-STS policy, ${host}, does not exist`,
        certificate: ({ host }) => `The certificate of ${host} does not hold`,
        redirect: () => 'The MTA-STS policy is redirected',
        type: () => 'The MTA-STS policy is not plain text',
        long: () => 'The MTA-STS policy is too long',
        page: () => 'The MTA-STS policy is not there',
        content: () => 'The MTA-STS policy cannot be used',
      },
      mend: {
        host: () => 'Publish the address of the policy’s host',
        certificate: () => 'Renew the certificate of the policy’s host',
        redirect: () => 'Serve the policy without a redirect',
        type: () => 'Serve the policy as text/plain',
        long: () => 'Shorten the policy',
        page: () => 'Put the policy file in place',
        content: () => 'Correct the policy file',
      },
      why: 'The record in DNS announces a policy that senders do not get, so they go on as if you had none: mail to you arrives, but nothing makes them encrypt it.',
      fix: {
        host: ({ host, url }) =>
          `Publish an A record for ${host} that leads to a web server with a certificate for that name, and put the policy at ${url}.`,
        certificate: ({ host }) =>
          `Get a certificate for ${host} from a known authority, and let it renew itself.`,
        redirect: ({ url }) =>
          `Let the web server answer ${url} with the file itself: senders must not follow a redirect.`,
        type: () => 'Let the web server send the file with the type text/plain.',
        long: () =>
          'Name each mail server once, with a * for several in one domain. Senders read 64 KB at most.',
        page: ({ url }) => `Put the policy file at ${url}. A browser must show it at exactly that address.`,
        content: () =>
          'The lines are version: STSv1, mode: enforce (or testing), mx: with the name of a mail server, one line each, and max_age: with seconds, at most 31557600.',
      },
      problems: {
        host: ({ host }) => `${host} has no address (A or AAAA).`,
        certificate: ({ url }) =>
          `${url} could not be fetched: the certificate of the web server is not valid for it.`,
        redirect: ({ url }) => `${url} leads on to another address.`,
        type: ({ url, type }) => `${url} is sent as ${type}, not as text/plain.`,
        long: ({ url }) => `${url} is longer than 64 KB.`,
        page: ({ url, status }) =>
          status === 0 ? `Nothing answers at ${url}.` : `${url} answers with the status ${status}.`,
        content: ({ url, parts }) => `${url} lacks a valid value for: ${parts}.`,
      },
    },
    sv: {
      title: 'Regelfil för MTA-STS',
      heading: {
        host: ({ host }) => `Värden för MTA-STS-filen, ${host}, finns inte`,
        certificate: ({ host }) => `Certifikatet för ${host} håller inte`,
        redirect: () => 'Regelfilen för MTA-STS är omdirigerad',
        type: () => 'Regelfilen för MTA-STS är inte ren text',
        long: () => 'Regelfilen för MTA-STS är för lång',
        page: () => 'Regelfilen för MTA-STS finns inte på plats',
        content: () => 'Regelfilen för MTA-STS går inte att använda',
      },
      mend: {
        host: () => 'Publicera adressen till filens värd',
        certificate: () => 'Förnya certifikatet för filens värd',
        redirect: () => 'Lämna ut filen utan omdirigering',
        type: () => 'Lämna ut filen som text/plain',
        long: () => 'Korta regelfilen',
        page: () => 'Lägg regelfilen på plats',
        content: () => 'Rätta regelfilen',
      },
      why: 'Posten i DNS pekar på en regelfil som avsändare inte får, så de gör som om du inte hade någon. Mejl till dig kommer fram, men inget får dem att kryptera det.',
      fix: {
        host: ({ host, url }) =>
          `Publicera en A-post för ${host} som leder till en webbserver med certifikat för det namnet, och lägg regelfilen på ${url}.`,
        certificate: ({ host }) =>
          `Skaffa ett certifikat för ${host} från en känd utfärdare, och låt det förnya sig självt.`,
        redirect: ({ url }) =>
          `Låt webbservern svara på ${url} med själva filen. Avsändare får inte följa en omdirigering.`,
        type: () => 'Låt webbservern skicka filen med typen text/plain.',
        long: () =>
          'Ange varje mejlserver en gång, med * för flera i samma domän. Avsändare läser högst 64 KB.',
        page: ({ url }) => `Lägg regelfilen på ${url}. En webbläsare ska visa den på precis den adressen.`,
        content: () =>
          'Raderna är version: STSv1, mode: enforce (eller testing), mx: med namnet på en mejlserver, en rad för varje, och max_age: i sekunder, högst 31557600.',
      },
      problems: {
        host: ({ host }) => `${host} saknar adress (A eller AAAA).`,
        certificate: ({ url }) => `${url} gick inte att hämta. Webbserverns certifikat gäller inte för den.`,
        redirect: ({ url }) => `${url} leder vidare till en annan adress.`,
        type: ({ url, type }) => `${url} skickas som ${type}, inte som text/plain.`,
        long: ({ url }) => `${url} är längre än 64 KB.`,
        page: ({ url, status }) =>
          status === 0 ? `Ingen svarar på ${url}.` : `${url} svarar med statuskoden ${status}.`,
        content: ({ url, parts }) => `${url} saknar ett giltigt värde för: ${parts}.`,
      },
    },
  },
  examples: {
    good: [{}, { web: { [page]: 'version: STSv1\r\nmode: none\r\nmax_age: 86400\r\nfuture: yes\r\n' } }],
    bad: [
      { world: { zone: { 'mta-sts.example.se': 'NXDOMAIN' } }, finds: 'host' },
      { world: { web: { [page]: { failure: 'CERT_HAS_EXPIRED' } } }, finds: 'certificate' },
      { world: { web: { [page]: { failure: 'ERR_TLS_CERT_ALTNAME_INVALID' } } }, finds: 'certificate' },
      { world: { web: { [page]: { status: 301 } } }, finds: 'redirect' },
      { world: { web: { [page]: { type: 'text/html', body: 'version: STSv1' } } }, finds: 'type' },
      { world: { web: { [page]: 'x'.repeat(70_000) } }, finds: 'long' },
      { world: { web: { [page]: { status: 404, type: 'text/html' } } }, finds: 'page' },
      { world: { web: { [page]: { failure: 'ECONNREFUSED' } } }, finds: 'page' },
      { world: { web: { [page]: 'version: STSv1\nmode: enforce\nmax_age: 1\n' } }, finds: 'content' },
      {
        world: { web: { [page]: 'version: STSv1\nmode: on\nmx: in.example.se\nmax_age: 1\n' } },
        finds: 'content',
      },
    ],
  },
});
