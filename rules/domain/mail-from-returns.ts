import { defineRule, notApplicable, problem, unanswered, unknown } from '#rule';
import { isFeedbackHost, isSesServer } from '../providers/amazon-ses.ts';

export default defineRule({
  id: 'mail-from-returns',
  severity: 'major',
  reference:
    'RFC 5321 sections 3.6.3 and 4.5.5; Amazon SES developer guide, “Custom MAIL FROM domain”, as of 2026-11',
  needs: ['mailFrom'],
  check({ mailFrom: { domain, mx, server } }) {
    if (server === 'unknown') return unknown('no-server');
    if (server === null || isSesServer(server)) {
      return notApplicable('no-route');
    }
    if (domain === null || mx === null) return notApplicable('no-mail-from');
    const { status, exchangers } = mx;
    if (status === 'nodata' || status === 'nxdomain') return notApplicable('no-record');
    if (status !== 'answered') return unanswered([`${domain} MX`]);
    const lost = exchangers.find(({ host }) => isFeedbackHost(host));
    return lost ? [problem('amazon', { domain, host: lost.host, provider: server.provider })] : [];
  },
  words: {
    en: {
      title: 'Where bounces of the route go',
      heading: { amazon: ({ provider }) => `Bounces of mail sent by ${provider} go to Amazon` },
      mend: { amazon: () => 'Give this sending server a subdomain of its own' },
      why: 'Bounces, the replies that say a mail could not be delivered, go to a server that knows nothing of the mail, so you never learn which addresses are dead.',
      fix: {
        amazon: ({ domain, provider }) =>
          `Choose another subdomain for ${provider}, with an MX record to the server that reads its bounces, and set it for that sending server. Leave ${domain} to Amazon SES.`,
      },
      problems: {
        amazon: ({ domain, host, provider }) =>
          `${provider} sends under ${domain}, whose MX record leads to Amazon SES (${host}).`,
      },
    },
    sv: {
      title: 'Vart studsarna går',
      heading: { amazon: ({ provider }) => `Studsar från mejl som ${provider} skickar går till Amazon` },
      mend: { amazon: () => 'Ge utskicksservern en egen underdomän' },
      why: 'Studsar, alltså beskeden om att ett mejl inte kunde levereras, går till en server som inte vet något om mejlet, så du får aldrig veta vilka adresser som är döda.',
      fix: {
        amazon: ({ domain, provider }) =>
          `Välj en annan underdomän för ${provider}, med en MX-post till servern som läser dess studsar, och ange den för utskicksservern. Låt Amazon SES ha ${domain} för sig.`,
      },
      problems: {
        amazon: ({ domain, host, provider }) =>
          `${provider} skickar under ${domain}, vars MX-post leder till Amazon SES (${host}).`,
      },
    },
  },
  examples: {
    good: [
      {
        routes: [{ transport: 'authsmtp', mailFrom: 'studs.example.se' }],
        zone: { 'studs.example.se': { MX: ['10 in.example.se'] } },
      },
    ],
    bad: [{ world: { routes: [{ transport: 'authsmtp', mailFrom: 'mejl.example.se' }] }, finds: 'amazon' }],
  },
});
