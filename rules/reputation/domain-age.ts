import { defineRule, notApplicable, problem, unknown } from '#rule';

const day = 24 * 3_600_000;

export default defineRule({
  id: 'domain-age',
  severity: 'minor',
  reference:
    'RFC 9083 section 4.5; Spamhaus ZRD and Spam Eating Monkey SEM-FRESH30 (domains of the last 30 days), as of 2026-11',
  needs: ['registration'],
  check({ registration: { domain, state, registered } }, { policy, now }) {
    if (domain === null || state !== 'known') return unknown('registry-silent');
    if (registered === null) return notApplicable('not-told');
    const days = Math.floor((now.getTime() - Date.parse(registered)) / day);
    const { youngDays } = policy.registration;
    return days < youngDays
      ? [problem('young', { domain, days: Math.max(0, days), date: registered.slice(0, 10), youngDays })]
      : [];
  },
  words: {
    en: {
      title: 'Age of the domain',
      heading: { young: ({ domain }) => `The domain ${domain} is new` },
      mend: 'Begin with small mailings',
      why: 'Mail from a domain of a few days looks like that of spammers, who register new ones all the time: it is put off, or goes to spam.',
      fix: {
        young: ({ youngDays }) =>
          `Wait until it is ${youngDays} days old, or begin with a few mails a day to people who are waiting for them and double that week by week (a warm-up).`,
      },
      problems: {
        young: ({ domain, days, date }) =>
          `${domain} was registered on ${date}, ${days === 1 ? '1 day' : `${days} days`} ago.`,
      },
    },
    sv: {
      title: 'Domänens ålder',
      heading: { young: ({ domain }) => `Domänen ${domain} är ny` },
      mend: 'Börja med små utskick',
      why: 'Mejl från en domän som är några dagar gammal liknar det från skräppostare, som registrerar nya hela tiden: det skjuts upp eller hamnar i skräpposten.',
      fix: {
        young: ({ youngDays }) =>
          `Vänta tills den är ${youngDays} dagar gammal, eller börja med några få mejl om dagen till dem som väntar på dem och dubbla vecka för vecka (en uppvärmning).`,
      },
      problems: {
        young: ({ domain, days, date }) =>
          `${domain} registrerades ${date}, för ${days === 1 ? 'en dag' : `${days} dagar`} sedan.`,
      },
    },
  },
  examples: {
    good: [
      {
        web: {
          'https://rdap.iis.se/domain/example.se':
            '{"ldhName":"example.se","events":[{"eventAction":"registration","eventDate":"2009-03-01T00:00:00Z"}]}',
        },
      },
    ],
    bad: [
      {
        world: {
          web: {
            'https://rdap.iis.se/domain/example.se':
              '{"ldhName":"EXAMPLE.SE","events":[{"eventAction":"registration","eventDate":"2026-11-10T08:00:00Z"}]}',
          },
        },
        finds: 'young',
      },
    ],
  },
});
