import { defineRule, notApplicable, problem, unknown } from '#rule';
import { sesRecord } from '../providers/amazon-ses.ts';

const all = /^[+\-~?]?all$/i;
const letsPass = /^\+?(?:include|a|mx|ptr|ip4|ip6|exists)(?:[:/]|$)/i;

export default defineRule({
  id: 'spf-scope',
  severity: 'blocker',
  reference: 'RFC 7208 sections 5.1 and 6.1',
  needs: ['spf', 'mailFrom'],
  check({ spf, mailFrom: { place } }) {
    if (spf.mailFrom === null) return notApplicable('no-mail-from');
    const { root, all: end, everyone, unanswered } = spf.mailFrom;
    const { domain, records, state } = root;
    if (state === 'none' || state === 'several') return notApplicable('no-record');
    if (!everyone) {
      if (unanswered.length > 0) return unknown('unanswered');
      return end === 'unknown' ? unknown('not-given', 'sent-message') : [];
    }
    const { domain: holder, term } = everyone;
    const [old = ''] = records;
    const data = { domain, holder, term: term.slice(0, 120) };
    if (holder !== domain || !all.test(term)) return [problem('everyone', data)];
    const kept = old.split(' ').filter((word) => word !== '' && !all.test(word));
    const publish = (text: string) => ({
      change: { kind: 'dns', type: 'TXT', name: domain, old, new: text } as const,
    });
    if (kept.some((word) => letsPass.test(word))) {
      return [problem('everyone', data, place === 'alias' ? {} : publish([...kept, '~all'].join(' ')))];
    }
    return [problem('nothingElse', { domain, term }, place === 'apart' ? publish(sesRecord) : {})];
  },
  words: {
    en: {
      title: 'Who may send, by SPF',
      heading: {
        everyone: ({ domain }) => `Anyone may send in the name of ${domain}`,
        nothingElse: ({ domain }) => `Anyone may send in the name of ${domain}`,
      },
      mend: 'Close the SPF record to everyone else',
      why: 'Some filters know such records and trust no mail from them, so yours may go to spam. And anyone can send fraud in your name and pass the check.',
      fix: {
        everyone: ({ domain, holder, term }) =>
          holder === domain
            ? `Take ${term} out of the record, and end it with ~all.`
            : `Take away the part that leads to ${holder}: its record holds ${term}.`,
        nothingElse: ({ term }) =>
          `Put the include of each service that sends for you in place of ${term}, and end the record with ~all. If you send through Amazon SES alone, the whole record is v=spf1 include:amazonses.com ~all.`,
      },
      problems: {
        everyone: ({ domain, term }) =>
          `The SPF record of ${domain} lets anyone in the world send in its name (${term}).`,
        nothingElse: ({ domain, term }) =>
          `The SPF record of ${domain} lets anyone in the world send in its name (${term}), and names no server of yours.`,
      },
    },
    sv: {
      title: 'Vilka som får skicka enligt SPF',
      heading: {
        everyone: ({ domain }) => `Vem som helst får skicka som ${domain}`,
        nothingElse: ({ domain }) => `Vem som helst får skicka som ${domain}`,
      },
      mend: 'Stäng SPF-posten för alla andra',
      why: 'En del filter känner igen sådana poster och litar inte på något mejl därifrån, så ditt kan hamna i skräpposten. Dessutom kan vem som helst skicka bedrägerier i ditt namn och klara kontrollen.',
      fix: {
        everyone: ({ domain, holder, term }) =>
          holder === domain
            ? `Ta bort ${term} ur posten och avsluta den med ~all.`
            : `Ta bort den del som leder till ${holder}. Posten där innehåller ${term}.`,
        nothingElse: ({ term }) =>
          `Skriv include för varje tjänst som skickar åt dig i stället för ${term}, och avsluta posten med ~all. Skickar du bara med Amazon SES är hela posten v=spf1 include:amazonses.com ~all.`,
      },
      problems: {
        everyone: ({ domain, term }) =>
          `SPF-posten för ${domain} låter vem som helst skicka i dess namn (${term}).`,
        nothingElse: ({ domain, term }) =>
          `SPF-posten för ${domain} låter vem som helst skicka i dess namn (${term}), och nämner ingen av dina servrar.`,
      },
    },
  },
  examples: {
    good: [{}, { zone: { 'mejl.example.se': { TXT: ['v=spf1 ip4:192.0.2.0/24 ?all'] } } }],
    bad: [
      { world: { zone: { 'mejl.example.se': { TXT: ['v=spf1 mx +all'] } } }, finds: 'everyone' },
      { world: { zone: { 'mejl.example.se': { TXT: ['v=spf1 +all'] } } }, finds: 'nothingElse' },
      {
        world: {
          zone: {
            'mejl.example.se': { TXT: ['v=spf1 include:open.example -all'] },
            'open.example': { TXT: ['v=spf1 ip4:0.0.0.0/0 -all'] },
          },
        },
        finds: 'everyone',
      },
    ],
  },
});
