import { defineRule, notApplicable, problem } from '#rule';
import { good, place, seenBySes } from '../repairs/ses-identity.ts';

export default defineRule({
  id: 'ses-mail-from',
  severity: 'major',
  reference:
    'Amazon SES developer guide, “Using a custom MAIL FROM domain”; API v2 GetEmailIdentity, MailFromAttributes; as of 2026-11',
  needs: ['identity'],
  check({ identity: fact }) {
    const seen = seenBySes(fact);
    if (!('region' in seen)) return seen;
    const { identity, region } = seen;
    if (fact.mailFrom === null) return notApplicable('no-mail-from');
    if (identity === null) return notApplicable('no-record');
    const { domain, status } = identity;
    const data = { domain, region, mailFrom: fact.mailFrom };
    if (status.mailFromDomain === null) return [problem('unset', data)];
    const other = status.mailFromDomain.toLowerCase();
    if (other !== fact.mailFrom) return [problem('other', { ...data, other })];
    if (status.mailFrom === good) return [];
    const refuses = status.onMxFailure === 'reject';
    return [problem('inactive', { ...data, state: status.mailFrom ?? '', refuses })];
  },
  words: {
    en: {
      title: 'The sending subdomain at Amazon SES',
      heading: {
        unset: () => 'The sending subdomain is not set at Amazon SES',
        other: ({ other }) => `The sending subdomain at Amazon SES is another: ${other}`,
        inactive: ({ mailFrom }) => `The sending subdomain ${mailFrom} is not active at Amazon SES`,
      },
      mend: {
        unset: () => 'Set the sending subdomain at Amazon SES',
        other: () => 'Set the same sending subdomain in both places',
        inactive: () => 'Let Amazon SES look at the records again',
      },
      why: 'Until Amazon SES itself says that the subdomain is active, it either turns the mail away or sends it under amazonses.com, however right the DNS is. Then SPF says nothing about your own domain, and receivers see Amazon as the sender.',
      fix: {
        unset: ({ domain, region, mailFrom }) =>
          `${place.en(domain, region)}, and set “Custom MAIL FROM domain” to ${mailFrom}.`,
        other: ({ domain, region, mailFrom, other }) =>
          `${place.en(domain, region)}, and set “Custom MAIL FROM domain” to ${mailFrom}; or change the route here to ${other}.`,
        inactive: ({ domain, region }) =>
          `First mend what the other checks say about its MX and SPF records. ${place.en(domain, region)}: “Custom MAIL FROM domain” has to say Successful. SES looks by itself for 72 hours; if it says Failed, save the setting once more.`,
      },
      problems: {
        unset: ({ domain, mailFrom }) =>
          `Amazon SES has no MAIL FROM domain for ${domain}, where the route has ${mailFrom}.`,
        other: ({ other, mailFrom }) => `Amazon SES uses ${other}, but the route has ${mailFrom}.`,
        inactive: ({ mailFrom, state, refuses }) =>
          refuses
            ? `Amazon SES says ${state} of ${mailFrom}, and turns the mail away until it is active.`
            : `Amazon SES says ${state} of ${mailFrom}, and sends under amazonses.com until it is active.`,
      },
    },
    sv: {
      title: 'Underdomänen för utskick hos Amazon SES',
      heading: {
        unset: () => 'Underdomänen för utskick är inte inställd hos Amazon SES',
        other: ({ other }) => `Underdomänen för utskick är en annan hos Amazon SES: ${other}`,
        inactive: ({ mailFrom }) => `Underdomänen ${mailFrom} är inte aktiv hos Amazon SES`,
      },
      mend: {
        unset: () => 'Ställ in underdomänen hos Amazon SES',
        other: () => 'Ange samma underdomän på båda ställena',
        inactive: () => 'Låt Amazon SES titta på posterna igen',
      },
      why: 'Så länge Amazon SES inte själv säger att underdomänen är aktiv avvisas mejlet eller skickas under amazonses.com, hur rätt DNS än är. Då säger SPF inget om din egen domän, och mottagarna ser Amazon som avsändare.',
      fix: {
        unset: ({ domain, region, mailFrom }) =>
          `${place.sv(domain, region)}, och ange ${mailFrom} vid ”Custom MAIL FROM domain”.`,
        other: ({ domain, region, mailFrom, other }) =>
          `${place.sv(domain, region)}, och ange ${mailFrom} vid ”Custom MAIL FROM domain”. Eller ändra servern här till ${other}.`,
        inactive: ({ domain, region }) =>
          `Rätta först det som de andra kontrollerna säger om dess MX- och SPF-poster. ${place.sv(domain, region)}: det ska stå Successful vid ”Custom MAIL FROM domain”. SES letar av sig självt i 72 timmar. Står det Failed, spara inställningen en gång till.`,
      },
      problems: {
        unset: ({ domain, mailFrom }) =>
          `Amazon SES har ingen underdomän för utskick (MAIL FROM) för ${domain}, men servern här har ${mailFrom}.`,
        other: ({ other, mailFrom }) => `Amazon SES använder ${other}, men servern här har ${mailFrom}.`,
        inactive: ({ mailFrom, state, refuses }) =>
          refuses
            ? `Amazon SES svarar ${state} om ${mailFrom} och avvisar mejlet tills den är aktiv.`
            : `Amazon SES svarar ${state} om ${mailFrom} och skickar under amazonses.com tills den är aktiv.`,
      },
    },
  },
  examples: {
    good: [
      {
        routes: [{ transport: 'ses', mailFrom: 'mejl.example.se' }],
        identities: { ses: { mailFromDomain: 'mejl.example.se' } },
      },
      // SES goes by the parent, which alone it knows.
      {
        from: 'a@nyheter.example.se',
        routes: [{ transport: 'ses', mailFrom: 'mejl.example.se' }],
        identities: { ses: { mailFromDomain: 'mejl.example.se' } },
      },
    ],
    bad: [
      {
        world: {
          routes: [{ transport: 'ses', mailFrom: 'mejl.example.se' }],
          identities: { ses: { mailFrom: 'NOT_SET', mailFromDomain: null } },
        },
        finds: 'unset',
      },
      {
        world: {
          routes: [{ transport: 'ses', mailFrom: 'mejl.example.se' }],
          identities: { ses: { mailFromDomain: 'bounce.example.se' } },
        },
        finds: 'other',
      },
      // The zone is right, and SES has not seen it.
      {
        world: {
          routes: [{ transport: 'ses', mailFrom: 'mejl.example.se' }],
          identities: { ses: { mailFrom: 'FAILED', mailFromDomain: 'mejl.example.se' } },
        },
        finds: 'inactive',
      },
    ],
  },
});
