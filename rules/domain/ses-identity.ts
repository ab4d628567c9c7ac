import { defineRule, problem } from '#rule';
import { dkimRecords, good, place, seenBySes } from '../repairs/ses-identity.ts';

export default defineRule({
  id: 'ses-identity',
  severity: 'major',
  reference:
    'Amazon SES developer guide, “Creating and verifying identities”; API v2 GetEmailIdentity, VerifiedForSendingStatus; as of 2026-11',
  needs: ['identity'],
  check({ identity: fact }) {
    const seen = seenBySes(fact);
    if (!('region' in seen)) return seen;
    const { identity, region } = seen;
    if (identity === null) return [problem('missing', { domain: fact.domain, region })];
    const { domain, status } = identity;
    if (status.domain === good) return [];
    const records = dkimRecords(identity, region);
    const data = { domain, region, state: status.domain ?? '', count: records.length };
    if (records.length === 0) return [problem('unverified', data)];
    return records.map(({ name, data: target }) =>
      problem('unverified', data, {
        change: { kind: 'dns', type: 'CNAME', name, old: null, new: target },
      }),
    );
  },
  words: {
    en: {
      title: 'The domain at Amazon SES',
      heading: {
        missing: ({ domain }) => `The domain ${domain} is not known to Amazon SES`,
        unverified: ({ domain }) => `The domain ${domain} is not verified at Amazon SES`,
      },
      mend: {
        missing: () => 'Add the domain to Amazon SES',
        unverified: () => 'Let Amazon SES verify the domain',
      },
      why: 'Amazon SES turns away every mail from a domain that it has not verified, so the mailing stops at once.',
      fix: {
        missing: ({ region }) =>
          `In the Amazon SES console, region ${region}, choose Identities and “Create identity”, give the domain, and publish the three CNAME records that SES shows.`,
        unverified: ({ domain, region, count }) =>
          count > 0
            ? 'Publish the CNAME records below. Amazon SES sees them by itself, often within the hour, at most after 72 hours.'
            : `${place.en(domain, region)}, and publish the records that SES shows there. It sees them by itself, at most after 72 hours.`,
      },
      problems: {
        missing: ({ domain, region }) => `Amazon SES in ${region} does not know ${domain}.`,
        unverified: ({ domain, state }) => `Amazon SES has not verified ${domain} (it says ${state}).`,
      },
    },
    sv: {
      title: 'Domänen hos Amazon SES',
      heading: {
        missing: ({ domain }) => `Domänen ${domain} finns inte hos Amazon SES`,
        unverified: ({ domain }) => `Domänen ${domain} är inte verifierad hos Amazon SES`,
      },
      mend: {
        missing: () => 'Lägg till domänen i Amazon SES',
        unverified: () => 'Låt Amazon SES verifiera domänen',
      },
      why: 'Amazon SES avvisar alla mejl från en domän som inte är verifierad, så utskicket stannar direkt.',
      fix: {
        missing: ({ region }) =>
          `Välj Identities och ”Create identity” i Amazon SES, region ${region}, ange domänen och publicera de tre CNAME-poster som visas.`,
        unverified: ({ domain, region, count }) =>
          count > 0
            ? 'Publicera CNAME-posterna nedan. Amazon SES upptäcker dem av sig självt, ofta inom en timme och senast efter 72 timmar.'
            : `${place.sv(domain, region)}, och publicera posterna som visas där. De upptäcks av sig självt, senast efter 72 timmar.`,
      },
      problems: {
        missing: ({ domain, region }) => `Amazon SES i ${region} känner inte till ${domain}.`,
        unverified: ({ domain, state }) =>
          `Amazon SES har inte verifierat ${domain} (tjänsten svarar ${state}).`,
      },
    },
  },
  examples: {
    good: [{ routes: [{ transport: 'ses', mailFrom: 'mejl.example.se' }], identities: { ses: {} } }],
    bad: [
      {
        world: {
          routes: [{ transport: 'ses', mailFrom: 'mejl.example.se' }],
          identities: { ses: { domain: 'NOT_FOUND' } },
        },
        finds: 'missing',
      },
      {
        world: {
          routes: [{ transport: 'ses', mailFrom: 'mejl.example.se' }],
          identities: { ses: { domain: 'PENDING', selectors: ['abcdefghijklmnopqrstuvwxyz234567'] } },
        },
        finds: 'unverified',
      },
    ],
  },
});
