import { defineRule, lettersOf, notApplicable, problem, unicodeName } from '#rule';
import { linksOf } from '../wordings/link-names.ts';
import { imitated, mixesScripts, seemsLatin, skeleton } from '../wordings/look-alikes.ts';

const skeletons = new Map([...imitated].map(([label, name]) => [skeleton(label), name]));

export default defineRule({
  id: 'link-look-alike',
  severity: 'minor',
  reference:
    'Unicode Technical Standard 39, sections 4 (confusables) and 5.2 (restriction levels); Stalwart’s spam rules HOMOGRAPH_URL and MIXED_CHARSET_URL, read 2026-11-23',
  needs: ['html', 'message'],
  points: 1,
  check(facts) {
    const links = linksOf(facts);
    if (!links) return notApplicable('no-links');
    const known = new Map<string, Disguise | null>();
    return links.flatMap(({ target, at }) => {
      if (!target || !/[a-z]/.test(target.domain)) return [];
      const { domain } = target;
      const found = known.has(domain) ? known.get(domain) : disguiseOf(domain, facts.message.from.domain);
      known.set(domain, found ?? null);
      if (!found) return [];
      return [problem(found.key, { host: shown(target.domain), like: found.like }, { at })];
    });
  },
  words: {
    en: {
      title: 'Names of sites that look like others',
      heading: {
        mixed: ({ host }, count) => heading.en(host, count),
        disguised: ({ host }, count) => heading.en(host, count),
        like: ({ host }, count) => heading.en(host, count),
      },
      mend: 'Link to the right site',
      why: 'Fraudsters register names that look like well-known ones. Filters count such links against the mail, and browsers warn of some of them.',
      fix: 'Check the name letter by letter, and copy it from the address field of the right site. If the site is yours, link to a name that cannot be taken for another.',
      problems: {
        mixed: ({ host }) => `The name ${host} mixes letters of several alphabets.`,
        disguised: ({ host, like }) => `The name ${host} looks like ${like}, but is of another alphabet.`,
        like: ({ host, like }) => `The name ${host} can be taken for ${like}.`,
      },
    },
    sv: {
      title: 'Webbplatsnamn som liknar andra',
      heading: {
        mixed: ({ host }, count) => heading.sv(host, count),
        disguised: ({ host }, count) => heading.sv(host, count),
        like: ({ host }, count) => heading.sv(host, count),
      },
      mend: 'Länka till rätt webbplats',
      why: 'Bedragare registrerar namn som liknar välkända. Filter räknar sådana länkar mejlet till last, och webbläsare varnar för en del av dem.',
      fix: 'Kontrollera namnet bokstav för bokstav, och kopiera det från adressfältet på rätt webbplats. Är det din egen webbplats, länka till ett namn som inte går att förväxla.',
      problems: {
        mixed: ({ host }) => `Namnet ${host} blandar bokstäver ur flera alfabet.`,
        disguised: ({ host, like }) =>
          `Namnet ${host} ser ut som ${like}, men är skrivet med ett annat alfabet.`,
        like: ({ host, like }) => `Namnet ${host} är lätt att ta för ${like}.`,
      },
    },
  },
  examples: {
    good: [
      {
        html: '<p>Hej!</p><a href="https://räksmörgås.se/">Läs</a> <a href="https://www.paypal.com/">Betala</a>',
      },
      { html: '<p>Hej!</p><a href="https://пример.рф/">Läs</a> <a href="https://www.example.se/">Hem</a>' },
      { html: '<p>Hej!</p><a href="https://mornington.se/">Läs</a> <a href="https://paypal.se/">Betala</a>' },
    ],
    bad: [
      {
        world: {
          eml: 'From: a@example.se\r\nSubject: Hej\r\n\r\nHej!\r\nAnmäl dig: https://www.paypa1.com/\r\n',
        },
        finds: 'like',
      },

      { world: { html: '<p>Hej!</p><a href="https://exаmple.com/">Läs</a>' }, finds: 'mixed' },
      { world: { html: '<p>Hej!</p><a href="https://раураӏ.com/">Läs</a>' }, finds: 'disguised' },
      { world: { html: '<p>Hej!</p><a href="https://www.paypa1.com/">Betala</a>' }, finds: 'like' },
      { world: { html: '<p>Hej!</p><a href="https://exarnple.se/">Läs</a>' }, finds: 'like' },
    ],
  },
});

const heading = {
  en: (host: string, count: number) =>
    count > 1 ? `${count} links lead to names that look like others` : `The name ${host} looks like another`,
  sv: (host: string, count: number) =>
    count > 1 ? `${count} länkar leder till namn som liknar andra` : `Namnet ${host} liknar ett annat`,
};

type Disguise = { key: 'mixed' | 'disguised' | 'like'; like: string };

function disguiseOf(domain: string, sender: string): Disguise | null {
  const labels = lettersOf(domain);
  const [label, top = ''] = [labels?.[0], labels?.at(-1)];
  if (!label) return null;
  if (mixesScripts(label)) return { key: 'mixed', like: '' };
  const seen = skeleton(label);
  // A name that is Cyrillic to its end is nobody's disguise.
  if (!/[a-z]/.test(label) && seemsLatin(label) && /^[a-z]+$/.test(top)) {
    return { key: 'disguised', like: `${latinOf(label)}.${top}` };
  }
  const own = sender.split('.').at(-2) ?? '';
  if (own.length > 3 && label !== own && seen === skeleton(own)) return { key: 'like', like: sender };
  const brand = skeletons.get(seen);
  return brand && !imitated.has(label) ? { key: 'like', like: brand } : null;
}

function latinOf(label: string): string {
  return skeleton(label).slice(0, 60);
}

/** Whoever reads it must see that it is another: as DNS has it, where its letters deceive. */
function shown(domain: string): string {
  return (unicodeName(domain) ?? domain).slice(0, 80);
}
