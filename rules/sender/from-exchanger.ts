import { defineRule, notApplicable, problem, unanswered } from '#rule';
import { movedRecord, movedWords, unmoved } from '../repairs/doubled-names.ts';

export default defineRule({
  id: 'from-exchanger',
  severity: 'major',
  reference: 'RFC 5321 section 5.1; RFC 7505 section 4.2 (null MX)',
  needs: ['author', 'doubledNames'],
  check({ author: { domain, exists, mail, hosts, silent }, doubledNames }) {
    if (exists === false) return notApplicable('no-domain');
    if (mail === null) return unanswered(silent);
    if (mail === 'lost') return [problem('lost', { domain, host: hosts[0] ?? '', count: hosts.length })];
    if (mail === 'refused') return [problem('refusing', { domain })];
    if (mail !== 'nowhere') return [];
    const moved = movedRecord(doubledNames, 'mx', domain);
    return moved
      ? [problem('nowhere', { domain, ...moved.data }, { change: moved.change })]
      : [problem('nowhere', { domain, ...unmoved })];
  },
  words: {
    en: {
      title: 'Mail server for replies',
      heading: {
        refusing: ({ domain }) => `The From domain ${domain} says that it takes no mail`,
        nowhere: ({ domain }) => `The From domain ${domain} has no mail server`,
        lost: ({ domain }) => `The mail servers of the From domain ${domain} cannot be reached`,
      },
      mend: {
        refusing: () => 'Let the From domain take mail',
        nowhere: () => 'Publish an MX record for the From domain',
        lost: () => 'Point the MX record to a server that exists',
      },
      why: 'Replies to the mail do not arrive, and some receivers turn away mail from a domain that takes none: they see it as a forgery. An MX record names the server that takes a domain’s mail.',
      fix: {
        refusing: () =>
          'Replace the “null MX” (0 .) with the MX record that your mail host gives you, or send from a domain that takes mail.',
        nowhere: ({ at, label, zone }) =>
          at
            ? `Publish the record below.${movedWords.en({ at, label, zone })}`
            : 'Publish the MX record that your mail host gives you, or send from a domain that takes mail.',
        lost: () =>
          'Look at the spelling of the name in the MX record, and publish the record that your mail host gives you. The server needs an address (A or AAAA) that the internet reaches.',
      },
      problems: {
        refusing: ({ domain }) => `${domain} has a “null MX”, a record that says that it takes no mail.`,
        nowhere: ({ domain }) => `${domain} has neither an MX record nor an address.`,
        lost: ({ domain, host, count }) =>
          count === 1
            ? `The mail server of ${domain}, ${host}, has no address that the internet reaches.`
            : `None of the ${count} mail servers of ${domain} has an address that the internet reaches; the first is ${host}.`,
      },
    },
    sv: {
      title: 'Mejlserver för svar',
      heading: {
        refusing: ({ domain }) => `Avsändardomänen ${domain} säger att den inte tar emot mejl`,
        nowhere: ({ domain }) => `Avsändardomänen ${domain} har ingen mejlserver`,
        lost: ({ domain }) => `Mejlservrarna för avsändardomänen ${domain} går inte att nå`,
      },
      mend: {
        refusing: () => 'Låt avsändardomänen ta emot mejl',
        nowhere: () => 'Publicera en MX-post för avsändardomänen',
        lost: () => 'Låt MX-posten peka på en server som finns',
      },
      why: 'Svar på mejlet kommer inte fram, och en del mottagare avvisar mejl från en domän som inte tar emot några: de ser det som en förfalskning. En MX-post säger vilken server som tar emot en domäns mejl.',
      fix: {
        refusing: () =>
          'Byt ”null MX” (0 .) mot den MX-post som du får av din mejlleverantör, eller skicka från en domän som tar emot mejl.',
        nowhere: ({ at, label, zone }) =>
          at
            ? `Publicera posten nedan.${movedWords.sv({ at, label, zone })}`
            : 'Publicera den MX-post som du får av din mejlleverantör, eller skicka från en domän som tar emot mejl.',
        lost: () =>
          'Se efter hur namnet i MX-posten är stavat, och publicera posten som du får av din mejlleverantör. Servern behöver en adress (A eller AAAA) som internet når.',
      },
      problems: {
        refusing: ({ domain }) => `${domain} har ”null MX”, en post som säger att den inte tar emot mejl.`,
        nowhere: ({ domain }) => `${domain} har varken en MX-post eller en adress.`,
        lost: ({ domain, host, count }) =>
          count === 1
            ? `Mejlservern för ${domain}, ${host}, saknar en adress som internet når.`
            : `Ingen av de ${count} mejlservrarna för ${domain} har en adress som internet når. Den första är ${host}.`,
      },
    },
  },
  examples: {
    good: [
      {},
      { from: 'a@n.example.se', zone: { 'n.example.se': { A: ['192.0.2.1'] } } },
      { from: 'a@n.example.se', zone: { 'n.example.se': { AAAA: ['2001:db8::1'] } } },
      { from: 'a@n.example.se', zone: { 'n.example.se': { CNAME: ['example.se'] } } },
    ],
    bad: [
      { world: { zone: { 'example.se': { MX: ['0 .'], A: ['192.0.2.1'] } } }, finds: 'refusing' },
      { world: { zone: { 'example.se': { TXT: ['v=spf1 -all'] } } }, finds: 'nowhere' },
      {
        world: { from: 'a@n.example.se', zone: { 'n.example.se': { CNAME: ['gone.example'] } } },
        finds: 'nowhere',
      },
      { world: { zone: { 'example.se': { MX: ['10 gone.example.se'] } } }, finds: 'lost' },
      { world: { zone: { 'example.se': { MX: ['10 gone.example.se', '20 192.0.2.7'] } } }, finds: 'lost' },
      { world: { zone: { 'in.example.se': { A: ['127.0.0.1'] } } }, finds: 'lost' },
    ],
  },
});
