import { defineRule, notApplicable, problem } from '#rule';
import { eachPlace, namedLink } from '../wordings/link-names.ts';

/** Where a link ends that asks for an account, as of 2026-11: by host, and by the path where the host is everyone's. */
const hosts = new Set([
  'accounts.google.com',
  'login.microsoftonline.com',
  'login.live.com',
  'login.yahoo.com',
  'appleid.apple.com',
  'idmsa.apple.com',
]);
const path =
  /\/(?:(?:wp-)?login|sign-?in|logon|log-in|logga-?in|auth\/login|account\/login|users\/sign_in|konto\/login)(?:\.\w{2,5})?(?:[/?#]|$)/i;

export default defineRule({
  id: 'link-sign-in',
  severity: 'minor',
  reference: 'RFC 9110 section 15.5.2 (401); ours: a page that leads to a sign-in asks it of readers too',
  needs: ['linkAnswers'],
  check({ linkAnswers: { answers, unasked } }) {
    if (unasked) return notApplicable('none-answered');
    if (answers.length === 0) return notApplicable('no-links');
    if (answers.every(({ status }) => status === null)) return notApplicable('none-answered');
    const asks = (address: string, host: string) => hosts.has(host) || path.test(address);
    return eachPlace(
      answers.filter(({ href, chain, endUrl, end, status, state }) => {
        if (status === 401 && state === 'closed') return true;
        // One that says so itself surprises nobody.
        return chain.length > 1 && end !== null && asks(endUrl, end.host) && !asks(href, '');
      }),
      ({ end }, text, at) => problem('asked', { text, host: (end?.host ?? '').slice(0, 80) }, { at }),
    );
  },
  words: {
    en: {
      title: 'Links that ask for an account',
      heading: {
        asked: ({ text }, count) =>
          count > 1
            ? `${count} links ask readers to sign in`
            : `${namedLink.en(text)} asks readers to sign in`,
      },
      mend: 'Share the page with everyone who has the link',
      why: 'You are signed in yourself and see the page. Readers who are not meet a sign-in page instead, and most of them give up there.',
      fix: 'Change how the file or page is shared, so that anyone with the link may see it. Then open the link in a private window to check. If readers are meant to have an account, say so beside the link.',
      problems: {
        asked: ({ text, host }) => `${namedLink.en(text)} ends at ${host}, which asks for an account.`,
      },
    },
    sv: {
      title: 'Länkar som kräver inloggning',
      heading: {
        asked: ({ text }, count) =>
          count > 1 ? `${count} länkar ber läsarna logga in` : `${namedLink.sv(text)} ber läsarna logga in`,
      },
      mend: 'Dela sidan med alla som har länken',
      why: 'Själv är du inloggad och ser sidan. Den som inte är det möts av en inloggning i stället, och de flesta ger upp där.',
      fix: 'Ändra delningen av filen eller sidan så att alla med länken får se den. Öppna sedan länken i ett privat fönster för att kontrollera. Är det meningen att läsarna ska ha ett konto, skriv det vid länken.',
      problems: {
        asked: ({ text, host }) => `${namedLink.sv(text)} slutar på ${host}, som kräver inloggning.`,
      },
    },
  },
  examples: {
    good: [
      {
        html: '<p>Hej!</p><a href="https://example.se/program">Programmet</a>',
        web: { 'https://example.se/program': 'Program' },
      },
      {
        html: '<p>Hej!</p><a href="https://example.se/logga-in">Logga in på din sida</a>',
        web: {
          'https://example.se/logga-in': { location: 'https://example.se/konto/login' },
          'https://example.se/konto/login': 'Logga in',
        },
      },
    ],
    bad: [
      {
        world: {
          html: '<p>Hej!</p><a href="https://example.se/program">Programmet</a>',
          zone: { 'accounts.google.com': { A: ['192.0.2.1'] } },
          web: {
            'https://example.se/program': { location: 'https://accounts.google.com/ServiceLogin?x=1' },
            'https://accounts.google.com/ServiceLogin?x=1': 'Sign in',
          },
        },
        finds: 'asked',
      },
      {
        world: {
          html: '<p>Hej!</p><a href="https://example.se/protokoll">Protokollet</a>',
          web: { 'https://example.se/protokoll': { status: 401 } },
        },
        finds: 'asked',
      },
    ],
  },
});
