import { defineRule, notApplicable, problem, unanswered } from '#rule';
import { isSilent } from '../repairs/mail-servers.ts';

export default defineRule({
  id: 'mx-repetition',
  severity: 'advice',
  reference: 'RFC 5321 section 5.1 (servers are tried in order of preference)',
  needs: ['mailServers'],
  check({ mailServers: { domain, status, count, repeated } }) {
    if (isSilent(status)) return unanswered([`${domain} MX`]);
    if (count === 0) return notApplicable('no-record');
    return repeated.map((host) => problem('twice', { domain, host: host || '.' }));
  },
  words: {
    en: {
      title: 'Each mail server once',
      heading: { twice: ({ domain }) => `A mail server of ${domain} stands in DNS more than once` },
      mend: { twice: () => 'Keep one MX record for the server' },
      why: 'Mail still arrives, but when the server is down senders try it again before they turn to another, so mail to you comes later.',
      fix: {
        twice: () => 'Keep the MX record with the lowest number for this server, and take the others away.',
      },
      problems: { twice: ({ domain, host }) => `More than one MX record of ${domain} names ${host}.` },
    },
    sv: {
      title: 'Varje mejlserver en gång',
      heading: { twice: ({ domain }) => `En mejlserver för ${domain} står i DNS mer än en gång` },
      mend: { twice: () => 'Behåll en MX-post för servern' },
      why: 'Mejl kommer fram, men när servern ligger nere provar avsändare den igen innan de vänder sig till en annan, så mejl till dig kommer senare.',
      fix: {
        twice: () => 'Behåll MX-posten med det lägsta talet för den här servern, och ta bort de andra.',
      },
      problems: { twice: ({ domain, host }) => `Mer än en MX-post för ${domain} anger ${host}.` },
    },
  },
  examples: {
    good: [{}, { zone: { 'example.se': { MX: ['10 in.example.se', '20 in2.example.se'] } } }],
    bad: [
      { world: { zone: { 'example.se': { MX: ['10 in.example.se', '20 in.example.se'] } } }, finds: 'twice' },
    ],
  },
});
