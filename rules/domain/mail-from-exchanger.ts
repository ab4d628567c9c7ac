import { defineRule, notApplicable, problem, unanswered } from '#rule';
import { feedbackMx, isFeedbackHost, isSesServer, sesSpf } from '../providers/amazon-ses.ts';
import { foreign } from '../repairs/foreign.ts';
import { senderOf } from '../repairs/spf-record.ts';

/** Near to a server of Amazon SES. */
const nearly = /amazonses|^feedback-smtp\./;
/** Where Amazon SES takes mail in: right for a domain that gets its mail so, wrong for one that sends by it. */
const receiving = /^inbound-smtp\..*\.amazonaws\.com$/;
const address = /^(?:\d{1,3}(?:\.\d{1,3}){3}|\[.*|.*:.*)$/;

export default defineRule({
  id: 'mail-from-exchanger',
  severity: 'major',
  reference: 'Amazon SES developer guide, “Custom MAIL FROM domain”, as of 2026-11; RFC 5321 section 5.1',
  needs: ['mailFrom', 'spf'],
  check({ mailFrom, spf }) {
    const { domain, place, mx, server } = mailFrom;
    if (domain === null || mx === null) return notApplicable('no-mail-from');
    const { status, exchangers, reached } = mx;
    if (status === 'nodata' || status === 'nxdomain') return notApplicable('no-record');
    if (status !== 'answered') return unanswered([`${domain} MX`]);
    const hosts = exchangers.map(({ host }) => host);
    if (hosts.includes('')) return notApplicable('faulty-record');
    const literal = hosts.filter((host) => address.test(host));
    if (literal.length > 0) return literal.map((host) => problem('address', { domain, place, host }));
    const ses = senderOf({ mailFrom, spf }) === 'ses';
    // A route of another service wants none of Amazon's names, however they are spelt.
    const isElse = server !== null && server !== 'unknown' && !isSesServer(server);
    const sends = place === 'apart' && spf.mailFrom?.trusted.includes(sesSpf) === true;
    const isNear = (host: string) => nearly.test(host) || (sends && receiving.test(host));
    const wrong = isElse ? [] : exchangers.filter(({ host }) => isNear(host) && !isFeedbackHost(host));
    // One record is wanted: the first is mended, what else is wrong is taken away.
    const right = hosts.some(isFeedbackHost)
      ? null
      : (wrong.map(({ host }) => feedbackMx(host)).find(Boolean) ?? null);
    const mends = place === 'apart' && (right !== null || hosts.some(isFeedbackHost));
    const misspelt = wrong.map(({ preference, host }, i) => {
      const next = i === 0 ? right : null;
      const change = {
        kind: 'dns',
        type: 'MX',
        name: domain,
        old: `${preference} ${host}`,
        new: next,
      } as const;
      return problem('misspelt', { domain, place, host }, mends ? { change } : {});
    });
    if (misspelt.length > 0) return misspelt;
    if (reached === null) return unanswered(hosts);
    return reached
      ? []
      : [problem('gone', { domain, place, host: hosts[0] ?? '', count: hosts.length, ses })];
  },
  words: {
    en: {
      title: 'Name of the server for bounces',
      heading: {
        misspelt: ({ domain }) => `The MX record of ${domain} names the wrong server`,
        address: ({ domain }) => `The MX record of ${domain} holds an address, not a name`,
        gone: ({ domain }) => `The MX record of ${domain} names a server that does not exist`,
      },
      mend: {
        misspelt: () => 'Correct the name of the bounce server',
        address: () => 'Write the name of the mail server',
        gone: () => 'Point the MX record to a server that exists',
      },
      why: 'Bounces, the replies that say a mail could not be delivered, are lost, so you never learn which addresses are dead.',
      fix: {
        misspelt: ({ domain, place }) =>
          place === 'foreign'
            ? foreign.en(domain)
            : 'For Amazon SES the name is feedback-smtp, the region you send from, amazonses.com, and nothing more: with another it does not use the subdomain. Some DNS services add your own domain unless the name ends with a dot.',
        address: ({ domain, place }) =>
          place === 'foreign'
            ? foreign.en(domain)
            : 'Write the name of the mail server: an MX record cannot hold an address.',
        gone: ({ domain, place, ses }) =>
          place === 'foreign'
            ? foreign.en(domain)
            : ses
              ? 'Look at the spelling of the name: for Amazon SES it is feedback-smtp, the region you send from, and amazonses.com.'
              : 'Look at the spelling of the name, and ask your sending service which server takes the bounces.',
      },
      problems: {
        misspelt: ({ domain, host }) =>
          `The MX record of ${domain} names ${host}, which is not where Amazon SES takes bounces.`,
        address: ({ domain, host }) =>
          `The MX record of ${domain} holds an address (${host}) in place of a name, so bounces are lost.`,
        gone: ({ domain, host, count }) =>
          count === 1
            ? `The MX record of ${domain} names ${host}, which has no address (A or AAAA), so no server takes the bounces.`
            : `None of the ${count} servers that the MX records of ${domain} name has an address (A or AAAA); the first is ${host}.`,
      },
    },
    sv: {
      title: 'Namnet på servern för studsar',
      heading: {
        misspelt: ({ domain }) => `MX-posten för ${domain} anger fel server`,
        address: ({ domain }) => `MX-posten för ${domain} innehåller en adress i stället för ett namn`,
        gone: ({ domain }) => `MX-posten för ${domain} anger en server som inte finns`,
      },
      mend: {
        misspelt: () => 'Rätta namnet på servern för studsar',
        address: () => 'Skriv mejlserverns namn',
        gone: () => 'Låt MX-posten peka på en server som finns',
      },
      why: 'Studsar, alltså beskeden om att ett mejl inte kunde levereras, går förlorade, så du får aldrig veta vilka adresser som är döda.',
      fix: {
        misspelt: ({ domain, place }) =>
          place === 'foreign'
            ? foreign.sv(domain)
            : 'För Amazon SES är namnet feedback-smtp, regionen du skickar från, amazonses.com och inget mer. Med ett annat namn används inte underdomänen. En del DNS-tjänster lägger till din egen domän om namnet inte slutar med en punkt.',
        address: ({ domain, place }) =>
          place === 'foreign'
            ? foreign.sv(domain)
            : 'Skriv mejlserverns namn. En MX-post kan inte innehålla en adress.',
        gone: ({ domain, place, ses }) =>
          place === 'foreign'
            ? foreign.sv(domain)
            : ses
              ? 'Se efter hur namnet är stavat. För Amazon SES är det feedback-smtp, regionen du skickar från och amazonses.com.'
              : 'Se efter hur namnet är stavat, och fråga din utskickstjänst vilken server som tar emot studsarna.',
      },
      problems: {
        misspelt: ({ domain, host }) =>
          `MX-posten för ${domain} anger ${host}, och där tar Amazon SES inte emot studsar.`,
        address: ({ domain, host }) =>
          `MX-posten för ${domain} innehåller en adress (${host}) i stället för ett namn, så studsarna går förlorade.`,
        gone: ({ domain, host, count }) =>
          count === 1
            ? `MX-posten för ${domain} anger ${host}, som saknar adress (A eller AAAA), så ingen server tar emot studsarna.`
            : `Ingen av de ${count} servrar som MX-posterna för ${domain} anger har en adress (A eller AAAA). Den första är ${host}.`,
      },
    },
  },
  examples: {
    good: [{}, { zone: { 'mejl.example.se': { MX: ['10 in.example.se'] } } }],
    bad: [
      {
        world: {
          zone: { 'mejl.example.se': { MX: ['10 feedback-smtp.eu-north-1.amazonses.com.mejl.example.se'] } },
        },
        finds: 'misspelt',
      },
      {
        world: {
          zone: {
            'mejl.example.se': {
              MX: ['10 inbound-smtp.eu-west-1.amazonaws.com'],
              TXT: ['v=spf1 include:amazonses.com ~all'],
            },
          },
        },
        finds: 'misspelt',
      },
      { world: { zone: { 'mejl.example.se': { MX: ['10 192.0.2.1'] } } }, finds: 'address' },
      { world: { zone: { 'mejl.example.se': { MX: ['10 gone.example.se'] } } }, finds: 'gone' },
      {
        world: { zone: { 'mejl.example.se': { MX: ['10 gone.example.se', '20 old.example.se'] } } },
        finds: 'gone',
      },
    ],
  },
});
