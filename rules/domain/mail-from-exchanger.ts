import { defineRule, notApplicable, problem, unknown } from '#rule';
import { feedbackMx, isFeedbackHost } from '../providers/amazon-ses.ts';

/** Near to a server of Amazon SES. */
const nearly = /amazonses|^feedback-smtp\./;
/** Where Amazon SES takes mail in: right for a domain that gets its mail so, wrong for one that sends by it. */
const receiving = /^inbound-smtp\..*\.amazonaws\.com$/;
const address = /^(?:\d{1,3}(?:\.\d{1,3}){3}|\[.*|.*:.*)$/;

export default defineRule({
  id: 'mail-from-exchanger',
  severity: 'major',
  reference: 'Amazon SES developer guide, “Custom MAIL FROM domain”, as of 2026-11; RFC 5321 section 5.1',
  needs: ['mailFrom'],
  check({ mailFrom: { domain, place, mx } }) {
    if (domain === null || mx === null) return notApplicable('no-mail-from');
    const { status, exchangers } = mx;
    if (status === 'nodata' || status === 'nxdomain') return notApplicable('no-record');
    if (status !== 'answered') return unknown('unanswered');
    const publish = (old: string, host: string) =>
      place === 'apart'
        ? { change: { kind: 'dns', type: 'MX', name: domain, old, new: feedbackMx(host) } as const }
        : {};
    const hosts = exchangers.map(({ host }) => host);
    const literal = hosts.filter((host) => address.test(host));
    if (literal.length > 0) return literal.map((host) => problem('address', { domain, host }));
    const wrong = exchangers.filter(({ host }) => {
      const near = nearly.test(host) || (place === 'apart' && receiving.test(host));
      return near && !isFeedbackHost(host);
    });
    return wrong.map(({ preference, host }) =>
      problem('misspelt', { domain, host }, publish(`${preference} ${host}`, host)),
    );
  },
  words: {
    en: {
      title: 'Name of the server for bounces',
      heading: {
        misspelt: ({ domain }) => `The MX record of ${domain} names the wrong server`,
        address: ({ domain }) => `The MX record of ${domain} holds an address, not a name`,
      },
      mend: {
        misspelt: () => 'Correct the name of the bounce server',
        address: () => 'Write the name of the mail server',
      },
      why: 'Bounces, the replies that say a mail could not be delivered, are lost, so you never learn which addresses are dead. Amazon SES does not use a subdomain whose MX record is not exactly its own.',
      fix: {
        misspelt: () =>
          'For Amazon SES the name is feedback-smtp, the region you send from, amazonses.com, and nothing more. Some DNS services add your own domain unless the name ends with a dot.',
        address: () => 'Write the name of the mail server: an MX record cannot hold an address.',
      },
      problems: {
        misspelt: ({ domain, host }) =>
          `The MX record of ${domain} names ${host}, which is not where Amazon SES takes bounces.`,
        address: ({ domain, host }) =>
          `The MX record of ${domain} holds an address (${host}) in place of a name, so bounces are lost.`,
      },
    },
    sv: {
      title: 'Namnet på servern för studsar',
      heading: {
        misspelt: ({ domain }) => `MX-posten för ${domain} anger fel server`,
        address: ({ domain }) => `MX-posten för ${domain} innehåller en adress i stället för ett namn`,
      },
      mend: {
        misspelt: () => 'Rätta namnet på servern för studsar',
        address: () => 'Skriv mejlserverns namn',
      },
      why: 'Studsar, alltså beskeden om att ett mejl inte kunde levereras, går förlorade, så du får aldrig veta vilka adresser som är döda. Amazon SES använder inte en underdomän om MX-posten inte är exakt den rätta.',
      fix: {
        misspelt: () =>
          'För Amazon SES är namnet feedback-smtp, regionen du skickar från, amazonses.com och inget mer. En del DNS-tjänster lägger till din egen domän om namnet inte slutar med en punkt.',
        address: () => 'Skriv mejlserverns namn. En MX-post kan inte innehålla en adress.',
      },
      problems: {
        misspelt: ({ domain, host }) =>
          `MX-posten för ${domain} anger ${host}, och där tar Amazon SES inte emot studsar.`,
        address: ({ domain, host }) =>
          `MX-posten för ${domain} innehåller en adress (${host}) i stället för ett namn, så studsarna går förlorade.`,
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
        world: { zone: { 'mejl.example.se': { MX: ['10 inbound-smtp.eu-west-1.amazonaws.com'] } } },
        finds: 'misspelt',
      },
      { world: { zone: { 'mejl.example.se': { MX: ['10 192.0.2.1'] } } }, finds: 'address' },
    ],
  },
});
