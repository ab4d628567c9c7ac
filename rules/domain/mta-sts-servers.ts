import { defineRule, notApplicable, problem, unanswered } from '#rule';
import { takingMail } from '../repairs/mail-servers.ts';

const page = 'https://mta-sts.example.se/.well-known/mta-sts.txt';

export default defineRule({
  id: 'mta-sts-servers',
  severity: 'minor',
  reference: 'RFC 8461 sections 4.1 and 5.1',
  needs: ['mtaSts', 'mailServers'],
  check({ mtaSts: { domain, record, policy, url, unnamed, hosts }, mailServers }) {
    if (record.state === 'unanswered') return unanswered([`${record.name} TXT`]);
    if (record.state !== 'one' || policy.state !== 'read') return notApplicable('no-record');
    if (policy.faults.length > 0) return notApplicable('faulty-record');
    if (hosts === null) return unanswered([`${domain} MX`]);
    const enforced = policy.mode === 'enforce';
    const taking = takingMail(mailServers);
    return unnamed
      .filter((host) => taking.includes(host))
      .map((host) => problem('unnamed', { host, url, enforced }));
  },
  words: {
    en: {
      title: 'Mail servers that MTA-STS names',
      heading: { unnamed: ({ host }) => `The mail server ${host} is missing in the MTA-STS policy` },
      mend: { unnamed: () => 'Name the mail server in the policy' },
      why: 'Senders that heed MTA-STS do not deliver to a mail server that the policy does not name. If no other takes the mail, replies and bounces are lost; in testing mode they only report it.',
      fix: {
        unnamed: ({ host, url }) =>
          `Add the line mx: ${host} to ${url}, and then give the record a new id. If the server is no longer yours, take it out of the MX records.`,
      },
      problems: {
        unnamed: ({ host, enforced }) =>
          enforced
            ? `The policy is enforced and does not name ${host}, which the MX records do.`
            : `The policy does not name ${host}, which the MX records do.`,
      },
    },
    sv: {
      title: 'Mejlservrar som MTA-STS anger',
      heading: { unnamed: ({ host }) => `Mejlservern ${host} saknas i regelfilen för MTA-STS` },
      mend: { unnamed: () => 'Ange mejlservern i regelfilen' },
      why: 'Avsändare som följer MTA-STS levererar inte till en mejlserver som regelfilen inte anger. Tar ingen annan emot mejlet går svar och studsar förlorade. I läget testing rapporterar de det bara.',
      fix: {
        unnamed: ({ host, url }) =>
          `Lägg till raden mx: ${host} i ${url}, och ge sedan posten ett nytt id. Är servern inte längre din, ta bort den ur MX-posterna.`,
      },
      problems: {
        unnamed: ({ host, enforced }) =>
          enforced
            ? `Regelfilen gäller skarpt (enforce) och anger inte ${host}, som MX-posterna gör.`
            : `Regelfilen anger inte ${host}, som MX-posterna gör.`,
      },
    },
  },
  examples: {
    good: [
      {},
      { web: { [page]: 'version: STSv1\nmode: enforce\nmx: *.example.se\nmax_age: 604800\n' } },
      { zone: { 'example.se': { MX: ['10 in.example.se', '20 192.0.2.7', '30 gone.example.se'] } } },
      { web: { [page]: 'version: STSv1\nmode: none\nmax_age: 86400\n' } },
    ],
    bad: [
      {
        world: {
          zone: {
            'example.se': { MX: ['10 in.example.se', '20 in3.example.se'] },
            'in3.example.se': { A: ['192.0.2.26'] },
          },
        },
        finds: 'unnamed',
      },
      {
        world: { web: { [page]: 'version: STSv1\nmode: testing\nmx: *.in.example.se\nmax_age: 604800\n' } },
        finds: 'unnamed',
      },
    ],
  },
});
