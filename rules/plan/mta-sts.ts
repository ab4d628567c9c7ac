import { defineStep } from '#rule';
import { movedSts } from '../repairs/doubled-names.ts';
import { stsPolicy, stsRecord, takingMail } from '../repairs/mail-servers.ts';

export default defineStep({
  id: 'mta-sts',
  needs: ['mtaSts', 'mailServers', 'author', 'doubledNames'],
  byRoute: false,
  optional: true,
  after: ['mail'],
  // In testing it holds back no mail.
  waitDays: 0,
  checks: ['mta-sts', 'mta-sts-record', 'mta-sts-policy', 'mta-sts-servers', 'mta-sts-encryption'],
  source: 'RFC 8461 sections 3.1 and 3.2',
  read(
    { mtaSts: { domain, record, url, policy, hosts }, mailServers, author: { mail }, doubledNames },
    { now },
  ) {
    const taking = takingMail(mailServers).filter((host) => hosts?.includes(host));
    const lines = taking.length > 0 ? stsPolicy(taking, 'testing').replace(/\n/g, ' · ') : '';
    const data = { domain, url, lines };
    const told = (state: 'done' | 'open' | 'broken' | 'unknown' | 'idle') => ({ state, records: [], data });
    if (record.state === 'unanswered' || mail === null || hosts === null) return told('unknown');
    // A policy names the servers of MX records; without any there is nothing to name.
    if (mail !== 'host' || hosts.length === 0) return told('idle');
    if (record.state === 'one') {
      if (policy.state === 'unreached') return told('unknown');
      return told(policy.state === 'read' ? 'done' : 'broken');
    }
    if (record.state !== 'none' || record.isAlias) return told('broken');
    if (lines === '') return told('open');
    const moved = movedSts(doubledNames, record.name)?.record;
    return {
      ...told('open'),
      records: [moved ?? { type: 'TXT', name: record.name, old: null, new: stsRecord(now) }],
    };
  },
  words: {
    en: {
      name: 'MTA-STS',
      title: () => 'Ask senders for encryption (MTA-STS)',
      why: 'It concerns mail that comes to you: senders that know it deliver encrypted or not at all, so nobody on the way can read along.',
      how: ({ url, lines }) =>
        lines === ''
          ? 'First mend the mail servers: none in the MX records has an address that takes mail.'
          : `First put a text file at ${url} with these lines: ${lines}. Then publish the record below. After four weeks without bad reports, write “mode: enforce” and a new id.`,
      until: '',
    },
    sv: {
      name: 'MTA-STS',
      title: () => 'Be avsändare om kryptering (MTA-STS)',
      why: 'Det gäller mejl som kommer till dig: avsändare som känner till det levererar krypterat eller inte alls, så ingen på vägen kan läsa.',
      how: ({ url, lines }) =>
        lines === ''
          ? 'Rätta mejlservrarna först: ingen i MX-posterna har en adress som tar emot mejl.'
          : `Lägg först en textfil på ${url} med de här raderna: ${lines}. Publicera sedan posten nedan. Efter fyra veckor utan dåliga rapporter, skriv ”mode: enforce” och ett nytt id.`,
      until: '',
    },
  },
});
