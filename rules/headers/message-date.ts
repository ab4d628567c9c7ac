import { defineRule, type Facts, notApplicable, problem } from '#rule';

/** RFC 5322 section 3.3, with what section 4.3 still lets be read; a comment may follow. */
const form =
  /^(?:[A-Za-z]{3},\s{0,9})?\d{1,2}\s{1,9}[A-Za-z]{3}\s{1,9}(?:\d\d|\d{4})\s{1,9}\d{1,2}:\d\d(?::\d\d)?\s{1,9}(?:[+-]\d{4}|[A-Z]{1,4})(?=\s|\(|$)/;
/** From here on SpamAssassin 4.0 counts (DATE_IN_FUTURE_06_12, DATE_IN_PAST_96_XX). */
const hour = 3_600_000;
const ahead = 6 * hour;
const behind = 96 * hour;

function timeOf(text: string): number | undefined {
  const written = form.exec(text.trim())?.[0];
  const time = written === undefined ? Number.NaN : Date.parse(written);
  return Number.isNaN(time) ? undefined : time;
}

/** When the first server took the mail: it stands after the last semicolon of the lowest Received. */
function takenAt(headers: Facts['message']['headers']): number | undefined {
  const [first] = headers.filter(({ name }) => /^received$/i.test(name)).slice(-1);
  return first && timeOf(first.value.slice(first.value.lastIndexOf(';') + 1));
}

export default defineRule({
  id: 'message-date',
  severity: 'minor',
  reference:
    'RFC 5322 sections 3.3 and 3.6.1; SpamAssassin 4.0, DATE_IN_FUTURE_06_12, DATE_IN_PAST_96_XX and INVALID_DATE (their idea and limits, not their expressions)',
  needs: ['message'],
  check({ message: { hasHeader, composed, headers } }, { now }) {
    if (!hasHeader) return notApplicable('template');
    if (composed) return notApplicable('composed');
    const written = headers.find(({ name }) => /^date$/i.test(name))?.value;
    const taken = takenAt(headers);
    if (written === undefined)
      return taken === undefined ? notApplicable('unsent') : [problem('missing', {})];
    const time = timeOf(written);
    const shown = written.trim().slice(0, 60);
    if (time === undefined) return [problem('faulty', { written: shown })];
    if (time - (taken ?? now.getTime()) > ahead) return [problem('future', { written: shown })];
    // A mail that nobody has sent yet may have lain for a while.
    return taken !== undefined && taken - time > behind ? [problem('past', { written: shown })] : [];
  },
  words: {
    en: {
      title: 'The mail’s date (Date)',
      heading: {
        missing: () => 'The mail has no date',
        faulty: () => 'The date of the mail cannot be read',
        future: () => 'The mail is dated in the future',
        past: () => 'The mail was dated days before it was sent',
      },
      mend: 'Set the date when the mail is sent',
      why: 'Inboxes sort by it, so the mail lands far from the newest ones or stays on top for ever. Filters count a wrong date against the mail, as spam often has one.',
      fix: 'Let the sending service write the Date header, and check that the clock and time zone of the computer that does are right.',
      problems: {
        missing: () => 'A mail server has handled the mail, and there is no Date header.',
        faulty: ({ written }) => `Date reads ${written}; it should look like Sun, 22 Nov 2026 09:00:00 +0100`,
        future: ({ written }) => `Date reads ${written}, which has not been yet.`,
        past: ({ written }) =>
          `Date reads ${written}, more than four days before the first server took the mail.`,
      },
    },
    sv: {
      title: 'Mejlets datum (Date)',
      heading: {
        missing: () => 'Mejlet saknar datum',
        faulty: () => 'Mejlets datum går inte att läsa',
        future: () => 'Mejlet är daterat i framtiden',
        past: () => 'Mejlet daterades dagar innan det skickades',
      },
      mend: 'Sätt datumet när mejlet skickas',
      why: 'Inkorgen sorterar efter det, så mejlet hamnar långt från de nyaste eller ligger kvar överst. Filter räknar ett fel datum mejlet till last, eftersom skräppost ofta har det.',
      fix: 'Låt utskickstjänsten skriva huvudet Date, och kontrollera att klocka och tidszon stämmer i den dator som gör det.',
      problems: {
        missing: () => 'En mejlserver har hanterat mejlet, men huvudet Date finns inte.',
        faulty: ({ written }) => `Date lyder ${written}; det ska se ut som Sun, 22 Nov 2026 09:00:00 +0100`,
        future: ({ written }) => `Date lyder ${written}, en tid som ännu inte har varit.`,
        past: ({ written }) =>
          `Date lyder ${written}, mer än fyra dygn innan den första servern tog emot mejlet.`,
      },
    },
  },
  examples: {
    good: [
      { eml: 'From: a@example.se\r\nDate: Sun, 22 Nov 2026 09:00:00 +0100 (CET)\r\n\r\nHej!\r\n' },
      { eml: 'From: a@example.se\r\nDate: 1 Jun 2026 09:00 GMT\r\n\r\nHej!\r\n' },
      {
        eml: 'Received: from a by b; Mon, 1 Jun 2026 09:00:05 +0200\r\nFrom: a@example.se\r\nDate: Mon, 1 Jun 2026 09:00:00 +0200\r\n\r\nHej!\r\n',
      },
    ],
    bad: [
      {
        world: {
          eml: 'Received: from a by b; Sun, 22 Nov 2026 09:00:00 +0100\r\nFrom: a@example.se\r\n\r\nHej!\r\n',
        },
        finds: 'missing',
      },
      { world: { eml: 'From: a@example.se\r\nDate: 2026-11-22 09:00\r\n\r\nHej!\r\n' }, finds: 'faulty' },
      {
        world: { eml: 'From: a@example.se\r\nDate: Mon, 23 Nov 2026 09:00:00 +0100\r\n\r\nHej!\r\n' },
        finds: 'future',
      },
      {
        world: {
          eml: 'Received: from a by b; Sun, 22 Nov 2026 09:00:00 +0100\r\nFrom: a@example.se\r\nDate: Fri, 13 Nov 2026 09:00:00 +0100\r\n\r\nHej!\r\n',
        },
        finds: 'past',
      },
    ],
  },
});
