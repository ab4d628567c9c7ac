/** What `klarsignal send` says. */
import type { Locale } from '../../rule.ts';

interface SendWords {
  usage: string;
  noClearance: string;
  noRecipients: string;
  noUrl: string;
  badUrl: string;
  insecureUrl: string;
  noKey: string;
  badNumber: string;
  unreadable: string;
  tooLarge: string;
  unexpected: string;
  unreachable: string;
  silent: string;
  refused: string;
  made(id: string, address: string): string;
  states: Record<string, string>;
  reading(lines: string): string;
  progress(done: string, all: string, percent: string): string;
  /** Those who no longer get mail. */
  suppressed(count: string): string;
  pace(count: string): string;
  left(count: string, one: boolean): string;
  earlier(count: string): string;
  nobody: string;
  paused(reason: string): string;
  question(left: string, recipients: string, one: boolean): string;
  /** Nothing was left out. */
  whether(recipients: string): string;
  notSent: string;
  stillHeld: string;
  planned: Record<
    'subject' | 'recipients' | 'left' | 'pace' | 'fast' | 'starts' | 'atOnce' | 'route' | 'nothing',
    string
  >;
}

const flags = `klarsignal send --clearance FILE --recipients LIST --url ADDRESS [--key-file FILE]
      [--at TIME] [--per-minute N] [--standard] [--audit-again] [--leave-out-earlier] [--wait]
      [--dry-run] [--yes] [--format text|json] [--locale en|sv]`;

export const sendWords: Record<Locale, SendWords> = {
  en: {
    usage: `${flags}

  Begins a mailing on a running service. The same command again never mails anybody twice.
  --clearance      file with the clearance; - reads standard input.
  --recipients     the list: CSV in UTF-8 with column names first, or NDJSON (.ndjson, .jsonl).
  --url            where the service is reached, such as https://klarsignal.example.org.
  --key-file       file with an API key that has sends:read and sends:write; or KLARSIGNAL_KEY.
  --at             not before: 2026-12-01T09:00:00+01:00.
  --per-minute     at most so many messages a minute.
  --standard       by the standard route, for a domain that is not registered.
  --audit-again    audits the mail again before the clearance ends, so that a longer mailing goes
                   on; the key then needs clearances:write too.
  --leave-out-earlier  leaves out who has got an earlier version of the mail in the last 30 days.
  --wait           waits until the mailing has ended, and shows how far it has come.
  --dry-run        reads the list in, says what would be sent, to how many and which lines were
                   left out: nothing is sent, and no mailing is left.
  --yes            asks nothing. On a terminal it asks before it sends when lines were left out, or some have
                   got an earlier version.
  Exit: 0 done (or begun, without --wait; or tried), 1 paused, cancelled, or nobody to send to.
`,
    noClearance: 'Say which clearance it goes by: a file, or - for standard input.',
    noRecipients: 'Say who gets the mail: a file with the list.',
    noUrl: 'Say where the service is reached, such as https://klarsignal.example.org.',
    badUrl: 'This is not an address. Write it as https://klarsignal.example.org.',
    insecureUrl: 'The key would be sent unencrypted. Use https; http is only for this machine itself.',
    noKey: 'An API key is needed: --key-file, or KLARSIGNAL_KEY in the environment.',
    badNumber: 'Write a whole number, 1 to 100000.',
    unreadable: 'The file cannot be read',
    tooLarge: 'The file is too large.',
    unexpected: 'There is no place for this.',
    unreachable: 'The service cannot be reached there. Nothing has been begun by this call.',
    silent:
      'The service does not answer any more. The mailing goes on without this command. Look at its page, or run the same command again.',
    refused: 'The service refused it',
    made: (id, address) => `Mailing ${id}: ${address}`,
    states: {
      preparing: 'reading the list',
      queued: 'in line',
      sending: 'under way',
      paused: 'paused',
      done: 'done',
      cancelled: 'cancelled',
    },
    reading: (lines) => `${lines} lines read`,
    progress: (done, all, percent) => `${done} of ${all} handed over (${percent})`,
    suppressed: (count) => `${count} not mailed (suppression list)`,
    pace: (count) => `${count} a minute`,
    left: (count, one) =>
      `${count} ${one ? 'line of the list was' : 'lines of the list were'} left out; see left-out.csv on the page.`,
    earlier: (count) => `Of the recipients ${count} got an earlier version of this mail in the last 30 days.`,
    nobody: 'Nobody to send to: nothing has been sent. Mend the list and run the command again.',
    paused: (reason) => `Paused: ${reason}. The page of the mailing says what to do.`,
    whether: (recipients) => `Send to all ${recipients}? [y/N]`,
    question: (left, recipients, one) =>
      `${left} ${one ? 'line of the list was' : 'lines of the list were'} left out. Send to the other ${recipients}? [y/N]`,
    notSent: 'Nothing has been sent, and the mailing is cancelled. Mend the list and run the command again.',
    stillHeld: 'Nothing is sent, but the mailing could not be cancelled: do so on its page.',
    planned: {
      subject: 'Subject',
      recipients: 'Recipients',
      left: 'Lines left out',
      pace: 'Pace',
      fast: 'as fast as the sending server takes it',
      starts: 'Starts',
      atOnce: 'at once',
      route: 'Sending server',
      nothing: 'Nothing has been sent: this was a dry run, and no mailing is left of it.',
    },
  },
  sv: {
    usage: `${flags}

  Börjar ett utskick i en tjänst som är igång. Samma kommando igen mejlar aldrig någon två gånger.
  --clearance      fil med klarsignalen; - läser standard in.
  --recipients     listan: CSV i UTF-8 med kolumnnamn först, eller NDJSON (.ndjson, .jsonl).
  --url            var tjänsten finns, till exempel https://klarsignal.exempel.se.
  --key-file       fil med en API-nyckel som har sends:read och sends:write; eller KLARSIGNAL_KEY.
  --at             tidigast: 2026-12-01T09:00:00+01:00.
  --per-minute     högst så många mejl per minut.
  --standard       via standardvägen, för en domän som inte är registrerad.
  --audit-again    granskar om mejlet innan klarsignalen går ut, så att ett längre utskick
                   fortsätter; nyckeln behöver då också clearances:write.
  --leave-out-earlier  utelämnar dem som har fått en tidigare version av mejlet de senaste 30 dagarna.
  --wait           väntar tills utskicket har slutat, och visar hur långt det har kommit.
  --dry-run        läser in listan, säger vad som skulle skickas, till hur många och vilka rader som
                   utelämnades: inget skickas, och inget utskick blir kvar.
  --yes            frågar inget. I en terminal frågar kommandot innan det skickar om rader utelämnades,
                   eller om några har fått en tidigare version.
  Slutkod: 0 klart (eller påbörjat, utan --wait; eller provat), 1 pausat, avbrutet eller ingen att skicka till.
`,
    noClearance: 'Ange vilken klarsignal det går på: en fil, eller - för standard in.',
    noRecipients: 'Ange vilka som ska få mejlet: en fil med listan.',
    noUrl: 'Ange var tjänsten finns, till exempel https://klarsignal.exempel.se.',
    badUrl: 'Det här är ingen adress. Skriv den som https://klarsignal.exempel.se.',
    insecureUrl: 'Nyckeln skulle skickas okrypterad. Använd https; http går bara till den egna datorn.',
    noKey: 'En API-nyckel behövs: --key-file, eller KLARSIGNAL_KEY i miljön.',
    badNumber: 'Skriv ett heltal, 1 till 100000.',
    unreadable: 'Filen går inte att läsa',
    tooLarge: 'Filen är för stor.',
    unexpected: 'Det här hör inte hemma här.',
    unreachable: 'Tjänsten går inte att nå där. Det här anropet har inte börjat något.',
    silent:
      'Tjänsten svarar inte längre. Utskicket fortsätter utan det här kommandot. Se på dess sida, eller kör samma kommando igen.',
    refused: 'Tjänsten sade nej',
    made: (id, address) => `Utskick ${id}: ${address}`,
    states: {
      preparing: 'läser listan',
      queued: 'på tur',
      sending: 'pågår',
      paused: 'pausat',
      done: 'klart',
      cancelled: 'avbrutet',
    },
    reading: (lines) => `${lines} rader lästa`,
    progress: (done, all, percent) => `${done} av ${all} överlämnade (${percent})`,
    suppressed: (count) => `${count} får inget mejl (spärrlistan)`,
    pace: (count) => `${count} per minut`,
    left: (count, one) => `${count} ${one ? 'rad' : 'rader'} i listan utelämnades; se left-out.csv på sidan.`,
    earlier: (count) =>
      `Av mottagarna har ${count} fått en tidigare version av mejlet de senaste 30 dagarna.`,
    nobody: 'Ingen att skicka till: inget har skickats. Rätta listan och kör kommandot igen.',
    paused: (reason) => `Pausat: ${reason}. På utskickets sida står vad du gör.`,
    whether: (recipients) => `Skicka till alla ${recipients}? [j/N]`,
    question: (left, recipients, one) =>
      `${left} ${one ? 'rad' : 'rader'} i listan utelämnades. Skicka till de andra ${recipients}? [j/N]`,
    notSent: 'Inget har skickats, och utskicket är avbrutet. Rätta listan och kör kommandot igen.',
    stillHeld: 'Inget skickas, men utskicket gick inte att avbryta: gör det på dess sida.',
    planned: {
      subject: 'Ämne',
      recipients: 'Mottagare',
      left: 'Utelämnade rader',
      pace: 'Takt',
      fast: 'så fort som utskicksservern tar emot',
      starts: 'Börjar',
      atOnce: 'genast',
      route: 'Utskicksserver',
      nothing: 'Inget har skickats: det var en torrkörning, och inget utskick blir kvar av den.',
    },
  },
};
