import { defineRule, notApplicable, problem } from '#rule';
import { dkimRecords, good, place, seenBySes } from '../repairs/ses-identity.ts';

export default defineRule({
  id: 'ses-signature',
  severity: 'major',
  reference:
    'Amazon SES developer guide, “Easy DKIM in Amazon SES”; API v2 GetEmailIdentity, DkimAttributes; Gmail and GMX sender requirements; as of 2026-11',
  needs: ['identity'],
  check({ identity: fact }) {
    const seen = seenBySes(fact);
    if (!('region' in seen)) return seen;
    const { identity, region } = seen;
    // That the domain is unknown or not verified is another check's matter, with the same records.
    if (identity === null || identity.status.domain !== good) return notApplicable('no-record');
    const { domain, status } = identity;
    if (status.dkim === good) return [];
    if (status.dkim === 'DISABLED') return [problem('off', { domain, region })];
    const records = dkimRecords(identity, region);
    const data = { domain, region, state: status.dkim ?? '', count: records.length };
    if (records.length === 0) return [problem('unsigned', data)];
    return records.map(({ name, data: target }) =>
      problem('unsigned', data, { change: { kind: 'dns', type: 'CNAME', name, old: null, new: target } }),
    );
  },
  words: {
    en: {
      title: 'DKIM at Amazon SES',
      heading: {
        off: ({ domain }) => `Signing for ${domain} is turned off at Amazon SES`,
        unsigned: ({ domain }) => `Mail from ${domain} is not signed at Amazon SES`,
      },
      mend: {
        off: () => 'Turn on DKIM signatures at Amazon SES',
        unsigned: () => 'Publish the DKIM records of Amazon SES',
      },
      why: 'The mail goes out without a signature of your domain. GMX and WEB.DE turn such mail away, and Gmail, Yahoo and Outlook.com do so when you send much. A DKIM signature proves that the mail is yours.',
      fix: {
        off: ({ domain, region }) =>
          `${place.en(domain, region)}, choose Authentication and edit DKIM: turn on “DKIM signatures”.`,
        unsigned: ({ domain, region, count }) =>
          count > 0
            ? 'Publish the CNAME records below, and leave them in place: Amazon SES looks for them again and again.'
            : `${place.en(domain, region)}, choose Authentication, and publish the DKIM records that SES shows there.`,
      },
      problems: {
        off: ({ domain }) => `Amazon SES does not sign for ${domain}, since signing is turned off.`,
        unsigned: ({ domain, state }) =>
          `Amazon SES does not sign for ${domain}: it says ${state} of its DKIM records.`,
      },
    },
    sv: {
      title: 'DKIM hos Amazon SES',
      heading: {
        off: ({ domain }) => `Signering för ${domain} är avstängd hos Amazon SES`,
        unsigned: ({ domain }) => `Mejl från ${domain} signeras inte hos Amazon SES`,
      },
      mend: {
        off: () => 'Slå på DKIM-signaturer hos Amazon SES',
        unsigned: () => 'Publicera DKIM-posterna från Amazon SES',
      },
      why: 'Mejlet skickas utan en signatur för din domän. GMX och WEB.DE avvisar sådana mejl, och det gör Gmail, Yahoo och Outlook.com också när du skickar mycket. En DKIM-signatur visar att mejlet är ditt.',
      fix: {
        off: ({ domain, region }) =>
          `${place.sv(domain, region)}, välj Authentication och ändra DKIM: slå på ”DKIM signatures”.`,
        unsigned: ({ domain, region, count }) =>
          count > 0
            ? 'Publicera CNAME-posterna nedan och låt dem stå kvar. Amazon SES letar efter dem gång på gång.'
            : `${place.sv(domain, region)}, välj Authentication och publicera DKIM-posterna som visas där.`,
      },
      problems: {
        off: ({ domain }) => `Amazon SES signerar inte för ${domain}, eftersom signering är avstängd.`,
        unsigned: ({ domain, state }) =>
          `Amazon SES signerar inte för ${domain}: tjänsten svarar ${state} om DKIM-posterna.`,
      },
    },
  },
  examples: {
    good: [{ routes: [{ transport: 'ses', mailFrom: 'mejl.example.se' }], identities: { ses: {} } }],
    bad: [
      {
        world: {
          routes: [{ transport: 'ses', mailFrom: 'mejl.example.se' }],
          identities: { ses: { dkim: 'DISABLED' } },
        },
        finds: 'off',
      },
      {
        world: {
          routes: [{ transport: 'ses', mailFrom: 'mejl.example.se' }],
          identities: { ses: { dkim: 'FAILED', selectors: ['abcdefghijklmnopqrstuvwxyz234567'] } },
        },
        finds: 'unsigned',
      },
    ],
  },
});
