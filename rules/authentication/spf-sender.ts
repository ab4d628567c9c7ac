import { defineRule, notApplicable, problem, unknown } from '#rule';
import { isFeedbackHost, sesInclude, sesSpf } from '../providers/amazon-ses.ts';

/** The record with Amazon SES before its end. */
function withSes(record: string): string {
  const words = record
    .split(' ')
    .filter((word) => word !== '' && word.replace(/^[+\-~?]/, '').toLowerCase() !== sesInclude);
  const end = words.findIndex((word) => /^(?:[+\-~?]?all|redirect=.*)$/i.test(word));
  return words.toSpliced(end === -1 ? words.length : end, 0, sesInclude).join(' ');
}

export default defineRule({
  id: 'spf-sender',
  severity: 'blocker',
  reference:
    'RFC 7208 sections 2.6, 4.6.2 and 5; Amazon SES developer guide, “Custom MAIL FROM domain”, as of 2026-11',
  needs: ['spf', 'mailFrom'],
  check({ spf, mailFrom: { mx, place } }) {
    const tree = spf.mailFrom;
    if (tree === null || mx === null) return notApplicable('no-mail-from');
    const { domain, state, records, faults } = tree.root;
    if (state === 'unanswered') return unknown('unanswered');
    if (state !== 'found' || faults.length > 0) return notApplicable('no-record');
    const [old = ''] = records;
    const more =
      place === 'apart'
        ? { change: { kind: 'dns', type: 'TXT', name: domain, old, new: withSes(old) } as const }
        : {};
    if (tree.passes === false) return [problem('nobody', { domain, place }, more)];
    if (!['answered', 'nodata', 'nxdomain'].includes(mx.status)) return unknown('unanswered');
    // The bounces of this domain go to Amazon SES, so that is what sends; whoever lets all in lets it in too.
    const sends = mx.exchangers.some(({ host }) => isFeedbackHost(host));
    if (!sends || tree.everyone || tree.trusted.includes(sesSpf)) return [];
    if (tree.unanswered.length > 0) return unknown('unanswered');
    if (tree.unread.length > 0) return unknown('not-given', 'sent-message');
    return [problem('withoutSes', { domain }, more)];
  },
  words: {
    en: {
      title: 'The sending server in SPF',
      heading: {
        nobody: ({ domain }) => `The SPF record of ${domain} lets no server send`,
        withoutSes: ({ domain }) => `The SPF record of ${domain} leaves out Amazon SES`,
      },
      mend: {
        nobody: () => 'Let your sending service send for you',
        withoutSes: () => 'Let Amazon SES send for you',
      },
      why: 'Mail from a server that the SPF record does not authorise is turned away, or goes to spam. SPF is the DNS record that lists the servers which may send under a domain.',
      fix: {
        nobody: ({ domain, place }) =>
          place === 'apart'
            ? 'If you send through Amazon SES, change the record to the one below. With another service, put the include that it gives you before the end.'
            : `Put the include of each service that sends for ${domain} before the end of the record.`,
        withoutSes: () => `Put ${sesInclude} into the record, before the part that ends with “all”.`,
      },
      problems: {
        nobody: ({ domain }) => `The SPF record of ${domain} authorises no server.`,
        withoutSes: ({ domain }) =>
          `Bounces for ${domain} go to Amazon SES, but its SPF record does not authorise Amazon SES to send.`,
      },
    },
    sv: {
      title: 'Utskicksservern i SPF',
      heading: {
        nobody: ({ domain }) => `SPF-posten för ${domain} låter ingen server skicka`,
        withoutSes: ({ domain }) => `SPF-posten för ${domain} saknar Amazon SES`,
      },
      mend: {
        nobody: () => 'Låt din utskickstjänst skicka åt dig',
        withoutSes: () => 'Låt Amazon SES skicka åt dig',
      },
      why: 'Mejl från en server som SPF-posten inte ger tillstånd avvisas, eller hamnar i skräpposten. SPF är DNS-posten som räknar upp vilka servrar som får skicka under en domän.',
      fix: {
        nobody: ({ domain, place }) =>
          place === 'apart'
            ? 'Skickar du med Amazon SES, ändra posten till den nedan. Skickar du med en annan tjänst, lägg in den include som tjänsten anger före slutet.'
            : `Lägg in include för varje tjänst som skickar för ${domain} före slutet av posten.`,
        withoutSes: () => `Lägg in ${sesInclude} i posten, före delen som slutar med ”all”.`,
      },
      problems: {
        nobody: ({ domain }) => `SPF-posten för ${domain} ger ingen server tillstånd att skicka.`,
        withoutSes: ({ domain }) =>
          `Studsar till ${domain} går till Amazon SES, men SPF-posten där ger inte Amazon SES tillstånd att skicka.`,
      },
    },
  },
  examples: {
    good: [{}, { mailFrom: 'example.se' }],
    bad: [
      { world: { zone: { 'mejl.example.se': { TXT: ['v=spf1 -all'] } } }, finds: 'nobody' },
      {
        world: { zone: { 'mejl.example.se': { TXT: ['v=spf1 ~mx a:gone.example ~all'] } } },
        finds: 'nobody',
      },
      {
        world: {
          zone: {
            'mejl.example.se': {
              TXT: ['v=spf1 ip4:192.0.2.1 ~all include:amazonses.com'],
              MX: ['10 feedback-smtp.eu-north-1.amazonses.com'],
            },
          },
        },
        finds: 'withoutSes',
      },
    ],
  },
});
