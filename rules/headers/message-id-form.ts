import { defineRule, notApplicable, problem } from '#rule';

/** RFC 5322 section 3.6.4: dot-atoms on both sides of the @, or an address in square brackets on the right. */
const form =
  /^<([\w!#$%&'*+/=?^`{|}~-]{1,200}(?:\.[\w!#$%&'*+/=?^`{|}~-]{1,200}){0,50}|"[^"\s]{1,200}")@([\w!#$%&'*+/=?^`{|}~.-]{1,255}|\[[!-Z^-~]{1,255}\])>$/;
/** Names that no domain of the internet has. */
const everywhere = /^(?:localhost|localdomain|[^.]+)$|\.(?:local|localdomain|internal|lan|invalid|test)$/i;

export default defineRule({
  id: 'message-id-form',
  severity: 'minor',
  reference:
    'RFC 5322 section 3.6.4; forpsi.com, support article 4311, and spamresource.com, 2025-06 (Gmail turns away, or writes over, a Message-ID that is missing or has no angle brackets)',
  needs: ['message'],
  check({ message: { hasHeader, composed, headers } }) {
    if (!hasHeader) return notApplicable('template');
    if (composed) return notApplicable('composed');
    const written = headers.find(({ name }) => /^message-id$/i.test(name))?.value.trim();
    if (written === undefined) {
      // Sending services add one on the way.
      const wasSent = headers.some(({ name }) => /^received$/i.test(name));
      return wasSent ? [problem('missing', {})] : notApplicable('unsent');
    }
    const domain = form.exec(written)?.[2];
    if (domain === undefined) return [problem('faulty', { written: written.slice(0, 80) })];
    return everywhere.test(domain) ? [problem('local', { domain: domain.slice(0, 60) })] : [];
  },
  words: {
    en: {
      title: 'The mail’s own number (Message-ID)',
      heading: {
        missing: () => 'The mail has no Message-ID',
        faulty: () => 'The Message-ID is not written as it should be',
        local: () => 'The Message-ID names a computer, not a domain',
      },
      mend: 'Give each mail a Message-ID of your domain',
      why: 'Gmail and others turn mail away, or write the header anew, when it has no proper number of its own. Replies then end up outside their conversation.',
      fix: 'Let the sending service write the Message-ID, or write it as <something-unique@your-domain.se>, within angle brackets and without spaces or colons.',
      problems: {
        missing: () => 'A mail server has handled the mail, and there is no Message-ID header.',
        faulty: ({ written }) => `The Message-ID reads ${written}`,
        local: ({ domain }) =>
          `What follows the @ is ${domain}, which is not a domain of the internet: another computer can be named so, and give a mail the same number.`,
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
        missing: () => 'En mejlserver har hanterat mejlet, men huvudet Message-ID finns inte.',
        faulty: ({ written }) => `Message-ID lyder ${written}`,
        local: ({ domain }) =>
          `Efter @ står ${domain}, som inte är en domän på internet: en annan dator kan heta likadant och ge ett mejl samma nummer.`,
      },
    },
  },
  examples: {
    good: [
      { eml: 'From: a@example.se\r\nMessage-ID: <20261122.1$a=b@mejl.example.se>\r\n\r\nHej!\r\n' },
      { eml: 'From: a@example.se\r\nMessage-ID:\r\n <1@[192.0.2.1]>\r\n\r\nHej!\r\n' },
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
