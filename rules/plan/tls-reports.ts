import { defineStep } from '#rule';
import { movedRecord } from '../repairs/doubled-names.ts';
import { doubledWords } from '../repairs/spf-place.ts';

export default defineStep({
  id: 'tls-reports',
  needs: ['tlsReports', 'author', 'doubledNames'],
  byRoute: false,
  optional: true,
  after: ['mail'],
  waitDays: 0,
  checks: ['tls-reports', 'tls-reports-record'],
  source: 'RFC 8460 section 3',
  read({ tlsReports: { domain, record }, author: { mail }, doubledNames }) {
    const data = { domain, moved: false };
    if (record.state === 'unanswered' || mail === null) return { state: 'unknown', records: [], data };
    if (mail !== 'host') return { state: 'idle', records: [], data };
    if (record.state === 'one') return { state: 'done', records: [], data };
    if (record.state !== 'none' || record.isAlias) return { state: 'broken', records: [], data };
    const moved = movedRecord(doubledNames, 'tlsRpt', record.name);
    if (moved) {
      return { state: 'open', records: [moved.record], data: { ...data, moved: true } };
    }
    const text = `v=TLSRPTv1; rua=mailto:tls-reports@${domain}`;
    return { state: 'open', records: [{ type: 'TXT', name: record.name, old: null, new: text }], data };
  },
  words: {
    en: {
      name: 'TLS-RPT',
      title: () => 'Hear of mail to you that could not be encrypted (TLS-RPT)',
      why: 'It concerns mail that comes to you, not your mailings. Senders report when the encrypted way to your mail servers fails.',
      how: ({ domain, moved }) =>
        moved
          ? `Publish the record below: it stands at the name with the domain twice, where nobody looks. ${doubledWords.en}`
          : `Make a mailbox tls-reports@${domain}, or write another, and publish the record below.`,
      until: '',
    },
    sv: {
      name: 'TLS-RPT',
      title: () => 'Få veta när mejl till dig inte kunde krypteras (TLS-RPT)',
      why: 'Det gäller mejl som kommer till dig, inte dina utskick. Avsändare rapporterar när den krypterade vägen till dina mejlservrar inte fungerar.',
      how: ({ domain, moved }) =>
        moved
          ? `Publicera posten nedan: den står på namnet med domänen två gånger, där ingen letar. ${doubledWords.sv}`
          : `Skapa brevlådan tls-reports@${domain}, eller ange en annan, och publicera posten nedan.`,
      until: '',
    },
  },
});
