import { defineStep } from '#rule';

export default defineStep({
  id: 'bimi',
  needs: ['bimi'],
  byRoute: false,
  optional: true,
  after: ['dmarc-quarantine'],
  waitDays: 0,
  checks: ['bimi-record', 'bimi-policy', 'bimi-logo', 'bimi-certificate'],
  source:
    'draft-brand-indicators-for-message-identification, section 4; Gmail and Apple ask for a certificate, as of 2026-11',
  read({ bimi: { name, state } }) {
    const data = { name };
    if (state === 'unanswered') return { state: 'unknown', records: [], data };
    if (state === 'several') return { state: 'broken', records: [], data };
    return { state: state === 'record' ? 'done' : 'open', records: [], data };
  },
  words: {
    en: {
      name: 'BIMI',
      title: () => 'Show your logo beside the mail (BIMI)',
      why: 'Some mail programs show the logo of a sender that protects its domain. The mail arrives without it.',
      how: ({ name }) =>
        `Save the logo as SVG Tiny PS on your website, and publish a TXT record at ${name}: v=BIMI1; l= and its https address. Gmail and Apple also want a certificate (a=), which is bought each year.`,
      until: '',
    },
    sv: {
      name: 'BIMI',
      title: () => 'Visa din logotyp vid mejlet (BIMI)',
      why: 'En del mejlprogram visar logotypen för en avsändare som skyddar sin domän. Mejlet kommer fram ändå.',
      how: ({ name }) =>
        `Spara logotypen som SVG Tiny PS på din webbplats, och publicera en TXT-post på ${name}: v=BIMI1; l= och dess https-adress. Gmail och Apple vill också ha ett certifikat (a=), som köps varje år.`,
      until: '',
    },
  },
});
