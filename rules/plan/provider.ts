import { defineStep } from '#rule';
import { good, place } from '../repairs/ses-identity.ts';

export default defineStep({
  id: 'provider',
  needs: ['identity', 'author'],
  byRoute: true,
  optional: false,
  after: ['dkim', 'envelope'],
  waitDays: 0,
  checks: ['ses-identity', 'ses-mail-from', 'ses-signature', 'ses-fallback'],
  source: 'Amazon SES API v2, GetEmailIdentity, as of 2026-11',
  read({ identity: { server, identity, mailFrom }, author }) {
    const ses = server !== null && server !== 'unknown' && server.kind === 'ses' ? server : null;
    const data = { domain: author.domain, region: ses?.place ?? '', mailFrom: mailFrom ?? '' };
    const told = (state: 'done' | 'open' | 'unknown' | 'idle') => ({ state, records: [], data });
    if (server === 'unknown') return told('unknown');
    if (ses === null || identity === null) return told('idle');
    if (identity === 'unanswered') return told('unknown');
    if (identity === 'none') return told('open');
    const { domain, dkim, mailFrom: state, mailFromDomain, onMxFailure } = identity.status;
    const ready =
      [domain, dkim, state].every((one) => one === good) &&
      mailFromDomain === mailFrom &&
      onMxFailure !== 'default';
    return { ...told(ready ? 'done' : 'open'), data: { ...data, domain: identity.domain } };
  },
  words: {
    en: {
      name: 'The sending service',
      title: () => 'See that Amazon SES has found it all',
      why: 'DNS being right is not enough: until Amazon SES says so itself, it turns the mail away or sends it under a name of its own.',
      how: ({ domain, region, mailFrom }) =>
        `${place.en(`${domain}`, `${region}`)}. Set “Custom MAIL FROM domain” to ${mailFrom} with “Reject message” as the behaviour on MX failure, and wait until the identity, DKIM and MAIL FROM all say Successful.`,
      until: '',
    },
    sv: {
      name: 'Utskickstjänsten',
      title: () => 'Se till att Amazon SES har hittat allt',
      why: 'Det räcker inte att DNS är rätt: så länge Amazon SES inte själv säger det avvisas mejlet eller skickas under ett annat namn.',
      how: ({ domain, region, mailFrom }) =>
        `${place.sv(`${domain}`, `${region}`)}. Ange ${mailFrom} vid ”Custom MAIL FROM domain”, med ”Reject message” vid ”Behavior on MX failure”, och vänta tills det står Successful för identiteten, DKIM och MAIL FROM.`,
      until: '',
    },
  },
});
