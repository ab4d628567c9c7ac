import { defineRule, notApplicable, problem, unanswered, unknown } from '#rule';
import { isSilent } from '../repairs/mail-servers.ts';

export default defineRule({
  id: 'dane-signature',
  severity: 'minor',
  reference: 'RFC 7672 sections 2.2.1 and 2.2.2 (every answer must be validated)',
  needs: ['dane'],
  check({ dane: { domain, status, servers } }) {
    const withRecords = servers.filter(({ state }) => state === 'records');
    const bare = withRecords.filter(({ unsigned }) => unsigned === true);
    if (bare.length > 0)
      return bare.map(({ host, alias }) => problem('unsigned', { host, domain, alias: alias ?? '' }));
    if (isSilent(status)) return unanswered([`${domain} MX`]);
    if (withRecords.some(({ secure }) => !secure)) return unknown('unvalidated');
    return withRecords.length > 0 ? [] : notApplicable('no-record');
  },
  words: {
    en: {
      title: 'DANE rests on DNSSEC',
      heading: { unsigned: ({ host }) => `The DANE records of ${host} count for nothing without DNSSEC` },
      mend: { unsigned: () => 'Sign the domain, or take the records away' },
      why: 'Senders pass the TLSA records over: without DNSSEC anybody on the way could have written them. Mail to you arrives, and is no better protected than without them.',
      fix: {
        unsigned: ({ domain, host, alias }) =>
          alias === ''
            ? `Turn DNSSEC on for ${domain} and for the domain of ${host}, at whoever hosts their DNS. Both must be signed.`
            : `Turn DNSSEC on for ${domain}, for the domain of ${host} and for that of ${alias}, where the records stand (the name is an alias of it), at whoever hosts their DNS. All must be signed.`,
      },
      problems: {
        unsigned: ({ host }) => `${host} has TLSA records, and DNS on the way to them is not signed.`,
      },
    },
    sv: {
      title: 'DANE vilar på DNSSEC',
      heading: { unsigned: ({ host }) => `DANE-posterna för ${host} betyder inget utan DNSSEC` },
      mend: { unsigned: () => 'Signera domänen, eller ta bort posterna' },
      why: 'Avsändare bryr sig inte om TLSA-posterna, för utan DNSSEC kan vem som helst på vägen ha skrivit dem. Mejl till dig kommer fram, men är inte bättre skyddat än utan dem.',
      fix: {
        unsigned: ({ domain, host, alias }) =>
          alias === ''
            ? `Slå på DNSSEC för ${domain} och för domänen som ${host} hör till, hos den som sköter deras DNS. Båda ska vara signerade.`
            : `Slå på DNSSEC för ${domain}, för domänen som ${host} hör till och för domänen med posterna, ${alias} (namnet är ett alias för det), hos den som sköter deras DNS. Alla ska vara signerade.`,
      },
      problems: {
        unsigned: ({ host }) => `${host} har TLSA-poster, och DNS på vägen till dem är inte signerat.`,
      },
    },
  },
  examples: {
    good: [{}],
    bad: [
      {
        world: { zone: { 'example.se': { MX: ['10 in.example.se'], TXT: ['v=spf1 mx -all'] } } },
        finds: 'unsigned',
      },
      {
        // The alias leads out of what is signed.
        world: {
          zone: {
            '_25._tcp.in.example.se': { CNAME: ['_dane.service.example'] },
            '_dane.service.example': { TLSA: [`3 1 1 ${'ab'.repeat(32)}`] },
          },
        },
        finds: 'unsigned',
      },
    ],
  },
});
