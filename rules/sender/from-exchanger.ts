import { defineRule, notApplicable, problem, unknown } from '#rule';

export default defineRule({
  id: 'from-exchanger',
  severity: 'major',
  reference: 'RFC 5321 section 5.1; RFC 7505 section 4.2 (null MX)',
  needs: ['author'],
  check({ author: { domain, exists, mail } }) {
    if (exists === false) return notApplicable('no-domain');
    if (mail === null) return unknown('unanswered');
    if (mail === 'refused') return [problem('refusing', { domain })];
    return mail === 'nowhere' ? [problem('nowhere', { domain })] : [];
  },
  words: {
    en: {
      title: 'Mail server for replies',
      heading: {
        refusing: ({ domain }) => `The From domain ${domain} says that it takes no mail`,
        nowhere: ({ domain }) => `The From domain ${domain} has no mail server`,
      },
      mend: {
        refusing: () => 'Let the From domain take mail',
        nowhere: () => 'Publish an MX record for the From domain',
      },
      why: 'Replies to the mail do not arrive, and some receivers turn away mail from a domain that takes none: they see it as a forgery. An MX record names the server that takes a domain’s mail.',
      fix: {
        refusing: () =>
          'Replace the “null MX” (0 .) with the MX record that your mail host gives you, or send from a domain that takes mail.',
        nowhere: () =>
          'Publish the MX record that your mail host gives you, or send from a domain that takes mail.',
      },
      problems: {
        refusing: ({ domain }) => `${domain} has a “null MX”, a record that says that it takes no mail.`,
        nowhere: ({ domain }) => `${domain} has neither an MX record nor an address.`,
      },
    },
    sv: {
      title: 'Mejlserver för svar',
      heading: {
        refusing: ({ domain }) => `Avsändardomänen ${domain} säger att den inte tar emot mejl`,
        nowhere: ({ domain }) => `Avsändardomänen ${domain} har ingen mejlserver`,
      },
      mend: {
        refusing: () => 'Låt avsändardomänen ta emot mejl',
        nowhere: () => 'Publicera en MX-post för avsändardomänen',
      },
      why: 'Svar på mejlet kommer inte fram, och en del mottagare avvisar mejl från en domän som inte tar emot några: de ser det som en förfalskning. En MX-post säger vilken server som tar emot en domäns mejl.',
      fix: {
        refusing: () =>
          'Byt ”null MX” (0 .) mot den MX-post som du får av din mejlleverantör, eller skicka från en domän som tar emot mejl.',
        nowhere: () =>
          'Publicera den MX-post som du får av din mejlleverantör, eller skicka från en domän som tar emot mejl.',
      },
      problems: {
        refusing: ({ domain }) => `${domain} har ”null MX”, en post som säger att den inte tar emot mejl.`,
        nowhere: ({ domain }) => `${domain} har varken en MX-post eller en adress.`,
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
    ],
  },
});
