import { defineRule, notApplicable, problem } from '#rule';

/** RFC 5322 section 3.6.4: dot-atoms on both sides of the @, or an address in square brackets on the right; comments around it. */
const form =
  /^<([\w!#$%&'*+/=?^`{|}~-]{1,200}(?:\.[\w!#$%&'*+/=?^`{|}~-]{1,200}){0,50}|"[^"\s]{1,200}")@([\w!#$%&'*+/=?^`{|}~-]{1,200}(?:\.[\w!#$%&'*+/=?^`{|}~-]{1,200}){0,50}|\[[!-Z^-~]{1,255}\])>$/;
/** Names that no domain of the internet has. */
const everywhere = /^(?!\[)[^.]+$|\.(?:local|localdomain|internal|lan|invalid|test)$/i;

export default defineRule({
  id: 'message-id-form',
  severity: 'minor',
  reference:
    'RFC 5322 section 3.6.4; forpsi.com, support article 4311, and spamresource.com, 2025-06 (Gmail turns away, or writes over, a Message-ID that is missing or has no angle brackets)',
  needs: ['message', 'mime'],
  check({ message: { composed, headerPlaces }, mime }) {
    if (!mime) return notApplicable('template');
    if (composed) return notApplicable('composed');
    const written = mime.values.get('message-id')?.[0];
    if (written === undefined) {
      // Sending services add one on the way.
      return mime.values.has('received') ? [problem('missing', {})] : notApplicable('unsent');
    }
    const domain = form.exec(written)?.[2];
    const [at] = headerPlaces.get('message-id') ?? [];
    if (domain === undefined) return [problem('faulty', { written: written.slice(0, 80) }, { at })];
    return everywhere.test(domain) ? [problem('local', { domain: domain.slice(0, 60) }, { at })] : [];
  },
  words: {
    en: {
      title: 'The mail’s own number (Message-ID)',
      heading: {
        missing: () => 'The mail has no Message-ID',
        faulty: () => 'The Message-ID is not written as it should be',
        local: () => 'The Message-ID names a computer, not a domain',
      },
      mend: 'Give each mail a Message-ID in your domain',
      why: 'Gmail and others turn mail away, or write the header anew, when it has no proper number of its own. Replies then end up outside their conversation.',
      fix: 'Let the sending service write the Message-ID, or write it as <something-unique@your-domain.se>, within angle brackets and without spaces or colons.',
      problems: {
        missing: () =>
          'The mail has been sent (a server has written Received in it) without a Message-ID header.',
        faulty: ({ written }) => `It reads “${written}”.`,
        local: ({ domain }) =>
          `What follows the @ is ${domain}, which is not a domain on the internet: another computer can have the same name, and give a mail the same number.`,
      },
    },
    sv: {
      title: 'Mejlets eget nummer (Message-ID)',
      heading: {
        missing: () => 'Mejlet saknar Message-ID',
        faulty: () => 'Message-ID är inte skrivet som det ska',
        local: () => 'Message-ID anger en dator och inte en domän',
      },
      mend: 'Ge varje mejl ett Message-ID på din domän',
      why: 'Gmail och andra avvisar mejl som inte har ett riktigt eget nummer, eller skriver om huvudet. Då hamnar svaren utanför sin konversation.',
      fix: 'Låt utskickstjänsten skriva Message-ID, eller skriv det som <något-unikt@din-domän.se>, inom vinkelparenteser och utan mellanslag eller kolon.',
      problems: {
        missing: () => 'Mejlet har skickats (en server har skrivit Received i det) utan huvudet Message-ID.',
        faulty: ({ written }) => `Det lyder ”${written}”.`,
        local: ({ domain }) =>
          `Efter @ står ${domain}, som inte är en domän på internet: en annan dator kan heta likadant och ge ett mejl samma nummer.`,
      },
    },
  },
  examples: {
    good: [
      { eml: 'From: a@example.se\r\nMessage-ID: <20261122.1$a=b@mejl.example.se>\r\n\r\nHej!\r\n' },
      { eml: 'From: a@example.se\r\nMessage-ID:\r\n <1@[192.0.2.1]>\r\n\r\nHej!\r\n' },
      {
        eml: 'From: a@example.se\r\nMessage-ID: (x) <1@example.se>\r\n (added by postmaster@example.se)\r\n\r\nHej!\r\n',
      },
      { eml: 'From: a@example.se\r\nMessage-ID: <1@[IPv6:2001:db8::1]>\r\n\r\nHej!\r\n' },
    ],
    bad: [
      {
        world: {
          eml: 'Received: from a by b; Sun, 22 Nov 2026 09:00:00 +0100\r\nFrom: a@example.se\r\n\r\nHej!\r\n',
        },
        finds: 'missing',
      },
      { world: { eml: 'From: a@example.se\r\nMessage-ID: 1@example.se\r\n\r\nHej!\r\n' }, finds: 'faulty' },
      {
        world: { eml: 'From: a@example.se\r\nMessage-ID: <1@example..se>\r\n\r\nHej!\r\n' },
        finds: 'faulty',
      },
      {
        world: { eml: 'From: a@example.se\r\nMessage-ID: <1@example.se.>\r\n\r\nHej!\r\n' },
        finds: 'faulty',
      },
      {
        world: { eml: 'From: a@example.se\r\nMessage-ID: <1(x)@example.se>\r\n\r\nHej!\r\n' },
        finds: 'faulty',
      },
      {
        world: { eml: 'From: a@example.se\r\nMessage-ID: <a:b@example.se>\r\n\r\nHej!\r\n' },
        finds: 'faulty',
      },
      { world: { eml: 'From: a@example.se\r\nMessage-ID: <1@localhost>\r\n\r\nHej!\r\n' }, finds: 'local' },
      {
        world: { eml: 'From: a@example.se\r\nMessage-ID: <1@webb01.local>\r\n\r\nHej!\r\n' },
        finds: 'local',
      },
    ],
  },
});
