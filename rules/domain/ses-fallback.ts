import { defineRule, notApplicable, problem } from '#rule';
import { place, seenBySes } from '../repairs/ses-identity.ts';

export default defineRule({
  id: 'ses-fallback',
  severity: 'minor',
  reference:
    'Amazon SES API v2, PutEmailIdentityMailFromAttributes, BehaviorOnMxFailure (USE_DEFAULT_VALUE, REJECT_MESSAGE); as of 2026-11',
  needs: ['identity'],
  check({ identity: fact }) {
    const seen = seenBySes(fact);
    if (!('region' in seen)) return seen;
    const { identity, region } = seen;
    // Without a subdomain of its own there is nothing to fall back from.
    if (identity === null || identity.status.onMxFailure === null || !identity.status.mailFromDomain) {
      return notApplicable('no-record');
    }
    const { domain, status } = identity;
    if (status.onMxFailure === 'reject') return [];
    return [problem('silent', { domain, region, mailFrom: status.mailFromDomain ?? '' })];
  },
  words: {
    en: {
      title: 'What Amazon SES does when the subdomain fails',
      heading: 'Mail may silently go out under amazonses.com',
      mend: 'Choose “Reject message” at Amazon SES',
      why: 'When Amazon SES does not find the MX record of your sending subdomain, be it for an hour, it sends under amazonses.com and tells nobody. SPF then says nothing about your own domain. Klarsignal would rather wait, or use your backup server.',
      fix: {
        silent: ({ domain, region }) =>
          `${place.en(domain, region)}: under “Custom MAIL FROM domain” choose “Reject message” as the behaviour on MX failure.`,
      },
      problems: {
        silent: ({ mailFrom }) =>
          `If the MX record of ${mailFrom} is not found, Amazon SES sends under its own domain in place of turning the mail away.`,
      },
    },
    sv: {
      title: 'Vad Amazon SES gör när underdomänen inte fungerar',
      heading: 'Mejl kan skickas under amazonses.com utan att det märks',
      mend: 'Välj ”Reject message” hos Amazon SES',
      why: 'När Amazon SES inte hittar MX-posten för din underdomän, om så bara en timme, skickas mejlet under amazonses.com utan att någon får veta det. Då säger SPF inget om din egen domän. Klarsignal väntar hellre, eller använder din reservserver.',
      fix: {
        silent: ({ domain, region }) =>
          `${place.sv(domain, region)}: välj ”Reject message” vid ”Custom MAIL FROM domain”, ”Behavior on MX failure”.`,
      },
      problems: {
        silent: ({ mailFrom }) =>
          `Om MX-posten för ${mailFrom} inte hittas skickar Amazon SES under sin egen domän i stället för att avvisa mejlet.`,
      },
    },
  },
  examples: {
    good: [
      {
        routes: [{ transport: 'ses', mailFrom: 'mejl.example.se' }],
        identities: { ses: { mailFromDomain: 'mejl.example.se', onMxFailure: 'reject' } },
      },
    ],
    bad: [
      {
        world: {
          routes: [{ transport: 'ses', mailFrom: 'mejl.example.se' }],
          identities: { ses: { mailFromDomain: 'mejl.example.se', onMxFailure: 'default' } },
        },
        finds: 'silent',
      },
    ],
  },
});
