/** Senders whose audits are measured. */
import type { World } from '../../../src/rule.ts';
import type { HandedSender } from '../../../src/submission.ts';
import { soundZone } from '../../world.ts';

export interface BenchWorld extends Pick<World, 'web' | 'servers' | 'identities'> {
  zone: Record<string, unknown>;
  sender: HandedSender;
  /** Domains and addresses that are known before anything is asked. */
  seeds: readonly string[];
}

const key = soundZone['s1._domainkey.example.se'];
const sender: HandedSender = {
  domain: 'example.se',
  mailFrom: 'mejl.example.se',
  dkimSelectors: ['s1'],
};
const seeds = ['example.se', 'mejl.example.se'];

/** Each include names the next; `a` and `mx` stand in the last. */
const deepTree = {
  'example.se': {
    ...soundZone['example.se'],
    TXT: ['v=spf1 include:one.deep.example mx -all'],
  },
  'one.deep.example': { TXT: ['v=spf1 include:two.deep.example ip4:192.0.2.0/28 -all'] },
  'two.deep.example': { TXT: ['v=spf1 include:three.deep.example -all'] },
  'three.deep.example': { TXT: ['v=spf1 include:four.deep.example -all'] },
  'four.deep.example': { TXT: ['v=spf1 a:host.deep.example mx:mail.deep.example -all'] },
  'host.deep.example': { A: ['192.0.2.77'] },
  'mail.deep.example': { MX: ['10 in.deep.example'] },
  'in.deep.example': { A: ['192.0.2.78'] },
};

const published = {
  'example.se': {
    ...soundZone['example.se'],
    NS: ['ns1.dns.example', 'ns2.dns.example'],
    SOA: ['ns1.dns.example hostmaster.example.se 1 7200 900 1209600 300'],
    CAA: ['0 issue "letsencrypt.org"'],
  },
  'in.example.se': { A: ['192.0.2.25'], AAAA: ['2001:db8::25'] },
  '_25._tcp.in.example.se': { TLSA: [`3 1 1 ${'ab'.repeat(32)}`] },
  '_mta-sts.example.se': { TXT: ['v=STSv1; id=20261101'] },
  'mta-sts.example.se': { A: ['192.0.2.80'] },
  '_smtp._tls.example.se': { TXT: ['v=TLSRPTv1; rua=mailto:tls@rapport.example'] },
  '_dmarc.example.se': {
    TXT: ['v=DMARC1; p=reject; rua=mailto:d@rapport.example; ruf=mailto:f@rapport.example'],
  },
  'example.se._report._dmarc.rapport.example': { TXT: ['v=DMARC1'] },
  'rapport.example': { MX: ['10 in.rapport.example'] },
  'in.rapport.example': { A: ['192.0.2.90'] },
  'default._bimi.example.se': {
    TXT: ['v=BIMI1; l=https://example.se/logo.svg; a=https://example.se/vmc.pem'],
  },
  '20.2.0.192.in-addr.arpa': { PTR: ['ut.example.se'] },
  'ut.example.se': { A: ['192.0.2.20'] },
};

const policyFile = 'version: STSv1\r\nmode: enforce\r\nmx: in.example.se\r\nmax_age: 604800\r\n';

const publishing = {
  sender: { ...sender, sendingAddresses: ['192.0.2.20'] },
  seeds: [...seeds, '192.0.2.20'],
  web: {
    'https://mta-sts.example.se/.well-known/mta-sts.txt': policyFile,
    'https://example.se/logo.svg': {
      type: 'image/svg+xml',
      body: '<svg xmlns="http://www.w3.org/2000/svg"/>',
    },
  },
  servers: { 'in.example.se': {} },
};

export const worlds: Readonly<Record<string, BenchWorld>> = {
  sound: { zone: soundZone, sender, seeds },
  deep: { zone: { ...soundZone, ...deepTree }, sender, seeds },
  routes: {
    zone: {
      ...soundZone,
      's2._domainkey.example.se': key,
      'reserv.example.se': { TXT: ['v=spf1 include:authsmtp.com -all'], MX: ['10 in.example.se'] },
      'authsmtp.com': { TXT: ['v=spf1 ip4:198.51.100.0/24 -all'] },
    },
    sender: {
      domain: 'example.se',
      routes: [
        {
          transport: 'ses',
          mail_from: 'mejl.example.se',
          dkim: [{ d: 'example.se', s: 's1' }],
          signed_by: [],
        },
        {
          transport: 'reserve',
          mail_from: 'reserv.example.se',
          dkim: [{ d: 'example.se', s: 's2' }],
          signed_by: [],
        },
      ],
    },
    seeds: [...seeds, 'reserv.example.se'],
    identities: { ses: {} },
  },
  published: { zone: { ...soundZone, ...published }, ...publishing },
  everything: {
    zone: {
      ...soundZone,
      ...deepTree,
      ...published,
      'example.se': { ...published['example.se'], TXT: deepTree['example.se'].TXT },
    },
    ...publishing,
  },
};
