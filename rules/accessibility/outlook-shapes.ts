import { defineRule, notApplicable, problem } from '#rule';

export default defineRule({
  id: 'outlook-shapes',
  // Advice, since most buttons for Outlook are built so, and only readers of Outlook for Windows meet it.
  severity: 'advice',
  reference:
    'parcel.io/blog, Is VML accessible? and Accessibility checker updates (the checker of the Email Markup Consortium’s reports); a11y.email, VML Code Creates Accessibility Errors; read 2026-11-23',
  needs: ['structure'],
  check({ structure }) {
    if (!structure) return notApplicable('no-html');
    const links = structure.shapes.filter(({ linked }) => linked);
    const silent = structure.shapes.filter(({ linked, told }) => !linked && !told);
    return [
      ...links.map(({ element, at }) => problem('linked', { element }, { at })),
      ...silent.map(({ element, at }) => problem('silent', { element }, { at })),
    ];
  },
  words: {
    en: {
      title: 'Shapes for Outlook (VML)',
      heading: {
        linked: (_, count) =>
          count > 1
            ? `${count} buttons in Outlook cannot be reached with the keyboard`
            : 'A button in Outlook cannot be reached with the keyboard',
        silent: (_, count) =>
          count > 1 ? `${count} shapes for Outlook have no alt text` : 'A shape for Outlook has no alt text',
      },
      mend: {
        linked: () => 'Build the button as a link in a table cell',
        silent: () => 'Write alt="" on the shape',
      },
      why: 'Outlook for Windows draws these shapes as pictures. Whoever goes by the keyboard, or has the mail read aloud, cannot use them or hears code words.',
      fix: {
        linked: ({ element }) =>
          `In place of <${element} href="…">, give the cell a background, <td bgcolor="#005a9c" style="mso-padding-alt:12px 24px">, and put an ordinary link in it with padding and mso-padding-alt:0. Its corners are square in Outlook, and it works for everybody.`,
        silent: () =>
          'Write alt="" on it when it is a background, with the text inside as ordinary text. If the picture itself tells something, write that in alt.',
      },
      problems: {
        linked: ({ element }) => `<${element}> is the link itself. Only a mouse can open it.`,
        silent: ({ element }) =>
          `<${element}> has no alt. Programs that read aloud say “shape”, or the text twice.`,
      },
    },
    sv: {
      title: 'Former för Outlook (VML)',
      heading: {
        linked: (_, count) =>
          count > 1
            ? `${count} knappar i Outlook går inte att nå med tangentbordet`
            : 'En knapp i Outlook går inte att nå med tangentbordet',
        silent: (_, count) =>
          count > 1 ? `${count} former för Outlook saknar alt-text` : 'En form för Outlook saknar alt-text',
      },
      mend: {
        linked: () => 'Bygg knappen som en länk i en tabellcell',
        silent: () => 'Skriv alt="" på formen',
      },
      why: 'Outlook för Windows ritar formerna som bilder. Den som använder tangentbordet, eller får mejlet uppläst, kan inte använda dem eller hör kodord.',
      fix: {
        linked: ({ element }) =>
          `Ge cellen en bakgrund i stället för <${element} href="…">: <td bgcolor="#005a9c" style="mso-padding-alt:12px 24px">, och lägg en vanlig länk i den, med padding och mso-padding-alt:0. Hörnen blir raka i Outlook, och knappen fungerar för alla.`,
        silent: () =>
          'Skriv alt="" på den när den är en bakgrund, med texten inuti som vanlig text. Om bilden själv berättar något, skriv det i alt.',
      },
      problems: {
        linked: ({ element }) => `<${element}> är själva länken. Bara en mus kan öppna den.`,
        silent: ({ element }) =>
          `<${element}> saknar alt. Uppläsningsprogram säger ”form”, eller texten två gånger.`,
      },
    },
  },
  examples: {
    good: [
      {
        html: '<p>Hej!</p><!--[if mso]><v:rect alt="" style="width:600px"><v:fill src="https://example.se/a.png" /></v:rect><![endif]-->',
      },
      { html: '<p>Hej!</p><!-- <v:rect href="https://example.se/"></v:rect> -->' },
      { html: '<p>Hej!</p><!--[if !mso]><v:rect></v:rect><![endif]-->' },
    ],
    bad: [
      {
        world: {
          html: '<p>Hej!</p><!--[if mso]><v:roundrect href="https://example.se/" style="width:200px"><center>Anmäl dig</center></v:roundrect><![endif]-->',
        },
        finds: 'linked',
      },
      {
        world: {
          html: '<p>Hej!</p><!--[if gte mso 9]><v:rect style="width:600px"><v:fill src="https://example.se/a.png" /></v:rect><![endif]-->',
        },
        finds: 'silent',
      },
    ],
  },
});
