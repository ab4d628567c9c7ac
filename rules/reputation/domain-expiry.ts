import { defineRule, notApplicable, problem, unknown } from '#rule';

const day = 24 * 3_600_000;
/** Words of RFC 8056 for domains that do not work, or are about to be given up. */
const stopped = ['client hold', 'server hold', 'redemption period', 'pending delete'];

export default defineRule({
  id: 'domain-expiry',
  severity: 'minor',
  reference:
    'RFC 9083 section 4.5; RFC 8056 section 2; ICANN Expired Registration Recovery Policy, as of 2026-11',
  needs: ['registration'],
  check({ registration: { domain, state, expires, status, registrar } }, { policy, now }) {
    if (domain === null || state !== 'known') return unknown('registry-silent');
    const stop = stopped.find((one) => status.includes(one));
    if (stop !== undefined) return [problem('stopped', { domain, stop, registrar })];
    if (expires === null) return notApplicable('not-told');
    const days = Math.floor((Date.parse(expires) - now.getTime()) / day);
    const data = { domain, date: expires.slice(0, 10), registrar };
    return days < policy.registration.expiryDays ? [problem('soon', data)] : [];
  },
  words: {
    en: {
      title: 'Renewal of the domain',
      heading: {
        soon: ({ domain, date }) => `The domain ${domain} runs out on ${date}`,
        stopped: ({ domain }) => `The domain ${domain} has been stopped by its registry`,
      },
      mend: {
        soon: () => 'Renew the domain',
        stopped: () => 'Talk to the registrar of the domain',
      },
      why: 'When a domain runs out, all mail from it is turned away and all replies are lost, and soon anybody may register it and send as you.',
      fix: {
        soon: ({ registrar }) =>
          `Renew it with ${registrar ?? 'the company where you registered it'}, and turn on automatic renewal. If that is on already, see that the card or invoice address is still right.`,
        stopped: ({ registrar }) =>
          `Talk to ${registrar ?? 'the company where you registered it'} today: an unpaid renewal or a contact address that was never confirmed are common.`,
      },
      problems: {
        soon: ({ domain, date }) => `The registry says that ${domain} is registered until ${date}.`,
        stopped: ({ domain, stop }) => `The registry says of ${domain}: ${stop}.`,
      },
    },
    sv: {
      title: 'Förnyelse av domänen',
      heading: {
        soon: ({ domain, date }) => `Domänen ${domain} går ut ${date}`,
        stopped: ({ domain }) => `Domänen ${domain} har stoppats av domänregistret`,
      },
      mend: {
        soon: () => 'Förnya domänen',
        stopped: () => 'Tala med företaget som domänen är registrerad hos',
      },
      why: 'När en domän går ut avvisas allt mejl från den och alla svar går förlorade, och snart kan vem som helst registrera den och skicka som du.',
      fix: {
        soon: ({ registrar }) =>
          `Förnya den hos ${registrar ?? 'företaget där du registrerade den'} och slå på automatisk förnyelse. Är den redan på, se efter att kortet eller fakturaadressen fortfarande stämmer.`,
        stopped: ({ registrar }) =>
          `Tala med ${registrar ?? 'företaget där du registrerade den'} redan i dag: en obetald förnyelse eller en kontaktadress som aldrig bekräftades är vanligt.`,
      },
      problems: {
        soon: ({ domain, date }) => `Domänregistret säger att ${domain} är registrerad till ${date}.`,
        stopped: ({ domain, stop }) => `Domänregistret säger om ${domain}: ${stop}.`,
      },
    },
  },
  examples: {
    good: [
      {
        web: {
          'https://rdap.iis.se/domain/example.se':
            '{"ldhName":"example.se","status":["active"],"events":[{"eventAction":"expiration","eventDate":"2027-06-01T00:00:00Z"}]}',
        },
      },
    ],
    bad: [
      {
        world: {
          web: {
            'https://rdap.iis.se/domain/example.se':
              '{"ldhName":"example.se","events":[{"eventAction":"expiration","eventDate":"2026-12-01T00:00:00Z"}]}',
          },
        },
        finds: 'soon',
      },
      {
        world: {
          web: {
            'https://rdap.iis.se/domain/example.se':
              '{"ldhName":"example.se","status":["active","server hold"],"events":[]}',
          },
        },
        finds: 'stopped',
      },
    ],
  },
});
