import { defineRule, notApplicable, problem } from '#rule';
import { eachPlace, namedLink } from '../wordings/link-names.ts';

/** OpenSSL's and Node's codes of what no browser opens without a warning. */
const faults = {
  CERT_HAS_EXPIRED: 'expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'name',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'homemade',
} as const;

export default defineRule({
  id: 'link-certificate',
  severity: 'major',
  reference:
    'RFC 9110 section 4.3.4 (https certificate verification); RFC 9525 section 6 (matching names); RFC 5280 section 6.1.3 (validity)',
  needs: ['linkAnswers'],
  check({ linkAnswers: { answers, unasked } }) {
    if (unasked) return notApplicable('none-answered');
    if (answers.length === 0) return notApplicable('no-links');
    if (answers.every(({ state }) => state === 'silent' || state === 'absent')) {
      return notApplicable('none-answered');
    }
    return eachPlace(
      answers.filter(({ state }) => state === 'certificate'),
      ({ end, failure }, text, at) => {
        const data = { text, host: (end?.host ?? '').slice(0, 80) };
        return problem(faults[failure as keyof typeof faults] ?? 'homemade', data, { at });
      },
    );
  },
  words: {
    en: {
      title: 'Certificates of the linked sites',
      heading: {
        expired: ({ host }, count) => heading.en(host, count),
        name: ({ host }, count) => heading.en(host, count),
        homemade: ({ host }, count) => heading.en(host, count),
      },
      mend: {
        expired: () => 'Renew the certificate of the site',
        name: () => 'Link to the name on the certificate',
        homemade: () => 'Give the site a certificate that is trusted',
      },
      why: 'Instead of the page, readers meet a full-page warning that the connection is not private. Most of them turn back there.',
      fix: {
        expired: () =>
          'Ask whoever runs the site to renew its certificate, and open the link again before you send.',
        name: () =>
          'Link to the name that the site uses itself, often with or without www, or ask whoever runs it to put this name on the certificate.',
        homemade: () =>
          'Ask whoever runs the site for a certificate from an issuer that browsers trust; Let’s Encrypt gives one for nothing.',
      },
      problems: {
        expired: ({ text, host }) => `${namedLink.en(text)} leads to ${host}, whose certificate has expired.`,
        name: ({ text, host }) =>
          `${namedLink.en(text)} leads to ${host}, whose certificate is for another name.`,
        homemade: ({ text, host }) =>
          `${namedLink.en(text)} leads to ${host}, whose certificate is signed by nobody but itself.`,
      },
    },
    sv: {
      title: 'De länkade webbplatsernas certifikat',
      heading: {
        expired: ({ host }, count) => heading.sv(host, count),
        name: ({ host }, count) => heading.sv(host, count),
        homemade: ({ host }, count) => heading.sv(host, count),
      },
      mend: {
        expired: () => 'Förnya webbplatsens certifikat',
        name: () => 'Länka till namnet som certifikatet gäller',
        homemade: () => 'Ge webbplatsen ett certifikat som är betrott',
      },
      why: 'I stället för sidan möts läsarna av en helsidesvarning om att anslutningen inte är privat. De flesta vänder där.',
      fix: {
        expired: () =>
          'Be den som sköter webbplatsen att förnya certifikatet, och öppna länken igen innan du skickar.',
        name: () =>
          'Länka till namnet som webbplatsen själv använder, ofta med eller utan www, eller be den som sköter den att lägga in det här namnet i certifikatet.',
        homemade: () =>
          'Be den som sköter webbplatsen att skaffa ett certifikat från en utfärdare som webbläsare litar på; Let’s Encrypt ger ut dem gratis.',
      },
      problems: {
        expired: ({ text, host }) => `${namedLink.sv(text)} leder till ${host}, vars certifikat har gått ut.`,
        name: ({ text, host }) =>
          `${namedLink.sv(text)} leder till ${host}, vars certifikat gäller ett annat namn.`,
        homemade: ({ text, host }) =>
          `${namedLink.sv(text)} leder till ${host}, vars certifikat inte är utfärdat av någon som webbläsare litar på.`,
      },
    },
  },
  examples: {
    good: [
      {
        html: '<p>Hej!</p><a href="https://example.se/">Läs mer</a>',
        web: { 'https://example.se/': 'Hej' },
      },
      {
        // Some browsers find the missing certificate by themselves.
        html: '<p>Hej!</p><a href="https://example.se/a">Läs mer</a> <a href="https://example.se/b">Se</a>',
        web: {
          'https://example.se/a': { failure: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' },
          'https://example.se/b': 'Hej',
        },
      },
    ],
    bad: [
      { world: failing('CERT_HAS_EXPIRED'), finds: 'expired' },
      { world: failing('ERR_TLS_CERT_ALTNAME_INVALID'), finds: 'name' },
      { world: failing('DEPTH_ZERO_SELF_SIGNED_CERT'), finds: 'homemade' },
    ],
  },
});

const heading = {
  en: (host: string, count: number) =>
    count > 1 ? `${count} links lead to sites that browsers warn of` : `Browsers warn of ${host}`,
  sv: (host: string, count: number) =>
    count > 1
      ? `${count} länkar leder till platser som webbläsare varnar för`
      : `Webbläsare varnar för ${host}`,
};

function failing(failure: string) {
  return {
    html: '<p>Hej!</p><a href="https://example.se/">Läs mer</a>',
    web: { 'https://example.se/': { failure } },
  };
}
