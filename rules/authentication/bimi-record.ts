import { defineRule, notApplicable, problem, unanswered } from '#rule';
import { exampleCertificates, exampleLogo } from '../repairs/example-marks.ts';

export default defineRule({
  id: 'bimi-record',
  severity: 'advice',
  reference: 'draft-brand-indicators-for-message-identification, sections 4.2 and 4.3, as of 2026-11',
  needs: ['bimi'],
  check({ bimi: { name, state, record } }) {
    if (state === 'unanswered') return unanswered([name]);
    if (state === 'several') return [problem('several', { name })];
    if (!record) return notApplicable('no-record');
    const { text, faults } = record;
    if (faults.length === 0) return [];
    const data = { name, text: text.slice(0, 160) };
    return faults.includes('logo') ? [problem('logoless', data)] : [problem('unread', data)];
  },
  words: {
    en: {
      title: 'The BIMI record',
      heading: {
        several: ({ name }) => `There is more than one BIMI record at ${name}`,
        logoless: () => 'The BIMI record names no logo',
        unread: () => 'The BIMI record has a part that cannot be read',
      },
      mend: {
        several: () => 'Keep only one BIMI record',
        logoless: () => 'Name the logo in the BIMI record',
        unread: () => 'Correct the BIMI record',
      },
      why: 'Mail programs show no logo beside your name, though you have asked for one. The mail arrives all the same.',
      fix: {
        several: ({ name }) => `Take all but one of the TXT records at ${name} away.`,
        logoless: ({ name }) =>
          `Write the record at ${name} as v=BIMI1; l=https://… with the address of your logo; with a certificate, add a=https://… with its address.`,
        unread: ({ name }) =>
          `In the record at ${name}, l= and a= must be whole addresses that begin with https://, avp= is brand or personal, and no part may stand twice.`,
      },
      problems: {
        several: ({ name }) => `At ${name} stand several BIMI records, so none of them counts.`,
        logoless: ({ name, text }) => `The record at ${name} has no l= part: ${text}`,
        unread: ({ name, text }) => `The record at ${name} cannot be followed: ${text}`,
      },
    },
    sv: {
      title: 'BIMI-posten',
      heading: {
        several: ({ name }) => `Det finns flera BIMI-poster på ${name}`,
        logoless: () => 'BIMI-posten anger ingen logotyp',
        unread: () => 'BIMI-posten har en del som inte går att läsa',
      },
      mend: {
        several: () => 'Behåll bara en BIMI-post',
        logoless: () => 'Ange logotypen i BIMI-posten',
        unread: () => 'Rätta BIMI-posten',
      },
      why: 'Mejlprogram visar ingen logotyp bredvid ditt namn, fast du har bett om det. Mejlet kommer fram ändå.',
      fix: {
        several: ({ name }) => `Ta bort alla TXT-poster utom en på ${name}.`,
        logoless: ({ name }) =>
          `Skriv posten på ${name} som v=BIMI1; l=https://… med adressen till logotypen. Har du ett certifikat, lägg till a=https://… med dess adress.`,
        unread: ({ name }) =>
          `I posten på ${name} ska l= och a= vara hela adresser som börjar med https://, avp= är brand eller personal, och ingen del får stå två gånger.`,
      },
      problems: {
        several: ({ name }) => `På ${name} finns flera BIMI-poster, så ingen av dem räknas.`,
        logoless: ({ name, text }) => `Posten på ${name} har ingen del l=: ${text}`,
        unread: ({ name, text }) => `Posten på ${name} går inte att följa: ${text}`,
      },
    },
  },
  examples: {
    good: [
      {
        zone: {
          'default._bimi.example.se': {
            TXT: ['v=BIMI1; l=https://example.se/logo.svg; a=https://example.se/mark.pem; avp=brand'],
          },
        },
        web: {
          'https://example.se/logo.svg': exampleLogo,
          'https://example.se/mark.pem': exampleCertificates.good,
        },
      },
      // No logo is wanted.
      { zone: { 'default._bimi.example.se': { TXT: ['v=BIMI1; l=; a=;'] } } },
    ],
    bad: [
      {
        world: {
          zone: {
            'default._bimi.example.se': { TXT: ['v=BIMI1; l=https://a.example/a.svg', 'v=BIMI1; l='] },
          },
        },
        finds: 'several',
      },
      { world: { zone: { 'default._bimi.example.se': { TXT: ['v=BIMI1;'] } } }, finds: 'logoless' },
      {
        world: {
          zone: { 'default._bimi.example.se': { TXT: ['v=BIMI1; l=http://example.se/logo.svg'] } },
        },
        finds: 'unread',
      },
    ],
  },
});
