import { defineRule, notApplicable, problem, unanswered } from '#rule';
import { movedSts, movedWords, unmoved } from '../repairs/doubled-names.ts';
import { stsPolicy, stsRecord, takingMail } from '../repairs/mail-servers.ts';

export default defineRule({
  id: 'mta-sts',
  severity: 'advice',
  reference: 'RFC 8461 sections 3.1 and 3.2',
  needs: ['mtaSts', 'mailServers', 'doubledNames'],
  check({ mtaSts: { domain, record, policy, hosts, url }, mailServers, doubledNames }, { now }) {
    if (record.state === 'unanswered') return unanswered([`${record.name} TXT`]);
    if (hosts === null) return unanswered([`${domain} MX`]);
    // A policy alone is the matter of the record's own check.
    if (record.state !== 'none' || policy.state === 'read') return [];
    if (hosts.length === 0) return notApplicable('no-record');
    const taking = takingMail(mailServers).filter((host) => hosts.includes(host));
    // First the mail servers are to be mended, or senders would insist on what is not there.
    if (taking.length === 0) return notApplicable('faulty-record');
    const moved = movedSts(doubledNames, record.name);
    const fresh = { kind: 'dns', type: 'TXT', name: record.name, old: null, new: stsRecord(now) } as const;
    const change = moved?.change ?? fresh;
    return [
      problem(
        'absent',
        { domain, url, policy: stsPolicy(taking, 'testing'), ...(moved?.data ?? unmoved) },
        record.isAlias ? {} : { change },
      ),
    ];
  },
  words: {
    en: {
      title: 'MTA-STS: encryption that senders insist on',
      heading: { absent: ({ domain }) => `Nothing makes senders encrypt mail to ${domain}` },
      mend: { absent: () => 'Publish MTA-STS' },
      why: 'Mail to you is encrypted only where nobody on the way prevents it: a sender that is told there is no encryption delivers in the clear. MTA-STS tells senders to insist. It does not touch the mail that you send.',
      fix: {
        absent: ({ url, policy, at, label, zone }) =>
          `First put a text file at ${url} with these lines: ${policy.replace(/\n/g, ' · ')}. Then publish the record below.${movedWords.en({ at, label, zone })} After four weeks without reports of trouble, change testing to enforce and give the record a new id.`,
      },
      problems: { absent: ({ domain }) => `${domain} has no MTA-STS record and no policy.` },
    },
    sv: {
      title: 'MTA-STS: kryptering som avsändare kräver',
      heading: { absent: ({ domain }) => `Inget får avsändare att kryptera mejl till ${domain}` },
      mend: { absent: () => 'Publicera MTA-STS' },
      why: 'Mejl till dig krypteras bara om ingen på vägen hindrar det. En avsändare som får höra att kryptering saknas levererar okrypterat. MTA-STS säger åt avsändare att kräva det. Mejlen du skickar påverkas inte.',
      fix: {
        absent: ({ url, policy, at, label, zone }) =>
          `Lägg först en textfil på ${url} med de här raderna: ${policy.replace(/\n/g, ' · ')}. Publicera sedan posten nedan.${movedWords.sv({ at, label, zone })} Byt testing mot enforce efter fyra veckor utan rapporter om problem, och ge posten ett nytt id.`,
      },
      problems: { absent: ({ domain }) => `${domain} har varken MTA-STS-post eller regelfil.` },
    },
  },
  examples: {
    good: [{}],
    bad: [
      {
        world: { zone: { '_mta-sts.example.se': 'NXDOMAIN', 'mta-sts.example.se': 'NXDOMAIN' } },
        finds: 'absent',
      },
      {
        world: {
          zone: { '_mta-sts.example.se': 'NXDOMAIN' },
          web: { 'https://mta-sts.example.se/.well-known/mta-sts.txt': { status: 404, type: 'text/html' } },
        },
        finds: 'absent',
      },
    ],
  },
});
