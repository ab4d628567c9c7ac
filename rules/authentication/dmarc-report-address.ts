import { defineRule, notApplicable, problem, unanswered, unknown } from '#rule';

const rua = (uri: string) => ({ '_dmarc.example.se': { TXT: [`v=DMARC1; p=none; rua=${uri}`] } });

export default defineRule({
  id: 'dmarc-report-address',
  severity: 'minor',
  reference:
    'RFC 9989 sections 4.7 and 5.1.3, RFC 9990 section 3.5; RFC 5321 section 5.1; RFC 7505 (null MX)',
  needs: ['dmarcReports'],
  check({ dmarcReports: { domain, destinations, unmailed } }) {
    if (domain === 'unknown') return unknown('unanswered');
    if (domain === null) return notApplicable('no-record');
    if (destinations.length === 0 && unmailed.length === 0) return notApplicable('no-report-address');
    const deaf = destinations.map(({ host, uri, mail }) => {
      const data = { domain, host, uri };
      if (mail === 'gone') return problem('gone', data);
      if (mail === 'refused') return problem('refused', data);
      return mail === 'nowhere' ? problem('nowhere', data) : null;
    });
    const problems = [
      ...deaf.filter((one) => one !== null),
      ...unmailed.map((uri) => problem('unmailed', { domain, uri })),
    ];
    const silent = destinations.filter(({ mail }) => mail === null).map(({ host }) => `${host} MX`);
    return problems.length === 0 && silent.length > 0 ? unanswered(silent) : problems;
  },
  words: {
    en: {
      title: 'Whether DMARC reports arrive',
      heading: {
        gone: ({ host }) => `DMARC reports go to a domain that does not exist: ${host}`,
        refused: ({ host }) => `DMARC reports go to ${host}, which takes no mail`,
        nowhere: ({ host }) => `DMARC reports go to ${host}, which has no mail server`,
        unmailed: () => 'DMARC reports are asked for in a way that nobody sends',
      },
      mend: 'Let DMARC reports go where mail arrives',
      why: 'Your mail is not hurt, but the reports are lost, and with them the only way to see who sends in your name.',
      fix: {
        gone: ({ domain }) =>
          `Change the address in the record at _dmarc.${domain} to one that receives mail. Is it misspelt?`,
        refused: ({ domain }) =>
          `Change the address in the record at _dmarc.${domain} to one that receives mail: the domain says itself that it takes none.`,
        nowhere: ({ domain, host }) =>
          `Change the address in the record at _dmarc.${domain} to one that receives mail, or publish an MX record for ${host}.`,
        unmailed: ({ domain }) =>
          `Write rua=mailto: and an address that receives mail into the record at _dmarc.${domain}.`,
      },
      problems: {
        gone: ({ uri, host }) => `${uri}: there is no domain ${host}.`,
        refused: ({ uri, host }) => `${uri}: ${host} has a null MX, which says that it takes no mail.`,
        nowhere: ({ uri, host }) => `${uri}: ${host} has neither an MX record nor an address.`,
        unmailed: ({ uri }) => `${uri}: receivers send reports to mailto: addresses.`,
      },
    },
    sv: {
      title: 'Om DMARC-rapporterna kommer fram',
      heading: {
        gone: ({ host }) => `DMARC-rapporterna går till en domän som inte finns: ${host}`,
        refused: ({ host }) => `DMARC-rapporterna går till ${host}, som inte tar emot mejl`,
        nowhere: ({ host }) => `DMARC-rapporterna går till ${host}, som saknar mejlserver`,
        unmailed: () => 'DMARC-rapporter begärs på ett sätt som ingen skickar på',
      },
      mend: 'Låt DMARC-rapporterna gå dit mejl kommer fram',
      why: 'Dina mejl skadas inte, men rapporterna går förlorade, och med dem det enda sättet att se vem som skickar i ditt namn.',
      fix: {
        gone: ({ domain }) =>
          `Ändra adressen i posten på _dmarc.${domain} till en som tar emot mejl. Är den felstavad?`,
        refused: ({ domain }) =>
          `Ändra adressen i posten på _dmarc.${domain} till en som tar emot mejl: domänen säger själv att den inte gör det.`,
        nowhere: ({ domain, host }) =>
          `Ändra adressen i posten på _dmarc.${domain} till en som tar emot mejl, eller publicera en MX-post för ${host}.`,
        unmailed: ({ domain }) =>
          `Skriv rua=mailto: och en adress som tar emot mejl i posten på _dmarc.${domain}.`,
      },
      problems: {
        gone: ({ uri, host }) => `${uri}: domänen ${host} finns inte.`,
        refused: ({ uri, host }) =>
          `${uri}: ${host} har en tom MX-post (null MX), som säger att den inte tar emot mejl.`,
        nowhere: ({ uri, host }) => `${uri}: ${host} har varken MX-post eller adress.`,
        unmailed: ({ uri }) => `${uri}: mottagarna skickar rapporter till mailto-adresser.`,
      },
    },
  },
  examples: {
    good: [
      {},
      { zone: { ...rua('mailto:a@news.example.se!10m'), 'news.example.se': { AAAA: ['2001:db8::1'] } } },
    ],
    bad: [
      { world: { zone: rua('mailto:a@gone.example') }, finds: 'gone' },
      {
        world: { zone: { ...rua('mailto:a@d.example.se'), 'd.example.se': { MX: ['0 .'] } } },
        finds: 'refused',
      },
      {
        world: { zone: { ...rua('mailto:a@d.example.se'), 'd.example.se': { TXT: ['x'] } } },
        finds: 'nowhere',
      },
      { world: { zone: rua('https://rapport.example/dmarc') }, finds: 'unmailed' },
    ],
  },
});
