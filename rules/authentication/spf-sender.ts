import { defineRule, notApplicable, problem, unanswered, unknown } from '#rule';
import { isFeedbackHost, isSesDomain, sesInclude, sesSpf } from '../providers/amazon-ses.ts';
import { foreign } from '../repairs/foreign.ts';
import { mendSpf, senderOf } from '../repairs/spf-record.ts';

export default defineRule({
  id: 'spf-sender',
  severity: 'blocker',
  reference:
    'RFC 7208 sections 2.6, 4.6.2 and 5; Amazon SES developer guide, “Custom MAIL FROM domain”, as of 2026-11',
  needs: ['spf', 'mailFrom'],
  check({ spf, mailFrom }, { policy }) {
    const { mx, place } = mailFrom;
    const tree = spf.mailFrom;
    if (tree === null || mx === null) return notApplicable('no-mail-from');
    const { domain, state, records, faults } = tree.root;
    if (state === 'unanswered') return unanswered([`${domain} TXT`]);
    if (state === 'several' || faults.length > 0) return notApplicable('faulty-record');
    if (state !== 'found') return notApplicable('no-record');
    if (isSesDomain(domain)) return notApplicable('not-yours');
    const [old = ''] = records;
    const next = mendSpf({ spf, mailFrom }, policy);
    const box = next !== null;
    const more = box ? { change: { kind: 'dns', type: 'TXT', name: domain, old, new: next } as const } : {};
    if (tree.passes === false) {
      return [problem('nobody', { domain, place, box, sender: senderOf({ spf, mailFrom }) }, more)];
    }
    if (!['answered', 'nodata', 'nxdomain'].includes(mx.status)) return unanswered([`${domain} MX`]);
    // The bounces of this domain go to Amazon SES, so that is what sends; whoever lets all in lets it in too.
    const sends = mx.exchangers.some(({ host }) => isFeedbackHost(host));
    const lets = sends ? spf.services[sesSpf] : tree.passes;
    if (lets === true) return [];
    if (sends && lets === false) {
      const full = tree.lookups >= policy.spf.lookups;
      return [problem('withoutSes', { domain, place, full }, more)];
    }
    if (tree.unanswered.length > 0) return unanswered(tree.unanswered);
    if (lets === 'unanswered') return unanswered([`${sesSpf} TXT`]);
    return unknown(tree.unread.some(({ state: why }) => why === 'cut') ? 'cut-short' : 'each-mail');
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
      why: 'Mail from a server that the SPF record does not authorise is turned away or goes to spam. SPF is the DNS record that lists the servers which may send under a domain.',
      fix: {
        nobody: ({ domain, place, box, sender }) => {
          if (place === 'foreign') return foreign.en(domain);
          if (!box)
            return `Put the include of each service that sends for ${domain} first in the record, before every part that turns servers away.`;
          return sender === 'ses'
            ? 'Change the record to the one below.'
            : 'If you send through Amazon SES, change the record to the one below. With another service, put the part that it gives you before the end.';
        },
        withoutSes: ({ domain, place, full }) =>
          place === 'foreign'
            ? foreign.en(domain)
            : full
              ? `Put ${sesInclude} into the record, before the part that ends with “all”. It costs one look-up, and there is none left: take out a part for a service you no longer use first.`
              : `Put ${sesInclude} into the record, before the part that ends with “all”.`,
      },
      problems: {
        nobody: ({ domain }) => `The SPF record of ${domain} authorises no server.`,
        withoutSes: ({ domain }) =>
          `Bounces for ${domain} go to Amazon SES, but its SPF record does not authorise all of Amazon SES’s servers to send.`,
      },
    },
    sv: {
      title: 'Utskicksservern i SPF',
      heading: {
        nobody: ({ domain }) => `SPF-posten för ${domain} ger ingen server tillstånd att skicka`,
        withoutSes: ({ domain }) => `SPF-posten för ${domain} saknar Amazon SES`,
      },
      mend: {
        nobody: () => 'Låt din utskickstjänst skicka åt dig',
        withoutSes: () => 'Låt Amazon SES skicka åt dig',
      },
      why: 'Mejl från en server som inte finns i SPF-posten avvisas eller hamnar i skräpposten. SPF är DNS-posten som räknar upp vilka servrar som får skicka under en domän.',
      fix: {
        nobody: ({ domain, place, box, sender }) => {
          if (place === 'foreign') return foreign.sv(domain);
          if (!box)
            return `Lägg in include för varje tjänst som skickar för ${domain} först i posten, före alla delar som nekar servrar.`;
          return sender === 'ses'
            ? 'Ändra posten till den nedan.'
            : 'Skickar du med Amazon SES, ändra posten till den nedan. Skickar du med en annan tjänst, lägg in den del som tjänsten anger före slutet.';
        },
        withoutSes: ({ domain, place, full }) =>
          place === 'foreign'
            ? foreign.sv(domain)
            : full
              ? `Lägg in ${sesInclude} i posten, före delen som slutar med ”all”. Det kostar ett uppslag, och inget är kvar. Ta först bort en del för en tjänst du inte längre använder.`
              : `Lägg in ${sesInclude} i posten, före delen som slutar med ”all”.`,
      },
      problems: {
        nobody: ({ domain }) => `SPF-posten för ${domain} ger ingen server tillstånd att skicka.`,
        withoutSes: ({ domain }) =>
          `Studsar till ${domain} går till Amazon SES, men SPF-posten där ger inte alla Amazon SES servrar tillstånd att skicka.`,
      },
    },
  },
  examples: {
    good: [
      {},
      { mailFrom: 'example.se' },
      {
        zone: {
          'mejl.example.se': {
            TXT: ['v=spf1 ip4:199.255.192.0/23 ip4:199.255.194.0/23 -all'],
            MX: ['10 feedback-smtp.eu-north-1.amazonses.com'],
          },
        },
      },
    ],
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
