import { defineStep } from '#rule';

export default defineStep({
  id: 'mta-sts',
  needs: ['mtaSts', 'author'],
  byRoute: false,
  optional: true,
  after: ['tls-reports'],
  // Ours: a month of reports before senders are told to insist.
  waitDays: 28,
  checks: ['mta-sts'],
  source: 'RFC 8461 sections 3.1 and 3.2',
  read({ mtaSts: { domain, record, url, hosts }, author: { mail } }, { now }) {
    const servers = (hosts ?? [])
      .slice(0, 10)
      .map((host) => `mx: ${host}`)
      .join(', ');
    const data = { domain, url, servers };
    if (record.state === 'unanswered' || mail === null) return { state: 'unknown', records: [], data };
    if (mail !== 'host') return { state: 'idle', records: [], data };
    if (record.state === 'one') return { state: 'done', records: [], data };
    if (record.state !== 'none' || record.isAlias) return { state: 'open', records: [], data };
    const id = now.toISOString().replace(/\D/g, '').slice(0, 14);
    const text = `v=STSv1; id=${id}`;
    return { state: 'open', records: [{ type: 'TXT', name: record.name, old: null, new: text }], data };
  },
  words: {
    en: {
      name: 'MTA-STS',
      title: () => 'Ask senders for encryption (MTA-STS)',
      why: 'It concerns mail that comes to you: senders that know it deliver encrypted or not at all, so nobody on the way can read along.',
      how: ({ url, servers }) =>
        `First put a text file at ${url} with the lines “version: STSv1”, “mode: testing”, “${servers}” (a line each) and “max_age: 604800”, then publish the record below. After a month without bad reports, write “mode: enforce” and a new id.`,
      until: '',
    },
    sv: {
      name: 'MTA-STS',
      title: () => 'Be avsändare om kryptering (MTA-STS)',
      why: 'Det gäller mejl som kommer till dig: avsändare som känner till det levererar krypterat eller inte alls, så ingen på vägen kan läsa.',
      how: ({ url, servers }) =>
        `Lägg först en textfil på ${url} med raderna ”version: STSv1”, ”mode: testing”, ”${servers}” (en rad var) och ”max_age: 604800”, och publicera sedan posten nedan. Efter en månad utan dåliga rapporter, skriv ”mode: enforce” och ett nytt id.`,
      until: '',
    },
  },
});
