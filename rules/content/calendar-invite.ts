import { defineRule, notApplicable, problem } from '#rule';
import { attached } from '../wordings/attached.ts';

/** A calendar with one event; `to` is its end. */
const calendar = (method: string, to: string) =>
  btoa(
    `BEGIN:VCALENDAR\r\nVERSION:2.0\r\n${method}BEGIN:VEVENT\r\nUID:1@example.se\r\nDTSTART:20261101T090000Z\r\nDTEND:${to}\r\nSUMMARY:Hej\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n`,
  );

export default defineRule({
  id: 'calendar-invite',
  severity: 'minor',
  reference:
    'RFC 5545 section 3.4; RFC 6047 section 2.4 (the method of Content-Type and of the calendar are the same)',
  needs: ['attachments', 'mime', 'message'],
  check({ attachments: { files }, mime, message }, { now }) {
    const invites = files.flatMap(({ invite, contentType }) => (invite ? [{ ...invite, contentType }] : []));
    if (invites.length === 0) return notApplicable('nothing-attached');
    const said = mime?.parts.find(({ type }) => type === 'text/calendar')?.method?.toUpperCase() ?? null;
    return invites.flatMap(({ whole, method, ends, contentType }) => {
      return [
        ...(whole ? [] : [problem('unreadable', {})]),
        ...(whole && !message.composed && contentType === 'text/calendar' && said !== method
          ? [problem('method', { said: said?.slice(0, 40) ?? '', method: method ?? '' })]
          : []),
        ...(whole && ends !== null && ends < now.getTime()
          ? [problem('over', { date: new Date(ends).toISOString().slice(0, 10) })]
          : []),
      ];
    });
  },
  words: {
    en: {
      title: 'Calendar entries that are sent along',
      heading: {
        unreadable: () => 'The calendar entry cannot be read',
        method: () => 'The calendar entry and its header do not agree',
        over: () => 'The event in the calendar entry is over',
      },
      mend: {
        unreadable: () => 'Make the calendar entry anew',
        method: () => 'Say the same method in both places',
        over: () => 'Send the entry of the event to come',
      },
      why: 'Readers get no button to save the event, or save one that is wrong and stay at home.',
      fix: {
        unreadable: () => 'Export the event from your calendar as an .ics file, and attach that as it is.',
        method: () =>
          'Write METHOD in the calendar and method= in Content-Type alike. An event that is only to be saved needs PUBLISH; REQUEST asks each reader for an answer.',
        over: () => 'Check date, year and time zone of the event in your calendar, and export it anew.',
      },
      problems: {
        unreadable: () => 'The file does not begin and end as a calendar with an event does.',
        method: ({ said, method }) =>
          `Content-Type says ${said || 'no method'}, and the calendar ${method || 'none'}.`,
        over: ({ date }) => `The event had ended by ${date}.`,
      },
    },
    sv: {
      title: 'Kalenderposter som skickas med',
      heading: {
        unreadable: () => 'Kalenderposten går inte att läsa',
        method: () => 'Kalenderposten och dess huvud säger olika',
        over: () => 'Händelsen i kalenderposten är över',
      },
      mend: {
        unreadable: () => 'Gör kalenderposten på nytt',
        method: () => 'Ange samma metod på båda ställena',
        over: () => 'Skicka posten för den kommande händelsen',
      },
      why: 'Läsarna får ingen knapp att spara händelsen med, eller sparar en som är fel och blir hemma.',
      fix: {
        unreadable: () => 'Exportera händelsen från kalendern som en .ics-fil och bifoga den som den är.',
        method: () =>
          'Skriv METHOD i kalendern och method= i Content-Type lika. En händelse som bara ska sparas behöver PUBLISH; REQUEST ber varje läsare om svar.',
        over: () => 'Kontrollera händelsens datum, år och tidszon i kalendern och exportera den på nytt.',
      },
      problems: {
        unreadable: () => 'Filen börjar och slutar inte så som en kalender med en händelse gör.',
        method: ({ said, method }) =>
          `Content-Type säger ${said || 'ingen metod'}, och kalendern ${method || 'ingen'}.`,
        over: ({ date }) => `Händelsen var slut ${date}.`,
      },
    },
  },
  examples: {
    good: [
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
