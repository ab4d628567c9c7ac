import { defineRule, notApplicable, problem, unanswered } from '#rule';
import { movedRecord, movedWords, unmoved } from '../repairs/doubled-names.ts';

export default defineRule({
  id: 'tls-reports',
  severity: 'advice',
  reference: 'RFC 8460 section 3; RFC 8461 section 2 (reports on MTA-STS)',
  needs: ['tlsReports', 'mtaSts', 'doubledNames'],
  check({ tlsReports: { domain, record }, mtaSts, doubledNames }) {
    if (record.state === 'unanswered') return unanswered([`${record.name} TXT`]);
    if (record.state !== 'none') return [];
    const moved = movedRecord(doubledNames, 'tlsRpt', record.name);
    if (moved) return [problem('absent', { domain, ...moved.data }, { change: moved.change })];
    if (mtaSts.record.state === 'unanswered') return unanswered([`${mtaSts.record.name} TXT`]);
    // Who asks nothing of senders has nothing to be told.
    if (mtaSts.record.state === 'none') return notApplicable('no-record');
    const rua = `v=TLSRPTv1; rua=mailto:tls-reports@${domain}`;
    const change = { kind: 'dns', type: 'TXT', name: record.name, old: null, new: rua } as const;
    return [problem('absent', { domain, ...unmoved }, record.isAlias ? {} : { change })];
  },
  words: {
    en: {
      title: 'TLS-RPT: reports about encryption',
      heading: { absent: ({ domain }) => `Nobody tells you when encrypted mail to ${domain} fails` },
      mend: { absent: () => 'Ask for TLS reports' },
      why: 'With MTA-STS, senders hold back mail to you when encryption fails. Without a TLS-RPT record you hear of it from nobody.',
      fix: {
        absent: ({ at, label, zone }) =>
          `Publish the record below, with an address that takes mail and that somebody or some service reads.${movedWords.en({ at, label, zone })}`,
      },
      problems: {
        absent: ({ domain, at }) =>
          at
            ? `The TLS-RPT record of ${domain} stands at ${at}.`
            : `${domain} has MTA-STS and no TLS-RPT record.`,
      },
    },
    sv: {
      title: 'TLS-RPT: rapporter om kryptering',
      heading: { absent: ({ domain }) => `Ingen säger till när krypterade mejl till ${domain} misslyckas` },
      mend: { absent: () => 'Be om TLS-rapporter' },
      why: 'Med MTA-STS håller avsändare inne mejl till dig när krypteringen misslyckas. Utan en TLS-RPT-post får du inte veta det av någon.',
      fix: {
        absent: ({ at, label, zone }) =>
          `Publicera posten nedan, med en adress som tar emot mejl och som någon person eller tjänst läser.${movedWords.sv({ at, label, zone })}`,
      },
      problems: {
        absent: ({ domain, at }) =>
          at
            ? `TLS-RPT-posten för ${domain} står på ${at}.`
            : `${domain} har MTA-STS men ingen TLS-RPT-post.`,
      },
    },
  },
  examples: {
    good: [{}],
    bad: [{ world: { zone: { '_smtp._tls.example.se': 'NXDOMAIN' } }, finds: 'absent' }],
  },
});
