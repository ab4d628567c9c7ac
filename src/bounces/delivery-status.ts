/** Finds in a returned message who failed, and what was said of it. */
import type { ReportParts } from './parts.ts';
import { classOfStatus, classOfWords } from './words.ts';

export interface Failure {
  recipient: string | null;
  /** Final-Recipient without its type, also where it is no address; null: there is none. */
  final: string | null;
  /** What the server said of this recipient. */
  said: string;
  /** What the program that wrote the report said around it. */
  beside: string;
  code: string | null;
  enhanced: string | null;
  /** failed, delayed … */
  action: string | null;
}

/** The first recipient that failed, else the first that waits; undefined: this is no report of either. */
export function bouncedIn(parts: ReportParts): Failure | undefined {
  if (isByPerson(parts)) return undefined;
  const notified = notifiedIn(parts.human);
  if (notified) return notified;
  const groups = groupsOf(parts.machine);
  const spoken = spokenFailure(parts);
  if (groups.length > 0 && (!parts.isQuoted || isReport(parts) || !isByQuote(parts))) {
    const found =
      groups.find(({ action }) => action === 'failed') ?? groups.find(({ action }) => action === 'delayed');
    const first =
      found ??
      groups.find(({ action, enhanced }) => !(enhanced ?? '').startsWith('2') && !settled.has(action ?? ''));
    if (!first) return undefined;
    // A report may leave out what its text for people tells.
    if (first.said !== '' && !isEmpty(first.said)) return { ...first, beside: spoken.beside };
    const { code, enhanced } = spoken;
    return {
      ...first,
      said: spoken.said,
      beside: spoken.beside,
      code: first.code ?? code,
      enhanced:
        first.enhanced && !first.enhanced.endsWith('.0.0') ? first.enhanced : (enhanced ?? first.enhanced),
      recipient: first.recipient ?? spoken.recipient,
    };
  }
  return isReport(parts) ? spoken : undefined;
}

/** What SES mails where nobody has given it a topic: its notification, as JSON. */
function notifiedIn(human: string): Failure | undefined {
  const text = human.slice(0, 20_000).replaceAll('\\"', '"');
  if (!/"notificationType" ?: ?"Bounce"/.test(text)) return undefined;
  const value = (name: string) => new RegExp(`"${name}" ?: ?"([^"]{1,500})"`).exec(text)?.[1] ?? null;
  const said = (value('diagnosticCode') ?? '').replace(/^[\w-]{1,30} *; */, '');
  const { code, enhanced } = codesIn(said);
  return {
    recipient: value('emailAddress'),
    final: null,
    said,
    beside: '',
    code,
    enhanced: enhanced ?? value('status'),
    action: value('action'),
  };
}

/** RFC 3464 section 2.3.3: nothing failed. */
const settled = new Set(['delivered', 'relayed', 'expanded']);

function isEmpty(said: string): boolean {
  return /^(?:smtp|x-[\w-]+)?;? *\d{0,3}$/i.test(said);
}

/** Groups of fields, one a recipient (RFC 3464 section 2.3). */
function groupsOf(machine: string): Failure[] {
  const groups: Failure[] = [];
  for (const block of machine
    .replace(/\r\n?/g, '\n')
    .split(/\n[ \t]*\n/)
    .slice(0, 200)) {
    const fields = fieldsOf(block);
    const final = fields.get('final-recipient') ?? fields.get('original-recipient');
    const action = fields.get('action');
    if (final === undefined && action === undefined) continue;
    const status = /\b([245]\.\d{1,3}\.\d{1,3})\b/.exec(fields.get('status') ?? '')?.[1] ?? null;
    const said = [...fields]
      .filter(([name]) => /^(?:diagnostic-code|x-supplementary-info|x-error-|x-display-name-none)/.test(name))
      .map(([, value]) => value)
      .join(' ')
      .replace(/^[ \t]*[\w-]{1,30} *; */, '');
    const { code, enhanced } = codesIn(said);
    const exact = enhanced && (status === null || classOfStatus(enhanced) !== undefined) ? enhanced : status;
    groups.push({
      recipient:
        addressIn(fields.get('final-recipient') ?? '') ?? addressIn(fields.get('original-recipient') ?? ''),
      final: finalIn(fields.get('final-recipient')),
      said,
      beside: '',
      code,
      enhanced: exact ?? enhanced,
      action: /^[a-z-]+/.exec(action?.trim().toLowerCase() ?? '')?.[0] ?? null,
    });
  }
  return groups;
}

function finalIn(field: string | undefined): string | null {
  const value = (field ?? '').replace(/^[\w-]{1,30} *; */, '').slice(0, 1000);
  return addressIn(value) ?? (value.trim() || null);
}

function fieldsOf(block: string): Map<string, string> {
  const fields = new Map<string, string>();
  const unfolded = block.replace(/\n[ \t]+/g, ' ');
  for (const line of unfolded.split('\n').slice(0, 200)) {
    const colon = line.indexOf(':');
    if (colon < 1 || colon > 60) continue;
    const name = line.slice(0, colon).trim().toLowerCase();
    if (!fields.has(name)) fields.set(name, line.slice(colon + 1, colon + 4000).trim());
  }
  return fields;
}

const byProgram = /mailer-daemon|mail deliver|daemon@|post_master@|<>/i;
/** As mail programs of people put before a subject, and as ticket systems mark theirs. */
const answered = /^\s*(?:re|sv|vs|fw|fwd|vb|wg|aw|tr|rv|ant|odp|enc|rif|doorst)\s*(?:\[\d{1,3}\])?\s*:/i;
const marked =
  /\[[^\]]{0,40}\d{2,}[^\]]{0,10}\]|\b(?:ticket|case|ärende|arende|vorgang|dossier)\b.{0,10}#?\d{2,}|#\d{3,}/i;

/** Whether somebody answers, or passes a report on: no program says by it that our mail has failed. */
function isByPerson({ headers, contentType }: ReportParts): boolean {
  const field = (name: string) => headers.find(({ key }) => key === name)?.value ?? '';
  if (/^multipart\/report\b/.test(contentType) || field('x-failed-recipients') !== '') return false;
  if (byProgram.test(`${field('from')} ${field('return-path')}`)) return false;
  return answered.test(field('subject')) || marked.test(field('subject'));
}

/** Whether what was found is quoted line by line, as an answer quotes. */
function isByQuote({ human }: ReportParts): boolean {
  return /^> ?(?:final|original)-recipient *:/im.test(human);
}

/** What is said of an address, on a line of its own: `Unknown user: anna@example.org`. */
const named = /^[a-z' ]{3,60}: {0,3}<?[^\s<>@]{1,64}@[^\s<>@]{1,190}>?[ \t]*$/im;

/** Whether a message without a machine's part is a report all the same. */
function isReport({ headers, human: text, contentType }: ReportParts): boolean {
  const field = (name: string) => headers.find(({ key }) => key === name)?.value ?? '';
  // A postmaster may be a person, whose answer quotes what was asked.
  const isProgram = byProgram.test(`${field('from')} ${field('return-path')}`);
  const human = isProgram ? text : text.replace(/^>.{0,1000}$/gm, '');
  if (field('x-failed-recipients') !== '' || /report-type="?delivery-status/.test(contentType)) return true;
  // A receipt, or word that all went well.
  if (/disposition-notification/.test(contentType) || /\bsuccess/i.test(field('subject'))) return false;
  const auto = field('auto-submitted').toLowerCase();
  const isDaemon = /mailer-daemon|post_?master|mail deliver|daemon@|mailmarshal|administrator|<>/i.test(
    `${field('from')} ${field('return-path')}`,
  );
  if (
    (auto.startsWith('auto-replied') && !isDaemon) ||
    /vacation|out of (?:the )?office|auto.?reply|automatic reply|autosvar|frånvaro/i.test(field('subject'))
  )
    return false;
  const tells =
    /undeliver|returned mail|mail deliver|user unknown|unknown user|cannot deliver|delivery error|transaction failed|error sending|problem delivering|fail(?:ed)? to (?:be )?deliver|not be delivered|delivery (?:status|failure|failed|report|has failed|unsuccessful)|failure (?:notice|delivery)|mail (?:delivery )?(?:fail|error|could not|system error)|could not be delivered|non.?deliver|message (?:status|delivery)|unzustellbar|不達|配信|エラー|非配達|nondeliverable|delivery notification|warning: message|mail failure/i.test(
      field('subject'),
    );
  const says =
    /could ?n['o’]t be delivered|could not be delivered|unable to deliver|not delivered|undeliver|delivery .{0,60}fail|permanent (?:error|fatal)|wasn['’]t able to deliver|returned to (?:sender|you)|may not exist|not yet been delivered|transcript of session|(?:^|\s)5\d\d[ -]\d?\.?/im.test(
      human,
    );
  const isPlain = classOfWords(human) !== undefined && address.test(human.slice(0, 8000));
  if (isDaemon && isProgram) return tells || says || isPlain;
  return (isDaemon && says) || (tells && (says || (isPlain && (!isDaemon || named.test(human)))));
}

const address = /[^\s<>()[\]:;,"'|=]{1,64}@[^\s<>()[\]:;,"'|=]{1,190}[^\s<>()[\]:;,"'|=.]/;

function addressIn(text: string): string | null {
  return address.exec(text.slice(0, 1000))?.[0] ?? null;
}

/** What the text for people tells, boilerplate left aside. */
function spokenFailure({ headers, human }: ReportParts): Failure {
  const failed = headers.find(({ key }) => key === 'x-failed-recipients')?.value ?? '';
  const lines = human
    .split('\n')
    .slice(0, 400)
    .map((line) => line.slice(0, 1000).trim());
  const exact = lines.findIndex((line) => addressFirst.test(line));
  const start = exact === -1 ? lines.findIndex((line) => addressLine.test(line) && !aside.test(line)) : exact;
  const tail = start === -1 ? lines : lines.slice(start, start + 40);
  const told = tail
    .filter((line) => !boilerplate.test(line))
    .join('\n')
    .replace(advice, ' ')
    .slice(0, 4000);
  const whole = lines
    .filter((line) => !boilerplate.test(line))
    .join('\n')
    .replace(advice, ' ')
    .slice(0, 4000);
  // Some name the recipient first, and some the reason.
  const said = (repliesIn(told)[0] ?? repliesIn(whole)[0] ?? told).replace(prelude, '');
  return {
    recipient: addressIn(failed) ?? addressIn(start === -1 ? '' : (lines[start] ?? '')),
    final: null,
    said,
    // Domino says why in its subject.
    beside: `${told}\n${whole}\n${headers.find(({ key }) => key === 'subject')?.value ?? ''}`,
    ...codesIn(said),
    action:
      /(?:been delayed|not yet been delivered|warning message only|will (?:keep|continue) (?:on )?trying|will be retried|do not need to resend)/i.test(
        human,
      ) && !/(?:permanent|giving up|given up|failed permanently)/i.test(human)
        ? 'delayed'
        : 'failed',
  };
}

/** Each reply of a server, with the two lines after it. */
function repliesIn(text: string): string[] {
  const lines = text.split('\n');
  return lines.flatMap((line, i) => (replyLine.test(line) ? [lines.slice(i, i + 3).join(' ')] : []));
}

const addressLine = new RegExp(`^(?:[^@\\n]{0,80}[\\s<:(])?<?${address.source}>?`);
const addressFirst = new RegExp(`^(?:\\d{3} )?<?${address.source}>?(?: *$| *[:(]|\\.\\.\\.)`);
/** Lines that name somebody else than who failed. */
const aside =
  /contact|assistance|sent by|^(?:from|sender|return-path|reply-to) *:|postmaster@|mailer-daemon@/i;
const replyLine = /(?:^|[^\d.\w])[45]\d\d(?:[ \-:]|$)[ -]?|#[45]\.\d\.\d/;
const boilerplate =
  /this message was created automatically|delivery status notification|this is (?:a permanent error|an automatic)|i'm afraid i wasn't|sorry it didn't work out/i;

/** What a program says before it quotes a server. */
const prelude = /^[^\n]{0,600}?(?:said|was|reason|returned|error|\]|>|received >>>): +(?=[45]\d\d[ -])/i;
/** Sentences of Gmail that speak of no recipient. */
const advice =
  /we recommend contacting[^.]{0,200}\.|learn more at [^ ]{0,200}|google tried to deliver your message, but/gi;

/** Reply code and status in what a server said. */
function codesIn(said: string): { code: string | null; enhanced: string | null } {
  const text = said.slice(0, 4000);
  return {
    code: /(?:^|[^\d.\w])([45]\d\d)(?=[ \-:#]|$)/.exec(text)?.[1] ?? null,
    enhanced: /(?:^|[^\d.])([45]\.\d{1,3}\.\d{1,3})(?![\d.])/.exec(text)?.[1] ?? null,
  };
}
