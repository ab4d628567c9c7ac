import { defineRule, notApplicable, problem } from '#rule';

export default defineRule({
  id: 'active-content',
  severity: 'major',
  reference:
    'Mail programs strip scripts, frames and embeds: testmailscore.com/faq/why-email-clients-strip-html, read 2026-11-22; caniemail.com, html-object (shown by Apple Mail, removed by Gmail and Outlook); Chrome and Firefox open no data: link (chromestatus.com/feature/5669602927312896; blog.mozilla.org/security, 2017-11-27)',
  needs: ['markup'],
  check({ markup }) {
    if (!markup) return notApplicable('no-html');
    return markup.active.map(({ kind, element, at }) => problem(kind, { element }, { at }));
  },
  words: {
    en: {
      title: 'Scripts and embedded pages',
      heading: {
        script: (_, count) => (count > 1 ? `The mail has ${count} scripts` : 'The mail has a script'),
        address: (_, count) => (count > 1 ? `${count} links run a script` : 'A link runs a script'),
        page: (_, count) =>
          count > 1
            ? `${count} links hold a page instead of an address`
            : 'A link holds a page instead of an address',
        frame: (_, count) =>
          count > 1 ? `The mail embeds ${count} other pages` : 'The mail embeds another page',
      },
      mend: {
        script: () => 'Remove the script',
        address: () => 'Give the link a web address',
        page: () => 'Give the link a web address',
        frame: () => 'Link to the page instead',
      },
      why: 'Most mail programs remove it, so what it should do or show is missing. Filters are suspicious of such parts because attacks use them.',
      fix: {
        script: () =>
          'Delete <script> and everything in it. What it does, such as counting or a form, belongs on your site: link there.',
        address: () => 'Write an address that starts with https:// instead of javascript:.',
        page: () => 'Put the page on your site, and link to it with an address that starts with https://.',
        frame: ({ element }) =>
          `Delete <${element}>. Show a picture of what it held, a film or a map for instance, and link the picture to the page.`,
      },
      problems: {
        script: () => 'There is a <script>. No mail program runs it.',
        address: ({ element }) =>
          `A <${element}> has an address that runs a script (javascript:). Nothing happens when it is used.`,
        page: () =>
          'A link has its whole target written into it (data:). Browsers open no such links, so nothing happens.',
        frame: ({ element }) =>
          `There is ${element === 'frame' || element === 'frameset' || element === 'portal' ? 'a' : 'an'} <${element}>. Most mail programs, Gmail and Outlook among them, do not show what is in it.`,
      },
    },
    sv: {
      title: 'Skript och inbäddade sidor',
      heading: {
        script: (_, count) => (count > 1 ? `Mejlet har ${count} skript` : 'Mejlet har ett skript'),
        address: (_, count) => (count > 1 ? `${count} länkar kör ett skript` : 'En länk kör ett skript'),
        page: (_, count) =>
          count > 1
            ? `${count} länkar rymmer en sida i stället för en adress`
            : 'En länk rymmer en sida i stället för en adress',
        frame: (_, count) =>
          count > 1 ? `Mejlet bäddar in ${count} andra sidor` : 'Mejlet bäddar in en annan sida',
      },
      mend: {
        script: () => 'Ta bort skriptet',
        address: () => 'Ge länken en webbadress',
        page: () => 'Ge länken en webbadress',
        frame: () => 'Länka till sidan i stället',
      },
      why: 'De flesta mejlprogram tar bort det, så det som skulle hända eller synas saknas. Filter ser på sådana delar med misstänksamhet eftersom angrepp använder dem.',
      fix: {
        script: () =>
          'Ta bort <script> och allt som står i det. Det som skriptet gör, till exempel räknar eller tar emot svar, hör hemma på webbplatsen: länka dit.',
        address: () => 'Skriv en adress som börjar med https:// i stället för javascript:.',
        page: () => 'Lägg sidan på webbplatsen och länka dit med en adress som börjar med https://.',
        frame: ({ element }) =>
          `Ta bort <${element}>. Visa en bild av det som fanns där, till exempel en film eller en karta, och länka bilden till sidan.`,
      },
      problems: {
        script: () => 'Här finns ett <script>. Inget mejlprogram kör det.',
        address: ({ element }) =>
          `Ett <${element}> har en adress som kör ett skript (javascript:). Inget händer när den används.`,
        page: () =>
          'En länk har hela sitt mål inskrivet i sig (data:). Webbläsare öppnar inga sådana länkar, så inget händer.',
        frame: ({ element }) =>
          `Här finns ett <${element}>. De flesta mejlprogram, bland dem Gmail och Outlook, visar inte det som finns i det.`,
      },
    },
  },
  examples: {
    good: [
      { html: '<script type="application/ld+json">{"@type":"EmailMessage"}</script><p>Hej!</p>' },
      { html: '<p>Skriv <a href="https://example.se/javascript:">hit</a>.</p>' },
    ],
    bad: [
      { world: { html: '<p>Hej!</p><script>alert(1)</script>' }, finds: 'script' },
      { world: { html: '<a href="javascript:void(0)">Läs</a>' }, finds: 'address' },
      {
        world: { html: '<p>Hej!</p><!--[if mso]><a href="javascript:alert(1)">Läs</a><![endif]-->' },
        finds: 'address',
      },
      { world: { html: '<a href=" java\nscript:x()">Läs</a>' }, finds: 'address' },
      { world: { html: '<svg><script>alert(1)</script></svg><p>Hej!</p>' }, finds: 'script' },
      { world: { html: '<a href="data:text/html,%3Ch1%3EHej">Läs</a>' }, finds: 'page' },
      { world: { html: '<p>Hej!</p><iframe src="https://example.se/"></iframe>' }, finds: 'frame' },
    ],
  },
});
