import { defineRule, notApplicable, problem, unanswered, unknown } from '#rule';
import { isFeedbackHost, isSesDomain, isSesServer, sesInclude, sesSpf } from '../providers/amazon-ses.ts';
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
    const { server } = spf;
    const route = mailFrom.server === 'unknown' ? null : mailFrom.server;
    if (server === null && !['answered', 'nodata', 'nxdomain'].includes(mx.status)) {
      return unanswered([`${domain} MX`]);
    }
    const isSes = route === null || isSesServer(route);
    // Where the bounces go to Amazon SES, that is what sends; whoever lets all in lets it in too.
    const bounces = isSes && mx.exchangers.some(({ host }) => isFeedbackHost(host));
    const lets = server ? server.lets : bounces ? spf.services[sesSpf] : tree.passes;
    if (lets === true) return [];
    const full = tree.lookups >= policy.spf.lookups;
    if (lets === false && bounces) return [problem('withoutSes', { domain, place, full }, more)];
    if (lets === false && server) {
      const data = { domain, place, full, box, named: server.named, mechanism: server.mechanism };
      return [problem('withoutServer', { ...data, provider: route?.provider ?? '' }, more)];
    }
    if (lets === 'nowhere') return unknown('no-server');
    const silent = [...new Set([...tree.unanswered, ...(server?.unanswered ?? [])])];
    if (silent.length > 0) return unanswered(silent);
    if (lets === 'unanswered') return unanswered([`${sesSpf} TXT`]);
    // Servers that somebody has named are those that send, unless the route is Amazon's.
    const isNamed = spf.addresses.length > 0 && !(route && isSesServer(route));
    if (
      isNamed &&
      spf.addresses.every(({ judgement: { result, eachMail } }) => result === 'pass' && !eachMail)
    ) {
      return [];
    }
    if (tree.unread.some(({ state: why }) => why === 'cut')) return unknown('cut-short');
    // Amazon's servers are many and its own to name; of any other a person can say which they are.
    const ask = spf.addresses.length === 0 && !(route && isSesServer(route)) ? 'sending-address' : undefined;
    return unknown('each-mail', ask);
  },
  words: {
    en: {
      title: 'The sending server in SPF',
      heading: {
        nobody: ({ domain }) => `The SPF record of ${domain} lets no server send`,
        withoutSes: ({ domain }) => `The SPF record of ${domain} leaves out Amazon SES`,
        withoutServer: ({ domain, provider }) => `The SPF record of ${domain} leaves out ${provider}`,
      },
      mend: {
        nobody: () => 'Let your sending service send for you',
        withoutSes: () => 'Let Amazon SES send for you',
        withoutServer: ({ provider }) => `Let ${provider} send for you`,
      },
      why: 'Mail from a server that the SPF record does not authorise is turned away or goes to spam. SPF is the DNS record that lists the servers which may send under a domain.',
      fix: {
        nobody: ({ domain, place, box, sender }) => {
          if (place === 'foreign') return foreign.en(domain);
          if (!box)
            return `Put the include of each service that sends for ${domain} first in the record, before every part that turns servers away.`;
          return sender === 'ses' || sender === 'route'
            ? 'Change the record to the one below.'
            : 'If you send through Amazon SES, change the record to the one below. With another service, put the part that it gives you before the end.';
        },
        withoutSes: ({ domain, place, full }) =>
          place === 'foreign'
            ? foreign.en(domain)
            : full
              ? `Put ${sesInclude} into the record, before the part that ends with “all”. It costs one look-up, and there is none left: take out a part for a service you no longer use first.`
              : `Put ${sesInclude} into the record, before the part that ends with “all”.`,
        withoutServer: ({ domain, place, full, box, named, mechanism }) =>
          place === 'foreign'
            ? foreign.en(domain)
            : box
              ? 'Change the record to the one below.'
              : named
                ? `${mechanism} stands in the record, but a part before it turns some of those servers away. Take that part out, or put ${mechanism} first.`
                : `Put ${mechanism} into the record, before the part that ends with “all”.${full ? ' If it takes the record over ten look-ups, first take out a part for a service you no longer use.' : ''}`,
      },
      problems: {
        nobody: ({ domain }) => `The SPF record of ${domain} authorises no server.`,
        withoutSes: ({ domain }) =>
          `Bounces for ${domain} go to Amazon SES, but its SPF record does not authorise all of Amazon SES’s servers to send.`,
        withoutServer: ({ domain, provider, mechanism }) =>
          `Your mail goes by ${provider}, but the SPF record of ${domain} does not authorise all of its servers (${mechanism}).`,
      },
    },
    sv: {
      title: 'Utskicksservern i SPF',
      heading: {
        nobody: ({ domain }) => `SPF-posten för ${domain} ger ingen server tillstånd att skicka`,
        withoutSes: ({ domain }) => `SPF-posten för ${domain} saknar Amazon SES`,
        withoutServer: ({ domain, provider }) => `SPF-posten för ${domain} saknar ${provider}`,
      },
      mend: {
        nobody: () => 'Låt din utskickstjänst skicka åt dig',
        withoutSes: () => 'Låt Amazon SES skicka åt dig',
        withoutServer: ({ provider }) => `Låt ${provider} skicka åt dig`,
      },
      why: 'Mejl från en server som inte finns i SPF-posten avvisas eller hamnar i skräpposten. SPF är DNS-posten som räknar upp vilka servrar som får skicka under en domän.',
      fix: {
        nobody: ({ domain, place, box, sender }) => {
          if (place === 'foreign') return foreign.sv(domain);
          if (!box)
            return `Lägg in include för varje tjänst som skickar för ${domain} först i posten, före alla delar som nekar servrar.`;
          return sender === 'ses' || sender === 'route'
            ? 'Ändra posten till den nedan.'
            : 'Skickar du med Amazon SES, ändra posten till den nedan. Skickar du med en annan tjänst, lägg in den del som tjänsten anger före slutet.';
        },
        withoutSes: ({ domain, place, full }) =>
          place === 'foreign'
            ? foreign.sv(domain)
            : full
              ? `Lägg in ${sesInclude} i posten, före delen som slutar med ”all”. Det kostar ett uppslag, och inget är kvar. Ta först bort en del för en tjänst du inte längre använder.`
              : `Lägg in ${sesInclude} i posten, före delen som slutar med ”all”.`,
        withoutServer: ({ domain, place, full, box, named, mechanism }) =>
          place === 'foreign'
            ? foreign.sv(domain)
            : box
              ? 'Ändra posten till den nedan.'
              : named
                ? `${mechanism} finns i posten, men en del före den nekar några av servrarna. Ta bort den delen, eller sätt ${mechanism} först.`
                : `Lägg in ${mechanism} i posten, före delen som slutar med ”all”.${full ? ' Om posten då behöver mer än tio uppslag, ta först bort en del för en tjänst du inte längre använder.' : ''}`,
      },
      problems: {
        nobody: ({ domain }) => `SPF-posten för ${domain} ger ingen server tillstånd att skicka.`,
        withoutSes: ({ domain }) =>
          `Studsar till ${domain} går till Amazon SES, men SPF-posten där ger inte alla Amazon SES servrar tillstånd att skicka.`,
        withoutServer: ({ domain, provider, mechanism }) =>
          `Mejlen går via ${provider}, men SPF-posten för ${domain} ger inte alla dess servrar tillstånd att skicka (${mechanism}).`,
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
      {
        world: {
          routes: [{ transport: 'authsmtp', mailFrom: 'mejl.example.se' }],
          transports: { authsmtp: { spf: 'include:authsmtp.com' } },
          zone: {
            'mejl.example.se': { TXT: ['v=spf1 ip4:192.0.2.1 -all'], MX: ['10 in.example.se'] },
            'authsmtp.com': { TXT: ['v=spf1 ip4:198.51.100.0/24 -all'] },
          },
        },
        finds: 'withoutServer',
      },
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
