import { defineRule, type Facts, notApplicable, problem, unanswered, unknown } from '#rule';

const told = ({ host, tags, uri, name }: Facts['dmarcReports']['destinations'][number], domain: string) => ({
  domain,
  host,
  tags: tags.join(', '),
  uri,
  name,
});
const rua = (uri: string) => ({ '_dmarc.example.se': { TXT: [`v=DMARC1; p=none; rua=${uri}`] } });

export default defineRule({
  id: 'dmarc-report-authorisation',
  severity: 'minor',
  reference: 'RFC 9990 section 4 and RFC 9991 section 5, May 2026; RFC 7489 section 7.1',
  needs: ['dmarcReports'],
  check({ dmarcReports: { domain, destinations } }) {
    if (domain === 'unknown') return unknown('unanswered');
    if (domain === null) return notApplicable('no-record');
    const found = destinations.map((one) => {
      const { consent, name, mail } = one;
      const data = told(one, domain);
      // A domain that does not exist can agree to nothing; that it takes no mail is the graver fault.
      if (mail === 'gone') return null;
      if (consent === 'missing') {
        const change = { kind: 'dns', type: 'TXT', name, old: null, new: 'v=DMARC1' } as const;
        return problem('missing', data, { change });
      }
      if (consent === 'elsewhere') return problem('elsewhere', data);
      return consent === 'impossible' ? problem('impossible', data) : null;
    });
    const problems = found.filter((one) => one !== null);
    const silent = destinations.filter(({ consent }) => consent === null).map(({ name }) => `${name} TXT`);
    return problems.length === 0 && silent.length > 0 ? unanswered(silent) : problems;
  },
  words: {
    en: {
      title: 'Leave to send DMARC reports elsewhere',
      heading: {
        missing: ({ host }) => `No leave for DMARC reports about you to go to ${host}`,
        elsewhere: ({ host }) => `DMARC reports are sent on from ${host} to where nobody delivers`,
        impossible: () => 'The domain that is to get the DMARC reports cannot agree to it',
      },
      mend: {
        missing: ({ host }) => `Ask ${host.slice(0, 30)} to publish a record`,
        elsewhere: ({ host }) => `Ask ${host.slice(0, 30)} to correct its record`,
        impossible: () => 'Send DMARC reports to another address',
      },
      why: 'Your mail is not hurt, but the reports never come: receivers send them to another organisation’s domain only when that domain says in DNS that it wants them. Otherwise anybody could flood others with reports.',
      fix: {
        missing: ({ host, domain, uri }) =>
          `Whoever runs ${host} has to publish the record below, in the zone of ${host}, not in yours. A service that reads reports does so when you add ${domain} to your account there. Is ${uri} an ordinary mailbox, such as one at Gmail? Then nobody will publish it: use an address at your own domain, and let it forward the mail.`,
        elsewhere: ({ host, name }) =>
          `Whoever runs ${host} has to take the address (rua) out of the record at ${name}, or write one at ${host} itself.`,
        impossible: ({ domain }) =>
          `Use an address at ${domain} itself, and let it forward the mail: the name that the other domain would have to publish is longer than DNS allows.`,
      },
      problems: {
        missing: ({ host, tags, name }) =>
          `The record asks for reports (${tags}) to ${host}, but there is no record v=DMARC1 at ${name}.`,
        elsewhere: ({ name, host }) =>
          `The record at ${name} names an address outside ${host}. Then receivers send to neither.`,
        impossible: ({ host }) =>
          `The record asks for reports to ${host}, but the name where ${host} would have to agree is too long for DNS.`,
      },
    },
    sv: {
      title: 'Lov att skicka DMARC-rapporter till andra',
      heading: {
        missing: ({ host }) => `DMARC-rapporterna om dig får inte skickas till ${host}`,
        elsewhere: ({ host }) => `DMARC-rapporterna skickas vidare från ${host} dit ingen levererar`,
        impossible: () => 'Domänen som ska få DMARC-rapporterna kan inte säga ja till dem',
      },
      mend: {
        missing: ({ host }) => `Be ${host.slice(0, 30)} publicera en post`,
        elsewhere: ({ host }) => `Be ${host.slice(0, 30)} rätta sin post`,
        impossible: () => 'Skicka DMARC-rapporterna till en annan adress',
      },
      why: 'Dina mejl skadas inte, men rapporterna kommer aldrig: mottagarna skickar dem till en annan organisations domän bara när den domänen säger i DNS att den vill ha dem. Annars kunde vem som helst dränka andra i rapporter.',
      fix: {
        missing: ({ host, domain, uri }) =>
          `Den som sköter ${host} måste publicera posten nedan, i zonen för ${host} och inte i din. En tjänst som läser rapporter gör det när du lägger till ${domain} i ditt konto där. Är ${uri} en vanlig brevlåda, till exempel hos Gmail? Då kommer ingen att publicera den: använd en adress på din egen domän, och låt den vidarebefordra mejlen.`,
        elsewhere: ({ host, name }) =>
          `Den som sköter ${host} måste ta bort adressen (rua) ur posten på ${name}, eller skriva en på själva ${host}.`,
        impossible: ({ domain }) =>
          `Använd en adress på själva ${domain}, och låt den vidarebefordra mejlen: namnet som den andra domänen skulle behöva publicera är längre än DNS tillåter.`,
      },
      problems: {
        missing: ({ host, tags, name }) =>
          `Posten ber om rapporter (${tags}) till ${host}, men det finns ingen post v=DMARC1 på ${name}.`,
        elsewhere: ({ name, host }) =>
          `Posten på ${name} anger en adress utanför ${host}. Då skickar mottagarna inte till någon av dem.`,
        impossible: ({ host }) =>
          `Posten ber om rapporter till ${host}, men namnet där ${host} skulle säga ja är för långt för DNS.`,
      },
    },
  },
  examples: {
    good: [
      {},
      { zone: rua('mailto:a@reports.example.se') },
      {
        zone: {
          ...rua('mailto:a@rapport.example'),
          'example.se._report._dmarc.rapport.example': { TXT: ['v=DMARC1;'] },
          'rapport.example': { A: ['192.0.2.1'] },
        },
      },
      {
        zone: {
          ...rua('mailto:a@rapport.example'),
          '*._report._dmarc.rapport.example': { TXT: ['v=DMARC1; rua=mailto:b@rapport.example'] },
          'rapport.example': { A: ['192.0.2.1'] },
        },
      },
    ],
    bad: [
      {
        world: { zone: { ...rua('mailto:a@rapport.example'), 'rapport.example': { A: ['192.0.2.1'] } } },
        finds: 'missing',
      },
      {
        world: {
          zone: {
            ...rua('mailto:a@rapport.example'),
            'rapport.example': { A: ['192.0.2.1'] },
            'example.se._report._dmarc.rapport.example': { TXT: ['v=DMARC1; rua=mailto:b@other.example'] },
          },
        },
        finds: 'elsewhere',
      },
      {
        world: {
          zone: {
            ...rua(`mailto:a@${'rapport.'.repeat(29)}example`),
            [`${'rapport.'.repeat(29)}example`]: { A: ['192.0.2.1'] },
          },
        },
        finds: 'impossible',
      },
    ],
  },
});
