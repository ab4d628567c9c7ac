import { defineRule, notApplicable, problem, unanswered, unknown } from '#rule';
import { feedbackOf, isFeedbackHost } from '../providers/amazon-ses.ts';

export default defineRule({
  id: 'mail-from-region',
  severity: 'major',
  reference:
    'Amazon SES developer guide, “Using a custom MAIL FROM domain”: one MX record, of the region that sends; as of 2026-11',
  needs: ['mailFrom'],
  check({ mailFrom: { domain, mx, place, server } }) {
    if (server === 'unknown') return unknown('no-server');
    if (server === null || server.kind !== 'ses') return notApplicable('not-ses');
    if (domain === null || mx === null) return notApplicable('no-mail-from');
    const { status, exchangers } = mx;
    if (status === 'nodata' || status === 'nxdomain') return notApplicable('no-record');
    if (status !== 'answered') return unanswered([`${domain} MX`]);
    const next = feedbackOf(server.place);
    // Without a region there is nothing to compare with; a null MX and several records are another check's matter.
    if (next === null || exchangers.length !== 1) return notApplicable('faulty-record');
    const [{ preference, host } = { preference: 0, host: '' }] = exchangers;
    if (host === '') return notApplicable('faulty-record');
    if (next.endsWith(` ${host}`)) return [];
    const old = `${preference} ${host}`;
    const change = { kind: 'dns', type: 'MX', name: domain, old, new: next } as const;
    const data = { domain, host, region: server.place };
    return [
      problem(isFeedbackHost(host) ? 'region' : 'elsewhere', data, place === 'apart' ? { change } : {}),
    ];
  },
  words: {
    en: {
      title: 'Region of the sending subdomain',
      heading: {
        region: ({ domain }) => `The MX record of ${domain} belongs to another region of Amazon SES`,
        elsewhere: ({ domain }) => `The MX record of ${domain} does not lead to Amazon SES`,
      },
      mend: {
        region: () => 'Point the MX record to the region you send from',
        elsewhere: () => 'Point the MX record to Amazon SES',
      },
      why: 'Amazon SES uses a sending subdomain only when its one MX record leads to the region that sends the mail. If it does not, SES turns the mail away or sends it under amazonses.com, and bounces do not come back to you.',
      fix: {
        region: ({ region }) =>
          `Publish the record below: the mail goes out from ${region}. If you also send from the region that stands there now, give it a subdomain of its own.`,
        elsewhere: ({ region }) =>
          `Publish the record below: the mail goes out through Amazon SES in ${region}. If the subdomain takes other mail, choose another one for sending.`,
      },
      problems: {
        region: ({ domain, host, region }) =>
          `The MX record of ${domain} names ${host}, but the mail goes out from ${region}.`,
        elsewhere: ({ domain, host, region }) =>
          `The MX record of ${domain} names ${host}, but the mail goes out through Amazon SES in ${region}.`,
      },
    },
    sv: {
      title: 'Region för underdomänen för utskick',
      heading: {
        region: ({ domain }) => `MX-posten för ${domain} hör till en annan region i Amazon SES`,
        elsewhere: ({ domain }) => `MX-posten för ${domain} leder inte till Amazon SES`,
      },
      mend: {
        region: () => 'Låt MX-posten peka på regionen du skickar från',
        elsewhere: () => 'Låt MX-posten peka på Amazon SES',
      },
      why: 'Amazon SES använder underdomänen bara när dess enda MX-post leder till regionen som skickar mejlet. Annars avvisas mejlet eller skickas under amazonses.com, och studsarna kommer inte tillbaka till dig.',
      fix: {
        region: ({ region }) =>
          `Publicera posten nedan: mejlet skickas från ${region}. Skickar du även från regionen som står där nu, ge den en egen underdomän.`,
        elsewhere: ({ region }) =>
          `Publicera posten nedan: mejlet skickas genom Amazon SES i ${region}. Tar underdomänen emot andra mejl, välj en annan för utskick.`,
      },
      problems: {
        region: ({ domain, host, region }) =>
          `MX-posten för ${domain} anger ${host}, men mejlet skickas från ${region}.`,
        elsewhere: ({ domain, host, region }) =>
          `MX-posten för ${domain} anger ${host}, men mejlet skickas genom Amazon SES i ${region}.`,
      },
    },
  },
  examples: {
    good: [{ routes: [{ transport: 'ses', mailFrom: 'mejl.example.se' }] }],
    bad: [
      {
        world: {
          routes: [{ transport: 'ses', mailFrom: 'mejl.example.se' }],
          transports: { ses: { place: 'eu-west-1' } },
        },
        finds: 'region',
      },
      {
        world: {
          routes: [{ transport: 'ses', mailFrom: 'mejl.example.se' }],
          zone: { 'mejl.example.se': { MX: ['10 in.example.se'] } },
        },
        finds: 'elsewhere',
      },
    ],
  },
});
