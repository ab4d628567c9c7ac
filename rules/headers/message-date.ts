import { defineRule, type Facts, notApplicable, problem } from '#rule';

/** RFC 5322 section 3.3, with what section 4.3 still lets be read; comments are away. */
const form =
  /^(?:([A-Za-z]{3})\s{0,9},\s{0,9})?(\d{1,2})\s{1,9}([A-Za-z]{3})\s{1,9}(\d\d|\d{4})\s{1,9}(\d{1,2}):(\d\d)(?::(\d\d))?\s{1,9}([+-]\d{4}|[A-Z]{1,4})(?=\s|$)/i;
const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const;
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
/** Hours that they are ahead. */
const zones = new Map(
  Object.entries({
    UT: 0,
    GMT: 0,
    UTC: 0,
    Z: 0,
    EST: -5,
    EDT: -4,
    CST: -6,
    CDT: -5,
    MST: -7,
    MDT: -6,
    PST: -8,
    PDT: -7,
  }),
);
/** From here on SpamAssassin 4.0 counts (DATE_IN_FUTURE_06_12, DATE_IN_PAST_96_XX). */
const hourLong = 3_600_000;
const ahead = 6 * hourLong;
const behind = 96 * hourLong;

interface Moment {
  /** Milliseconds since 1970; null: there is no such day, time or zone. */
  time: number | null;
  /** The weekday that it is, where another is written. */
  other: (typeof days)[number] | null;
}

/** undefined: it is not written as a date is. */
function momentOf(text: string): Moment | undefined {
  const [, weekday, date, month = '', year = '', hour, minute, second, zone = ''] = form.exec(text) ?? [];
  const place = months.indexOf(month.toLowerCase());
  const ahead = zoneOf(zone);
  if (place === -1 || ahead === undefined) return undefined;
  // Section 4.3: of two figures, those under 50 are of this century.
  const full = year.length === 2 ? Number(year) + (Number(year) < 50 ? 2000 : 1900) : Number(year);
  const start = new Date(Date.UTC(full, place, Number(date)));
  const exists = start.getUTCDate() === Number(date) && Number(date) > 0;
  const clock = Number(hour) < 24 && Number(minute) < 60 && Number(second ?? 0) < 61;
  if (!exists || !clock || ahead === null) return { time: null, other: null };
  const day = days[start.getUTCDay()] ?? null;
  const seconds = (Number(hour) * 60 + Number(minute)) * 60 + Number(second ?? 0);
  return {
    time: start.getTime() + seconds * 1000 - ahead * hourLong,
    other: weekday === undefined || weekday.toLowerCase() === day?.toLowerCase() ? null : day,
  };
}

/** Hours ahead; null: there is no such zone; undefined: it is not known. */
function zoneOf(zone: string): number | null | undefined {
  const [, sign, hours, minutes] = /^([+-])(\d\d)(\d\d)$/.exec(zone) ?? [];
  if (sign === undefined) return zones.get(zone.toUpperCase());
  if (Number(minutes) > 59) return null;
  return (sign === '-' ? -1 : 1) * (Number(hours) + Number(minutes) / 60);
}

/** When the first server took the mail: it stands after the last semicolon of the lowest Received. */
function takenAt(headers: Facts['message']['headers']): number | undefined {
  const [first] = headers.filter(({ name }) => /^received$/i.test(name)).slice(-1);
  if (!first) return undefined;
  return momentOf(first.value.slice(first.value.lastIndexOf(';') + 1).trim())?.time ?? undefined;
}

const weekdays = {
  en: {
    Sun: 'Sunday',
    Mon: 'Monday',
    Tue: 'Tuesday',
    Wed: 'Wednesday',
    Thu: 'Thursday',
    Fri: 'Friday',
    Sat: 'Saturday',
  },
  sv: {
    Sun: 'söndag',
    Mon: 'måndag',
    Tue: 'tisdag',
    Wed: 'onsdag',
    Thu: 'torsdag',
    Fri: 'fredag',
    Sat: 'lördag',
  },
};

export default defineRule({
  id: 'message-date',
  severity: 'minor',
  reference:
    'RFC 5322 sections 3.3 and 3.6.1; SpamAssassin 4.0, DATE_IN_FUTURE_06_12, DATE_IN_PAST_96_XX and INVALID_DATE (their idea and limits, not their expressions)',
  needs: ['message', 'mime'],
  check({ message: { composed, headers, headerPlaces }, mime }, { now }) {
    if (!mime) return notApplicable('template');
    if (composed) return notApplicable('composed');
    const written = headers.find(({ name }) => /^date$/i.test(name))?.value;
    const taken = takenAt(headers);
    if (written === undefined)
      return taken === undefined ? notApplicable('unsent') : [problem('missing', {})];
    const moment = momentOf(mime.values.get('date')?.[0] ?? '');
    const shown = written.trim().slice(0, 60);
    const [at] = headerPlaces.get('date') ?? [];
    if (!moment) return [problem('faulty', { written: shown }, { at })];
    const { time, other } = moment;
    if (time === null) return [problem('impossible', { written: shown }, { at })];
    if (other !== null) return [problem('weekday', { written: shown, day: other }, { at })];
    if (time - (taken ?? now.getTime()) > ahead) return [problem('future', { written: shown }, { at })];
    // A mail that nobody has sent yet may have lain for a while.
    return taken !== undefined && taken - time > behind ? [problem('past', { written: shown }, { at })] : [];
  },
  words: {
    en: {
      title: 'The mail’s date (Date)',
      heading: {
        missing: () => 'The mail has no date',
        faulty: () => 'The date of the mail cannot be read',
        impossible: () => 'The date of the mail does not exist',
        weekday: () => 'The date of the mail has the wrong weekday',
        future: () => 'The mail is dated in the future',
        past: () => 'The mail was dated days before it was sent',
      },
      mend: 'Set the date when the mail is sent',
      why: 'Inboxes sort by it, so the mail ends up far from the newest ones or stays on top for ever. Filters count a wrong date against the mail, as spam often has one.',
      fix: 'Let the sending service write the Date header. If a computer of your own writes it, check that its clock and time zone are right.',
      problems: {
        missing: () => 'The mail has been sent (a server has written Received in it) without a Date header.',
        faulty: ({ written }) =>
          `Date reads “${written}”. It should look like Sun, 22 Nov 2026 09:00:00 +0100`,
        impossible: ({ written }) => `Date reads “${written}”. There is no such day, time or time zone.`,
        weekday: ({ written, day }) =>
          `Date reads “${written}”, but that day is a ${weekdays.en[day]} (${day}).`,
        future: ({ written }) => `Date reads ${written}, a time that has not come yet.`,
        past: ({ written }) =>
          `Date reads ${written}, more than four days before the first server took the mail.`,
      },
    },
    sv: {
      title: 'Mejlets datum (Date)',
      heading: {
        missing: () => 'Mejlet saknar datum',
        faulty: () => 'Mejlets datum går inte att läsa',
        impossible: () => 'Mejlets datum finns inte',
        weekday: () => 'Mejlets datum har fel veckodag',
        future: () => 'Mejlet är daterat i framtiden',
        past: () => 'Mejlet daterades dagar innan det skickades',
      },
      mend: 'Sätt datumet när mejlet skickas',
      why: 'Inkorgen sorterar efter det, så mejlet hamnar långt från de nyaste eller ligger kvar överst för alltid. Filter räknar ett fel datum mejlet till last, eftersom skräppost ofta har det.',
      fix: 'Låt utskickstjänsten skriva huvudet Date. Skriver en egen dator det, kontrollera att dess klocka och tidszon stämmer.',
      problems: {
        missing: () => 'Mejlet har skickats (en server har skrivit Received i det) utan huvudet Date.',
        faulty: ({ written }) => `Date lyder ”${written}”. Det ska se ut som Sun, 22 Nov 2026 09:00:00 +0100`,
        impossible: ({ written }) => `Date lyder ”${written}”. Den dagen, tiden eller tidszonen finns inte.`,
        weekday: ({ written, day }) =>
          `Date lyder ”${written}”, men den dagen är en ${weekdays.sv[day]} (${day}).`,
        future: ({ written }) => `Date lyder ${written}, en tidpunkt som ännu inte har varit.`,
        past: ({ written }) =>
          `Date lyder ${written}, mer än fyra dygn innan den första servern tog emot mejlet.`,
      },
    },
  },
  examples: {
    good: [
      { eml: 'From: a@example.se\r\nDate: Sun (Sunday), 22 Nov 2026 09:00:00 +0100 (CET)\r\n\r\nHej!\r\n' },
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
      {
        world: { eml: 'From: a@example.se\r\nDate: Sat, 21 Nov 2026 09:00:00 +0199\r\n\r\nHej!\r\n' },
        finds: 'impossible',
      },
      {
        world: { eml: 'From: a@example.se\r\nDate: 31 Feb 2026 09:00:00 +0100\r\n\r\nHej!\r\n' },
        finds: 'impossible',
      },
      {
        world: { eml: 'From: a@example.se\r\nDate: Mon, 22 Nov 2026 09:00:00 +0100\r\n\r\nHej!\r\n' },
        finds: 'weekday',
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
