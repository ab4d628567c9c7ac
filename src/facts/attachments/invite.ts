/** An invitation or event (iCalendar, RFC 5545), as far as a mail program looks before it shows it. */

export interface Invite {
  /** It begins and ends as a calendar does, with an event in it. */
  whole: boolean;
  /** What it asks for, in capitals; null: nothing, it is only to be kept. */
  method: string | null;
  /** Milliseconds since 1970 when its last event ends, at the latest anywhere on earth; null: it says nothing, or it recurs. */
  ends: number | null;
}

const readBytes = 256 * 1024;
const eventsAtMost = 200;
/** A time without its zone is that of the reader: the last to reach it are 12 hours behind. */
const behind = 12 * 3_600_000;
const day = 24 * 3_600_000;
const moment = /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)?(Z)?)?$/;

export function readInvite(bytes: Uint8Array): Invite {
  const text = new TextDecoder().decode(bytes.subarray(0, readBytes)).replace(/\r?\n[ \t]/g, '');
  const lines = text.split(/\r?\n/);
  const has = (line: RegExp) => lines.some((one) => line.test(one));
  const contentOf = (line: string) => line.slice(line.indexOf(':') + 1).trim();
  const method = lines.find((line) => /^METHOD[;:]/i.test(line));
  const times = lines.filter((line) => /^(?:DTSTART|DTEND)[;:]/i.test(line)).slice(0, 2 * eventsAtMost);
  const read = times.map((line) => endOf(contentOf(line))).filter((time) => time !== undefined);
  const recurs = has(/^(?:RRULE|RDATE|DURATION)[;:]/i);
  return {
    whole:
      has(/^BEGIN:VCALENDAR\s*$/i) &&
      has(/^END:VCALENDAR\s*$/i) &&
      has(/^BEGIN:V(?:EVENT|TODO|FREEBUSY)\s*$/i),
    method: method === undefined ? null : contentOf(method).toUpperCase().slice(0, 40),
    ends: recurs || read.length === 0 ? null : Math.max(...read),
  };
}

function endOf(value: string): number | undefined {
  const [, year, month, date, hour, minute, , zone] = moment.exec(value) ?? [];
  if (year === undefined) return undefined;
  const start = Date.UTC(
    Number(year),
    Number(month) - 1,
    Number(date),
    Number(hour ?? 0),
    Number(minute ?? 0),
  );
  return start + (hour === undefined ? day : 0) + (zone ? 0 : behind);
}
