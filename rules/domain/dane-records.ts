import { defineRule, notApplicable, problem, unanswered } from '#rule';
import { daneAlias, daneBox } from '../repairs/dane.ts';
import { isSilent } from '../repairs/mail-servers.ts';

export default defineRule({
  id: 'dane-records',
  severity: 'advice',
  reference: 'RFC 7672 section 2.2; RFC 7671 section 5.1 (3 1 1)',
  needs: ['dane'],
  check({ dane: { domain, status, servers } }) {
    if (isSilent(status)) return unanswered([`${domain} MX`]);
    const silent = servers.filter(({ state }) => state === 'unanswered').map(({ name }) => `${name} TLSA`);
    const absent = servers.filter(({ state, secure, own }) => state === 'none' && secure && own);
    if (absent.length > 0) {
      return absent.map((server) => {
        const { data, more } = daneBox(server, null);
        return problem('absent', data, more);
      });
    }
    if (silent.length > 0) return unanswered(silent);
    // Elsewhere the servers' own host decides, and without DNSSEC there is nothing to gain.
    return servers.some(({ state }) => state === 'records') ? [] : notApplicable('no-record');
  },
  words: {
    en: {
      title: 'DANE: which certificate is the right one',
      heading: { absent: ({ host }) => `DNS does not say which certificate ${host} has` },
      mend: { absent: () => 'Publish a TLSA record' },
      why: 'Mail to you arrives. Your DNS is signed, so with one more record senders could make sure that they talk to your server and to no other.',
      fix: {
        absent: (said) =>
          said.alias !== ''
            ? daneAlias.en(said)
            : said.box
              ? 'Publish the record below. Keep the server’s key when the certificate renews (certbot: --reuse-key): with a new key and an old record, senders that heed DANE no longer deliver.'
              : `Publish a TLSA record at ${said.place}: 3 1 1 and the SHA-256 of the server’s key.`,
      },
      problems: { absent: ({ host, place }) => `${host} has no TLSA record at ${place}.` },
    },
    sv: {
      title: 'DANE: vilket certifikat som är det rätta',
      heading: { absent: ({ host }) => `DNS säger inte vilket certifikat ${host} har` },
      mend: { absent: () => 'Publicera en TLSA-post' },
      why: 'Mejl till dig kommer fram. Din DNS är signerad, så med en post till kan avsändare förvissa sig om att de talar med din server och ingen annan.',
      fix: {
        absent: (said) =>
          said.alias !== ''
            ? daneAlias.sv(said)
            : said.box
              ? 'Publicera posten nedan. Behåll serverns nyckel när certifikatet förnyas (certbot: --reuse-key), för med ny nyckel och gammal post slutar avsändare som följer DANE att leverera.'
              : `Publicera en TLSA-post för ${said.place}: 3 1 1 och SHA-256 av serverns nyckel.`,
      },
      problems: { absent: ({ host, place }) => `${host} saknar TLSA-post på ${place}.` },
    },
  },
  examples: {
    good: [{}],
    bad: [
      { world: { zone: { '_25._tcp.in.example.se': 'NXDOMAIN' } }, finds: 'absent' },
      {
        world: {
          zone: { '_25._tcp.in.example.se': 'NXDOMAIN' },
          servers: { 'in.example.se': { state: 'silent', tls: null } },
        },
        finds: 'absent',
      },
      {
        world: { zone: { '_25._tcp.in.example.se': { CNAME: ['_dane.example.se'] } } },
        finds: 'absent',
      },
    ],
  },
});
