import { defineRule, notApplicable, problem } from '#rule';
import { eachPlaceOfHost, linksOfHost } from '../wordings/link-names.ts';

export default defineRule({
  id: 'link-domain',
  severity: 'major',
  reference:
    'RFC 8020 (NXDOMAIN: the name does not exist, and nothing below it); RFC 2308 section 2.2 (NODATA)',
  needs: ['linkAnswers'],
  check({ linkAnswers: { answers, unasked } }) {
    if (unasked) return notApplicable('none-answered');
    if (answers.length === 0) return notApplicable('no-links');
    // Those whose name servers gave no answer are told of by another check, and pass none.
    if (answers.every(({ state }) => state === 'silent')) return notApplicable('none-answered');
    return eachPlaceOfHost(
      answers.filter(({ state }) => state === 'absent'),
      (of, text, at) => problem('absent', { ...of, text: of.links > 1 ? '' : text }, { at }),
    );
  },
  words: {
    en: {
      title: 'Domains of the links',
      heading: {
        absent: ({ host, links }, count) =>
          count > links
            ? `${count} links lead to sites that do not exist`
            : `There is no site named ${host.slice(0, 60)}`,
      },
      mend: 'Correct the name of the site',
      why: 'Whoever taps such a link gets an error from the browser. Somebody else could also register the name, and meet your readers there.',
      fix: 'Look for a spelling mistake in the name. If the site is new, publish its address in DNS before you send.',
      problems: {
        absent: ({ text, ...of }) =>
          `${linksOfHost.en(text, of)} to ${of.host}, a name that has no address in DNS.`,
      },
    },
    sv: {
      title: 'Länkarnas domäner',
      heading: {
        absent: ({ host, links }, count) =>
          count > links
            ? `${count} länkar leder till webbplatser som inte finns`
            : `Det finns ingen webbplats med namnet ${host.slice(0, 50)}`,
      },
      mend: 'Rätta webbplatsens namn',
      why: 'Den som trycker på en sådan länk får ett fel i webbläsaren. Någon annan kan dessutom registrera namnet och möta dina läsare där.',
      fix: 'Leta efter ett skrivfel i namnet. Är webbplatsen ny, lägg in dess adress i DNS innan du skickar.',
      problems: {
        absent: ({ text, ...of }) =>
          `${linksOfHost.sv(text, of)} till ${of.host}, ett namn som saknar adress i DNS.`,
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
        html: '<p>Hej!</p><a href="https://ny.example.se/">Läs mer</a>',
        zone: { 'ny.example.se': { AAAA: ['2001:db8::1'] } },
        web: { 'https://ny.example.se/': 'Hej' },
      },
      {
        // The template's own address: another check tells of it.
        html: '<p>Hej!</p><a href="https://example.se/">Läs mer</a> <a href="https://www.example.com/">Se</a>',
        web: { 'https://example.se/': 'Hej' },
      },
    ],
    bad: [
      {
        world: {
          html: '<p>Hej!</p><a href="https://exampel.se/a">Läs mer</a> <a href="https://exampel.se/b">Se</a>',
        },
        finds: 'absent',
      },
      { world: { html: '<p>Hej!</p><a href="https://exampel.se/">Läs mer</a>' }, finds: 'absent' },
      {
        world: {
          html: '<p>Hej!</p><a href="https://bara-post.se/">Läs mer</a>',
          zone: { 'bara-post.se': { TXT: ['v=spf1 -all'] } },
        },
        finds: 'absent',
      },
    ],
  },
});
