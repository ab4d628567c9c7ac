import { defineRule, notApplicable, problem } from '#rule';
import { linkShorteners } from '../providers/link-shorteners.ts';

/** One page of another domain is nobody's counting; several links that all go by it are. */
const several = 2;

export default defineRule({
  id: 'link-tracking-domain',
  severity: 'advice',
  reference:
    'M3AAWG, Sending Domains Best Common Practices, October 2019, “Selection of Domain Names” and “Reputation”',
  needs: ['linkAnswers'],
  check({ linkAnswers: { answers, unasked, own } }) {
    if (unasked) return notApplicable('none-answered');
    if (answers.length === 0) return notApplicable('no-links');
    if (answers.every(({ status }) => status === null)) return notApplicable('none-answered');
    const by = new Map<string, (typeof answers)[number][]>();
    for (const answer of answers) {
      const [first, last] = [domainOf(answer.chain[0]), answer.end?.domain];
      if (!first || !last || answer.chain.length < 2 || same(first, own) || same(first, last)) continue;
      // Another check tells of those.
      if (linkShorteners.has(last) || linkShorteners.has(first)) continue;
      by.set(first, [...(by.get(first) ?? []), answer]);
    }
    return [...by].flatMap(([domain, through]) =>
      through.length < several
        ? []
        : [
            problem(
              'foreign',
              { domain: domain.slice(0, 80), own, links: through.length },
              { at: through[0]?.places[0]?.at },
            ),
          ],
    );
  },
  words: {
    en: {
      title: 'Domain that counts clicks',
      heading: { foreign: ({ domain }) => `Links go by ${domain}, and not by your own domain` },
      mend: 'Let clicks be counted under your own domain',
      why: 'All customers of the tool share that domain. When one of them sends spam it gets a bad name, and your mails suffer with it. Readers see an address that they do not know, too.',
      fix: 'Your sending tool can count clicks under a subdomain of yours: look for “tracking domain” or “link branding” in its settings, and publish the record that it asks for in DNS.',
      problems: {
        foreign: ({ domain, own, links }) =>
          `${links} links go by ${domain} on their way; your own domain is ${own}.`,
      },
    },
    sv: {
      title: 'Domän som räknar klick',
      heading: { foreign: ({ domain }) => `Länkarna går via ${domain}, inte via din egen domän` },
      mend: 'Låt klick räknas på din egen domän',
      why: 'Alla verktygets kunder delar den domänen. När en av dem skickar skräppost får den dåligt rykte, och då drabbas även dina mejl. Läsarna ser dessutom en adress som de inte känner igen.',
      fix: 'Utskicksverktyget kan räkna klick på en underdomän till din: leta efter ”spårningsdomän” eller ”tracking domain” i inställningarna, och lägg in posten det ber om i DNS.',
      problems: {
        foreign: ({ domain, own, links }) =>
          `${links} länkar går via ${domain} på vägen; din egen domän är ${own}.`,
      },
    },
  },
  examples: {
    good: [
      {
        html: '<p>Hej!</p><a href="https://klick.example.se/a">A</a> <a href="https://klick.example.se/b">B</a>',
        zone: { 'klick.example.se': { A: ['192.0.2.5'] } },
        web: {
          'https://klick.example.se/a': { location: 'https://example.se/a' },
          'https://klick.example.se/b': { location: 'https://example.se/b' },
          'https://example.se/a': 'A',
          'https://example.se/b': 'B',
        },
      },
    ],
    bad: [
      {
        world: {
          html: '<p>Hej!</p><a href="https://klick.verktyg.example/a">A</a> <a href="https://klick.verktyg.example/b">B</a>',
          zone: { 'klick.verktyg.example': { A: ['192.0.2.5'] } },
          web: {
            'https://klick.verktyg.example/a': { location: 'https://example.se/a' },
            'https://klick.verktyg.example/b': { location: 'https://example.se/b' },
            'https://example.se/a': 'A',
            'https://example.se/b': 'B',
          },
        },
        finds: 'foreign',
      },
    ],
  },
});

/** The host; whether it lies under a domain `same` tells. */
function domainOf(address: string | undefined): string | null {
  return /^https?:\/\/([^/?#:]+)/.exec(address ?? '')?.[1]?.replace(/^www\./, '') ?? null;
}

/** Under it, or it itself. */
function same(host: string, domain: string): boolean {
  return host === domain || host.endsWith(`.${domain}`);
}
