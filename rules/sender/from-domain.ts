import { defineRule, problem, unknown } from '#rule';

export default defineRule({
  id: 'from-domain',
  severity: 'blocker',
  reference: 'RFC 5321 section 2.3.5; RFC 8020 and RFC 6604 (what NXDOMAIN says); RFC 9989 section 4.7 (np)',
  needs: ['author'],
  check({ author: { domain, exists } }) {
    if (exists === null) return unknown('unanswered');
    return exists ? [] : [problem('missing', { domain })];
  },
  words: {
    en: {
      title: 'From domain',
      heading: { missing: ({ domain }) => `The From domain ${domain} does not exist` },
      mend: 'Send from a domain that exists',
      why: 'Many receivers turn away mail from a domain that does not exist, and nobody can answer it.',
      fix: 'Check the spelling of the From address. If the name is right, create it in your domain’s DNS with an MX record, or send from a domain that you already use for mail.',
      problems: { missing: ({ domain }) => `DNS says that there is no domain ${domain}.` },
    },
    sv: {
      title: 'Avsändardomänen (From)',
      heading: { missing: ({ domain }) => `Avsändardomänen ${domain} finns inte` },
      mend: 'Skicka från en domän som finns',
      why: 'Många mottagare avvisar mejl från en domän som inte finns, och ingen kan svara på mejlet.',
      fix: 'Kontrollera stavningen av avsändaradressen. Stämmer namnet, skapa det i domänens DNS med en MX-post, eller skicka från en domän som du redan använder för mejl.',
      problems: { missing: ({ domain }) => `Enligt DNS finns det ingen domän som heter ${domain}.` },
    },
  },
  examples: {
    good: [
      {},
      { from: 'a@n.example.se', zone: { 'n.example.se': { TXT: ['x'] } } },
      { from: 'a@n.example.se', zone: { 'x.n.example.se': { TXT: ['x'] } } },
      { from: 'a@n.example.se', zone: { 'n.example.se': { CNAME: ['gone.example'] } } },
    ],
    bad: [{ world: { from: 'a@finnsinte.example.se' }, finds: 'missing' }],
  },
});
