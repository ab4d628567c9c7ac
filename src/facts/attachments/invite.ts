/** An invitation or event (iCalendar, RFC 5545), as far as a mail program looks before it shows it. */

export interface Invite {
  /** It begins and ends as a calendar does, with an event in it. */
  whole: boolean;
  /** What it asks for, in capitals; null: nothing, it is only to be kept. */
  method: string | null;
  /** Milliseconds since 1970 when its last event ends, at the latest anywhere on earth; null: it says nothing, or it recurs. */
  ends: number | null;
}

const readBytes = 4 * 1024 * 1024;
const endBytes = 1024;
const eventsAtMost = 200;
/** A time without its zone is that of the reader: the last to reach it are 12 hours behind. */
const behind = 12 * 3_600_000;
const day = 24 * 3_600_000;
const moment = /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)?(Z)?)?$/;
/** RFC 5545 section 3.3.6. */
const duration = /^\+?P(?:(\d{1,5})W|(?:(\d{1,5})D)?(?:T(?:(\d{1,5})H)?(?:(\d{1,6})M)?(?:(\d{1,7})S)?)?)$/i;

export function readInvite(bytes: Uint8Array): Invite {
  const text = new TextDecoder().decode(bytes.subarray(0, readBytes)).replace(/\r?\n[ \t]/g, '');
  // A long one may carry pictures: its end is looked for where it stands.
  const end = new TextDecoder().decode(bytes.subarray(Math.max(readBytes, bytes.length - endBytes)));
  const read = text.split(/\r?\n/);
  const lines = [...read, ...end.split(/\r?\n/)];
  const has = (line: RegExp) => lines.some((one) => line.test(one));
  const method = lines.find((line) => /^METHOD[;:]/i.test(line));
  // What is not read may hold a later one.
  const ends = bytes.length > readBytes ? [null] : eventsOf(read).map(endOf);
  return {
    whole:
      has(/^BEGIN:VCALENDAR\s*$/i) &&
      has(/^END:VCALENDAR\s*$/i) &&
      has(/^BEGIN:V(?:EVENT|TODO|FREEBUSY)\s*$/i),
    method: method === undefined ? null : contentOf(method).toUpperCase().slice(0, 40),
    ends: ends.length === 0 ? null : ends.reduce((last, one) => latest(last, one)),
  };
}

type Properties = ReadonlyMap<string, string>;

function contentOf(line: string): string {
  return line.slice(line.indexOf(':') + 1).trim();
}

/** What each event says itself: time zones and alarms have times of their own. More than a calendar has: none. */
function eventsOf(lines: readonly string[]): Properties[] {
  const events: Map<string, string>[] = [];
  const stack: string[] = [];
  for (const line of lines) {
    const [, edge, component = ''] = /^(BEGIN|END):([\w-]{1,40})\s*$/i.exec(line) ?? [];
    const name = component.toUpperCase();
    if (edge?.toUpperCase() === 'BEGIN') {
      stack.push(name);
      if (name === 'VEVENT' && events.push(new Map()) > eventsAtMost) return [];
    } else if (edge) stack.pop();
    else if (stack.at(-1) === 'VEVENT') {
      const [, property] = /^(DTSTART|DTEND|DURATION|RRULE|RDATE)[;:]/i.exec(line) ?? [];
      if (property) events.at(-1)?.set(property.toUpperCase(), contentOf(line));
    }
  }
  return events;
}

/** null: nobody can tell. */
function latest(one: number | null, other: number | null): number | null {
  return one === null || other === null ? null : Math.max(one, other);
}

function endOf(event: Properties): number | null {
  const start = timeOf(event.get('DTSTART'));
  const lasts = event.has('DURATION') ? lengthOf(event.get('DURATION') ?? '') : 0;
  const end = event.has('DTEND') ? timeOf(event.get('DTEND')) : sum(start, lasts);
  if (event.has('RDATE')) return null;
  const rule = event.get('RRULE');
  if (rule === undefined) return end;
  // The last one begins at the latest then, and lasts as long as the first.
  const until = timeOf(/(?:^|;)UNTIL=([\dTZ]{8,16})/i.exec(rule)?.[1]);
  return start === null || end === null ? null : sum(until, Math.max(0, end - start));
}

function sum(time: number | null, more: number | null): number | null {
  return time === null || more === null ? null : time + more;
}

function lengthOf(value: string): number | null {
  const found = duration.exec(value);
  if (!found || !/\d/.test(value)) return null;
  const [weeks, days, hours, minutes, seconds] = found.slice(1).map((one) => Number(one ?? 0));
  return (
    ((weeks ?? 0) * 7 + (days ?? 0)) * day +
    (((hours ?? 0) * 60 + (minutes ?? 0)) * 60 + (seconds ?? 0)) * 1000
  );
}

/** The latest that it can mean: the end of a day, and the zone that is furthest behind. */
function timeOf(value: string | undefined): number | null {
  const [, year, month, date, hour, minute, , zone] = moment.exec(value ?? '') ?? [];
  if (year === undefined) return null;
  const start = Date.UTC(
    Number(year),
    Number(month) - 1,
    Number(date),
    Number(hour ?? 0),
    Number(minute ?? 0),
  );
  return start + (hour === undefined ? day : 0) + (zone ? 0 : behind);
}
