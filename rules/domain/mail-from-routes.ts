import { defineRule, notApplicable, problem, unknown } from '#rule';
import { isSesServer } from '../providers/amazon-ses.ts';

export default defineRule({
  id: 'mail-from-routes',
  severity: 'major',
  reference:
    'Amazon SES developer guide, “Using a custom MAIL FROM domain”: exactly one MX record, to Amazon SES; as of 2026-11. RFC 5321 section 3.6.3',
  needs: ['mailFrom'],
  check({ mailFrom: { domain, server, sharedWith } }) {
    if (server === null) return notApplicable('no-route');
    if (server === 'unknown') return unknown('no-server');
    if (domain === null) return notApplicable('no-mail-from');
    return sharedWith.map((other) => {
      const providers = [server.provider, other.provider].toSorted().join(', ');
      return problem('shared', { domain, providers, ses: isSesServer(server) || isSesServer(other) });
    });
  },
  words: {
    en: {
      title: 'A sending subdomain for each server',
      heading: { shared: ({ domain }) => `Two sending servers share ${domain}` },
      mend: { shared: () => 'Give each sending server its own subdomain' },
      why: 'Bounces of one server’s mail go to the other, which knows nothing of it, so dead addresses are never found.',
      fix: {
        shared: () =>
          'Choose a subdomain of its own for the backup server, publish its MX and SPF records, and set it for that server.',
      },
      problems: {
        shared: ({ domain, providers, ses }) =>
          `These sending servers all send under ${domain}: ${providers}.${ses ? ' Amazon SES uses no subdomain whose MX record is not its own alone.' : ''}`,
      },
    },
    sv: {
      title: 'En underdomän för varje utskicksserver',
      heading: { shared: ({ domain }) => `Två utskicksservrar delar på ${domain}` },
      mend: { shared: () => 'Ge varje utskicksserver en egen underdomän' },
      why: 'Studsar från den ena serverns mejl går till den andra, som inte vet något om dem, så döda adresser hittas aldrig.',
      fix: {
        shared: () =>
          'Välj en egen underdomän för reservservern, publicera dess MX- och SPF-poster och ange den för servern.',
      },
      problems: {
        shared: ({ domain, providers, ses }) =>
          `De här utskicksservrarna skickar alla under ${domain}: ${providers}.${ses ? ' Amazon SES använder ingen underdomän vars MX-post inte är bara dess egen.' : ''}`,
      },
    },
  },
  examples: {
    good: [
      {
        routes: [
          { transport: 'ses', mailFrom: 'mejl.example.se' },
          { transport: 'authsmtp', mailFrom: 'studs.example.se' },
        ],
      },
    ],
    bad: [
      {
        world: {
          routes: [
            { transport: 'ses', mailFrom: 'mejl.example.se' },
            { transport: 'authsmtp', mailFrom: 'mejl.example.se' },
          ],
        },
        finds: 'shared',
      },
    ],
  },
});
