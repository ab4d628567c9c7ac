import { defineRule, type Facts, notApplicable, problem, unanswered, unknown } from '#rule';
import { sesInclude } from '../providers/amazon-ses.ts';
import { mailHosts, mailHostsOf } from '../providers/mail-hosts.ts';
import { fromOf, mendSpf } from '../repairs/spf-record.ts';

/** Look-ups that the part of any of them may spend: Google's has been one, and three below it. */
const spare = 4;
const known = [sesInclude, ...mailHosts.map(({ spf }) => spf)];

/** Terms that are surely not the mail host's own addresses, written out or kept by somebody else. */
function isElsewhere({ kind, term, blocks }: Facts['spf']['author']['terms'][number]): boolean {
  if (kind === 'all' || kind === 'a' || kind === 'mx') return true;
  if (kind === 'include') return known.includes(term.replace(/^\+/, '').toLowerCase());
  const isOne = (block: string) => !block.includes('/') || /^ip4:.*\/(?:29|3\d)$/.test(block);
  return /^ip[46]$/.test(kind) && (blocks ?? ['/']).every(isOne);
}

export default defineRule({
  id: 'spf-mail-host',
  severity: 'minor',
  reference: 'RFC 7208 sections 2.6.4 and 8.4; what each mail host says of its SPF, as of 2026-11',
  needs: ['spf', 'mailFrom', 'mailServers'],
  check({ spf, mailFrom, mailServers }, { policy }) {
    const of = fromOf(spf);
    const { root, breaks, all, terms, trusted, lookups, unanswered: silent, everyone } = of.tree;
    const { domain, state, records, faults } = root;
    if (state === 'unanswered') return unanswered([`${domain} TXT`]);
    if (state === 'several' || faults.length > 0 || breaks.length > 0) return notApplicable('faulty-record');
    if (state !== 'found') return notApplicable('no-record');
    if (!['answered', 'nodata', 'nxdomain'].includes(mailServers.status)) return unanswered([`${domain} MX`]);
    const hosts = mailHostsOf(mailServers.servers.map(({ host }) => host));
    if (hosts.length === 0) return notApplicable('no-mail-host');
    const [record = ''] = records;
    const words = record.split(' ').filter(Boolean);
    const bare = words.map((word) => word.replace(/^[+\-~?]/, '').toLowerCase());
    const missing = hosts.filter(
      (one) => !bare.includes(one.spf) && !trusted.includes(one.spf.slice('include:'.length)),
    );
    if (missing.length === 0 || everyone !== null) return [];
    if (all !== '-' && all !== 'unknown') return [];
    if (silent.length > 0) return unanswered(silent);
    const end = words.findIndex((word) => /^-all$/i.test(word));
    if (end === -1 || !terms.every(isElsewhere) || terms.length === 0) return unknown('other-names');
    // What else is to be mended in the record comes first, so that one record stands for all.
    const isFirst = [mendSpf({ spf, mailFrom }, policy, of), mendSpfOfMail({ spf, mailFrom }, policy)];
    const box =
      isFirst.every((one) => one === null) && lookups + spare * missing.length <= policy.spf.lookups;
    const next = words.toSpliced(end, 0, ...missing.map((one) => one.spf)).join(' ');
    const change = { kind: 'dns', type: 'TXT', name: domain, old: record, new: next } as const;
    const data = {
      domain,
      host: missing.map(({ name }) => name).join(', '),
      part: missing.map((one) => one.spf).join(' '),
      box,
    };
    return [problem('refused', data, box ? { change } : {})];
  },
  words: {
    en: {
      title: 'Your mail host in SPF',
      heading: {
        refused: ({ domain, host }) => `The SPF record of ${domain} refuses ${host}`,
      },
      mend: 'Let your mail host send for you',
      why: 'Everyday mail that you send from your mailboxes fails SPF, and goes to spam or is turned away: the record refuses all that it does not name, and your mail host is not in it. It touches this mailing only if that has the same Return-Path (MAIL FROM).',
      fix: {
        refused: ({ host, part, box }) =>
          box
            ? `Change the record to the one below, which lets ${host} send. If ${host} only takes your mail, and another service sends it, write that service’s part instead.`
            : `Put ${part} into the record, before -all, once what other checks say of it is mended. If ${host} only takes your mail, and another service sends it, write that service’s part instead.`,
      },
      problems: {
        refused: ({ domain, host, part }) =>
          `${host} takes the mail of ${domain}, but its SPF record ends with -all and does not have ${part}.`,
      },
    },
    sv: {
      title: 'Ditt mejlhotell i SPF',
      heading: {
        refused: ({ domain, host }) => `SPF-posten för ${domain} nekar ${host}`,
      },
      mend: 'Låt ditt mejlhotell skicka åt dig',
      why: 'Vardagsmejl från dina brevlådor underkänns av SPF och hamnar i skräpposten eller avvisas: posten nekar allt som den inte nämner, och ditt mejlhotell finns inte med. Utskicket berörs bara om det har samma Return-Path (MAIL FROM).',
      fix: {
        refused: ({ host, part, box }) =>
          box
            ? `Ändra posten till den nedan, som låter ${host} skicka. Om ${host} bara tar emot dina mejl och en annan tjänst skickar dem, skriv den tjänstens del i stället.`
            : `Lägg in ${part} i posten, före -all, när det som andra kontroller säger om den är rättat. Om ${host} bara tar emot dina mejl och en annan tjänst skickar dem, skriv den tjänstens del i stället.`,
      },
      problems: {
        refused: ({ domain, host, part }) =>
          `${host} tar emot mejlen till ${domain}, men SPF-posten där slutar med -all och saknar ${part}.`,
      },
    },
  },
  examples: {
    good: [
      {
        zone: {
          'example.se': {
            MX: ['0 example-se.mail.protection.outlook.com'],
            TXT: ['v=spf1 include:spf.protection.outlook.com -all'],
          },
          'example-se.mail.protection.outlook.com': { A: ['192.0.2.99'] },
          'spf.protection.outlook.com': { TXT: ['v=spf1 ip4:40.107.0.0/16 -all'] },
        },
      },
    ],
    bad: [
      {
        world: {
          zone: {
            'example.se': { MX: ['0 example-se.mail.protection.outlook.com'], TXT: ['v=spf1 -all'] },
            'example-se.mail.protection.outlook.com': { A: ['192.0.2.99'] },
          },
        },
        finds: 'refused',
      },
    ],
  },
});

/** Where the mail uses the same record, what is offered for it stands for this too. */
function mendSpfOfMail(facts: Pick<Facts, 'spf' | 'mailFrom'>, policy: Parameters<typeof mendSpf>[1]) {
  const { author, mailFrom } = facts.spf;
  return mailFrom?.root.domain === author.root.domain ? mendSpf(facts, policy) : null;
}
