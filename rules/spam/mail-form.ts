import { defineRule, notApplicable, problem } from '#rule';

export default defineRule({
  id: 'mail-form',
  severity: 'minor',
  reference:
    'SpamAssassin 4.0, T_FILL_THIS_FORM_* and HTML forms; caniemail.com, html-form (most clients drop or warn)',
  needs: ['html', 'wording'],
  points: 0.7,
  check({ html, wording: { forms } }) {
    if (!html) return notApplicable('no-html');
    if (forms.count === 0) return [];
    const { count, at } = forms;
    return [forms.password ? problem('password', {}, { at }) : problem('fields', { count }, { at })];
  },
  words: {
    en: {
      title: 'Forms in the mail',
      heading: {
        fields: () => 'The mail has a form in it',
        password: () => 'The mail asks for a password in a form',
      },
      mend: {
        fields: () => 'Put the form on a web page, and link to it',
        password: () => 'Take the password field away',
      },
      why: 'Many mail programs take forms away or warn of them, and filters count them, since phishing collects what people write there.',
      fix: {
        fields: () => 'Make a page with the form on your site, and let a button in the mail lead there.',
        password: () =>
          'Never ask for a password in a mail. Let readers log in on your site, as they are used to.',
      },
      problems: {
        fields: ({ count }) => `There are ${count} form elements in the mail.`,
        password: () => 'A form in the mail has a password field.',
      },
    },
    sv: {
      title: 'Formulär i mejlet',
      heading: {
        fields: () => 'Mejlet har ett formulär i sig',
        password: () => 'Mejlet ber om ett lösenord i ett formulär',
      },
      mend: {
        fields: () => 'Lägg formuläret på en webbsida och länka dit',
        password: () => 'Ta bort lösenordsfältet',
      },
      why: 'Många mejlprogram tar bort formulär eller varnar för dem, och filter räknar dem, eftersom nätfiske samlar in det som folk skriver där.',
      fix: {
        fields: () => 'Gör en sida med formuläret på din webbplats och låt en knapp i mejlet leda dit.',
        password: () =>
          'Be aldrig om ett lösenord i ett mejl. Låt läsarna logga in på din webbplats så som de är vana.',
      },
      problems: {
        fields: ({ count }) => `Det finns ${count} formulärelement i mejlet.`,
        password: () => 'Ett formulär i mejlet har ett lösenordsfält.',
      },
    },
  },
  examples: {
    good: [
      { html: '<p><a href="https://example.se/anmal">Anmäl dig</a></p>' },
      {
        // Pictures that readers leaf through, without a form: nothing is sent.
        html: '<!--[if !mso]><!--><div><input type="radio" name="bild" id="b1" checked><input type="radio" name="bild" id="b2"><label for="b2">Nästa</label></div><!--<![endif]-->',
      },
    ],
    bad: [
      { world: { html: '<form action="https://example.se/"><input name="namn"></form>' }, finds: 'fields' },
      {
        world: { html: '<form><label><input type="radio" name="svar" value="ja"> Ja</label></form>' },
        finds: 'fields',
      },
      { world: { html: '<form><input type="password" name="p"></form>' }, finds: 'password' },
    ],
  },
});
