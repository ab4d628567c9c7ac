import { defineRule, notApplicable, problem, unanswered, unknown } from '#rule';
import { sesInclude, sesRecord } from '../providers/amazon-ses.ts';

/** A hostile record has terms of 64 KB. */
const short = (text: string) => text.slice(0, 120);

export default defineRule({
  id: 'mail-from-senders',
  severity: 'minor',
  reference:
    'Amazon SES developer guide, “Using a custom MAIL FROM domain”: v=spf1 include:amazonses.com ~all, and a subdomain that is used for nothing else; as of 2026-11',
  needs: ['mailFrom', 'spf'],
  check({ mailFrom: { domain, place, server, sharedWith }, spf }) {
    if (server === 'unknown') return unknown('no-server');
    if (server === null || server.kind !== 'ses') return notApplicable('not-ses');
    if (domain === null || spf.mailFrom === null) return notApplicable('no-mail-from');
    const { state, records, branches } = spf.mailFrom.root;
    if (state === 'unanswered') return unanswered([`${domain} TXT`]);
    if (state !== 'found') return notApplicable(state === 'none' ? 'no-record' : 'faulty-record');
    // Where it has other uses, or another route sends by it, other senders may be right.
    if (place !== 'apart' || sharedWith.length > 0) return notApplicable('not-yours');
    const [old = ''] = records;
    const others = branches.filter(
      ({ kind, qualifier, text }) => kind !== 'all' && qualifier === '+' && text.toLowerCase() !== sesInclude,
    );
    // That it leaves Amazon SES out is another check's matter.
    const named = branches.some(({ text }) => text.toLowerCase() === sesInclude);
    if (others.length === 0 || !named) return [];
    const terms = short(others.map(({ text }) => text).join(' '));
    const change = { kind: 'dns', type: 'TXT', name: domain, old, new: sesRecord } as const;
    return [problem('others', { domain, terms }, { change })];
  },
  words: {
    en: {
      title: 'Who may send under the subdomain',
      heading: { others: ({ domain }) => `Others than Amazon SES may send under ${domain}` },
      mend: { others: () => 'Let Amazon SES alone send under the subdomain' },
      why: 'Whoever may send under the subdomain can send mail that passes as yours. It is there for Amazon SES alone, so a mistake or a break-in elsewhere should not reach it.',
      fix: { others: () => 'Change the record to the one below.' },
      problems: { others: ({ domain, terms }) => `The SPF record of ${domain} also lets in: ${terms}` },
    },
    sv: {
      title: 'Vem som får skicka under underdomänen',
      heading: { others: ({ domain }) => `Andra än Amazon SES får skicka under ${domain}` },
      mend: { others: () => 'Låt bara Amazon SES skicka under underdomänen' },
      why: 'Den som får skicka under underdomänen kan skicka mejl som godkänns som dina. Den är till för Amazon SES, så ett misstag eller ett intrång någon annanstans ska inte nå den.',
      fix: { others: () => 'Ändra posten till den nedan.' },
      problems: { others: ({ domain, terms }) => `SPF-posten för ${domain} släpper även in: ${terms}` },
    },
  },
  examples: {
    good: [{ routes: [{ transport: 'ses', mailFrom: 'mejl.example.se' }] }],
    bad: [
      {
        world: {
          routes: [{ transport: 'ses', mailFrom: 'mejl.example.se' }],
          zone: {
            'mejl.example.se': {
              TXT: ['v=spf1 include:amazonses.com ip4:192.0.2.7 ~all'],
              MX: ['10 feedback-smtp.eu-north-1.amazonses.com'],
            },
          },
        },
        finds: 'others',
      },
    ],
  },
});
