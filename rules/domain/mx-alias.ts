import { defineRule, problem } from '#rule';
import { overServers } from '../repairs/mail-servers.ts';

export default defineRule({
  id: 'mx-alias',
  severity: 'minor',
  reference: 'RFC 2181 section 10.3; RFC 5321 section 5.1',
  needs: ['mailServers', 'bounceServers'],
  check: (facts) =>
    overServers(facts, ({ host, isAlias }, { domain, implicit }) =>
      isAlias && !implicit ? [problem('alias', { domain, host })] : [],
    ),
  words: {
    en: {
      title: 'Mail servers under their own names',
      heading: { alias: ({ domain }) => `An MX record of ${domain} names an alias` },
      mend: { alias: () => 'Name the mail server itself' },
      why: 'Some senders do not deliver to you: the name in an MX record must not be an alias (CNAME). Most senders follow it all the same, so the mail that goes missing is hard to notice.',
      fix: {
        alias: ({ host }) =>
          `Look up where ${host} leads and name that server in the MX record, or replace the CNAME at ${host} with the A and AAAA records of the server.`,
      },
      problems: {
        alias: ({ domain, host }) => `The MX record of ${domain} names ${host}, which is a CNAME.`,
      },
    },
    sv: {
      title: 'Mejlservrar under eget namn',
      heading: { alias: ({ domain }) => `En MX-post för ${domain} anger ett alias` },
      mend: { alias: () => 'Ange mejlserverns eget namn' },
      why: 'En del avsändare levererar inte till dig, eftersom namnet i en MX-post inte får vara ett alias (CNAME). De flesta följer det ändå, så det är svårt att märka att mejl saknas.',
      fix: {
        alias: ({ host }) =>
          `Slå upp vart ${host} leder och ange den servern i MX-posten, eller byt CNAME-posten för ${host} mot serverns A- och AAAA-poster.`,
      },
      problems: { alias: ({ domain, host }) => `MX-posten för ${domain} anger ${host}, som är ett CNAME.` },
    },
  },
  examples: {
    good: [{}, { from: 'a@n.example.se', zone: { 'n.example.se': { CNAME: ['example.se'] } } }],
    bad: [
      {
        world: {
          zone: { 'in.example.se': { CNAME: ['server.example'] }, 'server.example': { A: ['192.0.2.9'] } },
        },
        finds: 'alias',
      },
    ],
  },
});
