import { defineRule, notApplicable, problem } from '#rule';
import { attached } from '../wordings/attached.ts';

/** A calendar with one event; `to` is its end, or a line that says it. */
const calendar = (method: string, to: string) =>
  btoa(
    `BEGIN:VCALENDAR\r\nVERSION:2.0\r\n${method}BEGIN:VEVENT\r\nUID:1@example.se\r\nDTSTART:20261101T090000Z\r\n${to.includes(':') ? to : `DTEND:${to}`}\r\nSUMMARY:Hej\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n`,
  );

/** The same in an alternative and attached, as RFC 6047 lets both be. */
const both = (first: string, second: string) => {
  const part = (method: string, more: string) =>
    `--x\r\nContent-Type: text/calendar; method=${method}\r\n${more}Content-Transfer-Encoding: base64\r\n\r\n${calendar(`METHOD:${method === first ? 'REQUEST' : 'PUBLISH'}\r\n`, '20261205T100000Z')}\r\n`;
  return `From: a@example.se\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n\r\nHej!\r\n${part(first, '')}${part(second, 'Content-Disposition: attachment; filename=mote.ics\r\n')}--x--\r\n`;
};

const calendarType = 'text/calendar';

export default defineRule({
  id: 'calendar-invite',
  severity: 'minor',
  reference:
    'RFC 5545 section 3.4; RFC 6047 section 2.4 (the method of Content-Type and of the calendar are the same)',
  needs: ['attachments', 'mime', 'message'],
  check({ attachments: { files }, mime, message }, { now }) {
    const invites = files.flatMap((file) => (file.invite ? [{ ...file, invite: file.invite }] : []));
    if (invites.length === 0) return notApplicable('no-event');
    // Files and parts stand in the same order; where they cannot be paired, each may be any of the parts.
    const said = (mime?.parts ?? []).flatMap(({ type, method }) =>
      type === calendarType ? [method?.toUpperCase() ?? null] : [],
    );
    const typed = files.filter(({ contentType }) => contentType === calendarType).length;
    let place = -1;
    return invites.flatMap(({ contentType, invite: { whole, method, ends } }) => {
      if (contentType === calendarType) place += 1;
      const own = (typed === said.length || !said.includes(method) ? said[place] : method) ?? null;
      return [
        ...(whole ? [] : [problem('unreadable', {})]),
        ...(whole && !message.composed && contentType === calendarType && own !== method
          ? [problem('method', { said: own?.slice(0, 40) ?? '', method: method ?? '' })]
          : []),
        ...(whole && ends !== null && ends < now.getTime()
          ? [problem('over', { date: new Date(ends).toISOString().slice(0, 10) })]
          : []),
      ];
    });
  },
  words: {
    en: {
      title: 'Attached calendar events',
      heading: {
        unreadable: () => 'The attached calendar file cannot be read',
        method: () => 'The calendar file and its header do not agree',
        over: () => 'The event in the calendar file is over',
      },
      mend: {
        unreadable: () => 'Export the event from your calendar again',
        method: () => 'Say the same method in both places',
        over: () => 'Send the file of the coming event',
      },
      why: 'Readers get no button to save the event, or save one that is wrong and stay at home.',
      fix: {
        unreadable: () => 'Export the event from your calendar as an .ics file, and attach that as it is.',
        method: () =>
          'Write the same after METHOD in the calendar file as after method= in Content-Type. An event that is only to be saved needs PUBLISH; REQUEST asks each reader for an answer.',
        over: () => 'Check the date, year and time zone of the event in your calendar, and export it again.',
      },
      problems: {
        unreadable: () => 'The file does not begin and end as a calendar with an event does.',
        method: ({ said, method }) =>
          `Content-Type says ${said || 'no method'}, and the calendar ${method || 'none'}.`,
        over: ({ date }) => `The event had ended by ${date}.`,
      },
    },
    sv: {
      title: 'Bifogade kalenderhändelser',
      heading: {
        unreadable: () => 'Den bifogade kalenderfilen går inte att läsa',
        method: () => 'Kalenderfilen och dess huvud säger olika saker',
        over: () => 'Händelsen i kalenderfilen har redan varit',
      },
      mend: {
        unreadable: () => 'Exportera händelsen från kalendern igen',
        method: () => 'Ange samma metod på båda ställena',
        over: () => 'Skicka filen för den kommande händelsen',
      },
      why: 'Läsarna får ingen knapp att spara händelsen med, eller sparar en som är fel och blir hemma.',
      fix: {
        unreadable: () => 'Spara händelsen från kalendern som en .ics-fil och bifoga den som den är.',
        method: () =>
          'Skriv samma sak efter METHOD i kalenderfilen som efter method= i Content-Type. En händelse som bara ska sparas behöver PUBLISH; REQUEST ber varje läsare om svar.',
        over: () => 'Kontrollera händelsens datum, år och tidszon i kalendern och exportera den på nytt.',
      },
      problems: {
        unreadable: () => 'Filen börjar och slutar inte så som en kalender med en händelse gör.',
        method: ({ said, method }) =>
          `Content-Type säger ${said || 'ingen metod'}, och kalendern ${method || 'ingen'}.`,
        over: ({ date }) => `Händelsen var slut senast ${date}.`,
      },
    },
  },
  examples: {
    good: [
      { eml: both('REQUEST', 'PUBLISH') },
      {
        eml: attached('mote.ics', 'application/octet-stream', calendar('', 'RRULE:FREQ=WEEKLY')),
      },
      {
        eml: attached(
          'mote.ics',
          'text/calendar; method=PUBLISH',
          calendar('METHOD:PUBLISH\r\n', '20261205T100000Z'),
        ),
      },
      { eml: attached('mote.ics', 'application/octet-stream', calendar('', '20261205')) },
    ],
    bad: [
      { world: { eml: both('PUBLISH', 'REQUEST') }, finds: 'method' },
      {
        world: { eml: attached('mote.ics', 'text/calendar', calendar('', 'DURATION:PT1H')) },
        finds: 'over',
      },
      { world: { eml: attached('mote.ics', 'text/calendar', btoa('Hej!')) }, finds: 'unreadable' },
      {
        world: {
          eml: attached(
            'mote.ics',
            'text/calendar; method=REQUEST',
            calendar('METHOD:PUBLISH\r\n', '20261205T100000Z'),
          ),
        },
        finds: 'method',
      },
      {
        world: { eml: attached('mote.ics', 'text/calendar', calendar('', '20251205T100000Z')) },
        finds: 'over',
      },
    ],
  },
});
